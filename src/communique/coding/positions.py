"""Claims, clauses and statements → positions: where a party stands on an issue, in which words, voiced and reported by whom.

Several readers look at the same words, the surest first; what a later one says of words that an earlier one has read for
the same party is dropped. A refusal that points back ("rejected this demand") is about what it points to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from communique.codebook.issues import Issue, load_stances
from communique.coding.position_admissions import admissions
from communique.coding.position_claims import ClaimStands
from communique.coding.position_clauses import ClauseStands
from communique.coding.position_content import ContentReader
from communique.coding.position_demands import DemandStands
from communique.coding.position_issues import IssueNames
from communique.coding.position_stand import Ground, Stand, same_words
from communique.records import (
    ActorKind,
    Annotated,
    Cast,
    Claim,
    Position,
    Role,
    Stance,
    Statement,
    make_id,
    side_of,
)

SENTENCES_BACK = 4  # how far above its words the thing that is pointed to may stand


def find_positions(
    annotated: Annotated,
    cast: Cast,
    claims: Sequence[Claim],
    statements: Sequence[Statement],
    issues: tuple[Issue, ...] | None = None,
) -> tuple[Position, ...]:
    """The positions of one article, in text order, one for each stance of a party on one issue. Raises CodebookError.

    `issues` are what parties can hold positions on, the more particular first; None: those of the codebook.
    """
    ground = Ground(annotated, cast, tuple(statements), load_stances())
    contents = ContentReader(annotated, ground.stances)
    stands = _settled(ground, _read(ground, contents, claims))
    names = IssueNames(annotated, contents, cast, ground.stances, issues)
    kept: list[Position] = []
    named: list[tuple[Stand, str]] = []
    for stand in sorted(stands, key=lambda each: (each.content, each.trigger)):
        earlier = _pointed_to(ground, stand, named) if stand.pointer else None
        if earlier is None:
            issue = names.name(stand.content)
        else:
            issue = earlier[1]
            maker = ground.party(earlier[0].actor)
            stand = replace(stand, of=(Role(actor_id=maker.actor_id, span=None),))
        named.append((stand, issue))
        position = _position(ground, stand, issue)
        if not any(_told_again(ground, position, each) for each in kept):
            kept.append(position)
    return tuple(kept)


def _read(ground: Ground, contents: ContentReader, claims: Sequence[Claim]) -> list[Stand]:
    """The stands of all readers, the surest first."""
    clauses = ClauseStands(ground, contents)
    demands = DemandStands(ground, contents)
    first = [*clauses.unanswered(), *clauses.persistence(), *demands.obligations()]
    obliged = [each.content for each in first if each.stance is Stance.DEMANDS]
    found = [*first]
    found += ClaimStands(ground, contents).read(claims, obliged, clauses.owed | {each.trigger for each in first})
    found += [*demands.conditions(), *demands.nouns()]
    claimed = {claim.trigger.start for claim in claims if claim.actors and claim.type in ground.stances.types}
    later = [*clauses.sides_taken(), *clauses.withheld(), *clauses.verdicts()]
    later += clauses.acts(demands.speakers_or_makers)
    found += admissions(ground, contents, claims)
    found += [each for each in later if ground.annotated.tokens[each.trigger].start not in claimed]
    return found


def _settled(ground: Ground, stands: Iterable[Stand]) -> list[Stand]:
    """One stand for one party on the same words: the first reader's."""
    kept: list[Stand] = []
    for stand in stands:
        party = ground.party(stand.actor).actor_id
        rivals = [each for each in kept if ground.party(each.actor).actor_id == party]
        if any(each.trigger == stand.trigger or same_words(each.content, stand.content) for each in rivals):
            continue
        kept.append(stand)
    averted = {
        (ground.party(each.actor).actor_id, frozenset(ground.sides.sides(each.of)))
        for each in kept
        if each.stance is Stance.DEMANDS
    }
    return [each for each in kept if not _repeats_threat(ground, each, averted)]


def _repeats_threat(ground: Ground, stand: Stand, averted: set[tuple[str, frozenset[str]]]) -> bool:
    """A threat told once more without its condition is the demand that it backs."""
    word = ground.annotated.tokens[stand.trigger].lemma
    key = (ground.party(stand.actor).actor_id, frozenset(ground.sides.sides(stand.of)))
    return stand.stance is Stance.OPPOSES and word in ("threaten", "threat") and key in averted


def _told_again(ground: Ground, position: Position, earlier: Position) -> bool:
    """The same stance on the same issue, unless it is directed at somebody else."""
    if (position.issue, position.party.actor_id, position.stance) != (
        earlier.issue,
        earlier.party.actor_id,
        earlier.stance,
    ):
        return False
    mine, theirs = ground.sides.sides(position.of), ground.sides.sides(earlier.of)
    return not mine or not theirs or bool(mine & theirs)


def _pointed_to(ground: Ground, stand: Stand, named: Sequence[tuple[Stand, str]]) -> tuple[Stand, str] | None:
    """The nearest earlier stand of another party that the words can mean, with its issue."""
    annotated = ground.annotated
    here = annotated.sentence_of(stand.trigger).index
    kinds: set[Stance] = set()
    for index in annotated.tokens_in(stand.content):
        kinds |= ground.stances.speech_nouns.get(annotated.tokens[index].lemma.lower(), frozenset())
    party = ground.party(stand.actor).actor_id
    for earlier, issue in reversed(named):
        if earlier.trigger >= stand.trigger or here - annotated.sentence_of(earlier.trigger).index > SENTENCES_BACK:
            continue
        if ground.party(earlier.actor).actor_id != party and (not kinds or earlier.stance in kinds):
            return earlier, issue
    return None


def _position(ground: Ground, stand: Stand, issue: str) -> Position:
    party = ground.party(stand.actor)
    sides, article = ground.sides, ground.annotated.article
    reporter = next((each for each in stand.asserted if not sides.same(each.actor_id, stand.actor.actor_id)), None)
    own = next((each for each in stand.asserted if sides.same(each.actor_id, stand.actor.actor_id)), None)
    voices = [each for each in (stand.actor, own) if each is not None and each.actor_id != party.actor_id]
    voice = voices[0] if voices else (stand.actor if _speaks_for_a_state(ground, stand.actor) else None)
    return Position(
        id=make_id(
            "position",
            article.id,
            stand.content.start,
            stand.content.end,
            party.actor_id,
            stand.stance,
            stand.basis,
        ),
        article_id=article.id,
        issue=issue,
        party=party,
        stance=stand.stance,
        content=stand.content,
        basis=stand.basis,
        of=sides.apart_from(stand.of, (stand.actor,)),
        by=voice,
        asserted_by=reporter,
        date=stand.date,
    )


def _speaks_for_a_state(ground: Ground, actor: Role) -> bool:
    """A minister whose state the text does not name is party and voice in one."""
    known = ground.sides.actor(actor.actor_id)
    return known is not None and known.kind is ActorKind.PERSON and side_of(known) != known.id
