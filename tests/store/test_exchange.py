"""A coded article in its plain form: through JSON and back, nothing is lost."""

import json

import pytest
from handmade import coded_article
from hypothesis import given, settings
from strategies import coded_articles

from communique.records import CodedArticle
from communique.store.exchange import coded_from_plain, coded_to_plain


@settings(max_examples=150, deadline=None)
@given(coded_articles())
def test_every_article_comes_back_equal(coded: CodedArticle) -> None:
    assert coded_from_plain(json.loads(json.dumps(coded_to_plain(coded)))) == coded


def test_spans_of_the_article_itself_are_two_numbers() -> None:
    coded = coded_article()
    plain = coded_to_plain(coded)
    trigger = coded.claims[0].trigger
    assert plain["claims"][0]["trigger"] == [trigger.start, trigger.end]


@pytest.mark.parametrize("broken", [{"claims": [{"id": 1}]}, {"page": None}, {"article": {"text": "x"}}])
def test_what_is_no_article_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        coded_from_plain(coded_to_plain(coded_article()) | broken)
