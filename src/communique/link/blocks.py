"""Reports → pairs worth comparing: those of one family of types and some common days that share sides, a town or a name.

Reports with two sides or more meet where they share two; one with a single side meets all that have it. So the number of
comparisons grows with the number of reports that tell of the same few days, not with the square of all.
"""

import zlib
from collections.abc import Iterator, Sequence
from itertools import combinations

from communique.link.pairing import family_of
from communique.link.reports import LONGEST_WINDOW, Report

BUCKET_DAYS = 4
MOST_SIDES = 5  # of one report that are combined in pairs
MOST_NAMES = 3
YEAR_DAYS = 365


def keys_of(report: Report) -> tuple[tuple[int, bool], ...]:
    """The blocks that a report stands in; False for one in which it meets only those that have True there."""
    if report.last < report.first:
        return ()
    sides = sorted(report.actors | report.recipients)[:MOST_SIDES]
    anchors: list[tuple[str, bool]] = [(f"pair {one} {other}", True) for one, other in combinations(sides, 2)]
    anchors += [(f"side {side}", len(sides) == 1) for side in sides]
    anchors += [(f"town {town}", True) for town in sorted(report.towns)[:MOST_NAMES]]
    anchors += [(f"name {name}", True) for name in report.names[:MOST_NAMES]]
    family = family_of(report)
    return tuple(
        dict.fromkeys(
            (_number(f"{family} {bucket} {anchor}"), meets) for bucket in _buckets(report) for anchor, meets in anchors
        )
    )


def _buckets(report: Report) -> list[str]:
    """The stretches of days that a report may lie in; a very long range stands by itself, year by year."""
    if report.last - report.first > LONGEST_WINDOW:
        years = range(report.first // YEAR_DAYS, min(report.last // YEAR_DAYS, report.first // YEAR_DAYS + 5) + 1)
        return [f"y{year}" for year in years]
    edge = 1 if report.dated == 2 else 0  # a day's disagreement
    return [str(each) for each in range((report.first - edge) // BUCKET_DAYS, (report.last + edge) // BUCKET_DAYS + 1)]


def _number(key: str) -> int:
    """A number of 63 bits for a key."""
    encoded = key.encode("utf-8", "surrogatepass")
    return (zlib.crc32(encoded) << 31) ^ zlib.adler32(encoded)


def pairs_of(keys: Sequence[Sequence[tuple[int, bool]]]) -> Iterator[tuple[int, int]]:
    """Numbers of reports that share a block, the lower first; a pair may come again for another block."""
    blocks: dict[int, list[tuple[int, bool]]] = {}
    for number, own in enumerate(keys):
        for key, meets in own:
            block = blocks.setdefault(key, [])
            for other, met in block:
                if meets or met:
                    yield other, number
            block.append((number, meets))
