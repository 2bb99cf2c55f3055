"""What is asked of a record: filters, order, ids, words."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from handmade import RUN, TEXT, coded_article, problem

from communique.records import ActorKind, Claim, Role, Span, StorageError, make_actor
from communique.store import Filters, Record


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path = tmp_path_factory.mktemp("queries") / "r.db"
    with Record.open(path, create=True) as made:
        made.add(coded_article("a/talks.txt"), RUN)
        made.add(coded_article("b/copy.txt", TEXT, None), RUN)
        made.add_problem(problem())
        yield made


def types(claims: tuple[Claim, ...]) -> list[str]:
    return [claim.type for claim in claims]


def test_timeline_order_is_by_day_and_undated_last(record: Record) -> None:
    article = coded_article("a/talks.txt").article.id
    assert types(record.claims(Filters(article_id=article))) == ["REQUEST", "CONSULT", "AGREE", "CONSULT"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(types=("REQUEST",)), ["REQUEST"]),
        (Filters(types=("CONSULT",)), ["CONSULT", "AGREE", "CONSULT"]),  # an announced consultation is one too
        (Filters(statuses=("scheduled",)), ["AGREE"]),
        (Filters(types=("REQUEST", "AGREE"), statuses=("occurred",)), ["REQUEST"]),
        (Filters(since=date(2031, 3, 4)), ["AGREE"]),
        (Filters(until=date(2031, 2, 10)), ["REQUEST"]),
        (Filters(since=date(2031, 2, 28), until=date(2031, 3, 3)), ["REQUEST", "CONSULT"]),
        (Filters(actors=("Norland",), types=("REQUEST",)), ["REQUEST"]),
        (Filters(actors=("NRL",), types=("REQUEST",)), ["REQUEST"]),
        (Filters(actors=("norlnad",), types=("REQUEST",)), ["REQUEST"]),
        (Filters(actors=("Norland", "Sudria"), types=("REQUEST",)), ["REQUEST"]),
        (Filters(actors=("Ada Holm",)), []),  # she reports it, she takes no part
        (Filters(actors=("Westland",)), []),
        (Filters(actors=("",)), []),
        (Filters(limit=2), ["REQUEST", "REQUEST"]),
        (Filters(words="blockade"), ["REQUEST", "CONSULT", "AGREE", "CONSULT"]),
        (Filters(words='"frank and useful" strait', types=("REQUEST",)), ["REQUEST"]),
        (Filters(words='"useful and frank"'), []),
        (Filters(words='NEAR( "unbalanced OR *'), []),
    ],
)  # fmt: skip
def test_claims_by_filter(record: Record, filters: Filters, expected: list[str]) -> None:
    found = record.claims(filters)
    once = [claim for claim in found if claim.article_id == coded_article("a/talks.txt").article.id]
    assert types(found if filters.limit else tuple(once)) == expected


def test_statements_are_dated_by_their_article(record: Record) -> None:
    assert len(record.statements(Filters(since=date(2031, 3, 4), until=date(2031, 3, 4)))) == 2
    assert len(record.statements(Filters(until=date(2031, 3, 1)))) == 0
    assert len(record.statements(Filters(actors=("holm",), statuses=("assert",)))) == 2


def test_positions_and_meetings_by_filter(record: Record) -> None:
    assert [each.issue for each in record.positions(Filters(actors=("Sudria",), statuses=("demands",)))] == [
        "navigation"
    ] * 2
    assert record.positions(Filters(types=("trade",))) == ()
    assert len(record.meetings(Filters(statuses=("announced",), since=date(2031, 3, 17)))) == 2
    assert record.meetings(Filters(since=date(2031, 3, 18))) == ()


def test_the_cast_counts_mentions_and_articles(record: Record) -> None:
    entries = record.cast()
    assert [(entry.actor.name, entry.mentions, entry.articles) for entry in entries] == [
        ("Ada Holm", 2, 2),
        ("Norland", 2, 2),
        ("Sudria", 2, 2),
    ]
    assert [entry.actor.name for entry in record.cast(Filters(types=("person",)))] == ["Ada Holm"]


def test_problems_are_told_once(record: Record) -> None:
    assert [each.stage for each in record.problems()] == ["clean", "clean", "read"]
    assert [each.stage for each in record.problems(Filters(statuses=("error",)))] == ["read"]


def test_every_id_is_found_whole_and_by_its_short_form(record: Record) -> None:
    ids = record.all_ids()
    short = record.short_ids(ids)
    assert len(set(short.values())) == len(ids)
    for identity in ids:
        assert record.find(identity).id == identity
        assert record.find(short[identity]).id == identity
        assert record.find(identity[:-1]).id == identity


def test_an_id_that_is_none_or_several(record: Record) -> None:
    for asked in ("claim-zz", "nonsense", "", "claim"):
        with pytest.raises(StorageError, match="no record has an id"):
            record.find(asked)
    with pytest.raises(StorageError, match="several ids begin so"):
        record.find("claim-")


@pytest.mark.parametrize("asked", ["a/talks.txt", "talks.txt", coded_article("a/talks.txt").article.id])
def test_an_article_by_path_or_id(record: Record, asked: str) -> None:
    assert record.find_article(asked) == coded_article("a/talks.txt").article.id


@pytest.mark.parametrize(
    ("asked", "words"),
    [("port vell", "several articles fit"), ("x.txt", "no such article"), ("-", "no such"), ("", "no such")],
)
def test_an_article_that_is_none_or_several(record: Record, asked: str, words: str) -> None:
    with pytest.raises(StorageError, match=words):
        record.find_article(asked)


def test_every_id_is_explained_by_words_of_an_article(record: Record) -> None:
    for identity in record.all_ids():
        explained = record.explain(identity)
        if explained.articles == ():
            assert identity == problem().id
            continue
        assert explained.passages, identity
        texts = {article.id: article.text for article in explained.articles}
        for passage in explained.passages:
            assert passage.text == passage.span.of(texts[passage.span.article_id]) != ""
            assert all(passage.span.covers(mark.span) for mark in passage.marks)
        for field in explained.fields:
            for span in field.words:
                assert any(passage.span.covers(span) for passage in explained.passages)


def test_a_claims_fields_carry_rule_and_confidence(record: Record) -> None:
    claim = record.claims(Filters(statuses=("occurred",), since=date(2031, 3, 3), until=date(2031, 3, 3)))[0]
    fields = {field.name: field for field in record.explain(claim.id).fields}
    assert (fields["type"].value, fields["type"].rule, fields["type"].confidence) == (
        "CONSULT",
        "frame CONSULT: meet",
        0.9,
    )
    assert fields["date"].value == "2031-03-03"
    assert fields["place"].value == "Port Vell, NRL"


def test_readers_see_one_state_while_somebody_writes(tmp_path: Path) -> None:
    path = tmp_path / "busy.db"
    failures: list[BaseException] = []
    with Record.open(path, create=True) as writer:
        writer.add(coded_article("0.txt"), RUN)
        done = threading.Event()

        def look() -> None:
            try:
                with Record.open(path) as reader:
                    while not done.is_set():
                        counts = reader.counts()
                        assert counts["claims"] == 4 * counts["articles"]
            except BaseException as error:
                failures.append(error)

        readers = [threading.Thread(target=look) for _ in range(3)]
        for reader in readers:
            reader.start()
        for number in range(1, 15):
            writer.add(coded_article(f"{number}.txt"), RUN)
        done.set()
        for reader in readers:
            reader.join()
    assert failures == []


def test_an_articles_days_and_fragments_are_told_in_words(record: Record) -> None:
    explained = record.explain(coded_article("a/talks.txt").article.id)
    told = {field.name: field.value for field in explained.fields}
    assert told["published"] == "2031-03-04 (dateline)"
    assert told["fetched"] == "2031-03-04"
    assert told["fragments"] == "ru"
    assert told["translation_signs"] == "untranslated-fragment"
    undated = record.explain(coded_article("b/copy.txt", TEXT, None).article.id)
    assert "2031-03-03 to open" in [field.value for field in undated.fields if field.name == "published_between"]


def test_a_country_stands_for_its_servants_and_not_for_its_companies(tmp_path: Path) -> None:
    coded = coded_article()
    holm = next(actor for actor in coded.actors if actor.name == "Ada Holm")
    shipping = make_actor(name="Norland Shipping", kind=ActorKind.ORGANIZATION, country="NRL", sectors=("BUS",))
    by_her = replace(coded.claims[0], actors=(Role(actor_id=holm.id, span=None),), recipients=())
    by_them = replace(coded.claims[1], actors=(Role(actor_id=shipping.id, span=None),), recipients=())
    with Record.open(tmp_path / "r.db", create=True) as made:
        made.add(replace(coded, actors=(*coded.actors, shipping), claims=(by_her, by_them, *coded.claims[2:])), RUN)
        for name in ("Norland", "NRL"):
            found = {claim.id for claim in made.claims(Filters(actors=(name,)))}
            assert by_her.id in found
            assert by_them.id not in found
        assert [claim.id for claim in made.claims(Filters(actors=("shipping",)))] == [by_them.id]


def test_the_words_of_spans_are_told_without_their_articles(tmp_path: Path) -> None:
    coded = coded_article()
    spans = [each.span for each in coded.mentions]
    with Record.open(tmp_path / "quotes.db", create=True) as made:
        made.add(coded, RUN)
        told = made.quotes([*spans, Span(article_id="article-unknown", start=0, end=3)])
    assert told == {each: coded.article.quote(each) for each in spans}
    assert len(told) > 1
