"""Words of the web → cells that no spreadsheet runs as a formula, and text that XML can hold. All other text stays as it is."""

import re

FORMULA = re.compile(r"'*[=+\-@\t\r]")  # what spreadsheets take for a formula, with the guards of earlier exports
GUARDED = re.compile(r"'+[=+\-@\t\r]")
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, production 2 (Char)
SPACES = re.compile(r"\s+")


def guarded(text: str) -> str:
    """The text with an apostrophe before a leading `=`, `+`, `-`, `@`, tab or return; `unguarded` takes it away again."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` made this of."""
    return text[1:] if GUARDED.match(text) else text


def for_xml(text: str) -> str:
    """The text without the characters that XML 1.0 has no way to write."""
    return NOT_XML.sub("", text)


def one_line(text: str) -> str:
    """The text with line breaks, tabs and runs of spaces folded to one space."""
    return SPACES.sub(" ", text).strip()
