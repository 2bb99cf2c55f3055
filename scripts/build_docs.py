"""docs/*.md → a folder of HTML that works offline and from any place: `python scripts/build_docs.py [--out site]`.

Links between pages are followed and rewritten; a link, anchor or picture that is not there ends the building with 1, by name.
The looks are those of the program's own pages: their style sheet and fonts are copied beside it.
"""

import argparse
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
OWN = Path(__file__).parent / "docs_site"
STATIC = ROOT / "src" / "communique" / "serve" / "static"
COPIED = ("css/paper.css", "icon.svg", "vendor/pico.min.css")
FONTS = "vendor/*.woff2"
LICENCES = "vendor/licences"

# (folder, heading): the pages of a folder stand under its heading, those of FIRST before the others.
SECTIONS = ((".", "Start"), ("how-to", "How to"), ("reference", "Reference"), ("decisions", "Decisions"))
FIRST = ("index.md", "tutorial.md", "how-good.md", "how-to/index.md")
ELSEWHERE = {"scores.md": "reference"}  # page → the folder under whose heading it stands in the menu
INCLUDE = re.compile(r"^<!-- include: (?P<path>\S+) (?P<part>\S+) -->$", re.MULTILINE)
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//")


class BrokenError(Exception):
    """Something that a page names is not there."""


@dataclass(slots=True)
class Page:
    """`path` is relative to docs/, with slashes; `anchors` are the ids of its headings, `links` what it points at."""

    path: str
    title: str
    tokens: list[Token]
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where its HTML lies, relative to the site."""
        return self.path.removesuffix(".md") + ".html"


def parser() -> MarkdownIt:
    """CommonMark with tables; the pages are our own, so their HTML comments pass."""
    return MarkdownIt("commonmark", {"html": True}).enable("table")


def read_pages(docs: Path = DOCS) -> dict[str, Page]:
    """Path → page, for every Markdown file below. Raises BrokenError for an include that is not there."""
    paths = sorted(each.relative_to(docs).as_posix() for each in docs.rglob("*.md"))
    return {path: _read(docs, path) for path in paths}


def faults(pages: dict[str, Page], docs: Path = DOCS) -> Iterator[str]:
    """One line for every link, anchor or picture that leads nowhere."""
    for page in pages.values():
        for link in page.links:
            path, anchor = split(page.path, link)
            if path.startswith("../"):
                yield f"{page.path}: {link} leads out of docs/; name the file without a link"
            elif path in pages:
                if anchor and anchor not in pages[path].anchors:
                    yield f"{page.path}: {link} has no such heading"
            elif not (docs / path).is_file():
                yield f"{page.path}: {link} is not there"


def build(out: Path, docs: Path = DOCS) -> list[Path]:
    """Writes the site and gives its pages. Raises BrokenError that names every broken link."""
    pages = read_pages(docs)
    broken = list(faults(pages, docs))
    if broken:
        raise BrokenError("\n".join(broken))
    template = Environment(loader=FileSystemLoader(OWN), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    layout = template.get_template("page.html")
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for page in pages.values():
        place = out / page.address
        place.parent.mkdir(parents=True, exist_ok=True)
        root = "../" * page.address.count("/")
        place.write_text(
            layout.render(page=page, root=root, body=_html(page, pages), menu=_menu(pages)), encoding="utf-8"
        )
        written.append(place)
    _copy_assets(out / "assets")
    for each in _shown_files(docs):
        target = out / each.relative_to(docs)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(each, target)
    return written


def _shown_files(docs: Path) -> Iterator[Path]:
    """Pictures and examples; what makes them lies in docs/ itself and stays there."""
    for each in docs.rglob("*"):
        made = "__pycache__" in each.parts or (each.suffix == ".py" and each.parent == docs)
        if each.is_file() and each.suffix != ".md" and not made:
            yield each


def split(page: str, link: str) -> tuple[str, str]:
    """(path relative to docs/, anchor) of a link that stands in a page."""
    path, _, anchor = unquote(link).partition("#")
    folder = page.rpartition("/")[0]
    return (normpath(f"{folder}/{path}" if folder else path) if path else page), anchor


def slug(text: str) -> str:
    """The id of a heading: lower case, spaces as hyphens, signs left out."""
    return re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-")


def _read(docs: Path, path: str) -> Page:
    text = INCLUDE.sub(lambda found: _part(docs, path, found["path"], found["part"]), _text(docs / path))
    tokens = parser().parse(text)
    page = Page(path=path, title=path, tokens=tokens)
    for position, token in enumerate(tokens):
        if token.type == "heading_open":
            _note_heading(page, token, tokens[position + 1])
        for each in token.children or ():
            target = each.attrGet("href") or each.attrGet("src")
            if target is not None and not OUTSIDE.match(str(target)):
                page.links.append(str(target))
    return page


def _note_heading(page: Page, opening: Token, inline: Token) -> None:
    title = "".join(each.content for each in inline.children or () if each.type in ("text", "code_inline"))
    base = name = slug(title)
    number = 1
    while name in page.anchors:
        name, number = f"{base}-{number}", number + 1
    page.anchors.add(name)
    opening.attrSet("id", name)
    level = int(opening.tag[1])
    if level == 1:
        page.title = title
    page.headings.append((level, name, title))


def _part(docs: Path, page: str, path: str, part: str) -> str:
    """What stands in another file between `<!-- PART: begin -->` and `<!-- PART: end -->`."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    text = _text(docs / path) if (docs / path).is_file() else ""
    if begin not in text or end not in text:
        raise BrokenError(f"{page}: includes {part} of {path}, which is not there")
    return text.partition(begin)[2].partition(end)[0].strip()


def _html(page: Page, pages: dict[str, Page]) -> str:
    for token in page.tokens:
        for each in token.children or ():
            target = each.attrGet("href")
            if target is not None and not OUTSIDE.match(str(target)):
                path, _, anchor = str(target).partition("#")
                if split(page.path, str(target))[0] in pages:
                    path = path.removesuffix(".md") + ".html" if path else ""
                each.attrSet("href", f"{path}#{anchor}" if anchor else path)
    md = parser()
    wide = md.renderer.render(page.tokens, md.options, {})
    return wide.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")


def _menu(pages: dict[str, Page]) -> list[tuple[str, list[Page]]]:
    made = []
    for folder, heading in SECTIONS:
        here = [
            each for each in pages.values() if ELSEWHERE.get(each.path, each.path.rpartition("/")[0] or ".") == folder
        ]
        here.sort(key=lambda each: (FIRST.index(each.path) if each.path in FIRST else len(FIRST), each.title.lower()))
        made.append((heading, here))
    return made


def _copy_assets(folder: Path) -> None:
    for each in (*COPIED, *(found.relative_to(STATIC).as_posix() for found in STATIC.glob(FONTS))):
        (folder / each).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(STATIC / each, folder / each)
    shutil.copytree(STATIC / LICENCES, folder / LICENCES, dirs_exist_ok=True)
    shutil.copyfile(OWN / "docs.css", folder / "css" / "docs.css")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def main() -> int:
    """0, or 1 when a page names what is not there."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument(
        "--out", type=Path, default=ROOT / "site", metavar="FOLDER", help="where to write (default: site)"
    )
    out = asked.parse_args().out
    try:
        written = build(out)
    except BrokenError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{len(written)} pages in {out}; open {out / 'index.html'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
