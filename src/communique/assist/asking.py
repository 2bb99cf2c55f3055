"""What a model sends → filters. Every wrong argument is told by its name in one line that says what would be right.

A misspelt argument is refused, not passed over: an answer to another question than the one asked would be taken for true.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias, TypeVar

from communique.records import ConfigurationError

T = TypeVar("T")

Schema: TypeAlias = dict[str, Any]

DEFAULT_LIMIT = 10
HIGHEST_LIMIT = 50
LONGEST_TEXT = 300  # characters of one value
LONGEST_CURSOR = 600
MOST_VALUES = 12
DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")

Type: TypeAlias = Literal["text", "texts", "first day", "last day", "number", "cursor"]


class AskingError(ConfigurationError):
    """A tool was asked in a way that cannot be answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of a tool. `choices` are the values it may have, in lower or upper case as they stand; none: free text."""

    name: str
    type: Type
    told: str
    choices: tuple[str, ...] = ()
    required: bool = False
    least: int = 1
    most: int = HIGHEST_LIMIT

    def schema(self) -> Schema:
        """The argument as JSON Schema."""
        one: Schema = {"type": "string"} | ({"enum": list(self.choices)} if self.choices else {})
        if self.type == "number":
            made: Schema = {"type": "integer", "minimum": self.least, "maximum": self.most}
        elif self.type == "texts":
            made = {"type": "array", "items": one, "maxItems": MOST_VALUES}
        else:
            made = one
        return made | {"description": self.told}


@dataclass(frozen=True, slots=True)
class Asked:
    """The arguments of one call, read by their names."""

    values: Mapping[str, object]

    def text(self, name: str) -> str | None:
        """A text, None where it is not given."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Texts, in the order given."""
        value = self.values.get(name)
        return value if isinstance(value, tuple) else ()

    def day(self, name: str) -> date | None:
        """A day."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def number(self, name: str, default: int) -> int:
        """A number."""
        value = self.values.get(name)
        return value if isinstance(value, int) else default

    @property
    def limit(self) -> int:
        """How many results are wanted."""
        return self.number("limit", DEFAULT_LIMIT)


def read_arguments(arguments: Iterable[Argument], given: Mapping[str, object]) -> Asked:
    """The values as their arguments have them. Raises AskingError with every fault."""
    known = {argument.name: argument for argument in arguments}
    faults = [f"{name} is no argument; there are {', '.join(known)}" for name in given if name not in known]
    values: dict[str, object] = {}
    for argument in known.values():
        value = given.get(argument.name)
        if value is None or value == "" or value == []:
            if argument.required:
                faults.append(f"{argument.name} is missing: {argument.told}")
            continue
        try:
            values[argument.name] = READERS[argument.type](argument, value)
        except AskingError as error:
            faults.append(f"{argument.name} {error}")
    if faults:
        raise AskingError("; ".join(faults))
    return Asked(values)


def _text(argument: Argument, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise AskingError(f"is {_shown(value)}, but must be a text")
    longest = LONGEST_CURSOR if argument.type == "cursor" else LONGEST_TEXT
    if len(value) > longest:
        raise AskingError(f"is longer than {longest} characters")
    text = value.strip()
    if not argument.choices:
        return text
    for each in argument.choices:
        if each.lower() == text.lower():
            return each
    raise AskingError(f"is {_shown(value)}, which is none of {', '.join(argument.choices)}")


def _texts(argument: Argument, value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]  # a model often sends the one value by itself
    if len(listed) > MOST_VALUES:
        raise AskingError(f"has {len(listed)} values, more than {MOST_VALUES}")
    return tuple(dict.fromkeys(_text(argument, each) for each in listed))


def _number(argument: Argument, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not argument.least <= value <= argument.most:
        raise AskingError(f"is {_shown(value)}, but must be a whole number from {argument.least} to {argument.most}")
    return value


def _day(argument: Argument, value: object) -> date:
    last = argument.type == "last day"
    match = DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        if match is None:
            raise ValueError
        year, month = int(match[1]), int(match[2] or (12 if last else 1))
        return date(year, month, int(match[3] or (monthrange(year, month)[1] if last else 1)))
    except ValueError as error:
        raise AskingError(f"is {_shown(value)}, which is no day; write 2022-01-10, 2022-01 or 2022") from error


def _shown(value: object) -> str:
    told = repr(value)
    return told if len(told) <= 60 else f"{told[:60]}…"


READERS: dict[Type, Callable[[Argument, object], object]] = {
    "text": _text,
    "texts": _texts,
    "first day": _day,
    "last day": _day,
    "number": _number,
    "cursor": _text,
}
