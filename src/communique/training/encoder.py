"""The encoder that is fine-tuned: BERT's transformer with the published weights of all-MiniLM-L6-v2 (or another of its shape).

In: token ids and an attention mask, both (batch, length). Out: token vectors, (batch, length, width). Written out here
because training needs nothing else of a modelling library, and because the exported graph then has no surprises.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.mixed = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=1e-12)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.output_norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """`mask` is added to the attention scores: 0 where a token is, a large negative number where none is."""
        batch, length, width = hidden.shape
        split = (batch, length, self.heads, width // self.heads)
        query, key, value = (
            project(hidden).view(split).transpose(1, 2) for project in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(-1, -2) / (width // self.heads) ** 0.5 + mask
        attended = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, width)
        hidden = self.attention_norm(hidden + self.dropout(self.mixed(attended)))
        return self.output_norm(hidden + self.dropout(self.outer(functional.gelu(self.inner(hidden)))))


class Encoder(nn.Module):
    """Embeddings and layers; `width` is the size of a token's vector."""

    def __init__(
        self, vocabulary: int, width: int, layers: int, heads: int, inner: int, positions: int, dropout: float = 0.1
    ) -> None:
        super().__init__()
        self.width = width
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner, dropout) for _ in range(layers))
        self.dropout = nn.Dropout(dropout)

    def forward(self, tokens: Tensor, attention: Tensor) -> Tensor:
        """Token vectors; `attention` is 1 for tokens, 0 for padding."""
        places = torch.arange(tokens.shape[1], device=tokens.device)
        hidden = self.dropout(self.norm(self.words(tokens) + self.positions(places)))
        mask = (1.0 - attention[:, None, None, :].to(hidden.dtype)) * -10000.0
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden


def load_encoder(folder: Path) -> Encoder:
    """The encoder with the weights in `folder` (config.json, model.safetensors, BERT's names). The token type is always 0."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = load_file(folder / "model.safetensors")
    encoder = Encoder(
        config["vocab_size"],
        config["hidden_size"],
        config["num_hidden_layers"],
        config["num_attention_heads"],
        config["intermediate_size"],
        config["max_position_embeddings"],
    )
    renamed = {"words.weight": weights["embeddings.word_embeddings.weight"]}
    renamed["positions.weight"] = (
        weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    )
    renamed |= {f"norm.{part}": weights[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias")}
    names = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "mixed": "attention.output.dense", "attention_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense", "outer": "output.dense", "output_norm": "output.LayerNorm",
    }  # fmt: skip
    for number in range(config["num_hidden_layers"]):
        for own, published in names.items():
            for part in ("weight", "bias"):
                renamed[f"layers.{number}.{own}.{part}"] = weights[f"encoder.layer.{number}.{published}.{part}"]
    encoder.load_state_dict(renamed)
    return encoder
