"""Statements of short texts: the cases of statements.yaml, and properties that hold for any text."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.annotate import annotate
from communique.coding import find_statements
from communique.records import (
    ActorKind,
    Annotated,
    Article,
    Block,
    BlockKind,
    Cast,
    Mention,
    MentionKind,
    Span,
    Statement,
    make_actor,
)

CASES = yaml.safe_load((Path(__file__).parent / "statements.yaml").read_text(encoding="utf-8"))
NOBODY = Cast(actors=(), mentions=())


def article_of(text: str, *, title: bool = False, embedded: tuple[int, ...] = ()) -> Article:
    blocks, start = [], 0
    for number, line in enumerate(text.split("\n")):
        kind = BlockKind.TITLE if title and number == 0 else BlockKind.BODY
        kind = BlockKind.EMBEDDED if number in embedded else kind
        if line.strip():
            blocks.append(Block(span=Span(article_id="case", start=start, end=start + len(line)), kind=kind))
        start += len(line) + 1
    return Article(id="case", page_id="page", source="case", text=text, blocks=tuple(blocks), language="en")


def cast_of(annotated: Annotated, names: dict[str, list[str]]) -> Cast:
    """Each form resolves wherever it stands; the head is the token whose governor lies outside the form."""
    actors, mentions = [], []
    text = annotated.article.text
    for name, forms in names.items():
        actor = make_actor(name=name, kind=ActorKind.PERSON)
        actors.append(actor)
        for form in forms:
            start = text.find(form)
            assert start >= 0, f"{form!r} does not stand in the case"
            while start >= 0:
                span = annotated.article.span(start, start + len(form))
                tokens = annotated.tokens_in(span)
                outside = [i for i in tokens if annotated.tokens[i].head not in tokens or annotated.tokens[i].head == i]
                mentions.append(
                    Mention(id=f"{name}-{start}", span=span, head=outside[0], kind=MentionKind.NAME, actor_id=actor.id)
                )
                start = text.find(form, start + 1)
    return Cast(actors=tuple(actors), mentions=tuple(sorted(mentions, key=lambda each: each.span.start)))


def as_read(statement: Statement, annotated: Annotated, cast: Cast) -> dict[str, Any]:
    """The statement in the words of a case."""

    def words(span: Span | None) -> str | None:
        return annotated.article.quote(span) if span else None

    def name(role: Any) -> str | None:
        actor = cast.actor(role.actor_id) if role else None
        return actor.name if actor else None

    return {
        "speaker": name(statement.speaker),
        "kind": str(statement.kind),
        "act": str(statement.act),
        "cue": words(statement.cue),
        "source": words(statement.source),
        "content": [words(span) for span in statement.content],
        "addressee": name(statement.addressee),
        "medium": words(statement.medium),
        "reported_by": name(statement.reported_by),
        "negated": statement.negated,
    }


def test_every_case_can_fail() -> None:
    assert all(case["expected"] or case.get("only") or case.get("never") for case in CASES)
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    article = article_of(case["text"], title=case.get("title", False), embedded=tuple(case.get("embedded", ())))
    annotated = annotate(article)
    cast = cast_of(annotated, case["cast"])
    found = [as_read(each, annotated, cast) for each in find_statements(annotated, cast, ())]
    for expected in case["expected"]:
        assert any(all(each[key] == value for key, value in expected.items()) for each in found), found
    for excluded in case.get("never", ()):
        assert not any(all(each[key] == value for key, value in excluded.items()) for each in found), found
    if case.get("only"):
        assert len(found) == len(case["expected"]), found


WORDS = st.sampled_from(
    ["Lind", "said", "that", "“", "”", ",", ".", ":", "the", "road", "was", "mined", "according", "to", "\n", "–", "'", "’",
     "who", "told", "reporters", "it", "is", "noted", "(", ")", "“No,”", "promised", "claim", "’s", "\u00a0"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30))
def test_spans_lie_in_the_text_and_ids_do_not_change(words: list[str]) -> None:
    text = " ".join(words)
    annotated = annotate(article_of(text))
    found = find_statements(annotated, NOBODY, ())
    for statement in found:
        spans = [*statement.content, *(span for span in (statement.cue, statement.source) if span)]
        assert statement.content
        assert all(annotated.article.quote(span).strip() and span.end <= len(text) for span in spans)
        assert list(statement.content) == sorted(statement.content)
        assert statement.speaker is None
    assert find_statements(annotated, NOBODY, ()) == found
    assert len({each.id for each in found}) == len(found)


def test_no_statement_without_an_article() -> None:
    assert find_statements(annotate(article_of("")), NOBODY, ()) == ()
