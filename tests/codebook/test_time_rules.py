"""The loader of times.yaml names what is wrong with a rule file."""

from typing import Any

import pytest

from communique.codebook import time_rules
from communique.codebook.files import read_yaml
from communique.records import CodebookError


def load_changed(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    changed = {**read_yaml("times.yaml"), **changes}
    monkeypatch.setattr(time_rules, "read_yaml", lambda name: changed)
    time_rules.load_time_rules.__wrapped__()


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ({"find": "{moon}", "means": "date"}, "moon"),
        ({"find": "(", "means": "date"}, "cannot be compiled"),
        ({"find": "x"}, "means"),
    ],
)
def test_a_bad_rule_is_named_with_its_fault(monkeypatch: pytest.MonkeyPatch, rule: dict[str, str], named: str) -> None:
    with pytest.raises(CodebookError, match="full-moon") as caught:
        load_changed(monkeypatch, rules={"full-moon": rule})
    assert named in str(caught.value)


def test_an_unknown_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CodebookError, match="exactly the keys"):
        load_changed(monkeypatch, moons=[])


def test_a_match_gives_its_parts_under_plain_names() -> None:
    rules = {rule.name: rule for rule in time_rules.load_time_rules().rules}
    found = rules["fiscal-year"].pattern.search("for fiscal \u00a01998")
    assert found is not None
    assert rules["fiscal-year"].groups(found) == {"year": "1998"}
