"""The classifier: one encoder, four pooled vectors (sentence, actor, recipient, trigger), three heads (type, modes, status)."""

import torch
from torch import Tensor, nn

from communique.training.encoder import Encoder
from communique.training.labels import MODES, STATUSES, TYPES

POOLS = 4


class Classifier(nn.Module):
    """Logits for types, modes and statuses; what is no mark in a sentence is replaced by a learned vector."""

    def __init__(self, encoder: Encoder, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.width
        self.absent = nn.Parameter(torch.zeros(POOLS, width))
        self.joint = nn.Linear(POOLS * width, width)
        self.dropout = nn.Dropout(dropout)
        self.type_head = nn.Linear(width, len(TYPES))
        self.mode_head = nn.Linear(width, len(MODES))
        self.status_head = nn.Linear(width, len(STATUSES))

    def forward(self, tokens: Tensor, attention: Tensor, pools: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """`tokens`, `attention`: (batch, length); `pools`: (batch, 4, length) averaging weights, rows of zeros for absent marks."""
        hidden = self.encoder(tokens, attention)
        pooled = pools @ hidden
        present = pools.sum(-1, keepdim=True)
        pooled = pooled + (1.0 - present) * self.absent
        joint = torch.tanh(self.joint(self.dropout(pooled.flatten(1))))
        joint = self.dropout(joint)
        return self.type_head(joint), self.mode_head(joint), self.status_head(joint)
