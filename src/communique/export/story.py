"""Happenings as they stream by → each with who and what else its first report's article names (POLECAT's Story columns)."""

from collections.abc import Iterator
from dataclasses import dataclass

from communique.export.happenings import Happening
from communique.records import ActorKind
from communique.store import Filters, Record

REMEMBERED = 200  # articles whose story is kept, since neighbouring happenings are often of one article


@dataclass(frozen=True, slots=True)
class Story:
    """Names, the most mentioned first; places in timeline order."""

    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def stories(record: Record, happenings: Iterator[Happening]) -> Iterator[tuple[Happening, Story]]:
    """Each happening with its story."""
    told: dict[str, Story] = {}
    for happening in happenings:
        article = happening.first.article.id
        if article not in told:
            if len(told) >= REMEMBERED:
                told.pop(next(iter(told)))
            told[article] = _story(record, article)
        yield happening, told[article]


def _story(record: Record, article_id: str) -> Story:
    own = Filters(article_id=article_id)
    actors = [entry.actor for entry in record.cast(own)]
    return Story(
        people=tuple(each.name for each in actors if each.kind is ActorKind.PERSON),
        organizations=tuple(each.name for each in actors if each.kind in (ActorKind.ORGANIZATION, ActorKind.BODY)),
        places=tuple(dict.fromkeys(claim.place.name for claim in record.iter_claims(own) if claim.place)),
    )
