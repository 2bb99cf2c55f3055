"""What articles tell of meetings and positions → the meetings and lines of the record, all of them or those that changed.

What each article tells is kept in the record, so that a new article costs no reading of the others. Lines are worked out issue
by issue, meetings all together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from communique.codebook.issues import Issue
from communique.link.lines import ToldStance, make_lines, told_stances
from communique.link.meetings_live import ToldMeeting, link_meetings, told_meetings
from communique.link.voices import Outlet
from communique.records import Actor, CopyGroup, Line, LinkedMeeting, side_of
from communique.store import Record
from communique.store.link_inputs import ToldOf
from communique.store.told_inputs import MEETING, STANCE, told_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The meetings and lines that were worked out, the ids of those that they replace, and what is to be kept."""

    meetings: tuple[LinkedMeeting, ...] = ()
    lines: tuple[Line, ...] = ()
    removed: tuple[str, ...] = ()
    told: tuple[ToldOf, ...] = ()


def all_standing(record: Record, voices: Mapping[str, str], known: Sequence[Issue]) -> Standing:
    """Everything anew; `voices` are the outlets that articles speak for, by article id, `known` the issues looked for."""
    stances: list[ToldStance] = []
    words: list[ToldMeeting] = []
    kept: list[ToldOf] = []
    for own_stances, own_words, own_kept in _told(record, None):
        stances += own_stances
        words += own_words
        kept += own_kept
    days = record.told_by({each.article_id for each in stances} | {each.article_id for each in words})
    sources = {article: Outlet(day=each.day, voice=voices[article]) for article, each in days.items()}
    return Standing(
        meetings=link_meetings(words, sources, record.actors_as_told(_parties(words))),
        lines=make_lines(stances, sources, record.actors_as_told(_holders(stances)), known),
        told=tuple(kept),
    )


def changed_standing(
    record: Record,
    changed: frozenset[int],
    gone: frozenset[int],
    revoiced: frozenset[int],
    copies: Iterable[CopyGroup],
    known: Sequence[Issue],
) -> Standing:
    """Only what the articles `changed` and `gone`, and those that speak for another outlet now, have to do with.

    `copies` are the groups as they are to be; those of articles that are in none of them stand as they stood. `known` are
    the issues looked for.
    """
    told_before, issues_before = record.topics_of((*changed, *gone, *revoiced))
    fresh = list(_told(record, sorted(changed)))
    kept = tuple(each for _, _, own in fresh for each in own)
    meetings = told_before or any(words for _, words, _ in fresh)
    issues = issues_before | {stance.issue for stances, _, _ in fresh for stance in stances}
    every = _somebody_changed(record, changed, gone)
    dropped = changed | gone
    stances = [
        each for number, each in record.told(ToldStance, STANCE, None if every else issues) if number not in dropped
    ]
    stances += [each for own, _, _ in fresh for each in own]
    words: list[ToldMeeting] = []
    if meetings or every:
        words = [each for number, each in record.told(ToldMeeting, MEETING) if number not in dropped]
        words += [each for _, own, _ in fresh for each in own]
    sources = _sources(record, {each.article_id for each in stances} | {each.article_id for each in words}, copies)
    lines = make_lines(stances, sources, record.actors_as_told(_holders(stances)), known)
    linked = link_meetings(words, sources, record.actors_as_told(_parties(words))) if words else ()
    old_lines = record.line_ids(issues | {each.issue for each in stances})
    old_meetings = record.linked_meeting_ids() if meetings or every else ()
    present = {each.id for each in lines} | {each.id for each in linked}
    removed = tuple(each for each in (*old_lines, *old_meetings) if each not in present)
    return Standing(meetings=linked, lines=lines, removed=removed, told=kept)


def _told(
    record: Record, numbers: list[int] | None
) -> Iterable[tuple[tuple[ToldStance, ...], tuple[ToldMeeting, ...], tuple[ToldOf, ...]]]:
    for number, coded in record.iter_telling(numbers):
        stances = told_stances(coded)
        words = told_meetings(coded)
        kept = [told_of(number, STANCE, place, each.issue, each) for place, each in enumerate(stances)]
        kept += [told_of(number, MEETING, place, "", each) for place, each in enumerate(words)]
        yield stances, words, tuple(kept)


def _sources(record: Record, articles: set[str], copies: Iterable[CopyGroup]) -> dict[str, Outlet]:
    groups = {
        article: group for group in (*record.copy_groups(sorted(articles)), *copies) for article in group.articles
    }
    firsts = {article: groups[article].articles[0] for article in articles if article in groups}
    told = record.told_by(articles | set(firsts.values()))
    return {
        article: Outlet(day=told[article].day, voice=told[firsts.get(article, article)].outlet)
        for article in articles
        if article in told and firsts.get(article, article) in told
    }


def _somebody_changed(record: Record, changed: frozenset[int], gone: frozenset[int]) -> bool:
    """True where new articles describe somebody so that he stands for another side now; and where articles went."""
    if gone:
        return True
    named = record.cast_of(changed)
    now, before = record.actors_as_told(named), record.actors_as_told(named, without=changed)
    sides, old = _sides(now), _sides(before)
    return any(sides[actor] != side for actor, side in old.items())


def _sides(actors: Iterable[Actor]) -> dict[str, str]:
    """The side of each actor, as lines and meetings have it: by the last of its descriptions."""
    return {actor.id: side_of(actor) for actor in sorted(actors, key=repr)}


def _holders(stances: Iterable[ToldStance]) -> set[str]:
    named = {each for stance in stances for each in (stance.party, stance.by, stance.asserted_by, *stance.of)}
    return {each for each in named if each is not None}


def _parties(words: Iterable[ToldMeeting]) -> set[str]:
    return {party for word in words for party in word.parties}
