"""Positions of all articles → lines: one party's stances on one issue over time, with turns, answers and what is owed.

In: one slim record a position, the articles they stand in, all actors, the issues and their words. Out: lines, by issue and
side. A function of the set of positions only; the cost grows with their number, since only those of one issue and side
that lie close together in time are compared.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from communique.codebook.directions import bearing
from communique.codebook.issues import Issue, load_issues
from communique.link.replies import REPLIES, Demand, Demands
from communique.link.utterances import Utterance, Voiced, utterances
from communique.link.voices import Source, voices_of
from communique.link.words import stems, strength
from communique.records import (
    Actor,
    ActorKind,
    Anchor,
    Article,
    CodedArticle,
    DateRange,
    Line,
    LineEntry,
    Position,
    Sides,
    Stance,
    Timex,
    make_id,
)

TURNS_BACK = 30  # utterances that a new one is measured by
FARTHEST_DAYS = 150  # before the report, for a day told without its year
SIGNS = {
    Stance.DEMANDS: 1,
    Stance.OFFERS: 1,
    Stance.SUPPORTS: 1,
    Stance.OPPOSES: -1,
    Stance.REJECTS: -1,
    Stance.UNANSWERED: 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStance:
    """One position of one article: `words` is its content, `start` where that begins, `dates` when it was voiced if told.

    `party`, `of`, `by` and `asserted_by` are actor ids, with the meaning they have in `Position`.
    """

    id: str
    article_id: str
    start: int
    issue: str
    party: str
    stance: Stance
    words: str
    of: tuple[str, ...] = ()
    by: str | None = None
    asserted_by: str | None = None
    dates: DateRange | None = None


def told_stances(coded: CodedArticle) -> tuple[ToldStance, ...]:
    """The positions of one article as linking needs them."""
    return tuple(_told_stance(position, coded.article) for position in coded.positions)


def _told_stance(position: Position, article: Article) -> ToldStance:
    return ToldStance(
        id=position.id,
        article_id=position.article_id,
        start=position.content.start,
        issue=position.issue,
        party=position.party.actor_id,
        stance=position.stance,
        words=" ".join(article.quote(position.content).split()),
        of=tuple(role.actor_id for role in position.of),
        by=position.by.actor_id if position.by else None,
        asserted_by=position.asserted_by.actor_id if position.asserted_by else None,
        dates=_when(position.date, article),
    )


def _when(time: Timex | None, article: Article) -> DateRange | None:
    """When it was voiced, if that is told; a day that had to be completed and came out months away is another one's day."""
    dates = time.dates if time is not None else None
    if time is None or dates is None or dates.latest is None or article.published is None:
        return dates
    far = (article.published.day - dates.latest).days > FARTHEST_DAYS
    return None if far and time.anchor is not Anchor.NONE else dates


def make_lines(
    stances: Iterable[ToldStance],
    sources: Mapping[str, Source],
    actors: Iterable[Actor],
    issues: Sequence[Issue] | None = None,
) -> tuple[Line, ...]:
    """The lines, ordered by issue, side and id. `sources` by article id; `actors` are those of the record, in any order.

    `issues` are those that the positions were named by: the codebook's, or with the user's own. Raises CodebookError.
    """
    sides = Sides(sorted(actors, key=repr))
    known = {issue.name: issue for issue in (load_issues() if issues is None else issues)}
    by_issue: dict[str, dict[str, list[ToldStance]]] = {}
    for stance in stances:
        by_issue.setdefault(stance.issue, {}).setdefault(sides.side(stance.party), []).append(stance)
    lines: list[Line] = []
    for name in sorted(by_issue):
        issue, parties = known.get(name), by_issue[name]
        voiced = {side: _voiced(parties[side], issue, sources, sides) for side in sorted(parties)}
        demands = Demands(
            Demand(position=each.id, side=side, of=each.of, day=each.day)
            for side, told in voiced.items()
            for each in told
            if each.stance is Stance.DEMANDS and each.day is not None
        )
        for side, told in voiced.items():
            entries = _entries(side, utterances(told, sides), demands, sources)
            party = _party(side, [each.party for each in parties[side]], sides)
            lines.append(_line(name, side, party, entries))
    return tuple(lines)


