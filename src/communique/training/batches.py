"""Examples → batches of tensors: marks set, sentences of like length together, the trigger's mark dropped at random in training."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from communique.coding.marking import mark, pools, window
from communique.training.corpus import Example
from communique.training.labels import MODES, NONE, STATUSES, TYPES

TYPE_INDEX = {name: index for index, name in enumerate(TYPES)}
MODE_INDEX = {name: index for index, name in enumerate(MODES)}
STATUS_INDEX = {name: index for index, name in enumerate(STATUSES)}
Encoded = tuple[list[int], list[list[float]]]  # token ids, and the pools over them
IGNORED = -100  # torch's index for "no label here"


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one batch; `examples` are the places of the examples in the sequence given."""

    tokens: Tensor
    attention: Tensor
    pools: Tensor
    types: Tensor
    modes: Tensor
    statuses: Tensor
    examples: tuple[int, ...]


def batches(
    examples: Sequence[Example],
    tokenizer: Tokenizer,
    *,
    size: int,
    chance: random.Random | None,
    drop_trigger: float = 0.5,
) -> Iterator[Batch]:
    """Batches in an order that `chance` shuffles (None: in order, nothing dropped)."""
    encoded: list[Encoded] = []
    for example in examples:
        marks = dict(example.marks)
        droppable = example.main or example.type == NONE
        if chance is not None and droppable and chance.random() < drop_trigger:
            marks.pop("trigger", None)
        encoded.append(encode(example.sentence, marks, tokenizer))
    for group in by_length(encoded, size, chance):
        yield _batch(group, examples, encoded)


def encode(
    sentence: str, marks: dict[str, tuple[int, int]], tokenizer: Tokenizer
) -> tuple[list[int], list[list[float]]]:
    """Token ids and pools of one marked sentence, cut to the longest length."""
    marked = mark(sentence, marks)
    encoding = tokenizer.encode(marked.text)
    kept = window(encoding.offsets, marked)
    return encoding.ids[kept], pools(encoding.offsets[kept], marked)


def padded(rows: Sequence[Encoded]) -> tuple[Tensor, Tensor, Tensor]:
    """Tokens (batch, length), attention (batch, length) and pools (batch, 4, length) of encoded sentences."""
    length = max(len(ids) for ids, _ in rows)
    tokens = torch.zeros(len(rows), length, dtype=torch.long)
    attention = torch.zeros(len(rows), length)
    weights = torch.zeros(len(rows), 4, length)
    for row, (ids, pooled) in enumerate(rows):
        tokens[row, : len(ids)] = torch.tensor(ids)
        attention[row, : len(ids)] = 1.0
        weights[row, :, : len(ids)] = torch.tensor(pooled)
    return tokens, attention, weights


def by_length(encoded: Sequence[Encoded], size: int, chance: random.Random | None) -> list[list[int]]:
    """Places of the sentences in groups of like length, in shuffled order (None: in order)."""
    order = sorted(range(len(encoded)), key=lambda each: len(encoded[each][0]) + (chance.random() if chance else 0.0))
    groups = [order[start : start + size] for start in range(0, len(order), size)]
    if chance is not None:
        chance.shuffle(groups)
    return groups


def _batch(group: list[int], examples: Sequence[Example], encoded: Sequence[Encoded]) -> Batch:
    tokens, attention, weights = padded([encoded[each] for each in group])
    modes = torch.zeros(len(group), len(MODES))
    for row, each in enumerate(group):
        for mode in examples[each].modes:
            modes[row, MODE_INDEX[f"{examples[each].type}-{mode}"]] = 1.0
    types = torch.tensor([TYPE_INDEX[examples[each].type] for each in group])
    statuses = torch.tensor(
        [STATUS_INDEX[examples[each].status] if examples[each].type != NONE else IGNORED for each in group]
    )
    return Batch(tokens, attention, weights, types, modes, statuses, tuple(group))
