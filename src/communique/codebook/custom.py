"""A user's own event type or mode: one YAML file, used at once and without training.

    type: WATER                 # the new type's name, or with `mode` a type there is already
    mode: null                  # optional: the name of a new mode of `type`
    like: COERCE                # for a new type: the PLOVER type it stands under in exports, scores and rules of role
    score: -5                   # optional: its place on the conflict-cooperation scale (default: that of `like`)
    definition: One side uses shared water against another.
    examples:                   # at least three; <s> actor, <t> recipient, <e> the words that tell the event
      - "<s>Ethiopia</s> <e>filled</e> the reservoir before <t>Sudan</t> had agreed."
    counter_examples:           # at least three: what is near it and not meant
      - "<s>Ethiopia</s> <e>signed</e> a treaty on the river with <t>Sudan</t>."
    frames:                     # optional: lines that always decide, in the language of codebook/frames.py
      - "A divert|dam [river|stream|tributary] from:R"

Counter-examples decide as much as examples: name what shares the words ("cut the price") and what shares the matter ("discussed
the dam").
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from communique.codebook.event_types import EventTypes, load_event_types
from communique.codebook.files import parse_yaml, read_yaml
from communique.codebook.frames import Frame, compile_frame
from communique.codebook.marked import unmark
from communique.records import CodebookError, ConfigurationError

KEYS = {"type", "mode", "like", "score", "definition", "examples", "counter_examples", "frames"}
NEEDED = ("type", "definition", "examples", "counter_examples")
FEWEST = 3  # examples, and counter-examples: with fewer there is no line between them


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """`marks` are (name, start, end) for actor, recipient and trigger, half open; the trigger is always there."""

    sentence: str
    marks: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomLabel:
    """A type (`mode` None) or a mode of the user's own. `like` is the PLOVER type it stands under (for a mode: its type)."""

    type: str
    mode: str | None
    like: str
    score: float
    definition: str
    examples: tuple[MarkedSentence, ...]
    counter_examples: tuple[MarkedSentence, ...]
    frames: tuple[str, ...]
    source: str

    @property
    def name(self) -> str:
        """The type, or `TYPE/mode`."""
        return self.type if self.mode is None else f"{self.type}/{self.mode}"


def load_custom(path: Path) -> CustomLabel:
    """One file. Raises ConfigurationError that names the file, the fault and the remedy."""
    try:
        entry = parse_yaml(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read ({error}); give a YAML file in UTF-8") from error
    except CodebookError as error:
        raise ConfigurationError(str(error)) from error
    try:
        return _label(entry, str(path))
    except ValueError as error:
        raise ConfigurationError(f"{path}: {error}") from error


def _label(entry: Any, source: str) -> CustomLabel:
    if not isinstance(entry, dict):
        raise ValueError(f"is no mapping; give the keys {', '.join(NEEDED)}")
    unknown, missing = sorted(set(entry) - KEYS), [key for key in NEEDED if not entry.get(key)]
    if unknown or missing:
        told = [f"no such key: {', '.join(map(str, unknown))}"] * bool(unknown) + [
            f"lacks {', '.join(missing)}"
        ] * bool(missing)
        raise ValueError(f"{'; '.join(told)}; there are {', '.join(sorted(KEYS))}")
    known = load_event_types().types
    name, mode = str(entry["type"]).upper(), entry.get("mode")
    like = name if mode is not None else str(entry.get("like") or "").upper()
    if like not in known:
        about = "`type` of a new mode" if mode is not None else "`like`"
        raise ValueError(f"{about} must be an event type that there is ({', '.join(known)}), not {like or 'nothing'}")
    if mode is None and name in known:
        raise ValueError(f"the type {name} exists; give it another name, or name a new `mode` of it")
    if mode is not None and mode in known[name].mode_scores:
        raise ValueError(f"the mode {mode} of {name} exists; give it another name")
    score = entry.get("score", known[like].score)
    if isinstance(score, bool) or not isinstance(score, (int, float)) or not -10 <= score <= 10:
        raise ValueError(f"`score` must be a number from -10 to 10, not {score!r}")
    label = CustomLabel(
        type=name,
        mode=str(mode) if mode is not None else None,
        like=like,
        score=float(score),
        definition=str(entry["definition"]).strip(),
        examples=_sentences(entry["examples"], "examples"),
        counter_examples=_sentences(entry["counter_examples"], "counter_examples"),
        frames=tuple(map(str, entry.get("frames") or ())),
        source=source,
    )
    custom_frames(label)
    return label


def _sentences(listed: Any, key: str) -> tuple[MarkedSentence, ...]:
    if not isinstance(listed, list) or len(listed) < FEWEST:
        raise ValueError(f"`{key}` needs at least {FEWEST} sentences")
    found = []
    for number, marked in enumerate(listed, start=1):
        try:
            sentence, marks = unmark(str(marked))
        except ValueError as error:
            raise ValueError(f"{key}, number {number}: {error}") from error
        if "trigger" not in marks:
            raise ValueError(f"{key}, number {number}: mark the words that tell the event, as in <e>cut off</e>")
        found.append(MarkedSentence(sentence, tuple((name, *marks[name]) for name in sorted(marks))))
    return tuple(found)


def custom_frames(label: CustomLabel) -> tuple[Frame, ...]:
    """The label's own frames, of the type it stands under. Raises ValueError for a line that cannot be read."""
    classes = {name: frozenset(words) for name, words in read_yaml("word_classes.yaml").items()}
    try:
        return tuple(compile_frame(line, label.like, None, classes, custom=label.name) for line in label.frames)
    except CodebookError as error:
        raise ValueError(str(error)) from error


@lru_cache(maxsize=8)
def with_custom(labels: tuple[CustomLabel, ...]) -> EventTypes:
    """The packaged types with the labels' frames among theirs."""
    packaged = load_event_types()
    if not any(label.frames for label in labels):
        return packaged
    frames = dict(packaged.frames)
    for frame in (frame for label in labels for frame in custom_frames(label)):
        for key in frame.lookups():
            frames[key] = (frame, *frames.get(key, ()))
    return EventTypes(types=packaged.types, frames=frames)


@lru_cache(maxsize=1)
def load_background() -> tuple[MarkedSentence, ...]:
    """Sentences of all other kinds, which a label of the user's own is told apart from. Raises CodebookError."""
    listed = [str(each) for sentences in read_yaml("background.yaml").values() for each in sentences]
    found = []
    for marked in listed:
        sentence, marks = unmark(marked)
        found.append(MarkedSentence(sentence, tuple((name, *marks[name]) for name in sorted(marks))))
    return tuple(found)
