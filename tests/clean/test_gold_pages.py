"""Measured on real pages where the development sets lie beside the checkout: main text, furniture, dates, translation.

Run with `-s` to see the figures.
"""

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from communique.clean import clean
from communique.clean.decoding import decode
from communique.clean.features import Line
from communique.clean.furniture import reasons_to_set_aside
from communique.clean.layout import PageLine, line_key, page_lines, parse_page
from communique.codebook.furniture import load_furniture
from communique.read import read_paths
from communique.read.page import make_page
from communique.records import Article, BlockKind, Page

GOLD = Path(__file__).resolve().parents[2] / ".." / "shared" / "gold"
PAGES = GOLD / "pages"
LONG_KEY = 40  # letters from which a line found anywhere in the expected body counts as part of it

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the development sets are not beside this checkout")


@pytest.fixture(scope="module")
def expected_bodies() -> dict[str, str]:
    truth = json.loads((PAGES / "ground-truth.json").read_text(encoding="utf-8"))
    return {name: entry["articleBody"] for name, entry in truth.items()}


@pytest.fixture(scope="module")
def contents(expected_bodies: dict[str, str]) -> dict[str, bytes]:
    return {name: gzip.decompress((PAGES / f"{name}.html.gz").read_bytes()) for name in expected_bodies}


@pytest.fixture(scope="module")
def articles(contents: dict[str, bytes]) -> dict[str, Article]:
    cleaned = {}
    for name, content in contents.items():
        page = next(iter(make_page(name, content, None)))
        assert isinstance(page, Page)
        cleaned[name] = clean(page)
    return cleaned


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[index : index + 4]) for index in range(max(1, len(words) - 3)))


def test_main_text(articles: dict[str, Article], expected_bodies: dict[str, str]) -> None:
    """Four-word shingles, precision and recall averaged over the pages, as the public benchmark scores it."""
    precisions, recalls = [], []
    for name, article in articles.items():
        body = [article.quote(block.span) for block in article.blocks if block.kind is BlockKind.BODY]
        found, expected = shingles("\n".join(body)), shingles(expected_bodies[name])
        shared = sum((found & expected).values())
        precisions.append(shared / max(1, sum(found.values())))
        recalls.append(shared / max(1, sum(expected.values())))
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"\nmain text: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    assert f1 >= 0.97


def is_body(line: PageLine, expected: str) -> bool:
    if line.key in {line_key(each) for each in expected.split("\n")}:
        return True
    return len(line.key) >= LONG_KEY and line.key in line_key(expected)


@pytest.mark.parametrize(("with_markup", "least_recall"), [(False, 0.70), (True, 0.90)], ids=["text", "page"])
def test_furniture_lines(
    contents: dict[str, bytes], expected_bodies: dict[str, str], with_markup: bool, least_recall: float
) -> None:
    """All visible lines of the pages: those outside the expected body are furniture."""
    right = wrong = missed = 0
    for name, content in contents.items():
        root = parse_page(decode(content).text)
        assert root is not None
        page = [line for line in page_lines(root) if line.key]
        reasons = reasons_to_set_aside(
            [Line(line.text, line if with_markup else None) for line in page], load_furniture()
        )
        for line, reason in zip(page, reasons, strict=True):
            body = is_body(line, expected_bodies[name])
            right += reason is not None and not body
            wrong += reason is not None and body
            missed += reason is None and not body
    precision, recall = right / (right + wrong), right / (right + missed)
    print(
        f"\nfurniture lines ({'with' if with_markup else 'without'} markup): precision {precision:.3f}, recall {recall:.3f}"
    )
    assert precision >= 0.99
    assert recall >= least_recall


def test_plain_english_is_not_taken_for_translated(articles: dict[str, Article]) -> None:
    english = [article for article in articles.values() if article.language == "en"]
    assert len(english) > 30
    assert [article.title for article in english if article.machine_translated == "likely"] == []


@pytest.mark.parametrize("name", ["geneva", "mexico-tariffs", "cbc-sinwar"])
def test_articles_with_expectations(name: str) -> None:
    folder = GOLD / name
    expected = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))["article"]
    (path,) = folder.glob("article.*")
    page = next(iter(read_paths([str(path)], stdin=None)))
    assert isinstance(page, Page)
    article = clean(page)
    furniture = [article.quote(block.span) for block in article.blocks if block.kind is BlockKind.FURNITURE]
    assert [line for line in expected["not_article"] if line not in furniture] == []
    embedded = "\n".join(article.quote(block.span) for block in article.blocks if block.kind is BlockKind.EMBEDDED)
    assert [line for line in expected.get("embedded", ()) if line not in embedded] == []
    assert article.title == expected["title"]
    assert article.language == expected["language"]
    assert article.machine_translated == expected.get("machine_translated", "none")
    assert (article.published.day if article.published else None) == expected["published"]
    fragments = [(article.quote(each.span), each.language) for each in article.fragments]
    assert fragments == [(each["quote"], each["language"]) for each in expected.get("foreign_fragments", ())]
