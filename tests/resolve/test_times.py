"""Times: cases in files, the examples of the rule file, properties of every reading, and the three annotated articles."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from communique.annotate import annotate
from communique.codebook.time_rules import TimeRule, load_time_rules
from communique.records import Anchor, Annotated, Article, Block, BlockKind, PublicationDate, Span
from communique.resolve import find_times
from communique.resolve.time_calendar import day_range, easter, holiday
from communique.resolve.time_reading import read_text
from communique.resolve.time_spans import MEANINGS

FOLDER = Path(__file__).parent / "times"
GOLD = Path(__file__).resolve().parents[2] / ".." / "shared" / "gold"
WEDNESDAY = date(2021, 12, 15)
EXAMPLES = [(rule, words, value) for rule in load_time_rules().rules for words, value in rule.examples.items()]


def cases(name: str) -> list[Any]:
    return [
        pytest.param(case, id=case["comment"]) for case in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    ]


def article_of(text: str, published: date | None, fetched: date | None = None) -> Article:
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            lead = start + len(line) - len(line.lstrip())
            span = Span(article_id="article-1", start=lead, end=lead + len(line.strip()))
            blocks.append(Block(span=span, kind=BlockKind.BODY))
        start += len(line) + 1
    day = PublicationDate(day=published, source="test") if published else None
    return Article(
        id="article-1", page_id="page-1", source="-", text=text, blocks=tuple(blocks), published=day, fetched=fetched
    )


def annotated(text: str, published: date | None, fetched: date | None = None) -> Annotated:
    return annotate(article_of(text, published, fetched))


@pytest.mark.parametrize(("rule", "words", "value"), EXAMPLES, ids=[f"{r.name}: {w}" for r, w, _ in EXAMPLES])
def test_every_example_of_the_rule_file(rule: TimeRule, words: str, value: str) -> None:
    found = read_text(words, publication=WEDNESDAY)
    assert (rule.name, value) in [(each.reason.split(":")[0], each.value) for each in found]


def test_every_rule_has_an_example_and_a_known_meaning() -> None:
    for rule in load_time_rules().rules:
        assert rule.examples, rule.name
        assert rule.means in MEANINGS, rule.name


@pytest.mark.parametrize("case", [*cases("in_the_wild.yaml"), *cases("negative.yaml")])
def test_sentences(case: dict[str, Any]) -> None:
    text = case["text"]
    expected = [(words, value, mod[0] if mod else None) for words, value, *mod in case["times"]]
    plain = read_text(text, publication=case["published"])
    assert [(text[each.start : each.end], each.value, each.mod) for each in plain] == expected
    parsed = find_times(annotated(text, case["published"]))
    assert [(each.span.of(text), each.value, each.mod) for each in parsed.times] == expected
    assert parsed.published_between is None


@pytest.mark.parametrize("case", cases("without_publication.yaml"))
def test_articles_without_a_publication_date(case: dict[str, Any]) -> None:
    text = case["text"]
    found = find_times(annotated(text, None))
    assert [[each.span.of(text), each.value] for each in found.times] == case["times"]
    between = found.published_between
    assert (between and [day and day.isoformat() for day in between]) == case["between"]


def test_an_inferred_year_says_what_it_was_inferred_from() -> None:
    times = find_times(annotated("The vote of 20 May 2003 was void. On 2 June a new one was held.", None)).times
    assert (times[0].anchor, times[0].anchor_value) == (Anchor.NONE, None)
    assert (times[1].anchor, times[1].anchor_value) == (Anchor.TEXT, "2003-05-20")
    assert "2003-05-20" in times[1].reason


def test_nothing_that_happened_is_dated_after_the_fetch() -> None:
    found = find_times(
        annotated("The accord of 12 March 2003 fell apart. On 20 August they met.", None, date(2003, 4, 1))
    )
    assert found.times[1].value == "2002-08-20"


def test_furniture_is_not_read() -> None:
    article = article_of("They met on 5 May 2001.\nPosted on 9 May 2001", None)
    furniture = Block(span=article.blocks[1].span, kind=BlockKind.FURNITURE, reason="byline")
    changed = Article(
        id=article.id, page_id="page-1", source="-", text=article.text, blocks=(article.blocks[0], furniture)
    )
    assert [each.value for each in find_times(annotate(changed)).times] == ["2001-05-05"]


@given(
    st.lists(st.sampled_from(sorted({words for _, words, _ in EXAMPLES})), min_size=1, max_size=6),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
)
def test_spans_lie_in_order_and_a_second_reading_is_the_same(words: list[str], published: date) -> None:
    text = ", they said; ".join(words)
    found = read_text(text, publication=published)
    assert found == read_text(text, publication=published)
    ends = 0
    for each in found:
        assert ends <= each.start < each.end <= len(text)
        ends = each.end


BARE = ["on Monday", "in March", "in summer", "in the third quarter", "on January 10", "on 31 August", "at Christmas"]


@given(st.sampled_from(BARE), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_what_is_told_as_past_is_not_dated_after_the_publication(words: str, published: date) -> None:
    (found,) = read_text(f"They met {words}.", publication=published)
    days = day_range(found.value)
    assert found.tense == "past"
    assert days is not None
    assert days.earliest is not None
    assert days.earliest <= published


@given(st.sampled_from(BARE), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_what_is_told_as_ahead_does_not_end_before_the_publication(words: str, published: date) -> None:
    (found,) = read_text(f"They will meet {words}.", publication=published)
    days = day_range(found.value)
    assert found.tense == "future"
    assert days is not None
    assert days.latest is not None
    assert days.latest >= published


@given(st.dates(date(1, 2, 1), date(9998, 12, 31)))
def test_a_day_value_covers_that_day(day: date) -> None:
    days = day_range(day.isoformat())
    assert days is not None
    assert (days.earliest, days.latest) == (day, day)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2010-W04-WE", date(2010, 1, 30), date(2010, 1, 31)),
        ("2009-Q3", date(2009, 7, 1), date(2009, 9, 30)),
        ("2009-WI", date(2009, 12, 1), date(2010, 2, 28)),
        ("199", date(1990, 1, 1), date(1999, 12, 31)),
        ("18", date(1800, 1, 1), date(1899, 12, 31)),
        ("2022-01-10TEV", date(2022, 1, 10), date(2022, 1, 10)),
    ],
)
def test_the_days_that_a_value_covers(value: str, first: date, last: date) -> None:
    days = day_range(value)
    assert days is not None
    assert (days.earliest, days.latest) == (first, last)


@pytest.mark.parametrize("value", ["XXXX-01-10", "P3Y", "2021-02-30", "2021-W60", "PXD", "PAST_REF"])
def test_values_that_name_no_days(value: str) -> None:
    assert day_range(value) is None


def test_moving_holidays() -> None:
    assert [easter(year) for year in (1999, 2008, 2024)] == [date(1999, 4, 4), date(2008, 3, 23), date(2024, 3, 31)]
    assert holiday("11-4-4", 2021) == date(2021, 11, 25)
    assert holiday("05-1-last", 2021) == date(2021, 5, 31)
    assert holiday("easter-2", 2021) + timedelta(days=2) == easter(2021)


@pytest.mark.parametrize("name", ["geneva", "mexico-tariffs", "cbc-sinwar"])
def test_annotated_articles(name: str) -> None:
    folder = GOLD / name
    if not folder.exists():
        pytest.skip("the shared gold folder is not beside this checkout")
    expected = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    if (folder / "article.txt").exists():
        text = (folder / "article.txt").read_text(encoding="utf-8")
    else:
        trafilatura = pytest.importorskip("trafilatura")
        text = trafilatura.extract((folder / "article.html").read_bytes(), favor_precision=True)
    found = find_times(annotated(text, expected["article"]["published"]))
    for entry in expected["times"]:
        after = text.find(entry["after"]) if "after" in entry else 0
        start = text.find(entry["quote"], after + len(entry.get("after", "")))
        assert after >= 0, entry
        assert start >= 0, entry
        here = [each for each in found.times if each.span.start < start + len(entry["quote"]) and start < each.span.end]
        assert [each.value for each in here] == [str(entry["value"])], entry
        assert here[0].mod == entry.get("mod", here[0].mod), entry
    if "published_between" in expected["article"]:
        assert list(found.published_between or ()) == expected["article"]["published_between"]
