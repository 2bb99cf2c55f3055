"""spaCy lives here and nowhere else."""

from communique.annotate.annotate import annotate
from communique.annotate.parser import model_hash

__all__ = ["annotate", "model_hash"]
