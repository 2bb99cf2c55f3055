"""Lines in their order → for each what tells furniture from article: length, ending, capitals, neighbours, links.

The weights of these features stand in data/furniture.yaml; this module only measures.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from communique.clean.layout import PageLine, line_key
from communique.codebook.furniture import Furniture, Reason

PARAGRAPH_WORDS = 12  # a line of so many words that ends like a sentence is taken for a paragraph of the article
NEAR = 3  # lines to each side that count as neighbours
ENDING = re.compile(r"""[.!?…。！？]["”'’»)\]」]*$""")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
CJK_CHARACTERS_A_WORD = 2
BARS = frozenset("|»›→•·")
FURNITURE_TAGS = frozenset({"nav", "footer", "aside", "header", "form", "button"})
FIGURE_TAGS = frozenset({"figcaption", "figure"})
HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line to be judged; `on_page` is what the markup says about it, None in plain text."""

    text: str
    on_page: PageLine | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A line with its zone (head, inside, tail), the reason that its words give, and its features (name → value)."""

    line: Line
    words: int
    zone: str
    is_sentence: bool
    said: Reason | None
    features: dict[str, float]


def measure(lines: Sequence[Line], furniture: Furniture) -> tuple[Measured, ...]:
    """All lines measured; neighbours are lines next to each other in `lines`."""
    words = [count_words(line.text) for line in lines]
    sentences = [bool(ENDING.search(line.text.rstrip())) for line in lines]
    paragraphs = [n >= PARAGRAPH_WORDS and ends for n, ends in zip(words, sentences, strict=True)]
    zones = _zones(paragraphs)
    said = [furniture.reason_for(line.text, zone) for line, zone in zip(lines, zones, strict=True)]
    counts = Counter(line_key(line.text) for line in lines)
    measured = []
    for index, line in enumerate(lines):
        before, after = slice(max(0, index - NEAR), index), slice(index + 1, index + 1 + NEAR)
        features = _own_features(line.text, words[index], sentences[index])
        features["repeated"] = counts[line_key(line.text)] > 1
        features["head"] = zones[index] == "head"
        features["beside_paragraph"] = sum(paragraphs[index - 1 : index]) + sum(paragraphs[index + 1 : index + 2])
        features["between_paragraphs"] = any(paragraphs[before]) and any(paragraphs[after])
        features["furniture_near"] = sum(each is not None for each in [*said[before], *said[after]])
        if line.on_page is not None:
            features |= _page_features(line.on_page, furniture)
        measured.append(Measured(line, words[index], zones[index], sentences[index], said[index], features))
    return tuple(measured)


def count_words(text: str) -> int:
    """Words between spaces; in scripts without spaces every second character counts as one."""
    return len(text.split()) + len(CJK.findall(text)) // CJK_CHARACTERS_A_WORD


def _zones(paragraphs: list[bool]) -> list[str]:
    if not any(paragraphs):
        return ["inside"] * len(paragraphs)
    first, last = paragraphs.index(True), len(paragraphs) - 1 - paragraphs[::-1].index(True)
    return ["head" if index < first else "tail" if index > last else "inside" for index in range(len(paragraphs))]


def _own_features(text: str, words: int, is_sentence: bool) -> dict[str, float]:
    capitals = [word[0].isupper() for word in text.split() if word[0].isalpha()]
    return {
        "always": 1,
        "words_1_2": words <= 2,
        "words_3_5": 3 <= words <= 5,
        "words_26_up": words >= 26,
        "sentence": is_sentence,
        "capitals": words >= 2 and bool(capitals) and sum(capitals) >= 0.75 * len(capitals),
        "quote_first": text[:1] in "\"“‘'«„",
        "small_letter_first": text[:1].islower(),
        "digits": sum(each.isdigit() for each in text) > 0.15 * len(text),
        "bars": not BARS.isdisjoint(text),
    }


def _page_features(line: PageLine, furniture: Furniture) -> dict[str, float]:
    reason = furniture.names_reason(line.names)
    return {
        "link": line.link_share >= 0.9,
        "partly_link": 0.4 <= line.link_share < 0.9,
        "named": reason is not None and reason != "navigation",
        "named_navigation": reason == "navigation",
        "furniture_tag": not FURNITURE_TAGS.isdisjoint(line.tags),
        "figure": not FIGURE_TAGS.isdisjoint(line.tags),
        "list_item": "li" in line.tags,
        "heading": not HEADING_TAGS.isdisjoint(line.tags),
        "paragraph": "p" in line.tags,
    }
