"""The first promise, proved on a record that the whole program made: nothing without its words.

Every span of everything stored quotes its own text, and `explain` on any id reaches characters of the article.
"""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from communique.cli.demo import packaged_article
from communique.cli.main import run
from communique.read.page import make_page
from communique.records import Article, CodedArticle, Mention, Page, Role, Span, Timex
from communique.run import Settings, code_page, read_documents
from communique.store import Record


@pytest.fixture(scope="module")
def coded() -> CodedArticle:
    article = packaged_article()
    page = next(make_page(f"demo/{article.name}", article.read_bytes(), None))
    assert isinstance(page, Page)
    found = code_page(page, Settings())
    assert isinstance(found, CodedArticle)
    return found


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    article = packaged_article()
    with Record.open(tmp_path_factory.mktemp("words") / "r.db", create=True) as made:
        read_documents(made, make_page(f"demo/{article.name}", article.read_bytes(), None), Settings())
        yield made


def spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from spans(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans(getattr(value, field.name))


def test_something_of_every_kind_was_coded(coded: CodedArticle) -> None:
    for name in ("times", "actors", "mentions", "claims", "statements", "events", "positions", "meetings"):
        assert getattr(coded, name), name
    assert coded.problems == ()


def test_every_span_quotes_words_of_its_article(coded: CodedArticle) -> None:
    found = list(spans(coded))
    assert len(found) > 100
    for span in found:
        assert span.article_id == coded.article.id
        quote = coded.article.quote(span)
        assert len(quote) == span.end - span.start
        assert quote.strip() == quote != "", f"{quote!r} begins or ends with a space"


def test_nothing_coded_stands_in_furniture(coded: CodedArticle) -> None:
    furniture = [block.span for block in coded.article.blocks if block.kind == "furniture"]
    assert furniture
    for claim in coded.claims:
        assert not any(span.overlaps(aside) for span in (claim.trigger, *claim.evidence) for aside in furniture)
    for statement in coded.statements:
        assert not any(span.overlaps(aside) for span in statement.content for aside in furniture)


def test_every_actor_in_a_role_is_in_the_cast_and_every_id_is_known(coded: CodedArticle) -> None:
    cast = {actor.id for actor in coded.actors}
    claims = {claim.id for claim in coded.claims}
    known = claims | {statement.id for statement in coded.statements}

    def roles(value: object) -> Iterator[Role]:
        if isinstance(value, Role):
            yield value
        elif isinstance(value, tuple):
            for each in value:
                yield from roles(each)
        elif is_dataclass(value) and not isinstance(value, (Article, Mention, Timex)):
            for field in fields(value):
                yield from roles(getattr(value, field.name))

    assert {role.actor_id for role in roles(coded)} <= cast
    assert {mention.actor_id for mention in coded.mentions} - {None} <= cast
    assert {claim for event in coded.events for claim in event.claims} <= claims
    assert {claim for meeting in coded.meetings for claim in meeting.claims} <= claims
    # A stance that is taken by a verb which is neither claim nor statement names the verb by its offset.
    assert {position.basis for position in coded.positions} <= known | {coded.article.id}


def test_what_is_stored_is_what_was_coded(record: Record, coded: CodedArticle) -> None:
    assert record.coded_article(coded.article.id) == coded


def test_explain_on_any_id_reaches_characters_of_the_article(record: Record, coded: CodedArticle) -> None:
    ids = record.all_ids()
    assert len(ids) > 50
    for identity in ids:
        explained = record.explain(identity)
        assert explained.id == identity
        assert explained.passages, identity
        for passage in explained.passages:
            assert passage.text == coded.article.quote(passage.span) != ""
            assert all(passage.span.covers(mark.span) for mark in passage.marks)
        for field in explained.fields:
            for span in field.words:
                assert any(passage.span.covers(span) for passage in explained.passages), (identity, field.name)


def test_the_command_explains_every_claim(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    for claim in record.claims():
        assert run(["explain", claim.id, "--json", "--record", str(record.path)]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["record"]["trigger"]["quote"]
        assert {field["name"] for field in told["fields"]} >= {"type", "status", "trigger", "evidence"}


def test_a_second_run_gives_the_same_record(record: Record, tmp_path: Path) -> None:
    article = packaged_article()
    with Record.open(tmp_path / "again.db", create=True) as again:
        read_documents(again, make_page(f"demo/{article.name}", article.read_bytes(), None), Settings())
        assert again.all_ids() == record.all_ids()
        assert again.claims() == record.claims()