def told_day(dates: DateRange | None, source: Source | None) -> date | None:
    """The day by which something was said: the last one of its own dates, at the latest the day it was reported."""
    published = source.day if source else None
    if dates is None or dates.latest is None:
        return published
    if published is not None and (dates.latest >= published or (dates.earliest or dates.latest) > published):
        return published
    return dates.latest


def _voiced(
    stances: Sequence[ToldStance], issue: Issue | None, sources: Mapping[str, Source], sides: Sides
) -> list[Voiced]:
    made = []
    for each in stances:
        bag = stems(each.words)
        bears = bearing(each.words, issue)
        made.append(
            Voiced(
                id=each.id,
                article_id=each.article_id,
                start=each.start,
                stance=each.stance,
                sign=0 if bears.alleged else SIGNS[each.stance],
                turned=bears.turned,
                names=bears.names,
                day=told_day(each.dates, sources.get(each.article_id)),
                of=frozenset(sides.side(other) for other in each.of),
                by=each.by,
                by_others=each.asserted_by is not None,
                stems=bag,
                strength=strength(bag),
            )
        )
    return sorted(made, key=lambda each: (each.day or date.max, each.article_id, each.start, each.id))


def _entries(
    side: str, told: Sequence[Utterance], demands: Demands, sources: Mapping[str, Source]
) -> tuple[LineEntry, ...]:
    """The utterances with what they change and answer."""
    entries: list[LineEntry] = []
    question: str | None = None
    answered: set[str] = set()
    ordered = _in_order(told)
    last_reply = max((place for place, each in enumerate(ordered) if each.first.sign), default=-1)
    for place, each in enumerate(ordered):
        first = each.first
        changed = first.day is not None and turns(ordered[:place], each)
        answers = None
        if first.stance in REPLIES and first.day is not None:
            demand = demands.answered(side, frozenset(each.of), first.day)
            if demand is not None and (demand.position not in answered or changed):
                answers = demand.position
                answered.add(demand.position)
        if answers is None and first.sign:
            answers = question
        if first.stance is Stance.UNANSWERED:
            question = first.id
        elif first.sign:
            question = None
        entries.append(
            LineEntry(
                positions=tuple(member.id for member in each.members),
                stance=first.stance,
                day=first.day,
                changed=changed,
                answers=answers,
                owed=first.stance is Stance.UNANSWERED and place > last_reply,
                by_others=all(member.by_others for member in each.members),
                voices=voices_of((member.article_id for member in each.members), sources),
            )
        )
    return tuple(entries)


def _in_order(told: Sequence[Utterance]) -> list[Utterance]:
    """By day; on one day those that go on as before stand first."""
    ordered: list[Utterance] = []
    waiting = list(told)
    while waiting:
        day = waiting[0].first.day
        today = [each for each in waiting if each.first.day == day]
        waiting = waiting[len(today) :]
        before = list(ordered)
        today.sort(key=lambda each: turns(before, each))
        ordered += today
    return ordered


def turns(before: Sequence[Utterance], told: Utterance) -> bool:
    """Whether an utterance goes against the last one before it that it can be measured by.

    Both must be about the same thing: the issue itself or its end, by the issue's words or with a word in common.
    """
    for earlier in reversed(before[-TURNS_BACK:]):
        if earlier.first.sign and told.first.sign and _comparable(earlier.first, told.first):
            return earlier.first.sign != told.first.sign
    return False


def _comparable(one: Voiced, other: Voiced) -> bool:
    return one.turned == other.turned and ((one.names and other.names) or bool(one.stems & other.stems))


def _party(side: str, parties: Sequence[str], sides: Sides) -> str:
    """The state or organization of that side where one is named, else who is named most."""
    counted = Counter(parties)

    def rank(party: str) -> tuple[bool, int, str]:
        actor = sides.actor(party)
        heads = actor is not None and (actor.kind is ActorKind.STATE or side == f"organization:{actor.name}")
        return (not heads, -counted[party], party)

    return min(counted, key=rank)


def _line(issue: str, side: str, party: str, entries: tuple[LineEntry, ...]) -> Line:
    dated = [entry for entry in entries if entry.day is not None]
    return Line(
        id=make_id("line", issue, side),
        issue=issue,
        party=party,
        side=side,
        now=(dated or entries)[-1].stance,
        entries=entries,
    )
