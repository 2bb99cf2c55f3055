"""RSS, Atom and JSON Feed from files: whole texts, extracts, and feeds that are damaged or traps."""

from datetime import date
from pathlib import Path

import pytest
from sourcing import pages, problems, read, text, write

from communique.read.entries import site_of_feed
from communique.records import MediaType, Severity

FEEDS = Path(__file__).parent / "feeds"


def test_whole_texts_and_extracts() -> None:
    found = read(FEEDS / "whole.rss")
    whole, extract = pages(found)
    assert whole.source == f"{FEEDS / 'whole.rss'}#hg-101"
    assert whole.title == "Norland & Suria reopen border crossing"
    assert whole.published == date(2022, 1, 11)
    assert (whole.site, whole.told_by, whole.media_type) == ("Harbour Gazette", "feed", MediaType.HTML)
    assert whole.url == "https://www.harbour-gazette.example/2022/01/11/border"
    assert text(whole).startswith("<p>The foreign ministers of Norland and Suria met")
    assert (extract.site, extract.media_type) == ("The Other Paper", MediaType.TEXT)
    (warning,) = problems(found, Severity.WARNING)
    assert warning.source == extract.source
    assert "only a summary" in warning.reason
    assert "--fetch" in warning.remedy
    (problem,) = problems(found)
    assert "only a title" in problem.reason
    assert problem.source.endswith("whole.rss#https://www.harbour-gazette.example/alone") or problem.source.endswith(
        "#3"
    )


def test_atom() -> None:
    (page,) = pages(read(FEEDS / "entries.atom"))
    assert page.source.endswith("entries.atom#tag:vik-observer.example,2022:1")
    assert page.published == date(2022, 1, 12), "as written in Vik, not in Greenwich"
    assert (page.site, page.media_type) == ("Vik Observer", MediaType.TEXT)
    assert (page.title, page.url) == ("Crossing at Vik to open", "https://vik-observer.example/news/1")


def test_json_feed() -> None:
    found = read(FEEDS / "feed.json")
    whole, extract = pages(found)
    assert (whole.source, extract.source) == tuple(f"{FEEDS / 'feed.json'}#{number}" for number in (1, 2))
    assert (whole.site, whole.published, whole.media_type) == ("Vik Observer", date(2022, 1, 12), MediaType.HTML)
    assert text(extract) == "Talks went on in Oslo."
    assert problems(found)[0].source.endswith("feed.json#3")


def test_a_folder_and_a_nameless_file_are_told_by_their_bytes(tmp_path: Path) -> None:
    for name in ("news.xml", "feed"):
        write(tmp_path / name, (FEEDS / "whole.rss").read_bytes())
    write(tmp_path / "news.json", (FEEDS / "feed.json").read_bytes())
    assert len(pages(read(tmp_path))) == 6


def test_a_long_description_is_the_report(tmp_path: Path) -> None:
    long = "The ministers met again. " * 60
    for ending, whole in (("", True), ("Read more", False), ("…</p>", False)):
        item = f"<item><title>t</title><description><![CDATA[{long}{ending}]]></description></item>"
        content = f"<rss><channel>{item}</channel></rss>"
        found = read(write(tmp_path / "a.rss", content))
        assert len(pages(found)) == 1
        assert bool(problems(found, Severity.WARNING)) is not whole


def test_a_single_tag_makes_markup_of_an_entry(tmp_path: Path) -> None:
    item = "<item><title>t</title><description>%s</description></item>"
    entries = [
        item % each for each in ("They met &lt;b&gt;twice&lt;/b&gt;.", "They met twice, AT&amp;T said.", "1 &lt; 2")
    ]
    found = pages(read(write(tmp_path / "a.rss", f"<rss><channel>{''.join(entries)}</channel></rss>")))
    assert [page.media_type for page in found] == [MediaType.HTML, MediaType.TEXT, MediaType.TEXT]


def test_a_damaged_feed_gives_what_can_be_read(tmp_path: Path) -> None:
    content = (FEEDS / "whole.rss").read_bytes()
    found = read(write(tmp_path / "a.rss", content[: content.index(b"hg-102")]))
    assert any(page.source.endswith("#hg-101") for page in pages(found))
    assert "damaged feed" in problems(found, Severity.WARNING)[0].reason


def test_traps(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret", "root:x:0:0")
    bomb = '<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9))
    for entities in (bomb, f'<!ENTITY a SYSTEM "file://{secret}">'):
        item = "<item><title>&a;</title><description>&a;</description></item>"
        content = f"<?xml version='1.0'?><!DOCTYPE rss [{entities}]><rss><channel>{item}</channel></rss>"
        found = read(write(tmp_path / "a.rss", content))
        assert not pages(found)
        assert "root:x" not in repr(found)


@pytest.mark.parametrize(
    ("title", "address", "home", "expected"),
    [
        ("Harbour Gazette", "https://harbour.example/1", "https://harbour.example/", "Harbour Gazette"),
        ("Harbour Gazette", None, None, "Harbour Gazette"),
        ("World - Harbour Gazette", "https://www.harbourgazette.example/1", None, "Harbour Gazette"),
        ("World: politics", "https://harbourgazette.example/1", None, None),
        ("Collected News", "https://paper.example/1", "https://collector.example/", None),
        ("Harbour", "https://www.harbour.co.uk/1", "https://feeds.harbour.co.uk/", "Harbour"),
        (None, "https://paper.example/1", None, None),
        ("X | Y", "http://[broken", None, None),
    ],
)
def test_the_outlet_in_a_feeds_title(title: str | None, address: str | None, home: str | None, expected: str) -> None:
    assert site_of_feed(title, address, home) == expected
