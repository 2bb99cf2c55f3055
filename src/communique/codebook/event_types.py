"""The event types of PLOVER 2.0: quad class, score, modes and the frames by which they are found (data/types/*.yaml)."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from communique.codebook.files import read_yaml, yaml_files
from communique.codebook.frames import Frame, FrameKind, compile_frame
from communique.records import CodebookError

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
FIELDS = {"type", "quad", "score", "definition", "examples", "counter_examples", "modes", "frames"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """`quad` is 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; scores are Goldstein-like."""

    name: str
    quad: int
    score: float
    definition: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    mode_scores: dict[str, float]
    mode_definitions: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTypes:
    """All types by name, and their frames by trigger lemma and part of speech."""

    types: dict[str, EventType]
    frames: dict[tuple[FrameKind, str], tuple[Frame, ...]]

    def for_trigger(self, kind: FrameKind, lemma: str) -> tuple[Frame, ...]:
        """The frames that a word can trigger (lemma without particle)."""
        return self.frames.get((kind, lemma), ())

    def quad(self, event_type: str) -> int:
        """The quad class of a type."""
        return self.types[event_type].quad


@lru_cache(maxsize=1)
def load_event_types() -> EventTypes:
    """The packaged types. Raises CodebookError on a malformed file."""
    classes = {name: frozenset(words) for name, words in read_yaml("word_classes.yaml").items()}
    types: dict[str, EventType] = {}
    frames: dict[tuple[FrameKind, str], list[Frame]] = {}
    for name in yaml_files("types"):
        entry = read_yaml(name)
        event_type = _event_type(entry, name)
        types[event_type.name] = event_type
        for mode, lines in entry["frames"].items():
            if mode and mode not in event_type.mode_scores:
                raise CodebookError(
                    f"codebook file {name}: frames for the mode {mode!r}, which is not defined; add it to modes"
                )
            for line in lines:
                frame = compile_frame(line, event_type.name, mode or None, classes)
                for key in frame.lookups():
                    frames.setdefault(key, []).append(frame)
    return EventTypes(types=types, frames={key: tuple(each) for key, each in frames.items()})


def _event_type(entry: Any, name: str) -> EventType:
    if not isinstance(entry, dict) or set(entry) != FIELDS:
        raise CodebookError(f"codebook file {name}: needs exactly the keys {', '.join(sorted(FIELDS))}")
    return EventType(
        name=entry["type"],
        quad=entry["quad"],
        score=entry["score"],
        definition=entry["definition"],
        examples=tuple(entry["examples"]),
        counter_examples=tuple(entry["counter_examples"]),
        mode_scores={mode: each["score"] for mode, each in entry["modes"].items()},
        mode_definitions={mode: each["definition"] for mode, each in entry["modes"].items()},
    )
