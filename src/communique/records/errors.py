"""The errors a user can meet: one root, five children. Each message names the input, the cause and the remedy."""


class CommuniqueError(Exception):
    """Root of all errors that the program raises on purpose; its text is one line fit to show to a user."""


class ReadingError(CommuniqueError):
    """An input could not be turned into a page."""


class CodebookError(CommuniqueError):
    """A codebook file is missing, malformed or contradicts itself."""


class ConfigurationError(CommuniqueError):
    """A setting or option has a value that cannot be used."""


class CodingError(CommuniqueError):
    """An article could not be annotated, resolved or coded."""


class StorageError(CommuniqueError):
    """The record file cannot be opened, read or written."""
