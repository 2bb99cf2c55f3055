"""Reports → pairs worth comparing: those of one family of types and some common days that share sides, a town or a name.

Reports with two sides or more meet where they share two; one with a single side meets all that have it. So the number of
comparisons grows with the number of reports that tell of the same few days, not with the square of all.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from communique.link.reports import LONGEST_WINDOW, Report
from communique.link.words import weight_of

BUCKET_DAYS = 4
MOST_SIDES = 5  # of one report that are combined in pairs
MOST_NAMES = 3
MOST_WORDS = 5
YEAR_DAYS = 365
SEEKING = 1 << 61  # marks a key by which a report seeks others without standing there itself


@dataclass(frozen=True, slots=True)
class Keys:
    """The blocks of a report: `meeting` ones, in which everybody is compared with everybody; those it is in (`standing`) for
    others to find it, and those in which it looks for others (`seeking`).
    """

    meeting: tuple[int, ...]
    standing: tuple[int, ...]
    seeking: tuple[int, ...]

    @property
    def offered(self) -> tuple[int, ...]:
        """The blocks that it is in without looking around there."""
        return tuple(each for each in self.standing if each not in self.seeking)

    @property
    def kept(self) -> tuple[int, ...]:
        """What a later report finds this one by: its blocks, and, marked, those in which it looks for others."""
        return (*self.meeting, *self.standing, *(each ^ SEEKING for each in self.seeking))

    @property
    def asked(self) -> tuple[int, ...]:
        """What this report finds others by, among what is kept of them."""
        return (*self.meeting, *self.seeking, *(each ^ SEEKING for each in self.offered))


NOWHERE = Keys((), (), ())


def keys_of(report: Report) -> Keys:
    """The report's blocks; none for a report of which nobody knows when it was."""
    if report.last < report.first:
        return NOWHERE
    sides = sorted(report.actors | report.recipients)[:MOST_SIDES]
    meeting = [f"pair {one} {other}" for one, other in combinations(sides, 2)]
    meeting += [f"town {town}" for town in sorted(report.towns)[:MOST_NAMES]]
    meeting += [f"name {name}" for name in report.names[:MOST_NAMES]]
    meeting += [f"words {claim.sentence}" for claim in report.claims]  # what copies share, whoever it is about
    meeting += [f"only {side}" for side in sides] if len(sides) == 1 else []
    among = [f"among {side}" for side in sides]
    words = [f"word {word}" for word in telling_words(report)]
    alone = not sides  # it has little else to be found by
    family, buckets = report.family, _buckets(report)

    def numbered(anchors: list[str]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(_number(f"{family} {bucket} {anchor}") for bucket in buckets for anchor in anchors))

    return Keys(
        meeting=numbered(meeting),
        standing=numbered([*words, *(among if len(sides) > 1 else [])]),
        seeking=numbered([*(words if alone else []), *(among if len(sides) == 1 else [])]),
    )


def telling_words(report: Report) -> list[str]:
    """The words of a report that say most, countries left out."""
    words = sorted(report.words, key=lambda word: (-weight_of(word), word))
    return [word for word in words if not word.startswith("@")][:MOST_WORDS]


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
    meeting: dict[int, list[int]] = {}
    standing: dict[int, list[int]] = {}
    seeking: dict[int, list[int]] = {}
    for number, each in enumerate(keys):
        for own, others in ((each.meeting, meeting), (each.seeking, standing), (each.offered, seeking)):
            for key in own:
                for other in others.get(key, ()):
                    yield other, number
        for own, others in ((each.meeting, meeting), (each.standing, standing), (each.seeking, seeking)):
            for key in own:
                others.setdefault(key, []).append(number)
