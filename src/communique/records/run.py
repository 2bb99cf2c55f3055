"""Which program made a part of the record: versions, codebook, settings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """`codebook_hash` is the SHA-256 (hex) of all codebook files, `model_hash` that of the parser's weights."""

    id: str
    version: str
    codebook_hash: str
    model_hash: str
    settings: str
