"""What stands beside a document: its title is coded, its day and outlet are candidates, and the page itself comes first."""

from datetime import UTC, date, datetime

import pytest

from communique.clean import clean
from communique.read.page import Told, make_page
from communique.records import Article, BlockKind, Page, PublicationDate

BODY = "The foreign ministers of Norland and Suria met in Oslo on Monday.\n\nThey agreed to reopen the border crossing."
TITLE = "Norland and Suria reopen border crossing"
FEED_DAY = date(2022, 1, 11)


def article(content: str, told: Told, fetched_at: datetime | None = None) -> Article:
    page = next(iter(make_page("row", content.encode(), fetched_at, told)))
    assert isinstance(page, Page)
    cleaned = clean(page)
    position = 0
    for block in cleaned.blocks:
        assert position <= block.span.start < block.span.end
        assert not cleaned.text[position : block.span.start].strip()
        position = block.span.end
    assert not cleaned.text[position:].strip()
    return cleaned


def kinds(cleaned: Article) -> list[tuple[BlockKind, str]]:
    return [(block.kind, cleaned.quote(block.span)) for block in cleaned.blocks]


def test_a_title_is_put_before_a_text_that_lacks_it() -> None:
    cleaned = article(BODY, Told(title=TITLE, published=FEED_DAY, site="Harbour Gazette", by="column"))
    assert cleaned.text == f"{TITLE}\n\n{BODY}"
    assert kinds(cleaned)[0] == (BlockKind.TITLE, TITLE)
    assert [kind for kind, _ in kinds(cleaned)[1:]] == [BlockKind.BODY] * 2
    assert (cleaned.title, cleaned.site) == (TITLE, "Harbour Gazette")
    assert cleaned.published == PublicationDate(day=FEED_DAY, source="column")


@pytest.mark.parametrize(
    ("first_line", "told"),
    [
        (TITLE, TITLE),
        (f"{TITLE}.", TITLE),
        (TITLE.upper(), TITLE),
        (TITLE, f"{TITLE} | Harbour Gazette"),
        (f"{TITLE} again", TITLE),
    ],
)
def test_a_title_that_is_there_is_not_doubled(first_line: str, told: str) -> None:
    cleaned = article(f"{first_line}\n\n{BODY}", Told(title=told, by="column"))
    assert cleaned.text == f"{first_line}\n\n{BODY}"
    assert kinds(cleaned)[0] == (BlockKind.TITLE, first_line)
    assert cleaned.title == first_line


def test_another_headline_of_the_text_becomes_a_line_of_it() -> None:
    cleaned = article(f"Ministers shake hands in Oslo\n\n{BODY}", Told(title=TITLE, by="column"))
    assert kinds(cleaned)[:2] == [(BlockKind.TITLE, TITLE), (BlockKind.BODY, "Ministers shake hands in Oslo")]


def test_a_title_at_the_head_of_the_first_paragraph() -> None:
    text = f"{TITLE}: the ministers met in Oslo on Monday and shook hands before the cameras.\n\n{BODY}"
    cleaned = article(text, Told(title=TITLE, by="column"))
    assert cleaned.text == text
    assert cleaned.title == TITLE


@pytest.mark.parametrize("paragraphs", [1, 2, 8])
def test_a_piece_of_markup_is_the_report_itself(paragraphs: int) -> None:
    markup = "<p>Ministers met in Oslo.</p>" + "".join(
        f"<p>They spoke of matter {n} again.</p>" for n in range(paragraphs)
    )
    cleaned = article(f"{markup}<p>© 2022 Harbour Gazette. All rights reserved.</p>", Told(title=TITLE, by="feed"))
    body = [line for kind, line in kinds(cleaned) if kind is BlockKind.BODY]
    assert body == ["Ministers met in Oslo.", *(f"They spoke of matter {n} again." for n in range(paragraphs))]
    assert kinds(cleaned)[0] == (BlockKind.TITLE, TITLE)
    assert kinds(cleaned)[-1][0] is BlockKind.FURNITURE


def whole_page(head: str = "", heading: str = TITLE) -> str:
    paragraphs = "".join(
        f"<p>The ministers spoke for {n} hours about the border crossing at Vik.</p>" for n in range(2, 9)
    )
    return (
        f"<html><head><title>{heading} - Oslo Post</title>{head}</head><body><article><h1>{heading}</h1>"
        f"{paragraphs}</article></body></html>"
    )


def test_a_whole_page_names_itself() -> None:
    told = Told(title="Border to reopen, say ministers", published=FEED_DAY, site="Collected News", by="feed")
    cleaned = article(whole_page('<meta property="og:site_name" content="Oslo Post">'), told)
    assert (cleaned.title, cleaned.site) == (TITLE, "Oslo Post")
    assert cleaned.published == PublicationDate(day=FEED_DAY, source="feed")


@pytest.mark.parametrize(
    ("head", "day", "source"),
    [
        ("", FEED_DAY, "feed"),
        ('<meta property="article:published_time" content="2022-01-10T08:00:00+01:00">', date(2022, 1, 10), "meta"),
    ],
)
def test_what_a_page_declares_comes_before_its_feed(head: str, day: date, source: str) -> None:
    cleaned = article(whole_page(head), Told(published=FEED_DAY, by="feed"))
    assert cleaned.published == PublicationDate(day=day, source=source)
    assert PublicationDate(day=FEED_DAY, source="feed") in cleaned.publication_candidates


def test_a_told_day_comes_before_a_dateline_and_keeps_it() -> None:
    text = f"OSLO, January 9, 2022 — {BODY}"
    cleaned = article(text, Told(published=FEED_DAY, by="column"))
    assert cleaned.published == PublicationDate(day=FEED_DAY, source="column")
    assert PublicationDate(day=date(2022, 1, 9), source="dateline") in cleaned.publication_candidates


def test_days_of_old_newspapers_and_days_to_come() -> None:
    assert article(BODY, Told(published=date(1914, 8, 4), by="column")).published == PublicationDate(
        day=date(1914, 8, 4), source="column"
    )
    fetched = datetime(2022, 1, 1, tzinfo=UTC)
    assert article(BODY, Told(published=FEED_DAY, by="column"), fetched).published is None


def test_the_day_in_an_address_dates_a_text() -> None:
    cleaned = article(BODY, Told(url="https://harbour.example/2022/01/11/border"))
    assert cleaned.published == PublicationDate(day=FEED_DAY, source="url")
