"""The record on disk: SQLite, one transaction an article, every value with its words."""

from communique.store.casting import CastEntry
from communique.store.dealing import DyadEntry
from communique.store.explained import ExplainedField
from communique.store.explaining import Explanation
from communique.store.failures import UnstorableError
from communique.store.filters import Filters
from communique.store.finding import Kept
from communique.store.listing import Slice
from communique.store.passages import Mark, Passage
from communique.store.plain import Plain, Texts, plain
from communique.store.queries import OutletEntry
from communique.store.record import Record

__all__ = [
    "CastEntry",
    "DyadEntry",
    "ExplainedField",
    "Explanation",
    "Filters",
    "Kept",
    "Mark",
    "OutletEntry",
    "Passage",
    "Plain",
    "Record",
    "Slice",
    "Texts",
    "UnstorableError",
    "plain",
]
