"""What a user may settle about reading: whether addresses are fetched and how politely, limits, which column holds what."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from communique.records import ConfigurationError

FIELDS = ("id", "title", "text", "url", "date", "source")  # what a row of a table can tell of an article
PROJECT_AGENT = "communique/0.1 (reads news reports for a sourced record; keeps to robots.txt)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """`columns` are pairs (one of FIELDS, the column's own name) that outrank the guesses.

    `max_unpacked_bytes` bounds what one compressed file may unpack to, `max_page_bytes` one fetched document;
    `timeout_s` bounds one request from connecting to its last byte, `rate_s` are the seconds between two requests to one
    host (more where its robots.txt asks for more). `fetch_cache` is a small file for ETag and Last-Modified of pages fetched
    before, None for none.
    """

    fetch: bool = False
    allow_private: bool = False
    columns: tuple[tuple[str, str], ...] = ()
    user_agent: str = PROJECT_AGENT
    max_unpacked_bytes: int = 20_000_000_000
    max_page_bytes: int = 20_000_000
    max_redirects: int = 8
    timeout_s: float = 30.0
    rate_s: float = 2.0
    fetch_cache: Path | None = None


def parse_columns(pairs: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """`text=body` → ("text", "body"). Raises ConfigurationError naming what stands on the left and is no field."""
    columns: dict[str, str] = {}
    for pair in pairs:
        name, sign, column = (part.strip() for part in pair.partition("="))
        name = name.lower()
        if not sign or not column:
            raise ConfigurationError(f"--column {pair}: is not NAME=COLUMN; write for example --column text=body")
        if name not in FIELDS:
            raise ConfigurationError(f"--column {pair}: {name or 'nothing'} is no field; it may be {', '.join(FIELDS)}")
        columns[name] = column
    return tuple(columns.items())
