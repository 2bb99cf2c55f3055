"""The adapter to trafilatura and htmldate: page text in, main lines, metadata and date candidates out.

Settings were chosen by measuring (tests/clean/test_gold_pages.py): favour precision, no comments, both with the full
cascade of fallbacks. Nothing else imports these packages.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import htmldate
import trafilatura
from lxml import etree

EARLIEST = "1990-01-01"
NO_DATE_SEARCH = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}  # dates are read apart
LATEST_WITHOUT_FETCH_TIME = "2100-01-01"  # htmldate would otherwise ask the clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedMetadata:
    """What trafilatura reads from the head and the markup of a page; None where it found nothing."""

    title: str | None = None
    author: str | None = None
    site: str | None = None
    url: str | None = None


def main_lines(markup: str) -> tuple[str, ...]:
    """The lines of the main text, none when there is no article. Never raises for a page."""
    try:
        text = trafilatura.extract(markup, favor_precision=True, include_comments=False)
    except (
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        KeyError,
        RecursionError,
        AssertionError,
        etree.LxmlError,
    ):
        return ()  # a page that breaks the extractor has no main text; its lines are still read by the layout
    return tuple(line.strip() for line in (text or "").split("\n") if line.strip())


def extracted_metadata(markup: str) -> ExtractedMetadata:
    """Title, author, site and address. Never raises for a page."""
    try:
        found: Any = trafilatura.extract_metadata(markup, date_config=NO_DATE_SEARCH, extensive=False)
    except (
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        KeyError,
        RecursionError,
        AssertionError,
        etree.LxmlError,
    ):
        return ExtractedMetadata()
    if found is None:
        return ExtractedMetadata()
    return ExtractedMetadata(title=found.title, author=found.author, site=found.sitename, url=found.url)


def extracted_date(markup: str, *, extensive: bool, url: str | None, latest: date | None) -> date | None:
    """The original publication day that htmldate finds, not after `latest`; None when it finds none."""
    try:
        found = htmldate.find_date(
            markup,
            extensive_search=extensive,
            original_date=True,
            url=url,
            min_date=EARLIEST,
            max_date=latest.isoformat() if latest else LATEST_WITHOUT_FETCH_TIME,
        )
    except (
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        KeyError,
        RecursionError,
        AssertionError,
        etree.LxmlError,
    ):
        return None
    return date.fromisoformat(found) if found else None
