"""One document as it was found: bytes, where from, when. Nothing is interpreted yet."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class MediaType(StrEnum):
    """How the bytes are to be read."""

    HTML = "text/html"
    TEXT = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`source` is the path or `-` as the user gave it; `content_hash` the SHA-256 (hex) of `content`.

    `fetched_at` is when the document was obtained (file modification time for files; time zone aware, UTC); None when
    nothing can be said. No claim about the past may be dated after it. `encoding` is a declared encoding or None.
    `title`, `published` and `site` (the outlet's name) are what a feed, table or archive tells of the document beside its
    content; candidates, not facts. `told_by` names that teller ("feed", "column"), None where there is none.
    """

    id: str
    source: str
    content: bytes
    content_hash: str
    media_type: MediaType
    url: str | None = None
    fetched_at: datetime | None = None
    encoding: str | None = None
    title: str | None = None
    published: date | None = None
    site: str | None = None
    told_by: str | None = None
