"""Actors: cases in files, and what holds for any text."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.annotate import annotate
from communique.codebook.actors import load_user_actors
from communique.records import (
    Annotated,
    Article,
    Block,
    BlockKind,
    Cast,
    ConfigurationError,
    Mention,
    PublicationDate,
    Span,
)
from communique.resolve.actors import find_cast

FOLDER = Path(__file__).parent / "actors"


def article_of(text: str, on: date | None) -> Article:
    """A one-block article published on the day."""
    span = Span(article_id="article", start=0, end=len(text))
    return Article(
        id="article",
        page_id="page",
        source="test",
        text=text,
        blocks=(Block(span=span, kind=BlockKind.BODY),),
        published=PublicationDate(day=on, source="test") if on else None,
    )


@dataclass(frozen=True)
class Reading:
    annotated: Annotated
    cast: Cast

    def at(self, words: str) -> Mention | None:
        """The mention of exactly these words."""
        quote = self.annotated.article.quote
        return next((mention for mention in self.cast.mentions if quote(mention.span) == words), None)


@lru_cache(maxsize=128)
def read(text: str, on: date | None) -> Reading:
    annotated = annotate(article_of(text, on))
    return Reading(annotated, find_cast(annotated))


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
            found.append(pytest.param(case, id=f"{path.stem}-{number}-{case['text'][:30]}"))
    return found


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    reading = read(case["text"], case.get("published"))
    for words, expected in case.get("mentions", {}).items():
        mention = reading.at(words)
        if expected.get("absent"):
            assert mention is None, f"{words!r} resolved to {mention}"
            continue
        assert mention is not None, (
            f"no mention {words!r} among {[m.span.of(case['text']) for m in reading.cast.mentions]}"
        )
        actor = reading.cast.actor(mention.actor_id)
        if "actor" in expected:
            assert (actor.name if actor else None) == expected["actor"], mention.reason
        if "country" in expected:
            assert (actor.country if actor else None) == expected["country"], mention.reason
        if "sector" in expected:
            assert actor is not None
            assert actor.sectors[:1] == (expected["sector"],), actor
        if "kind" in expected:
            assert actor is not None
            assert actor.kind == expected["kind"], actor
    for words in case.get("absent", []):
        assert reading.at(words) is None, f"{words!r} is a mention"


def test_without_a_date_no_office_is_resolved() -> None:
    reading = read("The French president called for calm.", None)
    mention = reading.at("The French president")
    assert mention is not None
    actor = reading.cast.actor(mention.actor_id)
    assert actor is None or actor.name == "President of France"


def test_a_user_adds_actors(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "- {name: River League, aliases: [Ligue du Fleuve], kind: organization, sector: [REB], country: MLI, short: [the league]}\n"
        "- {name: Awa Diarra, kind: person, sector: [NGO], country: MLI}\n",
        encoding="utf-8",
    )
    annotated = annotate(
        article_of("The Ligue du Fleuve freed Awa Diarra. The league said that Diarra was well.", None)
    )
    cast = find_cast(annotated, load_user_actors(own))
    found = {annotated.article.quote(m.span): cast.actor(m.actor_id) for m in cast.mentions}
    assert {words: actor.name for words, actor in found.items() if actor} == {
        "The Ligue du Fleuve": "River League",
        "Awa Diarra": "Awa Diarra",
        "The league": "River League",
        "Diarra": "Awa Diarra",
    }
    assert all(actor is not None and actor.country == "MLI" for actor in found.values())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name: x", "must be a list"),
        ("- {name: X, kind: organization, sector: [XYZ], country: null}", "unknown sector"),
        ("- {name: X, kind: club, sector: [SOC], country: null}", "unknown kind"),
        ("- {name: X}", "needs"),
        ("- [", "not valid YAML"),
    ],
)
def test_a_bad_actor_file_is_named(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=words) as error:
        load_user_actors(path)
    assert str(path) in str(error.value)


WORDS = st.sampled_from([
    "the", "The", "Russian", "US", "United", "States", "president", "Putin", ",", ".", "said", "of", "NATO", "group", "hundreds",
    "protesters", "in", "Minsk", "and", "Ministry", "Foreign", "minister", "former", "'s", "Sherman", "told", "he", "its",
    "army", "Israeli", "-", "led", "talks", "with", "Kyiv", "10", "John", "Smith", "Many", "Bank", "for",
])  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30))
def test_mentions_are_ordered_and_quote_their_head(words: list[str]) -> None:
    annotated = annotate(article_of(" ".join(words), date(2022, 1, 12)))
    cast = find_cast(annotated)
    known = {actor.id for actor in cast.actors}
    spans = [mention.span for mention in cast.mentions]
    assert spans == sorted(spans, key=lambda span: (span.start, -span.end))
    for mention in cast.mentions:
        head = annotated.tokens[mention.head]
        assert mention.span.start <= head.start
        assert head.end <= mention.span.end
        assert mention.actor_id is None or mention.actor_id in known
        assert set(mention.candidates) <= known
        assert mention.reason
    assert find_cast(annotated) == cast
