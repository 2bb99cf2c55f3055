"""Badly scraped text: every line of the case files comes out as title, article, post or furniture, as a reader would say."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from communique.clean import clean
from communique.read.page import make_page
from communique.records import Article, Page

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "scraped.yaml").read_text(encoding="utf-8"))


def cleaned(text: str) -> Article:
    page = next(iter(make_page("case.txt", text.encode(), None)))
    assert isinstance(page, Page)
    return clean(page)


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["single", "double"])
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_line_is_what_a_reader_says(case: dict[str, Any], gap: str) -> None:
    if case.get("wrapped") and gap == "\n":
        pytest.skip("paragraphs of a hard-wrapped text are told apart by empty lines")
    expected = [(kind, text) for line in case["lines"] for kind, text in line.items()]
    article = cleaned(gap.join(text for _, text in expected))
    found = [(block.kind.value, article.quote(block.span)) for block in article.blocks]
    assert found == expected
    assert all((block.reason is not None) == (block.kind.value == "furniture") for block in article.blocks)
