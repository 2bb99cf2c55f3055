"""Names of the meta elements that declare when a page was published or changed (data/page_dates.yaml)."""

from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.files import read_yaml
from communique.records import CodebookError


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDates:
    """Lower-case names, the more reliable first."""

    published: tuple[str, ...]
    modified: tuple[str, ...]


@lru_cache(maxsize=1)
def load_page_dates() -> PageDates:
    """The packaged names. Raises CodebookError when a key is missing."""
    entry = read_yaml("page_dates.yaml")
    if set(entry) != {"published", "modified"}:
        raise CodebookError("codebook file page_dates.yaml: needs exactly the keys modified, published")
    return PageDates(published=tuple(entry["published"]), modified=tuple(entry["modified"]))
