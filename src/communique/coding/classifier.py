"""The adapter to the small model: a sentence with its marks in, probabilities of type, modes and status out.

The model (coding/model/, made by `make model`) is MiniLM fine-tuned on the project's own corpus; MODEL.md beside it says on
what and how well. Sentences are read one at a time on one thread, so that no answer depends on what else is read.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any, TypeAlias

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from communique.coding.marking import MARKS, mark, pools, window
from communique.records import CodingError

FOLDER = files("communique.coding") / "model"
NONE = "NONE"
TRIGGER_POOL = 1 + list(MARKS).index("trigger")  # the first is the whole sentence
Vector: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.float32]]"
CARD_KEYS = {"types", "modes", "statuses", "temperatures", "none_bias", "sha256", "tokenizer_sha256"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Calibrated probabilities (0 to 1): of each type (NONE among them), of each status, and of each mode given its type.

    `vector` is where the sentence lies in the encoder's space, seen as a whole and at the trigger: two unit vectors of 384 in one.
    """

    types: dict[str, float]
    statuses: dict[str, float]
    modes: dict[str, dict[str, float]]
    vector: Vector = field(default_factory=lambda: np.zeros(0, dtype=np.float32), compare=False, repr=False)

    @property
    def type(self) -> str:
        """The likeliest type, or NONE."""
        return max(self.types, key=lambda each: self.types[each])

    @property
    def status(self) -> str:
        """The likeliest status."""
        return max(self.statuses, key=lambda each: self.statuses[each])

    def modes_of(self, event_type: str, threshold: float) -> tuple[str, ...]:
        """The modes of a type that are at least that likely, likeliest first."""
        found = [(chance, mode) for mode, chance in self.modes.get(event_type, {}).items() if chance >= threshold]
        return tuple(mode for _, mode in sorted(found, reverse=True))


class Classifier:
    """The loaded model. Raises CodingError when its files are missing or are not those that its card names."""

    def __init__(self, model: bytes, tokenizer: str, card: Mapping[str, Any]) -> None:
        self._types: Sequence[str] = card["types"]
        self._modes: Sequence[str] = card["modes"]
        self._statuses: Sequence[str] = card["statuses"]
        self._temperatures: Mapping[str, float] = card["temperatures"]
        self._none_bias: float = card["none_bias"]
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Without this the runtime rounds the word vectors' products too, in ways that differ between processors.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def read(self, sentence: str, marks: Mapping[str, tuple[int, int]]) -> Labels:
        """The labels of a sentence; `marks` maps actor, recipient, trigger to (start, end) in it, absent ones left out."""
        marked = mark(sentence, marks)
        encoding = self._tokenizer.encode(marked.text)
        kept = window(encoding.offsets, marked)
        ids = np.array([encoding.ids[kept]], dtype=np.int64)
        weights = np.array([pools(encoding.offsets[kept], marked)], dtype=np.float32)
        inputs = {"tokens": ids, "attention": np.ones(ids.shape, dtype=np.float32), "pools": weights}
        types, modes, statuses, pooled = self._session.run(["types", "modes", "statuses", "pooled"], inputs)
        types[0][self._types.index(NONE)] += self._none_bias
        by_type: dict[str, dict[str, float]] = {}
        for name, chance in zip(self._modes, _sigmoid(modes[0] / self._temperatures["modes"]), strict=True):
            event_type, _, mode = name.partition("-")
            by_type.setdefault(event_type, {})[mode] = float(chance)
        return Labels(
            types=_named(self._types, _softmax(types[0] / self._temperatures["types"])),
            statuses=_named(self._statuses, _softmax(statuses[0] / self._temperatures["statuses"])),
            modes=by_type,
            vector=np.concatenate([_unit(pooled[0][0]), _unit(pooled[0][TRIGGER_POOL])]),
        )


@lru_cache(maxsize=1)
def load_classifier() -> Classifier:
    """The packaged model. Raises CodingError when a file is missing, the card is malformed, or a file is not the card's."""
    try:
        card = _card((FOLDER / "card.json").read_text(encoding="utf-8"))
        tokenizer = (FOLDER / "tokenizer.json").read_bytes()
        with as_file(FOLDER / "model.onnx") as path:
            model = path.read_bytes()
    except OSError as error:
        raise CodingError(
            f"the event model cannot be read ({error}); reinstall the package, or run make model"
        ) from error
    for content, key, name in ((model, "sha256", "model.onnx"), (tokenizer, "tokenizer_sha256", "tokenizer.json")):
        found = hashlib.sha256(content).hexdigest()
        if found != card[key]:
            raise CodingError(
                f"{name} of the event model is not the one its card names (SHA-256 {found[:12]}, "
                f"expected {card[key][:12]}); reinstall the package, or run make model"
            )
    return Classifier(model, tokenizer.decode("utf-8"), card)


def _card(content: str) -> dict[str, Any]:
    """The model's card. Raises CodingError when it is no JSON object, or lacks a key."""
    remedy = "reinstall the package, or run make model"
    try:
        card = json.loads(content)
    except ValueError as error:
        raise CodingError(f"card.json of the event model is no JSON ({error}); {remedy}") from error
    missing = CARD_KEYS - set(card) if isinstance(card, dict) else CARD_KEYS
    if missing:
        raise CodingError(f"card.json of the event model lacks {', '.join(sorted(missing))}; {remedy}")
    hashes = ("sha256", "tokenizer_sha256")
    if not all(isinstance(card[key], str) for key in hashes):
        raise CodingError(f"card.json of the event model needs text for {' and '.join(hashes)}; {remedy}")
    return dict(card)


def _unit(vector: Any) -> Any:
    return vector / (float(np.sqrt((vector * vector).sum())) or 1.0)


def _named(names: Sequence[str], chances: Any) -> dict[str, float]:
    return {name: float(chance) for name, chance in zip(names, chances, strict=True)}


def _softmax(logits: Any) -> Any:
    raised = np.exp(logits - logits.max())
    return raised / raised.sum()


def _sigmoid(logits: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-logits))
