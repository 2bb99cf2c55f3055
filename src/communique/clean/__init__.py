"""Page → Article; trafilatura lives here and nowhere else."""

from communique.clean.clean import clean

__all__ = ["clean"]
