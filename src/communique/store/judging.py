"""A person's judgements → kept, and applied to the claims and actors they are about, at once and whenever these are coded anew.

What the program itself had said is kept beside (`claim_originals`, `named_actors`), so that undoing a judgement gives it back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, insert, or_, select, update

from communique.records import Actor, ActorKind, Claim, Judgement, Place, StorageError, Verdict
from communique.store import schema
from communique.store import schema_index as index
from communique.store import schema_linked as linked
from communique.store.correcting import ON_ONE_CLAIM, check, named, standing
from communique.store.exchange import from_plain, to_plain
from communique.store.folding import fold
from communique.store.indexing import index_anew
from communique.store.loading import load_coded
from communique.store.mapping.cast import BY_JUDGEMENT, load_actors, name_word_rows, time_row
from communique.store.mapping.claims import claim_rows, load_claims
from communique.store.mapping.columns import CHUNK, place_of
from communique.store.mapping.documents import load_articles
from communique.store.mapping.linked import judgement_of, judgement_row

BEHIND_DIGITS = ";"  # sorts after the colon of an anchor


def anchor_of(claim: Claim) -> str:
    """Where the claim's trigger stands: by this a judgement finds its claim when that gets another id."""
    return f"{claim.article_id}:{claim.trigger.start}-{claim.trigger.end}"


def keep_judgement(connection: Connection, judgement: Judgement) -> bool:
    """Keeps the judgement and applies it; False when the record has it already. Raises StorageError where it cannot be."""
    check(judgement)
    own = linked.judgements.c
    if connection.execute(select(own.id).where(own.id == judgement.id)).first() is not None:
        return False
    placed = _with_anchors(connection, judgement)
    _check_actors(connection, placed)
    connection.execute(insert(linked.judgements), [judgement_row(placed)])
    _apply(connection, placed)
    return True


def withdraw_judgement(connection: Connection, judgement_id: str, when: datetime) -> bool:
    """Undoes a judgement: what the program had said holds again. False when there is none that could be undone."""
    own = linked.judgements.c
    row = connection.execute(select(linked.judgements).where(own.id == judgement_id)).mappings().first()
    if row is None or row["withdrawn_at"] is not None:
        return False
    moment = when.astimezone(UTC).replace(tzinfo=None)
    connection.execute(update(linked.judgements).where(own.id == judgement_id).values(withdrawn_at=moment))
    _apply(connection, judgement_of(row))
    return True


def judgements(connection: Connection, subject: str | None = None, *, active: bool = True) -> tuple[Judgement, ...]:
    """The judgements in the order they were made; with `subject` those about it, with `active` those not withdrawn."""
    own = linked.judgements.c
    query = select(linked.judgements).order_by(own.judged_at, own.id)
    if subject is not None:
        query = query.where(_about(connection, subject))
    if active:
        query = query.where(own.withdrawn_at.is_(None))
    return tuple(judgement_of(row) for row in connection.execute(query).mappings())


def _about(connection: Connection, subject: str) -> ColumnElement[bool]:
    """True for judgements of the subject by its id, or by its words where the id in them names no claim any more."""
    own = linked.judgements.c
    by_id = or_(own.subject == subject, own.other == subject)
    claim = load_claims(connection, [subject]).get(subject)
    if claim is None:
        return by_id
    anchor = anchor_of(claim)
    lost = ~exists().where(schema.claims.c.id == own.subject)
    other_lost = ~exists().where(schema.claims.c.id == own.other)
    return or_(by_id, and_(own.anchor == anchor, lost), and_(own.other_anchor == anchor, other_lost))


def original_of(connection: Connection, record: object) -> Claim | Actor | None:
    """What the program itself had said of the claim or actor; None where no judgement changed it."""
    if isinstance(record, Claim):
        own = linked.claim_originals.c
        kept = connection.execute(select(own.claim).where(own.claim_id == record.id)).scalar()
        return from_plain(Claim, kept, record.article_id) if kept is not None else None
    if isinstance(record, Actor):
        names = schema.named_actors.c
        row = connection.execute(select(schema.named_actors).where(names.actor_id == record.id)).mappings().first()
        if row is not None:
            return _program_actor(connection, record, row["name"], row["kind"], row["country"])
    return None


