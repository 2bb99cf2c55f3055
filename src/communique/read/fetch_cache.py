"""What servers said of pages fetched before (ETag, Last-Modified), in one small JSON file beside the record.

With it a page that has not changed is not sent again. What is learned is written when reading has come to its end: whatever was
interrupted is fetched anew. A file that cannot be read counts as empty; one that cannot be written costs only time.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

MAX_ENTRIES = 50_000  # the oldest are forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """As the server sent them; `fetched_at` is when."""

    etag: str | None
    last_modified: str | None
    fetched_at: datetime

    def headers(self) -> dict[str, str]:
        """The headers that ask for the page only if it has changed."""
        wanted = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in wanted.items() if value}


class FetchCache:
    """`path` None keeps everything in memory only."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known = _load(path) if path is not None else {}
        self._changed = False

    def get(self, url: str) -> Validators | None:
        """What is known of the page at this very address."""
        return self._known.get(url)

    def remember(self, url: str, validators: Validators) -> None:
        """Keeps it, or forgets the page when its server gave nothing to ask with."""
        if self._known.pop(url, None) is not None:
            self._changed = True
        if validators.etag or validators.last_modified:
            self._known[url] = validators
            self._changed = True

    def save(self) -> None:
        """Writes the file as a whole, or leaves it as it was."""
        if self._path is None or not self._changed:
            return
        kept = list(self._known.items())[-MAX_ENTRIES:]
        written = {url: [each.etag, each.last_modified, each.fetched_at.isoformat()] for url, each in kept}
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        try:
            beside.write_text(json.dumps(written, indent=0), encoding="utf-8")
            beside.replace(self._path)
        except OSError:
            beside.unlink(missing_ok=True)
        self._changed = False


def _load(path: Path) -> dict[str, Validators]:
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        return {
            url: Validators(etag=etag, last_modified=modified, fetched_at=datetime.fromisoformat(when))
            for url, (etag, modified, when) in written.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
