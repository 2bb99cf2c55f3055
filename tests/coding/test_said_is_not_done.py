"""Said is not done: acts in every mood (said_is_not_done.yaml), and the plain ones beside them, so that silence passes neither."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from bare_texts import coded

GRID = yaml.safe_load((Path(__file__).parent / "said_is_not_done.yaml").read_text(encoding="utf-8"))
ACTS: dict[str, dict[str, str]] = GRID["acts"]


def rows(name: str) -> list[Any]:
    """The sentences of a part; those with `fails` are strict expected failures."""
    return [
        pytest.param(
            row["sentence"],
            id=row["sentence"],
            marks=[pytest.mark.xfail(strict=True, raises=AssertionError, reason=row["fails"])]
            if "fails" in row
            else [],
        )
        for row in GRID[name]
    ]


def done(sentence: str, event_type: str) -> bool:
    """Whether the act is claimed as having taken place."""
    text = sentence.format(**ACTS[event_type])
    return any(
        claim.type == event_type and claim.status in ("occurred", "ongoing") for claim in coded(text, None).claims
    )


@pytest.mark.parametrize("sentence", rows("done"))
def test_what_took_place_is_claimed(sentence: str) -> None:
    assert [event_type for event_type in ACTS if not done(sentence, event_type)] == []


@pytest.mark.parametrize("sentence", rows("not_done"))
def test_what_did_not_take_place_is_not_claimed_as_done(sentence: str) -> None:
    assert [event_type for event_type in ACTS if done(sentence, event_type)] == []