def judge_article(connection: Connection, article_id: str, claims: Iterable[Claim], actors: Sequence[Actor]) -> None:
    """Applies what people have judged of an article that was just stored, anew or for the first time."""
    own = linked.judgements.c
    if connection.execute(select(own.id).limit(1)).first() is None:
        return
    actor_ids, named_ids = [actor.id for actor in actors], set()
    for first in range(0, len(actor_ids), CHUNK):
        is_named = (own.verdict == Verdict.NAMED.value, own.subject.in_(actor_ids[first : first + CHUNK]))
        named_ids |= set(connection.execute(select(own.subject).where(*is_named, own.withdrawn_at.is_(None))).scalars())
    for actor_id in sorted(named_ids):
        _name_actor(connection, actor_id, [article_id])
    by_id = {claim.id: claim for claim in claims}
    ids = list(by_id)
    wanted: set[str] = set()
    for first in range(0, len(ids), CHUNK):
        about = select(own.subject).where(own.subject.in_(ids[first : first + CHUNK]), own.withdrawn_at.is_(None))
        wanted |= set(connection.execute(about).scalars())
    here = and_(own.anchor >= f"{article_id}:", own.anchor < f"{article_id}{BEHIND_DIGITS}")
    anchored = connection.execute(select(own.subject, own.anchor).where(here, own.withdrawn_at.is_(None))).all()
    at = {anchor_of(claim): claim.id for claim in reversed(list(by_id.values()))}
    wanted |= {at[anchor] for subject, anchor in anchored if subject not in by_id and anchor in at}
    for claim_id in sorted(wanted):
        _judge_claim(connection, claim_id)


def _with_anchors(connection: Connection, judgement: Judgement) -> Judgement:
    """The judgement with the places of the words it is about. Raises StorageError when the record has no such subject."""
    if judgement.verdict is Verdict.NAMED:
        if not load_actors(connection, [judgement.subject]):
            raise StorageError(f"{judgement.subject}: no such actor in the record; `communique actors` lists everybody")
        return judgement
    subjects = [each for each in (judgement.subject, judgement.other) if each is not None]
    known = load_claims(connection, subjects)
    anchors = {
        judgement.subject: judgement.anchor,
        **({judgement.other: judgement.other_anchor} if judgement.other is not None else {}),
    }
    for each in subjects:
        if each not in known and anchors[each] is None:
            raise StorageError(f"{each}: no such claim in the record; `communique claims` lists those it has")
        anchors[each] = anchors[each] or anchor_of(known[each])
    other = anchors[judgement.other] if judgement.other is not None else None
    return replace(judgement, anchor=anchors[judgement.subject], other_anchor=other)


def _check_actors(connection: Connection, judgement: Judgement) -> None:
    wanted = {
        each.strip()
        for field, value in judgement.changes
        if judgement.verdict is Verdict.CORRECTED and field in ("actors", "recipients")
        for each in value.split(",")
        if each.strip()
    }
    unknown = sorted(wanted - set(load_actors(connection, sorted(wanted))))
    if unknown:
        raise StorageError(
            f"{judgement.subject}: no actor has the id {unknown[0]}; `communique actors` lists everybody"
        )


def _apply(connection: Connection, judgement: Judgement) -> None:
    if judgement.verdict is Verdict.NAMED:
        _name_actor(connection, judgement.subject)
        return
    subjects = [each for each in (judgement.subject, judgement.other) if each is not None]
    present = load_claims(connection, subjects)
    targets = [each for each in subjects if each in present]
    for each, anchor in ((judgement.subject, judgement.anchor), (judgement.other, judgement.other_anchor)):
        if each is not None and each not in present and anchor is not None:
            targets += claims_at(connection, anchor)[:1]
    for target in targets:
        if judgement.verdict in ON_ONE_CLAIM:
            _judge_claim(connection, target)
        _unlink(
            connection, schema.articles.c.id.in_(select(schema.claims.c.article_id).where(schema.claims.c.id == target))
        )


