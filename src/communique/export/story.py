"""Happenings as they stream by → each with who and what else its first report's article names (POLECAT's Story columns)."""

from collections.abc import Iterator
from dataclasses import dataclass

from communique.export.gathering import chunked
from communique.export.happenings import Happening
from communique.records import ActorKind
from communique.store import Record


@dataclass(frozen=True, slots=True)
class Story:
    """Names in the order of the article, each once."""

    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def stories(record: Record, happenings: Iterator[Happening]) -> Iterator[tuple[Happening, Story]]:
    """Each happening with its story."""
    for part in chunked(happenings, lambda each: len(each.reports)):
        told = record.named_in(each.first.article.id for each in part)
        for each in part:
            own = told[each.first.article.id]
            yield (
                each,
                Story(
                    people=tuple(name for name, kind in own.actors if kind is ActorKind.PERSON),
                    organizations=tuple(
                        name for name, kind in own.actors if kind in (ActorKind.ORGANIZATION, ActorKind.BODY)
                    ),
                    places=own.places,
                ),
            )
