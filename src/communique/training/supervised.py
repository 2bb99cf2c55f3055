"""The supervised comparison: the packaged model fine-tuned on a benchmark's own training file, with that benchmark's labels.

In: marked sentences with one label each. Out: a reader that labels further ones. Nothing of it is kept: the packaged model
stays as it is. Needs torch and onnx (`training/requirements.txt`).
"""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from communique.training.batches import by_length, encode, padded
from communique.training.encoder import Encoder
from communique.training.export import read_weights
from communique.training.model import Classifier

PACKAGED = Path(__file__).resolve().parent.parent / "coding" / "model"
HEAD_WIDTH = 32  # of each attention head in MiniLM
EPOCHS = 10
BATCH = 32
RATE = 1e-4
HEAD_RATE = 1e-3
SEED = 7

Marked = tuple[str, dict[str, tuple[int, int]]]


def fine_tune(examples: Sequence[tuple[Marked, str]], epochs: int = EPOCHS) -> Callable[[Marked], str]:
    """Fine-tunes on (marked sentence, label) pairs; the result labels one marked sentence. Seeds are fixed."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    chance = random.Random(SEED)
    labels = sorted({label for _, label in examples})
    tokenizer = Tokenizer.from_file(str(PACKAGED / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    model = load_exported(PACKAGED)
    model.type_head = nn.Linear(model.encoder.width, len(labels))
    model.encoder.words.weight.requires_grad_(False)
    heads = [each for name, each in model.named_parameters() if name.startswith("type_head")]
    body = [each for name, each in model.named_parameters() if not name.startswith("type_head") and each.requires_grad]
    optimizer = torch.optim.AdamW([{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01)
    encoded = [encode(sentence, marks, tokenizer) for (sentence, marks), _ in examples]
    wanted = torch.tensor([labels.index(label) for _, label in examples])
    steps = epochs * -(-len(encoded) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / max(1.0, 0.1 * steps), max(0.0, (steps - step) / (0.9 * steps)))
    )
    model.train()
    for _ in range(epochs):
        for group in by_length(encoded, BATCH, chance):
            tokens, attention, pools = padded([encoded[each] for each in group])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(tokens, attention, pools)[0]
            functional.cross_entropy(logits.float(), wanted[group], label_smoothing=0.05).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
    model.eval()

    def label_of(marked: Marked) -> str:
        with torch.no_grad():
            tokens, attention, pools = padded([encode(marked[0], marked[1], tokenizer)])
            return labels[int(model(tokens, attention, pools)[0][0].argmax())]

    return label_of


def load_exported(folder: Path) -> Classifier:
    """An exported model as a torch module."""
    weights = read_weights(folder / "model.onnx")
    vocabulary, width = weights["encoder.words.weight"].shape
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layers."))
    inner = weights["encoder.layers.0.inner.weight"].shape[0]
    positions = weights["encoder.positions.weight"].shape[0]
    model = Classifier(Encoder(vocabulary, width, layers, width // HEAD_WIDTH, inner, positions))
    model.load_state_dict(weights)
    return model
