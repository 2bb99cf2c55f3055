"""Pages and text → articles: what a page says is found, what a reader sees is kept, and no bytes break it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.clean import clean
from communique.read.page import make_page
from communique.records import Article, BlockKind, Page, PublicationDate, ReadingError

CASES = Path(__file__).parent / "cases"
REPORT = (CASES / "report.html").read_text(encoding="utf-8")


def page_of(content: str | bytes, fetched_at: datetime | None = None) -> Page:
    written = content.encode() if isinstance(content, str) else content
    page = next(iter(make_page("report", written, fetched_at)))
    assert isinstance(page, Page)
    return page


def lines(article: Article, kind: BlockKind) -> list[str]:
    return [article.quote(block.span) for block in article.blocks if block.kind is kind]


def check_blocks(article: Article) -> None:
    """In order, within the text, without overlap, covering every character that is not a space."""
    position = 0
    for block in article.blocks:
        assert block.span.article_id == article.id
        assert position <= block.span.start < block.span.end <= len(article.text)
        assert not article.text[position : block.span.start].strip()
        assert article.quote(block.span) == article.quote(block.span).strip()
        position = block.span.end
    assert not article.text[position:].strip()
    for part in (*article.fragments, *article.translation_signs):
        assert article.quote(part.span)
    article.text.encode()


def test_a_page_is_read_whole() -> None:
    article = clean(page_of(REPORT))
    check_blocks(article)
    assert article.title == "Ghana and Togo reopen border crossing after two years"
    assert article.authors == ("Efua Mensah", "Kodjo Agbeko")
    assert (article.site, article.url) == ("Lagoon Times", "https://lagoon-times.example/2023/03/14/border")
    assert (article.language, article.machine_translated) == ("en", "none")
    assert lines(article, BlockKind.TITLE) == [article.title]
    body = lines(article, BlockKind.BODY)
    assert [line.split()[0] for line in body] == ["Ghana", "Ghana’s", "Togo’s", "Traders"]
    assert any("thank our brothers" in line for line in lines(article, BlockKind.EMBEDDED))
    reasons = {article.quote(block.span): block.reason for block in article.blocks if block.kind is BlockKind.FURNITURE}
    assert reasons["Togo signs loan agreement with regional bank for new port"] == "related-link"
    assert reasons["With reporting from Ama Darko"] == "credit"
    assert reasons["By Efua Mensah and Kodjo Agbeko"] == "byline"
    assert reasons["© 2023 Lagoon Times. All rights reserved."] == "copyright"
    assert any("Photo: Yaw Boateng/AFP" in line for line in reasons)
    assert any("family on the other side" in line for line in reasons)
    assert "Hidden text" not in article.text
    assert "color: black" not in article.text


def test_the_day_of_publication_is_the_readers_day() -> None:
    """The declared time is 01:05 UTC on the fifteenth; where it was published it was still the fourteenth."""
    article = clean(page_of(REPORT))
    assert article.published is not None
    assert article.published.day == date(2023, 3, 14)
    assert article.modified == date(2023, 3, 16)
    assert PublicationDate(day=date(2023, 3, 15), source="json-ld") in article.publication_candidates
    assert date(2019, 1, 1) not in {each.day for each in article.publication_candidates}


def test_no_date_is_later_than_the_fetch() -> None:
    article = clean(page_of(REPORT, datetime(2023, 3, 1, tzinfo=UTC)))
    assert article.published is None
    assert article.fetched == date(2023, 3, 1)


def test_a_page_without_a_date_gets_none() -> None:
    """Dates inside the report are about its events, not about its publication."""
    text = "The two ministers signed the treaty on 3 May 2021 in Rabat, and parliament approved it on 4 June 2021, they said."
    article = clean(page_of(f"<html><body><article><p>{text}</p><p>{text[:60]}.</p></article></body></html>"))
    assert article.published is None


MET = "The delegations met in Rabat on Tuesday for the first time in a year, the hosts said."


@pytest.mark.parametrize(
    ("text", "day", "source"),
    [
        (f"Talks resume in Rabat\n\nPublished: 14 March 2023\n\n{MET}", date(2023, 3, 14), "printed"),
        (f"Talks resume in Rabat\nMarch 14, 2023\n{MET}", date(2023, 3, 14), "date-line"),
        (f"RABAT, March 14, 2023 (MAP) - {MET}", date(2023, 3, 14), "dateline"),
        (f"Talks resume in Rabat\n\nThe treaty of March 14, 2023 was discussed. {MET}", None, None),
        (f"Talks resume in Rabat\n\nUpdated: 14 March 2023\n\n{MET}", None, None),
    ],
)
def test_dates_in_plain_text(text: str, day: date | None, source: str | None) -> None:
    published = clean(page_of(text)).published
    assert published == (PublicationDate(day=day, source=source) if day and source else None)


def test_windows_1251_declared_as_utf_8() -> None:
    paragraph = (
        "Министры иностранных дел двух стран встретились в понедельник в Осло и договорились о новой встрече весной."
    )
    head = "<html><head><meta charset='utf-8'></head><body><article><h1>Встреча министров в Осло</h1>"
    page = f"{head}{f'<p>{paragraph}</p>' * 3}</article></body></html>"
    article = clean(page_of(page.encode("windows-1251")))
    assert paragraph in article.text
    assert (article.language, article.title) == ("ru", "Встреча министров в Осло")
    assert article.fragments == ()


def test_nul_bytes_are_left_out() -> None:
    article = clean(page_of("The ministers met\x00 in Oslo on Monday and agreed to meet again in the spring. " * 3))
    assert "\x00" not in article.text


def test_ids_and_content_are_the_same_on_every_run() -> None:
    assert clean(page_of(REPORT)) == clean(page_of(REPORT))


@pytest.mark.parametrize(
    "content",
    [
        "<html><body></body></html>",
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "Share\nTweet\nLeave a Reply",
        "<div>" * 5_000,
    ],
)
def test_what_holds_no_article_is_refused_in_one_line(content: str) -> None:
    with pytest.raises(ReadingError, match=r"^report: ") as refused:
        clean(page_of(content))
    assert "\n" not in str(refused.value)


def test_a_text_longer_than_any_article_is_refused() -> None:
    with pytest.raises(ReadingError, match="longer"):
        clean(page_of("The ministers met in Oslo on Monday. " * 40_000))


PIECES = yaml.safe_load((CASES / "pieces.yaml").read_text(encoding="utf-8"))
DOCUMENTS = st.one_of(
    st.binary(max_size=300),
    st.lists(st.one_of(st.text(max_size=40), st.sampled_from(PIECES)), max_size=25).map(
        lambda pieces: "".join(pieces).encode("utf-8", "replace")
    ),
)


@settings(max_examples=150, deadline=5_000)
@given(DOCUMENTS)
def test_any_bytes_give_an_article_or_a_reading_error(content: bytes) -> None:
    page = next(iter(make_page("any", content, None)))
    if not isinstance(page, Page):
        return
    try:
        article = clean(page)
    except ReadingError:
        return
    check_blocks(article)
    for text in (article.title, article.site, article.url, *article.authors):
        (text or "").encode()
    assert clean(page) == article


def test_half_a_surrogate_pair_in_a_title_is_replaced() -> None:
    broken = REPORT.replace('"headline": "', '"headline": "\\ud800 ').replace("<h1>", "<h2>")
    article = clean(page_of(broken))
    assert article.title is not None
    assert article.title.encode()
