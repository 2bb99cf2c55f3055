"""Which figures are measured: `figures.yaml` beside this module → sets with their figures, checked at the door.

A list in a file, because what is measured, what its noise is and what others reach are facts to read, not rules to run.
"""

from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from math import sqrt
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from communique.records import ConfigurationError

FILE = "figures.yaml"


class Noise(StrEnum):
    """How far a figure moves without meaning anything; the reasons stand in the file."""

    SHARE = "share"
    MACRO = "macro"
    COUNT = "count"
    NONE = "none"
    SPEED = "speed"


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FigureSpec(_Entry):
    """`key` and `n` are dotted paths into the scorer's JSON. `peer` is what others reach, in words."""

    key: str
    title: str
    n: str | None = None
    noise: Noise
    better: Literal["higher", "lower"] = "higher"
    peer: str = ""


class SetSpec(_Entry):
    """One annotated set and what is told of it. `path` is relative to the gold folder or to the checkout."""

    name: str
    title: str
    scorer: str
    at: Literal["gold", "checkout"]
    path: str
    figures: tuple[FigureSpec, ...]


class ScoreSpecs(_Entry):
    """The whole file: the reason of each noise, and the sets in the order of the table."""

    noise: dict[Noise, str]
    sets: tuple[SetSpec, ...]


@lru_cache(maxsize=1)
def load_specs() -> ScoreSpecs:
    """The packaged list. Raises ConfigurationError when it is missing or malformed."""
    try:
        return parse_specs((files("communique.evaluate") / FILE).read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{FILE}: cannot be read ({error}); reinstall the package") from error


def parse_specs(text: str) -> ScoreSpecs:
    """YAML text → the list. Raises ConfigurationError that names the key."""
    try:
        return ScoreSpecs.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"{FILE}: {' '.join(str(error).split())}; correct it") from error


def at(figures: dict[str, Any], path: str) -> Any:
    """What stands at a dotted path, None where there is nothing."""
    value: Any = figures
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def noise_of(spec: FigureSpec, figures: dict[str, Any], value: float, n: int | None) -> float | None:
    """The noise in the figure's own unit; None when the figure is only told."""
    if spec.noise is Noise.SPEED:
        return None
    if spec.noise is Noise.COUNT:
        return sqrt(max(1.0, value))
    if spec.noise is Noise.MACRO:
        classes = at(figures, f"{spec.key.rpartition('.')[0]}.per_class") or {}
        errors = [standard_error(each["f1"], each["n"]) for each in classes.values()]
        return sqrt(sum(each**2 for each in errors)) / len(errors) if errors else 0.0
    return standard_error(value, n) if spec.noise is Noise.SHARE and n else 0.0


def standard_error(share: float, n: int) -> float:
    """Binomial standard error of a share of n (at least 1), drawn a little to the middle so that 0 and 1 have one too."""
    drawn = (share * n + 1) / (n + 2)
    return sqrt(drawn * (1 - drawn) / n)
