"""Stories of several short reports → coded and linked, and what of the expected lines and meetings is missed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from communique.link.lines import make_lines, told_stances
from communique.link.meetings_live import link_meetings, told_meetings
from communique.link.voices import Outlet
from communique.records import (
    Actor,
    CodedArticle,
    Line,
    LinkedMeeting,
    MediaType,
    Page,
    make_id,
)
from communique.run.pipeline import code_page
from communique.run.settings import Settings

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Linked:
    """What was made of one story."""

    coded: tuple[CodedArticle, ...]
    lines: tuple[Line, ...]
    meetings: tuple[LinkedMeeting, ...]
    actors: Mapping[str, Actor]


def stories(*names: str) -> list[Any]:
    """The stories of some files."""
    return [each for name in names for each in yaml.safe_load((CASES / name).read_text(encoding="utf-8"))]


@cache
def coded(text: str, day: date, outlet: str, number: int) -> CodedArticle:
    """One report through all stages; `number` tells it from its copies."""
    content = text.encode()
    page = Page(
        id=make_id("page", text, number), source=f"{outlet}/{number}.txt", content=content, content_hash=str(number),
        media_type=MediaType.TEXT, site=outlet, published=day, told_by="column",
    )  # fmt: skip
    result = code_page(page, Settings())
    assert isinstance(result, CodedArticle), result
    return result


def linked(story: Mapping[str, Any], *, backwards: bool = False) -> Linked:
    """A story's reports, linked."""
    told = list(enumerate(story["articles"]))
    articles = tuple(coded(each["text"], each["day"], each["outlet"], number) for number, each in told)
    sources = {
        article.article.id: Outlet(
            day=each["day"], voice=story["articles"][each["copy"]]["outlet"] if "copy" in each else each["outlet"]
        )
        for article, (_, each) in zip(articles, told, strict=True)
    }
    ordered = articles[::-1] if backwards else articles
    actors = {actor.id: actor for article in ordered for actor in article.actors}
    stances = [stance for each in ordered for stance in told_stances(each)]
    words = [word for each in ordered for word in told_meetings(each)]
    return Linked(
        coded=articles,
        lines=make_lines(stances, sources, actors.values()),
        meetings=link_meetings(words, sources, actors.values()),
        actors=actors,
    )


def misses(story: Mapping[str, Any], found: Linked) -> Iterator[str]:
    """One line for each expectation that is not met."""
    for wanted in story.get("lines", ()):
        yield from _line_misses(wanted, found)
    if "meetings" in story:
        left = list(found.meetings)
        for wanted in story["meetings"]:
            fitting = [each for each in left if _fits(wanted, each, found.actors)]
            if not fitting:
                yield f"meeting of {wanted['parties']} on {wanted['date']}: missed"
                continue
            left.remove(fitting[0])
            yield from _meeting_misses(wanted, fitting[0])
        for each in left:
            yield f"meeting of {_names(each.parties, found.actors)} on {each.dates and each.dates.earliest}: not expected"


def _names(parties: tuple[str, ...], actors: Mapping[str, Actor]) -> list[str]:
    return [actors[each].country or actors[each].name for each in parties]


def _is(wanted: str | list[str], actor: Actor) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    return any(name in (actor.country, actor.name, actor.organization) for name in names)


def _days(value: date | list[date]) -> tuple[date, date]:
    return (value[0], value[1]) if isinstance(value, list) else (value, value)


def _fits(wanted: Mapping[str, Any], meeting: LinkedMeeting, actors: Mapping[str, Actor]) -> bool:
    if not all(any(_is(name, actors[party]) for party in meeting.parties) for name in wanted["parties"]):
        return False
    first, last = _days(wanted["date"])
    dated = meeting.dates is not None and meeting.dates.earliest is not None and meeting.dates.latest is not None
    on_day = dated and first <= meeting.dates.latest and meeting.dates.earliest <= last
    return on_day or (wanted.get("place") is not None and meeting.place == wanted["place"])


def _meeting_misses(wanted: Mapping[str, Any], meeting: LinkedMeeting) -> Iterator[str]:
    name = f"meeting of {wanted['parties']} on {wanted['date']}"
    moves = [move.status.value for move in meeting.moves]
    brief = [each for number, each in enumerate(moves) if number == 0 or moves[number - 1] != each]
    first, last = _days(wanted["date"])
    if meeting.dates is None or not (first <= meeting.dates.earliest <= meeting.dates.latest <= last):
        yield f"{name}: dated {meeting.dates and (str(meeting.dates.earliest), str(meeting.dates.latest))}"
    for field, told, should in (
        ("status", meeting.status.value, wanted["status"]),
        ("place", meeting.place, wanted.get("place")),
        ("moves", brief, wanted["moves"]),
        ("voices", meeting.voices, wanted.get("voices")),
    ):
        if should is not None and told != should:
            yield f"{name}: {field} {told}, should be {should}"


def _line_misses(wanted: Mapping[str, Any], found: Linked) -> Iterator[str]:
    name = f"{wanted.get('issue') or wanted['words']} of {wanted['party']}"
    about = [
        line
        for line in found.lines
        if (line.issue == wanted["issue"] if "issue" in wanted else wanted["words"] in line.issue)
        and _is(wanted["party"], found.actors[line.party])
    ]
    if not about:
        others = [
            f"{line.issue!r} {line.now}" for line in found.lines if _is(wanted["party"], found.actors[line.party])
        ]
        yield f"{name}: missed; of that party there is {', '.join(others) or 'nothing'}"
        return
    line = about[0]
    entries = line.entries
    told: dict[str, Any] = {
        "turns": [entry.day for entry in entries if entry.changed],
        "owed": [entry.day for entry in entries if entry.owed],
        "answers": [entry.day for entry in entries if entry.answers],
        "days": [entry.day for entry in entries],
        "entries": len(entries),
        "voices": entries[-1].voices,
        "by_others": entries[-1].by_others,
    }
    if line.now.value not in wanted["now"]:
        yield f"{name}: now {line.now}, should be {wanted['now']}"
    for field, value in told.items():
        if field in wanted and value != wanted[field]:
            yield f"{name}: {field} {_plain(value)}, should be {_plain(wanted[field])}"


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


__all__ = ["CASES", "Linked", "coded", "linked", "misses", "stories"]
