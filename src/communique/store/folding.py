"""A name → the name as it is searched: without case and accents."""

import unicodedata


def fold(name: str) -> str:
    """The name without case and accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
