"""Reports → pairs worth comparing: those of one family of types and some common days that share sides, a town or a name.

Reports with two sides or more meet where they share two; one with a single side meets all that have it. So the number of
comparisons grows with the number of reports that tell of the same few days, not with the square of all.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from communique.link.reports import LONGEST_WINDOW, Report

BUCKET_DAYS = 4
MOST_SIDES = 5  # of one report that are combined in pairs
MOST_NAMES = 3
YEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class Keys:
    """The blocks that a report stands in, and those whose reports it is compared with. Of two reports both find each other."""

    own: tuple[int, ...]
    sought: tuple[int, ...]


NOWHERE = Keys((), ())


def keys_of(report: Report) -> Keys:
    """The report's blocks; none for a report of which nobody knows when it was."""
    if report.last < report.first:
        return NOWHERE
    sides = sorted(report.actors | report.recipients)[:MOST_SIDES]
    both = [f"pair {one} {other}" for one, other in combinations(sides, 2)]
    both += [f"town {town}" for town in sorted(report.towns)[:MOST_NAMES]]
    both += [f"name {name}" for name in report.names[:MOST_NAMES]]
    both += [f"words {claim.sentence}" for claim in report.claims]  # what copies share, whoever it is about
    one_side = [f"only {side}" for side in sides]
    among = [f"among {side}" for side in sides]
    own, sought = (one_side, [*one_side, *among]) if len(sides) == 1 else (among, one_side)
    family, buckets = report.family, _buckets(report)

    def numbered(anchors: list[str]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(_number(f"{family} {bucket} {anchor}") for bucket in buckets for anchor in anchors))

    return Keys(numbered([*both, *own]), numbered([*both, *sought]))


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


def pairs_of(keys: Sequence[Keys]) -> Iterator[tuple[int, int]]:
    """Numbers of reports that are to be compared, the lower first; a pair may come again for another block."""
    blocks: dict[int, list[int]] = {}
    for number, each in enumerate(keys):
        for key in each.sought:
            for other in blocks.get(key, ()):
                yield other, number
        for key in each.own:
            blocks.setdefault(key, []).append(number)
