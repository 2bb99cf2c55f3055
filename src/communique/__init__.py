"""Communiqué: messy news reports in, a sourced record of who did or said what to whom out."""

__version__ = "0.1.0"
