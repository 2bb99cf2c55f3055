"""The stages in order, from a page to a record."""

from communique.run.pipeline import code_page
from communique.run.reading import ReadCounts, read_documents, read_into
from communique.run.settings import Settings, load_settings
from communique.run.stages import Stages

__all__ = ["ReadCounts", "Settings", "Stages", "code_page", "load_settings", "read_documents", "read_into"]
