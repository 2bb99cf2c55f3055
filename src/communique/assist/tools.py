"""The tools by name: what each takes, what it is told to a model as, and which question to the record answers it.

Every answer is bounded: fewer results are given where they would be too long together, and `next_cursor` leads to the rest.
"""

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from communique.assist.asking import Argument, Asked, Schema, Type, read_arguments
from communique.assist.citing import Item
from communique.assist.happenings import meetings, timeline
from communique.assist.looking import article, explain
from communique.assist.searching import search
from communique.assist.stances import positions
from communique.records import MeetingStatus, Stance, Status
from communique.store import Record

LONGEST_ANSWER = 48_000  # characters of JSON

TOLD: dict[str, Any] = tomllib.loads(files("communique.assist").joinpath("told.toml").read_text(encoding="utf-8"))
INSTRUCTIONS: str = TOLD["instructions"].strip()


def _argument(name: str, type: Type, *, told: str | None = None, **more: Any) -> Argument:
    return Argument(name=name, type=type, told=" ".join(TOLD["arguments"][told or name].split()), **more)


ACTOR = _argument("actor", "texts")
SINCE, UNTIL = _argument("since", "first day"), _argument("until", "last day")
PLACE, OUTLET = _argument("place", "texts"), _argument("outlet", "texts")
WORDS = _argument("words", "text")
LIMIT, CURSOR = _argument("limit", "number"), _argument("cursor", "cursor")
ID = _argument("id", "text", required=True)
TYPE = _argument("type", "texts")
ARTICLE_ID = _argument("id", "text", told="article_id", required=True)
START = _argument("start", "number", least=0, most=100_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """`told` is what a model reads of it; `answer` asks the record. It raises CommuniqueError, in one line."""

    name: str
    title: str
    told: str
    arguments: tuple[Argument, ...]
    answer: Callable[[Record, Asked], Item]

    def schema(self) -> Schema:
        """The arguments as JSON Schema."""
        return {
            "type": "object",
            "properties": {argument.name: argument.schema() for argument in self.arguments},
            "required": [argument.name for argument in self.arguments if argument.required],
            "additionalProperties": False,
        }

    def call(self, record: Record, given: Mapping[str, object]) -> Item:
        """The answer, with fewer results than asked for where they would be too long. Raises CommuniqueError."""
        asked = read_arguments(self.arguments, given)
        while True:
            answer = self.answer(record, asked)
            results = answer.get("results")
            if not isinstance(results, list) or len(results) < 2 or len(json.dumps(answer)) <= LONGEST_ANSWER:
                return answer
            asked = replace(asked, values={**asked.values, "limit": max(1, len(results) // 2)})


def _tool(name: str, title: str, answer: Callable[[Record, Asked], Item], *arguments: Argument) -> Tool:
    return Tool(name=name, title=title, told=" ".join(TOLD["tools"][name].split()), arguments=arguments, answer=answer)


def _status(*choices: str) -> Argument:
    return _argument("status", "texts", choices=choices)


TOOLS: dict[str, Tool] = {
    tool.name: tool
    for tool in (
        _tool(
            "search",
            "Search the articles",
            search,
            *(replace(WORDS, required=True), ACTOR, SINCE, UNTIL, OUTLET, LIMIT, CURSOR),
        ),
        _tool(
            "timeline",
            "What happened, event by event",
            timeline,
            *(ACTOR, TYPE, _status(*Status, "disputed"), SINCE, UNTIL, PLACE, OUTLET, WORDS, LIMIT, CURSOR),
        ),
        _tool(
            "positions",
            "Where parties stand",
            positions,
            *(_argument("issue", "texts"), _argument("party", "text")),
            _argument("stance", "texts", choices=(*Stance, "changed", "owed")),
            *(SINCE, UNTIL, LIMIT, CURSOR),
        ),
        _tool(
            "meetings",
            "Announced meetings and what became of them",
            meetings,
            *(ACTOR, _status(*MeetingStatus), SINCE, UNTIL, PLACE, OUTLET, WORDS, LIMIT, CURSOR),
        ),
        _tool("explain", "How something is known", explain, ID),
        _tool("article", "The text of an article", article, ARTICLE_ID, START),
    )
}
