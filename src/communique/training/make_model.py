"""Corpus → the packaged model: `python -m communique.training.make_model [--folder DIR]` (`make model`).

A tenth of the training part is held back to calibrate the probabilities; the model then ships as trained on the rest. The
test part, written apart, gives the figures on the card.
"""

import argparse
import hashlib
import json
import random
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from communique.training.corpus import CORPUS, Example, read_corpus
from communique.training.export import export
from communique.training.labels import MODES, NONE, STATUSES, TYPES
from communique.training.supervised import load_exported
from communique.training.train import Recipe, base_model, load_tokenizer, predict, train

MODEL = Path(__file__).resolve().parent.parent / "coding" / "model"
HELD_BACK = 0.1

Output = tuple[Tensor, Tensor, Tensor]  # logits of types, modes, statuses


def main(arguments: list[str] | None = None) -> int:
    """Trains, calibrates, exports and writes the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=MODEL, help="where the model is written")
    parser.add_argument("--recalibrate", action="store_true", help="keep the weights, make the card anew")
    parser.add_argument("--reexport", action="store_true", help="keep the weights, write file and card anew")
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    options = parser.parse_args(arguments)
    examples = read_corpus(CORPUS, "train")
    recipe = Recipe(epochs=options.epochs)
    kept, held_back = split(examples, recipe.seed)
    print(f"{len(kept)} examples to train on, {len(held_back)} to calibrate", file=sys.stderr)
    folder: Path = options.folder
    if options.recalibrate or options.reexport:
        model = load_exported(folder)
        if options.reexport:
            export(model, folder / "model.onnx")
            model = load_exported(folder)
    else:
        model = train(kept, recipe)
        folder.mkdir(parents=True, exist_ok=True)
        export(model, folder / "model.onnx")
        shutil.copy(base_model() / "tokenizer.json", folder / "tokenizer.json")
        model = load_exported(folder)  # the figures are those of the weights that ship
    tokenizer = load_tokenizer(base_model())
    tested = read_corpus(CORPUS, "test")
    outputs = predict(model, held_back, tokenizer)
    none_bias = bias_of_none(held_back, outputs)
    outputs = with_bias(outputs, none_bias)
    tested_outputs = with_bias(predict(model, tested, tokenizer), none_bias)
    card = {
        "types": TYPES,
        "modes": MODES,
        "statuses": STATUSES,
        "temperatures": calibrate(held_back, outputs),
        "none_bias": none_bias,
        "sha256": hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest(),
        "tokenizer_sha256": hashlib.sha256((folder / "tokenizer.json").read_bytes()).hexdigest(),
        "corpus_sha256": corpus_hash(CORPUS),
        "examples": {"train": len(kept), "calibration": len(held_back), "test": len(tested)},
        "recipe": {name: getattr(recipe, name) for name in recipe.__dataclass_fields__},
        "held_back": figures(held_back, outputs),
        "test": figures(tested, tested_outputs) if tested else None,
    }
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({"held_back": card["held_back"], "test": card["test"]}, indent=1))
    return 0


def split(examples: Sequence[Example], seed: int) -> tuple[list[Example], list[Example]]:
    """(training part, calibration part), apart by sentence, so that no sentence stands in both."""
    sentences = sorted({each.sentence for each in examples})
    random.Random(seed).shuffle(sentences)
    back = set(sentences[: int(len(sentences) * HELD_BACK)])
    return [each for each in examples if each.sentence not in back], [
        each for each in examples if each.sentence in back
    ]


def bias_of_none(examples: Sequence[Example], outputs: Sequence[Output]) -> float:
    """What to add to the logit of NONE so that its precision and recall on the examples are most nearly equal."""
    nones = [each.type == NONE for each in examples]

    def imbalance(bias: float) -> float:
        said = [TYPES[int(each[0].argmax())] == NONE for each in with_bias(outputs, bias)]
        both = sum(one and other for one, other in zip(said, nones, strict=True))
        return abs(both / max(1, sum(said)) - both / max(1, sum(nones)))

    return min((0.25 * step for step in range(13)), key=imbalance)


def with_bias(outputs: Sequence[Output], bias: float) -> list[Output]:
    """The outputs with that much added to the logit of NONE."""
    added = torch.zeros(len(TYPES))
    added[TYPES.index(NONE)] = bias
    return [(types + added, modes, statuses) for types, modes, statuses in outputs]


def calibrate(examples: Sequence[Example], outputs: Sequence[Output]) -> dict[str, float]:
    """The temperature for each head that makes its probabilities most likely on the examples."""
    types = torch.tensor([TYPES.index(each.type) for each in examples])
    typed = [row for row, each in enumerate(examples) if each.type != NONE]
    statuses = torch.tensor([STATUSES.index(examples[row].status) for row in typed])
    return {
        "types": _temperature(torch.stack([each[0] for each in outputs]), types),
        "statuses": _temperature(torch.stack([outputs[row][2] for row in typed]), statuses),
        "modes": 1.0,
    }


def _temperature(logits: Tensor, labels: Tensor) -> float:
    grid = [0.5 + 0.05 * step for step in range(51)]
    return min(grid, key=lambda each: float(functional.cross_entropy(logits / each, labels)))


def figures(examples: Sequence[Example], outputs: Sequence[Output]) -> dict[str, Any]:
    """Accuracy of type, status and modes (exact set, of those whose type is right), and precision and recall of NONE."""
    types = [TYPES[int(each[0].argmax())] for each in outputs]
    right = [found == each.type for found, each in zip(types, examples, strict=True)]
    typed = [row for row, each in enumerate(examples) if each.type != NONE]
    statuses = sum(STATUSES[int(outputs[row][2].argmax())] == examples[row].status for row in typed)
    moded = [row for row in typed if examples[row].modes and right[row]]
    modes = sum(_likeliest_mode(examples[row].type, outputs[row][1]) in examples[row].modes for row in moded)
    nones = [each.type == NONE for each in examples]
    said_none = [found == NONE for found in types]
    both = sum(said and is_none for said, is_none in zip(said_none, nones, strict=True))
    return {
        "n": len(examples),
        "type_accuracy": round(sum(right) / len(examples), 4),
        "status_accuracy": round(statuses / max(1, len(typed)), 4),
        "mode_accuracy": round(modes / max(1, len(moded)), 4),
        "none_precision": round(both / max(1, sum(said_none)), 4),
        "none_recall": round(both / max(1, sum(nones)), 4),
    }


def _likeliest_mode(event_type: str, logits: Tensor) -> str:
    own = [index for index, name in enumerate(MODES) if name.partition("-")[0] == event_type]
    return MODES[max(own, key=lambda each: float(logits[each]))].partition("-")[2]


def corpus_hash(folder: Path) -> str:
    """SHA-256 (hex) over the training files' names and bytes."""
    digest = hashlib.sha256()
    for path in sorted((folder / "train").glob("*.tsv")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
