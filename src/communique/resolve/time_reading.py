"""Candidates → values: each expression read in text order against the publication date, or, without one, against the text.

Works on plain text (no parse needed); `tense_at` may be given by a caller that has the grammar.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from communique.codebook.time_rules import TimeRules, load_time_rules
from communique.records import Precision, TimexType
from communique.resolve.time_calendar import day_range
from communique.resolve.time_frame import Frame, Meaning, Source, Tense, Words
from communique.resolve.time_matching import Candidate, find_candidates, modified
from communique.resolve.time_spans import MEANINGS
from communique.resolve.time_tense import tense_of_neighbours, tense_of_words

TenseAt = Callable[[int, int], Tense]
DAY_LENGTH = 10  # characters of an ISO date
BACKGROUND_DAYS = 550
NARROW = (Precision.DAY, Precision.MONTH)  # precise enough to count years from


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTime:
    """An expression with its value. Offsets are those of the text; `anchor` is the ISO value it was completed from."""

    start: int
    end: int
    type: TimexType
    value: str
    mod: str | None
    source: Source
    anchor: str | None
    reason: str
    tense: Tense


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that is read by itself (a paragraph): no expression runs over its border."""

    start: int
    text: str


def read_text(
    text: str, *, publication: date | None = None, latest: date | None = None, rules: TimeRules | None = None
) -> list[ReadTime]:
    """All time expressions of a plain text. Without `publication`, years come from dates in the text and the rest keeps X."""
    reader = TimeReader((Piece(0, text),), rules or load_time_rules(), None)
    return reader.read(publication=publication, latest=latest)


class TimeReader:
    """The candidates of one text, to be read against one frame or several."""

    def __init__(self, pieces: Sequence[Piece], rules: TimeRules, tense_at: TenseAt | None) -> None:
        self.rules = rules
        self._found: list[tuple[Piece, Candidate, Tense]] = []
        for piece in pieces:
            for candidate in find_candidates(piece.text, rules):
                tense = tense_of_neighbours(piece.text, candidate.start, candidate.end, rules.tense)
                if tense is Tense.NONE and tense_at is not None:
                    tense = tense_at(piece.start + candidate.start, piece.start + candidate.end)
                if tense is Tense.NONE:
                    tense = tense_of_words(piece.text, candidate.start, candidate.end, rules.tense)
                self._found.append((piece, candidate, tense))

    def read(self, *, publication: date | None, latest: date | None = None) -> list[ReadTime]:
        """Read in text order. Expressions that turn out to name no time are left out."""
        hints = [None] * len(self._found) if publication else self._year_hints()
        times: list[ReadTime] = []
        prior: str | None = None
        prior_day: date | None = None
        border, last_piece = 0, None
        for (piece, candidate, tense), hint in zip(self._found, hints, strict=True):
            if piece is not last_piece:
                border, last_piece = 0, piece
            frame = Frame(
                publication=publication,
                latest=latest or publication,
                tense=tense,
                year_hint=hint,
                prior=prior,
                prior_day=None if publication and _heads_entry(piece, candidate) else prior_day,
            )
            meaning = self._meaning(candidate, frame)
            if meaning is None:
                continue
            start, end, mod = modified(piece.text, candidate, meaning.value, border, self.rules)
            border = end
            times.append(_read_time(piece.start, start, end, candidate, meaning, mod, frame))
            told = day_range(meaning.value) if candidate.rule.type in (TimexType.DATE, TimexType.TIME) else None
            if told is not None and told.earliest is not None:
                prior = meaning.value.split("T")[0]
                prior_day = (
                    told.earliest if len(prior) == DAY_LENGTH and prior[4] == "-" and "W" not in prior else prior_day
                )
        return times

    def _meaning(self, candidate: Candidate, frame: Frame) -> Meaning | None:
        day: str | None = None
        if candidate.day is not None:
            named = self._meaning(candidate.day, frame)
            day = named.value.split("T")[0] if named else None
        if day is not None:
            frame = Frame(
                publication=frame.publication, latest=frame.latest, tense=frame.tense, year_hint=frame.year_hint,
                prior=frame.prior, prior_day=frame.prior_day, day_of_time=day,
            )  # fmt: skip
        words = Words(
            text=candidate.text, parts=candidate.parts, settings=candidate.rule.settings, lists=self.rules.lists
        )
        try:
            meaning = MEANINGS[candidate.rule.means](words, frame)
        except (OverflowError, ValueError):  # a date outside the calendar ("20,000 years ago")
            return None
        if meaning is not None and candidate.day is not None and named is not None and day is not None:
            return Meaning(value=meaning.value, source=named.source, note=named.note, mod=meaning.mod)
        return meaning

    def _year_hints(self) -> list[date | None]:
        """For each candidate a day near which a missing year is placed: the last dated one told before, else the first after."""
        explicit: list[tuple[int, date]] = []
        current: date | None = None
        for index, (_, candidate, tense) in enumerate(self._found):
            if candidate.rule.type is not TimexType.DATE:
                candidate_day = candidate.day
                if candidate_day is None:
                    continue
                candidate = candidate_day
            meaning = self._meaning(candidate, Frame(tense=tense, year_hint=current))
            told = day_range(meaning.value) if meaning else None
            if told and told.earliest and told.precision in NARROW:
                current = told.earliest
                explicit.append((index, current))
        newest = max((day for _, day in explicit), default=None)
        if newest is not None:  # news is about its own time: a date of long before is background and tells no year
            explicit = [(index, day) for index, day in explicit if (newest - day).days <= BACKGROUND_DAYS]
        hints: list[date | None] = []
        for index in range(len(self._found)):
            before = [day for position, day in explicit if position < index]
            hints.append(before[-1] if before else explicit[0][1] if explicit else None)
        return hints


def _heads_entry(piece: Piece, candidate: Candidate) -> bool:
    """A clock time that opens a paragraph heads an entry of a live blog: it belongs to the day of publication."""
    return candidate.rule.type is TimexType.TIME and not piece.text[: candidate.start].strip()


def _read_time(
    offset: int, start: int, end: int, candidate: Candidate, meaning: Meaning, mod: str | None, frame: Frame
) -> ReadTime:
    anchor: str | None = None
    if meaning.source is Source.PUBLICATION and frame.publication is not None:
        anchor = frame.publication.isoformat()
    elif meaning.source is Source.TEXT and frame.year_hint is not None:
        anchor = frame.year_hint.isoformat()
    elif meaning.source is Source.PRIOR:
        anchor = frame.day_of_time or frame.prior
    note = meaning.note or "complete in its words"
    return ReadTime(
        start=offset + start,
        end=offset + end,
        type=candidate.rule.type,
        value=meaning.value,
        mod=mod or meaning.mod,
        source=meaning.source,
        anchor=anchor,
        reason=f"{candidate.rule.name}: {note}",
        tense=frame.tense,
    )
