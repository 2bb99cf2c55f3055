"""Lines of a page or of scraped text → for each the reason to set it aside, or None for the article's own lines.

First the phrases of the lexicon, then what follows from a neighbour (the list below "Related stories", the comments below
"3 comments"), then a score over readable features for what no phrase settles. A paragraph of the article lost is worse
than a line of furniture kept: full sentences are set aside only on a phrase or on what the markup says.
"""

import re
from collections.abc import Sequence

from communique.clean.features import HEADING_TAGS, Line, Measured, measure
from communique.codebook.furniture import Furniture

HEADLINE_WORDS = 22  # a line below a heading such as "Related stories" is a headline up to this length
MIN_TEASER_WORDS = 4
MIN_TEASERS = 2
LIST_ITEM = re.compile(r"\s*(?:[-–—*•·◦▪]|\(?\w{1,2}[.)])\s")
ALL_LINK = 0.8  # a date or a label beside the link is not part of it
MIN_LINK_WORDS = 3
MIN_CAPITAL_WORDS = 5  # shorter ones are the article's own headings
MIN_HEADLINE_WORDS = 5
HEADLINES = 2  # headline and standfirst
LIST_LENGTH = 12  # lines that such a heading can set aside
COMMENT_MARKS = re.compile(r"(?i)\b(?:says|said|commented|wrote)\s?:$|^reply$|^\(?reply\)?$|\bago\b.{0,12}$")
MIN_COMMENT_MARKS = 2


def reasons_to_set_aside(lines: Sequence[Line], furniture: Furniture) -> list[str | None]:
    """One reason or None for each line, in order."""
    measured = measure(lines, furniture)
    reasons: list[str | None] = [each.said.name if each.said else None for each in measured]
    _mark_lists(measured, reasons, furniture)
    _mark_comments(measured, reasons)
    _mark_teasers(measured, reasons)
    headlines = _possible_headlines(measured, reasons)
    for index, each in enumerate(measured):
        if reasons[index] is None and index not in headlines:
            reasons[index] = _links_elsewhere(each) or _scored(each, furniture)
    return reasons


def _possible_headlines(measured: Sequence[Measured], reasons: Sequence[str | None]) -> list[int]:
    """In plain text the last long lines above the first paragraph: headline and standfirst look like a list of links."""
    above = [
        index
        for index, each in enumerate(measured)
        if each.line.on_page is None and each.zone == "head" and each.words >= MIN_HEADLINE_WORDS and not reasons[index]
    ]
    return above[-HEADLINES:]


def _mark_lists(measured: Sequence[Measured], reasons: list[str | None], furniture: Furniture) -> None:
    """Headlines below a heading that names nothing itself. One alone may be a subheading of the article: it needs a link."""
    for index, opener in enumerate(measured):
        if (
            opener.said is None
            or not opener.said.opens_list
            or not furniture.is_bare_heading(opener.line.text, opener.said)
        ):
            continue
        end = index + 1
        while end < min(len(measured), index + 1 + LIST_LENGTH) and _is_headline(measured[end]):
            end += 1
        listed = measured[index + 1 : end]
        if len(listed) >= 2 or any(each.features.get("link") for each in listed):
            for position in range(index + 1, end):
                reasons[position] = reasons[position] or opener.said.name


def _is_headline(each: Measured) -> bool:
    if each.features.get("link"):
        return each.words <= HEADLINE_WORDS
    ends = each.line.text.rstrip().endswith((".", ".”", '."', "。", ":", ",", "、", ";"))
    return each.words <= HEADLINE_WORDS and not ends


def _mark_comments(measured: Sequence[Measured], reasons: list[str | None]) -> None:
    """Readers' comments: everything after a comment heading, when signatures ("… says:", "Reply") stand below it."""
    total = sum(each.words for each in measured)
    read = 0
    for index, each in enumerate(measured):
        read += each.words
        if reasons[index] != "comment-form" or read < total / 4:
            continue
        below = measured[index + 1 :]
        if sum(bool(COMMENT_MARKS.search(line.line.text.strip())) for line in below) >= MIN_COMMENT_MARKS:
            for position in range(index + 1, len(measured)):
                reasons[position] = reasons[position] or "reader-comment"
            return


def _mark_teasers(measured: Sequence[Measured], reasons: list[str | None]) -> None:
    """In plain text, headlines of other stories below the last paragraph: several lines on end that are long enough to say
    something and end without a full stop. One alone may be the article's, and so may the items of a list."""
    run: list[int] = []
    for index, each in enumerate(measured):
        in_tail = each.zone == "tail" and each.line.on_page is None and reasons[index] is None
        if in_tail and _is_headline(each) and each.words >= MIN_TEASER_WORDS and not LIST_ITEM.match(each.line.text):
            run.append(index)
        elif reasons[index] is None:
            run = []
        if len(run) >= MIN_TEASERS:
            for position in run:
                reasons[position] = "teaser"


def _links_elsewhere(each: Measured) -> str | None:
    """A line that is nothing but a link leads to another story. Plain text has lost the link, but a line in capitals between
    paragraphs is what such a link mostly looks like."""
    page = each.line.on_page
    if page is not None:
        return "related-link" if page.link_share >= ALL_LINK and each.words >= MIN_LINK_WORDS else None
    shouted = each.line.text.isupper() and each.words >= MIN_CAPITAL_WORDS and each.zone != "head"
    return "capital-letter-link" if shouted and not each.is_sentence else None


def _scored(each: Measured, furniture: Furniture) -> str | None:
    page = each.line.on_page
    scoring = furniture.text_scoring if page is None else furniture.page_scoring
    if scoring.score(each.features) < scoring.threshold:
        return None
    if page is None:
        return None if each.is_sentence and each.words >= furniture.kept_sentence_words else f"{each.zone}-line"
    named = furniture.names_reason(page.names)
    if each.features["figure"]:
        return "photo-credit"
    if named is not None and named != "navigation":
        return named
    if each.features["link"]:
        return "related-link"
    if named is not None or each.features["furniture_tag"]:
        return "navigation"
    if each.is_sentence and each.words >= furniture.kept_sentence_words:
        return None
    return None if HEADING_TAGS & page.tags else f"{each.zone}-line"