def claims_at(connection: Connection, anchor: str) -> list[str]:
    """The claims whose trigger stands at the anchor, in their order."""
    article, _, place = anchor.rpartition(":")
    start, _, end = place.partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        return []
    own = schema.claims.c
    there = (own.article_id == article, own.trigger_start == int(start), own.trigger_end == int(end))
    return list(connection.execute(select(own.id).where(*there).order_by(own.position)).scalars())


def _unlink(connection: Connection, which: ColumnElement[bool]) -> None:
    """Linking has to look at these articles again."""
    connection.execute(update(schema.articles).where(which).values(linked=False))


def _judge_claim(connection: Connection, claim_id: str) -> None:
    """Writes the claim as it stands after the judgements on it that hold."""
    stored = load_claims(connection, [claim_id])[claim_id]
    original = original_of(connection, stored) or stored
    assert isinstance(original, Claim)
    holding = [each for each in judgements(connection, claim_id) if each.verdict in ON_ONE_CLAIM]
    made = standing(original, holding, partial(_place_called, connection))
    claim = made.claim if all(_known(connection, made.claim)) else original
    connection.execute(delete(linked.claim_originals).where(linked.claim_originals.c.claim_id == claim_id))
    if holding:
        kept = {"claim_id": claim_id, "claim": to_plain(original, original.article_id)}
        connection.execute(insert(linked.claim_originals), [kept])
    if claim != stored:
        _rewrite(connection, claim)
    own = schema.claims.c
    values = {"rejected": made.rejected, "judged": bool(holding), "confidence": claim.confidence}
    connection.execute(update(schema.claims).where(own.id == claim_id).values(values))
    _follow_rejection(connection, claim_id)
    index_anew(connection, load_coded(connection, claim.article_id))


def _known(connection: Connection, claim: Claim) -> Iterable[bool]:
    """Of each actor in the claim, whether the record has it: a judgement can be older than the record it is read into."""
    ids = sorted({role.actor_id for role in (*claim.actors, *claim.recipients, *claim.asserted_by)})
    found = load_actors(connection, ids)
    return (each in found for each in ids)


def _rewrite(connection: Connection, claim: Claim) -> None:
    """Puts the claim's rows in the place of those it has, with the time and the cast that they name."""
    article = load_articles(connection, [claim.article_id])[claim.article_id]
    _complete_cast(connection, claim)
    if claim.date is not None:
        own_time = schema.times.c.id == claim.date.id
        if connection.execute(select(schema.times.c.id).where(own_time)).first() is None:
            connection.execute(insert(schema.times), [time_row(article, claim.date, None)])
    for table, rows in claim_rows(article, [claim]).items():
        if table is schema.claims:
            (row,) = rows
            del row["position"]
            connection.execute(update(table).where(table.c.id == claim.id).values(row))
        else:
            connection.execute(delete(table).where(table.c.claim_id == claim.id))
            if rows:
                connection.execute(insert(table), rows)
    _tidy(connection, claim.article_id)


def _complete_cast(connection: Connection, claim: Claim) -> None:
    """Actors that a person put into a role join the cast of the article, behind those that the article names."""
    members = schema.cast_members.c
    ids = {role.actor_id for role in (*claim.actors, *claim.recipients)}
    present = select(members.actor_id).where(members.article_id == claim.article_id)
    missing = sorted(ids - set(connection.execute(present).scalars()))
    if not missing:
        return
    last = connection.execute(select(func.max(members.position)).where(members.article_id == claim.article_id)).scalar()
    place = max(BY_JUDGEMENT, (last or 0) + 1)
    rows = [
        {
            "article_id": claim.article_id,
            "actor_id": actor.id,
            "position": place + number,
            "sectors": list(actor.sectors),
            "organization": actor.organization,
            "title": actor.title,
            "mentions": 0,
            "keys": [],
            "seen": 0,
            "article_number": 0,
        }
        for number, actor in enumerate(load_actors(connection, missing).values())
    ]
    connection.execute(insert(schema.cast_members), rows)


