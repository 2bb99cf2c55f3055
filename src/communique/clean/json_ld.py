"""HTML text → what the page's own JSON-LD says about its article: headline, authors, publisher, address, dates, language.

A page holds many JSON-LD objects (pictures, videos, other stories). Only an object whose type is an article counts, and of
several the one whose headline or address is the page's own.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import etree

ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Report|LiveBlog\w*|Posting)$")
MAX_OBJECTS = 2_000
MAX_CHARACTERS = 2_000_000
BROKEN_STRING = re.compile(r"[\x00-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLd:
    """The article object of the page; everything as the page wrote it, None where absent."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None
    modified: str | None = None


def read_json_ld(root: etree._Element) -> JsonLd:
    """The best article object, an empty one when there is none. Malformed JSON is passed over."""
    articles = [each for each in _objects(root) if ARTICLE_TYPE.search(_type(each))]
    if not articles:
        return JsonLd()
    dated = [each for each in articles if each.get("datePublished")]
    best = (dated or articles)[0]
    return JsonLd(
        headline=_text(best.get("headline")) or _text(best.get("name")),
        authors=tuple(_names(best.get("author"))),
        site=next(iter(_names(best.get("publisher"))), None),
        url=_address(best.get("url")) or _address(best.get("mainEntityOfPage")),
        language=_text(best.get("inLanguage")),
        published=_text(best.get("datePublished")),
        modified=_text(best.get("dateModified")),
    )


def _objects(root: etree._Element) -> Iterator[dict[str, Any]]:
    """All objects of all scripts, outer before inner."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > MAX_CHARACTERS:
            continue
        try:
            waiting: list[Any] = [json.loads(BROKEN_STRING.sub(" ", script.text.strip().rstrip(";")), strict=False)]
        except (ValueError, RecursionError):
            continue
        seen = 0
        while waiting and seen < MAX_OBJECTS:
            current = waiting.pop(0)
            seen += 1
            if isinstance(current, list):
                waiting = [*current, *waiting]
            elif isinstance(current, dict):
                yield current
                waiting.extend(
                    current[key]
                    for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
                    if key in current
                )


def _type(entry: dict[str, Any]) -> str:
    found = entry.get("@type")
    if isinstance(found, list):
        return next((each for each in found if isinstance(each, str) and ARTICLE_TYPE.search(each)), "")
    return found if isinstance(found, str) else ""


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str):
        return None
    return " ".join(unescape(value).encode("utf-8", "replace").decode().split()) or None  # "\\ud800" is no character


def _names(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        name = _text(each.get("name")) if isinstance(each, dict) else _text(each)
        if name and not name.startswith("http"):
            yield name


def _address(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    address = _text(value)
    return address if address and address.startswith(("http://", "https://")) else None
