"""A mention → a value, or unknown, with the reason."""

from communique.resolve.actors import find_cast
from communique.resolve.places import find_places
from communique.resolve.times import TimesFound, find_times

__all__ = ["TimesFound", "find_cast", "find_places", "find_times"]
