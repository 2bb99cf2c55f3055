"""Places of events: cases in a file; what stands in another event, a dateline or a speaker's clause is never taken."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from communique.evaluate.places import locate

CASES = yaml.safe_load((Path(__file__).parent / "locating.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["comment"]) for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    before, _, rest = case["text"].partition("{")
    word, _, after = rest.partition("}")
    row = {"text": before + word + after, "event": [len(before), len(before) + len(word)]}
    found = locate(row)
    assert (found.name if found else None) == case["place"]


def test_an_inherited_place_says_why() -> None:
    text = "A fire broke out in Lagos. Police sealed off the area."
    found = locate({"text": text, "event": [text.index("sealed"), text.index("sealed") + 6]})
    assert found is not None
    assert "point back" in found.reason
