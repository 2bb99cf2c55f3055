"""A page → title, authors, site, address: the page's own JSON-LD first, its headline element, then what trafilatura reads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from communique.clean.extraction import ExtractedMetadata
from communique.clean.json_ld import JsonLd
from communique.clean.layout import line_key

SITE_SUFFIX = re.compile(r"\s+[|–—·•»-]\s+[^|–—·•»]{2,40}$")
MIN_HEADLINE_WORDS = 3
ALIKE = 0.6  # share of words that a headline element has in common with a declared title
NO_AUTHORS = frozenset({"admin", "administrator", "editor", "staff", "webmaster", "author"})
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
MAX_AUTHORS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What names the report; None and empty where the page does not say."""

    title: str | None
    authors: tuple[str, ...]
    site: str | None
    url: str | None


def read_metadata(
    root: etree._Element, markup: str, json_ld: JsonLd, extracted: ExtractedMetadata, told_title: str | None = None
) -> Metadata:
    """Never raises; the title is as the page shows it to its readers, where it does.

    `told_title` stands beside the document, in its feed or row: it comes last for a whole page, first for a piece of one.
    """
    saved_from = SAVED_FROM.search(markup[:5_000])
    declared = [title for title in (json_ld.headline, extracted.title) if title]
    site = extracted.site or json_ld.site
    if told_title and not is_whole_page(root):
        headings = _headings(root, site)
        title: str | None = next((each for each in headings if _likeness(each, told_title) >= ALIKE), told_title)
    else:
        title = _shown_title(root, declared, site) or (_without_site(declared[0]) if declared else told_title)
    return Metadata(
        title=title,
        authors=_authors(json_ld, extracted),
        site=json_ld.site or extracted.site,
        url=extracted.url or json_ld.url or (saved_from.group(1) if saved_from else None),
    )


def is_whole_page(root: etree._Element) -> bool:
    """False for a piece of markup that was cut out of a page, as feeds and tables hold it."""
    return root.find(".//head/title") is not None or root.find(".//head/meta") is not None


def _headings(root: etree._Element, site: str | None) -> list[str]:
    headings = [" ".join("".join(each.itertext()).split()) for each in root.iter("h1")]
    return [each for each in dict.fromkeys(headings) if each and line_key(each) != line_key(site or "")]


def _shown_title(root: etree._Element, declared: Sequence[str], site: str | None) -> str | None:
    """The first-level heading that is the headline: alike to a declared title, or the only one that can be."""
    headings = _headings(root, site)
    for title in declared:
        alike = [each for each in headings if _likeness(each, title) >= ALIKE]
        if alike:
            return max(alike, key=lambda each: _likeness(each, title))
    long_enough = [each for each in headings if len(each.split()) > MIN_HEADLINE_WORDS]
    return long_enough[0] if len(long_enough) == 1 else None


def _likeness(one: str, other: str) -> float:
    words, others = set(one.lower().split()), set(other.lower().split())
    if line_key(one) and line_key(one) in line_key(other):
        return 1.0
    return len(words & others) / max(len(words), len(others), 1)


def _without_site(title: str) -> str:
    shorter = SITE_SUFFIX.sub("", title)
    return shorter if len(shorter.split()) >= MIN_HEADLINE_WORDS else title


def _authors(json_ld: JsonLd, extracted: ExtractedMetadata) -> tuple[str, ...]:
    named = json_ld.authors or tuple((extracted.author or "").split(";"))
    cleaned = (re.sub(r"(?i)^(?:by|analysis by|from)\s+", "", " ".join(each.split())) for each in named)
    return tuple(dict.fromkeys(each for each in cleaned if each and each.lower() not in NO_AUTHORS))[:MAX_AUTHORS]
