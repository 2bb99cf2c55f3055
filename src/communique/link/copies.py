"""Texts of articles → groups of copies: the same words, the same report cut or with lines added, or lightly edited.

MinHash signatures (datasketch, fixed seed) over runs of three words are cut into bands; articles that share a band, or one of
their first sentences, are compared by their real runs. Two different reports of one event share names and a quotation,
not most of their runs. Memory and time grow with the number of articles, not with its square.
"""

import re
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np

from communique.link.components import Joined
from communique.records import CopyGroup, CopyKind, make_id

Runs: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.uint32]]"

RUN_WORDS = 3
PERMUTATIONS = 128
BANDS, ROWS = 32, 4  # two thirds of the pairs with a Jaccard of 0.4 share a band, nearly all with 0.6
SEED = 20220110
FEWEST_WORDS = 12  # in a shorter text nothing can be told: "Page moved"
LEADS = 3  # first sentences that are looked up as they stand: what is left of a report that was cut
FEWEST_LEAD_WORDS = 8
COPIED_JACCARD = 0.4  # of all runs of both
COPIED_CONTAINMENT = 0.6  # of the shorter one's runs, where the Jaccard is at least that
HELD_CONTAINMENT = 0.8  # of the shorter one's runs, whatever was added
SMALLEST_PART = 0.2  # the shorter text's part of the longer: less is a report quoted in another
SYNDICATED_CONTAINMENT = 0.9
MEMBERS_COMPARED = 40  # of a large group, with a newcomer

WORD = re.compile(r"\w+(?:['’.,]\w+)*")
SENTENCES = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+|\n+")
KINDS = (CopyKind.EXACT, CopyKind.SYNDICATED, CopyKind.EDITED)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fingerprint:
    """`runs` are the sorted hashes of the text's runs of words, `exact` is equal for equal words, `keys` find candidates."""

    article_id: str
    day: date | None
    exact: int
    runs: Runs
    keys: "array[int]"


def fingerprint(article_id: str, day: date | None, text: str) -> Fingerprint | None:
    """What a text is compared by; None for one too short to tell."""
    words = WORD.findall(text.lower())
    if len(words) < FEWEST_WORDS:
        return None
    runs = {" ".join(words[place : place + RUN_WORDS]).encode() for place in range(len(words) - RUN_WORDS + 1)}
    hashes = np.array([zlib.crc32(run) for run in runs], dtype=np.uint32)
    from datasketch import MinHash  # brings scipy, which nobody waits for who links nothing

    made = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=int)
    made.update_batch(hashes)
    whole = " ".join(words).encode()
    exact = zlib.crc32(whole) << 32 | zlib.adler32(whole)
    keys = [_key(b"band%d" % band, made.hashvalues[band * ROWS : (band + 1) * ROWS].tobytes()) for band in range(BANDS)]
    keys += [_key(b"lead", lead.encode()) for lead in _leads(text)]
    return Fingerprint(
        article_id=article_id, day=day, exact=exact, runs=np.unique(hashes), keys=array("q", dict.fromkeys(keys))
    )


def _key(kind: bytes, value: bytes) -> int:
    """A number of 63 bits that stands for a kind of key and its value."""
    return (zlib.crc32(value, zlib.crc32(kind)) << 31) ^ zlib.adler32(value)


def _leads(text: str) -> list[str]:
    sentences = (" ".join(WORD.findall(each.lower())) for each in SENTENCES.split(text[:2_000]))
    return [each for each in sentences if each.count(" ") >= FEWEST_LEAD_WORDS - 1][:LEADS]


def overlap(one: Fingerprint, other: Fingerprint) -> tuple[float, float, float]:
    """Jaccard of both texts' runs, the part of the shorter one's that the longer has too, and shorter over longer."""
    if one.exact == other.exact:
        return 1.0, 1.0, 1.0
    shared = len(np.intersect1d(one.runs, other.runs, assume_unique=True))
    small, large = sorted((len(one.runs), len(other.runs)))
    return shared / (small + large - shared), shared / small, small / large


def copied(one: Fingerprint, other: Fingerprint) -> CopyKind | None:
    """How close two texts are; None for two reports of their own."""
    if one.exact == other.exact:
        return CopyKind.EXACT
    jaccard, contained, part = overlap(one, other)
    held = contained >= HELD_CONTAINMENT and part >= SMALLEST_PART
    if not held and (jaccard < COPIED_JACCARD or contained < COPIED_CONTAINMENT):
        return None
    return CopyKind.SYNDICATED if contained >= SYNDICATED_CONTAINMENT else CopyKind.EDITED


def find_copies(prints: Iterable[Fingerprint]) -> tuple[CopyGroup, ...]:
    """The groups of copies, by their ids. In whatever order the fingerprints come, the groups are the same."""
    ordered = sorted(prints, key=_order)
    joined = Joined(len(ordered))
    first_of: dict[int, int] = {}
    buckets: dict[int, list[int]] = {}
    for number, each in enumerate(ordered):
        first = first_of.setdefault(each.exact, number)
        joined.join(first, number)
        if first == number:  # copies word for word are looked up once
            for key in each.keys:
                buckets.setdefault(key, []).append(number)
    for members in buckets.values():
        for place, number in enumerate(members):
            for other in members[:place]:
                if not joined.together(number, other) and copied(ordered[number], ordered[other]) is not None:
                    joined.join(number, other)
    groups = (part for members in joined.groups() if len(members) > 1 for part in _parts([ordered[n] for n in members]))
    return tuple(sorted((_group(part) for part in groups if len(part) > 1), key=lambda group: group.id))


def _order(each: Fingerprint) -> tuple[date, str]:
    return each.day or date.max, each.article_id


def _parts(members: Sequence[Fingerprint]) -> list[list[Fingerprint]]:
    """A chain of copies of copies, cut where its ends are copies no more: each member is one of half the others."""
    parts: list[list[Fingerprint]] = []
    for each in members:
        for part in parts:
            compared = part[:MEMBERS_COMPARED]
            if sum(copied(each, other) is not None for other in compared) * 2 >= len(compared):
                part.append(each)
                break
        else:
            parts.append([each])
    return parts


def _group(members: Sequence[Fingerprint]) -> CopyGroup:
    distinct = list({each.exact: each for each in reversed(members)}.values())[::-1]
    lowest, loosest = 1.0, CopyKind.EXACT
    for place, each in enumerate(distinct):
        others = distinct[:place][:MEMBERS_COMPARED]
        lowest = min([lowest, *(overlap(each, other)[0] for other in others)])
        kinds = [
            kind for other in distinct[: MEMBERS_COMPARED + 1] if other is not each if (kind := copied(each, other))
        ]
        if kinds:
            loosest = max(loosest, min(kinds, key=KINDS.index), key=KINDS.index)
    return CopyGroup(
        id=make_id("copies", members[0].article_id),
        articles=tuple(each.article_id for each in members),
        kind=loosest,
        similarity=round(lowest, 4),
    )


def voices_of_articles(outlets: Mapping[str, str], groups: Iterable[CopyGroup]) -> dict[str, str]:
    """Article id → the outlet that it speaks for: its own, or that of the first of its copies."""
    voices = dict(outlets)
    for group in groups:
        for article in group.articles:
            if article in voices and group.articles[0] in outlets:
                voices[article] = outlets[group.articles[0]]
    return voices
