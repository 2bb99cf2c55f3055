"""A folder of articles → everything that the program makes of them: coded, linked, and each article under its annotated
key.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from communique.evaluate.linked_gold import LinkedGold, articles_folder
from communique.records import Actor, CodedArticle, Links, ReadingError
from communique.run import Settings, read_into
from communique.run.linking import link_record
from communique.store import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedRecord:
    """`articles` by the keys of the gold; `missing` are the keys of those that gave no article."""

    articles: Mapping[str, CodedArticle]
    links: Links
    actors: Mapping[str, Actor]
    missing: tuple[str, ...] = ()

    def key_of(self) -> dict[str, str]:
        """Article id → key."""
        return {coded.article.id: key for key, coded in self.articles.items()}


def read_linked(folder: Path, gold: LinkedGold, settings: Settings | None = None) -> LinkedRecord:
    """Reads, codes and links the folder's articles in a record of its own, which is gone afterwards. Raises ReadingError."""
    place, settled = articles_folder(folder), settings or Settings()
    with (
        tempfile.TemporaryDirectory(prefix="communique-links-") as temporary,
        Record.open(Path(temporary) / "links.db", create=True) as record,
    ):
        read_into(record, [str(place)], settled)
        link_record(record, settings=settled)
        coded = [record.coded_article(each.id) for each in record.articles()]
        links = Links(
            copies=record.copy_groups(),
            events=record.events(),
            meetings=record.linked_meetings(),
            lines=record.lines(),
        )
    if not coded:
        raise ReadingError(f"{place}: holds no article that can be read; give the folder of an annotated record")
    found = by_key(gold, place, coded)
    return LinkedRecord(
        articles=found,
        links=links,
        actors={actor.id: actor for each in coded for actor in each.actors},
        missing=tuple(key for key in gold.articles if key not in found),
    )


def by_key(gold: LinkedGold, folder: Path, coded: list[CodedArticle]) -> dict[str, CodedArticle]:
    """The articles by their keys: a file of its own by its path, one of many by its address."""
    by_url = {each.article.url: each for each in coded if each.article.url}
    by_source = {each.article.source: each for each in coded}
    found: dict[str, CodedArticle] = {}
    for key, place in gold.articles.items():
        each = by_source.get(str(folder / place.file)) or by_url.get(place.url or "")
        if each is not None:
            found[key] = each
    return found
