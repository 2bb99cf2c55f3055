"""Paths or standard input → pages, each as the bytes that were found."""

from communique.read.paths import read_paths

__all__ = ["read_paths"]
