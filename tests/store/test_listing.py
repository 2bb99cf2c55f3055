"""Lists: every way of asking gives what a look at each record would give, in timeline order, a page at a time."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from handmade import RUN, TEXT, coded_article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.records import (
    Claim,
    CodedArticle,
    DateRange,
    FieldDecision,
    Place,
    Precision,
    Status,
    StorageError,
    Timex,
    TimexType,
    make_id,
)
from communique.store import Filters, Record, Slice

TYPES = ("CONSULT", "AGREE", "REQUEST")
PLACES = (None, "Port Vell", "Ostmark")
DAY = date(2031, 3, 1)


def article(number: int) -> CodedArticle:
    """The hand-made article with a dozen claims of all sorts, each number giving others."""
    coded = coded_article(f"outlet{number % 3}/{number}.txt", TEXT, DAY + timedelta(days=number))
    claims = tuple(claim(coded, number, place) for place in range(12))
    return replace(coded, claims=claims, events=(), positions=(), meetings=(), statements=(), times=())


def claim(coded: CodedArticle, number: int, place: int) -> Claim:
    mixed = number * 7 + place * 5
    own = coded.claims[mixed % 4]
    span = replace(own.trigger, start=place, end=place + 4)
    first: date | None = DAY + timedelta(days=(mixed * 11) % 60)
    last: date | None = (first or DAY) + timedelta(days=(0, 0, 3, 28, 45, 400)[mixed % 6])
    if mixed % 9 == 0:
        first = None
    if mixed % 9 == 1:
        last = None
    named = PLACES[mixed % 3]
    when = Timex(
        id=make_id("timex", coded.article.id, place),
        span=span,
        type=TimexType.DATE,
        value="",
        dates=DateRange(earliest=first, latest=last, precision=Precision.DAY),
    )
    return replace(
        own,
        id=make_id("claim", coded.article.id, place),
        type=TYPES[mixed % 3],
        meeting_type=None,
        like=None,
        status=(Status.OCCURRED, Status.SCHEDULED)[mixed % 2],
        actors=own.actors[: 1 + mixed % 2],
        date=None if mixed % 5 == 0 else when,
        place=Place(name=named, span=span, country="NRL" if named == "Port Vell" else None) if named else None,
        trigger=span,
        decisions=(FieldDecision(field="type", rule="rule", confidence=(mixed % 10) / 10),),
    )


ARTICLES = tuple(article(number) for number in range(8))
NUMBERS = {coded.article.id: number for number, coded in enumerate(ARTICLES)}
OUTLETS = {coded.article.id: coded.article.source.partition("/")[0] for coded in ARTICLES}
NAMES = {actor.id: actor.country for actor in ARTICLES[0].actors}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with Record.open(tmp_path_factory.mktemp("listing") / "r.db", create=True) as made:
        for coded in ARTICLES:
            made.add(coded, RUN)
        yield made


def days(each: Claim) -> tuple[date | None, date | None]:
    return (each.date.dates.earliest, each.date.dates.latest) if each.date and each.date.dates else (None, None)


def fits(each: Claim, filters: Filters) -> bool:
    """What the filters mean, said once more and slowly."""
    first, last = days(each)
    sides = {NAMES[role.actor_id] for role in (*each.actors, *each.recipients)}
    dated = filters.since is not None or filters.until is not None
    return all(
        (
            not filters.types or each.type in filters.types,
            not filters.statuses or each.status in filters.statuses,
            {"Norland": "NRL", "Sudria": "SDR"}.keys() >= set(filters.actors),
            all({"Norland": "NRL", "Sudria": "SDR"}[name] in sides for name in filters.actors),
            not dated or first is not None or last is not None,
            filters.since is None or last is None or last >= filters.since,
            filters.until is None or first is None or first <= filters.until,
            not filters.sources or OUTLETS[each.article_id] in filters.sources,
            not filters.places
            or (each.place is not None and {each.place.name, each.place.country} & set(filters.places)),
            filters.min_confidence is None or each.confidence >= filters.min_confidence,
            filters.article_id is None or each.article_id == filters.article_id,
        )
    )


def in_timeline(each: Claim) -> tuple[object, ...]:
    first, last = days(each)
    begin = first or last
    return (
        begin is None,
        begin or date.max,
        last is None,
        last or date.max,
        NUMBERS[each.article_id],
        each.trigger.start,
    )


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)


DAYS = st.none() | st.integers(-5, 90).map(lambda number: DAY + timedelta(days=number))
ASKED = st.builds(
    Filters,
    types=some(TYPES),
    statuses=some(("occurred", "scheduled", "denied")),
    actors=some(("Norland", "Sudria")),
    since=DAYS,
    until=DAYS,
    sources=some(("outlet0", "outlet1", "nowhere")),
    places=some(("Port Vell", "NRL", "Ostmark", "Westland")),
    min_confidence=st.none() | st.sampled_from([0.0, 0.4, 0.9]),
    article_id=st.none() | st.sampled_from([coded.article.id for coded in ARTICLES[:2]]),
    words=st.none() | st.just("frank blockade"),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ASKED, st.integers(1, 9))
def test_every_question_is_answered_as_by_a_look_at_each_claim(record: Record, filters: Filters, size: int) -> None:
    expected = sorted((each for coded in ARTICLES for each in coded.claims if fits(each, filters)), key=in_timeline)
    assert list(record.claims(filters)) == expected
    assert record.count("claims", filters) == len(expected)
    assert list(record.iter_claims(filters)) == expected
    assert pages(record.claims_slice, filters, size) == expected
    waiting = pages(record.review_slice, filters, size)
    assert sorted(waiting, key=in_timeline) == expected
    assert [each.confidence for each in waiting] == sorted(each.confidence for each in expected)


def pages(ask: Callable[[Filters], Slice[Claim]], filters: Filters, size: int) -> list[Claim]:
    gathered: list[Claim] = []
    part = ask(replace(filters, limit=size))
    while True:
        assert len(part.items) <= size
        gathered += part.items
        if part.next is None:
            return gathered
        assert len(part.items) == size
        part = ask(replace(filters, limit=size, after=part.next))


@pytest.mark.parametrize(
    ("listed", "pages_of"),
    [
        ("articles", "articles_slice"),
        ("cast", "cast_slice"),
        ("problems", "problems_slice"),
        ("statements", "statements_slice"),
    ],
)  # fmt: skip
def test_pages_of_other_lists_join_to_the_whole(tmp_path: Path, listed: str, pages_of: str) -> None:
    with Record.open(tmp_path / "r.db", create=True) as made:
        for number in range(5):
            made.add(coded_article(f"{number}.txt"), RUN)
        whole = getattr(made, listed)()
        gathered, after = [], None
        while True:
            part = getattr(made, pages_of)(Filters(limit=2, after=after))
            gathered += part.items
            after = part.next
            if after is None:
                break
        assert tuple(gathered) == whole
        assert made.count(listed) == len(whole) > 2


KINDS_COUNTED = ("articles", "claims", "statements", "positions", "meetings", "events")


@pytest.mark.parametrize("few", [300, 1])
@pytest.mark.parametrize("listed", KINDS_COUNTED)
@pytest.mark.parametrize(
    "more", [{}, {"since": DAY}, {"actors": ("Norland",)}, {"sources": ("outlet1",)}, {"rejected": True}]
)
def test_what_stands_in_articles_with_a_word_is_counted_as_it_is_listed(
    record: Record, monkeypatch: pytest.MonkeyPatch, few: int, listed: str, more: dict[str, Any]
) -> None:
    monkeypatch.setattr("communique.store.walking.FEW_ARTICLES", few)
    for words in ("blockade", '"no such words"'):
        filters = Filters(words=words, **more)
        assert record.count(listed, filters) == len(getattr(record, listed)(filters))


@pytest.mark.parametrize("cursor", ["", "x", "1-2-3-4-5", "1-2-3-fffffffffffffffffffff", "['a']", "null", "[1,2,3]"])
@pytest.mark.parametrize("ask", ["claims_slice", "cast_slice", "problems_slice", "review_slice", "articles_slice"])
def test_a_cursor_that_no_page_gave_is_refused_in_one_line(record: Record, ask: str, cursor: str) -> None:
    with pytest.raises(StorageError, match="no place in a list") as caught:
        getattr(record, ask)(Filters(after=cursor))
    assert "\n" not in str(caught.value)


def test_a_page_of_nothing(record: Record) -> None:
    assert record.claims_slice(Filters(limit=0)) == Slice((), None)
    assert record.claims_slice(Filters(types=("NOTHING",))) == Slice((), None)
    assert record.claims_slice(Filters(actors=("Westland",))) == Slice((), None)


def test_what_is_not_counted_is_refused(record: Record) -> None:
    with pytest.raises(StorageError, match="no kind that is counted"):
        record.count("tables")


def test_pages_stand_while_articles_arrive(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.db", create=True) as made:
        for coded in ARTICLES[:4]:
            made.add(coded, RUN)
        before = made.claims()
        first = made.claims_slice(Filters(limit=20))
        for coded in ARTICLES[4:]:
            made.add(coded, RUN)
        rest = made.claims(Filters(after=first.next))
        assert [each for each in (*first.items, *rest) if each in before] == list(before)


def test_who_deals_with_whom(record: Record) -> None:
    (pair,) = record.dyads()
    both = [
        each
        for coded in ARTICLES
        for each in coded.claims
        if {"NRL", "SDR"} <= {NAMES[role.actor_id] for role in (*each.actors, *each.recipients)}
    ]
    assert {NAMES[pair.left], NAMES[pair.right]} == {"NRL", "SDR"}
    assert pair.claims == len(both)
    assert dict(pair.types) == {
        type_: sum(each.type == type_ for each in both) for type_ in {each.type for each in both}
    }
    late = Filters(since=date(2031, 4, 10))
    assert sum(each.claims for each in record.dyads(late)) == sum(fits(each, late) for each in both)
    scheduled = Filters(actors=("Norland",), statuses=("scheduled",))
    assert [each.claims for each in record.dyads(scheduled)] == [sum(fits(each, scheduled) for each in both)]
    assert record.dyads(Filters(actors=("Ada Holm",))) == record.dyads(Filters(actors=("Westland",))) == ()


def test_newest_articles_come_first_and_a_recoded_one_keeps_its_place(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.db", create=True) as made:
        for coded in ARTICLES[:3]:
            made.add(coded, RUN)
        made.add(replace(ARTICLES[0], claims=ARTICLES[0].claims[:1]), RUN)
        assert [each.id for each in made.newest(2)] == [ARTICLES[2].article.id, ARTICLES[1].article.id]


def test_the_revision_tells_whether_anything_was_written(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.db", create=True) as made:
        before = made.revision()
        assert made.add(ARTICLES[0], RUN)
        after = made.revision()
        assert after != before
        assert not made.add(ARTICLES[0], RUN)
        assert made.revision() == after
    with Record.open(tmp_path / "other.db", create=True) as other:
        assert other.revision() != before
