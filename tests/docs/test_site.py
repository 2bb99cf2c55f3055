"""The built site: every page there, every link, anchor and picture in the HTML leads somewhere, also from a file."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import build_docs
import pytest


class Found(HTMLParser):
    """The ids of a page and what it points at."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        self.targets += [each for each in (given.get("href"), given.get("src")) if each]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    build_docs.build(out)
    return out


def read(path: Path) -> Found:
    found = Found()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def test_every_link_of_the_site_leads_somewhere_inside_it(site: Path) -> None:
    pages = {path: read(path) for path in site.rglob("*.html")}
    assert len(pages) == len(list(build_docs.DOCS.rglob("*.md")))
    wrong = []
    for path, found in pages.items():
        for target in found.targets:
            if build_docs.OUTSIDE.match(target):
                assert target.startswith(("https://", "http://")), f"{path.name}: {target}"
                continue
            place, _, anchor = unquote(target).partition("#")
            goal = (path.parent / place).resolve() if place else path
            if not goal.is_file() or (anchor and anchor not in pages[goal].ids):
                wrong.append(f"{path.relative_to(site)}: {target}")
    assert not wrong


def test_site_takes_nothing_from_the_network(site: Path) -> None:
    for path in (*site.rglob("*.html"), *site.rglob("*.css")):
        text = path.read_text(encoding="utf-8")
        assert 'src="http' not in text
        assert "url(http" not in text.replace('"', "")
        assert '<link rel="stylesheet" href="http' not in text


def test_scores_stand_in_the_page_that_tells_how_good_it_is(site: Path) -> None:
    assert "<h3" in (site / "how-good.html").read_text(encoding="utf-8").partition("The figures</h2>")[2]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# A\n\n[b](b.md)", "index.md: b.md is not there"),
        ("# A\n\n[b](#b)", "index.md: #b has no such heading"),
        ("# A\n\n![b](b.png)", "index.md: b.png is not there"),
        ("# A\n\n[b](../b.md)", "leads out of docs/"),
        ("# A\n\n<!-- include: b.md part -->", "includes part of b.md"),
    ],
)
def test_what_is_not_there_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "index.md").write_text(text, encoding="utf-8")
    with pytest.raises(build_docs.BrokenError) as raised:
        build_docs.build(tmp_path / "out", tmp_path)
    assert told in str(raised.value)


def test_a_heading_told_twice_has_two_anchors(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# A\n\n## B c!\n\n## B c!\n\n[1](#b-c) [2](#b-c-1)", encoding="utf-8")
    (page,) = build_docs.read_pages(tmp_path).values()
    assert [name for _, name, _ in page.headings] == ["a", "b-c", "b-c-1"]
    assert not list(build_docs.faults({"index.md": page}, tmp_path))