def _tidy(connection: Connection, article_id: str) -> None:
    """Takes out times and members of the cast that only a judgement had brought, and that nothing holds any more."""
    holders = (schema.claims, schema.statements, schema.positions, schema.meetings)
    times = schema.times.c
    unheld = [~exists().where(table.c.time_id == times.id) for table in holders]
    connection.execute(delete(schema.times).where(times.article_id == article_id, times.position.is_(None), *unheld))
    members, roles = schema.cast_members.c, schema.claim_roles.c
    in_a_role = (
        exists()
        .where(roles.actor_id == members.actor_id, roles.claim_id == schema.claims.c.id)
        .where(schema.claims.c.article_id == article_id)
    )
    by_judgement = (members.article_id == article_id, members.position >= BY_JUDGEMENT)
    connection.execute(delete(schema.cast_members).where(*by_judgement, ~in_a_role))


def _follow_rejection(connection: Connection, claim_id: str) -> None:
    """What stands on rejected claims only is rejected with them."""
    claims, positions, meetings, parts = (
        schema.claims.c,
        schema.positions.c,
        schema.meetings.c,
        schema.meeting_claims.c,
    )
    rejected = select(claims.rejected).where(claims.id == claim_id).scalar_subquery()
    connection.execute(update(schema.positions).where(positions.basis == claim_id).values(rejected=rejected))
    of_claim = list(connection.execute(select(parts.meeting_id).where(parts.claim_id == claim_id)).scalars())
    standing_on = exists().where(parts.meeting_id == meetings.id, parts.claim_id == claims.id, ~claims.rejected)
    connection.execute(update(schema.meetings).where(meetings.id.in_(of_claim)).values(rejected=~standing_on))


def _place_called(connection: Connection, name: str) -> Place | None:
    """The place of that name that the record's claims speak of most, without its words there."""
    own = schema.claim_places.c
    query = (
        select(schema.claim_places, schema.claims.c.article_id)
        .join(schema.claims, schema.claims.c.id == own.claim_id)
        .where(own.name == name, own.latitude.is_not(None))
        .order_by(own.claim_id)
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return place_of([row], row["article_id"]) if row is not None else None


def _program_actor(connection: Connection, actor: Actor, name: str, kind: str, country: str | None) -> Actor:
    own = schema.cast_members.c
    query = select(own.sectors).where(own.actor_id == actor.id).order_by(own.seen.desc(), own.article_number.desc())
    sectors = connection.execute(query.limit(1)).scalar()
    return replace(actor, name=name, kind=ActorKind(kind), country=country, sectors=tuple(sectors or ()))


def _name_actor(connection: Connection, actor_id: str, in_articles: Sequence[str] | None = None) -> None:
    """Writes the actor as people named it, and finds what it does under the new name, country and kind.

    With `in_articles` only these do not know the name yet; else all that the actor is in are looked through.
    """
    stored = load_actors(connection, [actor_id]).get(actor_id)
    if stored is None:
        return
    original = original_of(connection, stored) or stored
    assert isinstance(original, Actor)
    holding = [each for each in judgements(connection, actor_id) if each.verdict is Verdict.NAMED]
    actor = named(original, holding)
    own, kept = schema.actors.c, schema.named_actors
    connection.execute(delete(kept).where(kept.c.actor_id == actor_id))
    if holding:
        sectors = (
            list(actor.sectors) if any(field == "sectors" for each in holding for field, _ in each.changes) else None
        )
        row = {"name": original.name, "kind": original.kind.value, "country": original.country, "sectors": sectors}
        connection.execute(insert(kept), [{"actor_id": actor_id, **row}])
    values = {"name": actor.name, "folded": fold(actor.name), "kind": actor.kind.value, "country": actor.country}
    connection.execute(update(schema.actors).where(own.id == actor_id).values(values))
    words = index.name_words
    connection.execute(delete(words).where(words.c.actor_id == actor_id))
    if rows := name_word_rows({"id": actor_id, **values}):
        connection.execute(insert(words), rows)
    members = schema.cast_members.c
    articles = in_articles
    if articles is None:
        articles = connection.execute(select(members.article_id).where(members.actor_id == actor_id)).scalars().all()
    for article_id in articles:
        index_anew(connection, load_coded(connection, article_id))
    for first in range(0, len(articles), CHUNK):
        _unlink(connection, schema.articles.c.id.in_(articles[first : first + CHUNK]))
