"""Traces of machine translation: found in translated text, not in plain English."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from communique.clean import clean
from communique.read.page import make_page
from communique.records import Page

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "translation.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:30] for case in CASES])
def test_signs_and_verdict(case: dict[str, Any]) -> None:
    page = next(iter(make_page("case.txt", case["text"].encode(), None)))
    assert isinstance(page, Page)
    article = clean(page)
    assert article.machine_translated == case["verdict"]
    assert {sign.sign for sign in article.translation_signs} == set(case["signs"])
    for sign in article.translation_signs:
        assert article.quote(sign.span).strip()
