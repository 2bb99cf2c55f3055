"""Paths, addresses or standard input → pages, each as the bytes that were found."""

from communique.read.options import ReadOptions, parse_columns
from communique.read.paths import read_paths

__all__ = ["ReadOptions", "parse_columns", "read_paths"]
