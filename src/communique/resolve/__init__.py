"""A mention → a value, or unknown, with the reason."""

from communique.resolve.times import TimesFound, find_times

__all__ = ["TimesFound", "find_times"]
