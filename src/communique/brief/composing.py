"""A record and what is asked about → the digest: its sections, the weightiest sentence of each first.

Every sentence is put together from values of the record by fixed phrases and ends in a quotation; nothing is summed up or
guessed, so equal records give equal digests.
"""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from communique.brief.asking import Asked
from communique.brief.changing import coming, moved, turned
from communique.brief.digest import Digest, Section, Sentence
from communique.brief.happening import contested, disputed, done, happened
from communique.brief.phrasing import day_words
from communique.brief.saying import said
from communique.store import Record

FIRST_DAY = date(1, 1, 1)


def compose(record: Record, asked: Asked, most: int | None = None) -> Digest:
    """The digest, with at most so many sentences in each section; the others are counted and need not be read for that."""
    events, differing = done(record, asked), contested(record, asked)
    fields = sum(len(each.disputed) for each in differing)
    sections = (
        _section(
            "What happened",
            "Nothing is reported to have happened.",
            happened(record, asked, events),
            most,
            len(events),
        ),
        _section("What was said", "Nobody is quoted.", _weighed(said(record, asked)), most),
        _section(
            "What changed",
            "No position turned and no meeting moved.",
            _weighed([*turned(record, asked), *moved(record, asked)]),
            most,
        ),
        _section("What is coming", "No meeting ahead is announced.", coming(record, asked), most),
        _section(
            "What is disputed",
            "The reports do not contradict one another.",
            disputed(record, asked, differing),
            most,
            fields,
        ),
    )
    return Digest(title=_title(asked), period=_period(asked), about=asked.about, sections=sections, more=_more(asked))


def _section(
    title: str, empty: str, sentences: Iterable[Sentence], most: int | None, number: int | None = None
) -> Section:
    """The sentences, each kept once though several turns or moves may rest on the same words.

    `number` of them are expected where they are not to be counted by composing all of them.
    """
    kept: dict[tuple[str, ...], Sentence] = {}
    for each in sentences:
        if number is not None and most is not None and len(kept) == most:
            break
        kept.setdefault(each.keys, each)
    told = tuple(kept.values())
    whole = len(told) if number is None or most is None or len(told) < most else number
    shown = told[:most]
    return Section(title=title, empty=empty, sentences=shown, left=max(0, whole - len(shown)))


def _weighed(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Most outlets first, then the latest; what is equal in both in the order of its text."""
    return sorted(
        sentences, key=lambda each: (-each.voices, -(each.day or FIRST_DAY).toordinal(), each.text, each.keys)
    )


def _title(asked: Asked) -> str:
    return f"Brief: {', '.join(asked.about)}" if asked.about else "Brief"


def _period(asked: Asked) -> str:
    if asked.since is None:
        return f"until {day_words(asked.end)}" if asked.until else f"all days, as of {day_words(asked.now)}"
    if asked.since > asked.end:
        return f"from {day_words(asked.since)}"
    return day_words(asked.end) if asked.since == asked.end else f"{day_words(asked.since)} to {day_words(asked.end)}"


def _more(asked: Asked) -> str | None:
    """The page of the reading room that lists all of it."""
    if not asked.base:
        return None
    pairs = [("actor", each) for each in asked.actors]
    pairs += [("since", asked.since.isoformat())] if asked.since else []
    pairs += [("until", asked.until.isoformat())] if asked.until else []
    pairs += [("words", " ".join(asked.words))] if asked.words else []
    pairs += [("source", each) for each in asked.sources]
    return f"{asked.base.rstrip('/')}/timeline?{urlencode(pairs)}" if pairs else f"{asked.base.rstrip('/')}/timeline"
