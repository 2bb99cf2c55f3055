"""Case files of pairs of reports → each pair coded by the program and linked: together or apart.

A report is a text with its day of publication and the words that tell the event.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from communique.link.across_articles import Judged, group_reports
from communique.link.reports import reports_of
from communique.records import CodedArticle, MediaType, Page, make_id
from communique.records.reported import ReportedArticle, reported_article
from communique.run import Settings, code_page

FOLDER = Path(__file__).parent / "same_event"


@dataclass(frozen=True, slots=True)
class Case:
    """`verdict` is what should come out; `file` where the case stands."""

    name: str
    file: str
    one: Mapping[str, Any]
    other: Mapping[str, Any]
    same: bool


def cases() -> Iterator[Case]:
    """All cases, file by file."""
    for path in sorted(FOLDER.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield Case(entry["name"], path.stem, entry["one"], entry["other"], entry["same"])


def linked(case: Case) -> bool | None:
    """Whether the two reports became one event; None when no claim was found on the words of one of them."""
    told = [_coded(str(side["text"]), side["day"]) for side in (case.one, case.other)]
    if any(coded is None for coded in told):
        return None
    articles = [each[1] for each in told if each is not None]
    wanted = [
        {
            claim.id
            for claim in coded.claims
            if _stands_on(coded, claim.trigger.start, claim.trigger.end, str(side["words"]))
        }
        for (coded, _), side in zip((each for each in told if each is not None), (case.one, case.other), strict=True)
    ]
    if not all(wanted):
        return None
    reports = [report for article in articles for report in reports_of(article)]
    for group in group_reports(reports, Judged()):
        members = {claim.id for report in group for claim in report.claims}
        if members & wanted[0] and members & wanted[1]:
            return True
    return False


def _stands_on(coded: CodedArticle, start: int, end: int, words: str) -> bool:
    place = coded.article.text.find(words)
    return place >= 0 and start < place + len(words) and place < end


@cache
def _coded(text: str, day: date) -> tuple[CodedArticle, ReportedArticle] | None:
    page = Page(
        id=make_id("page", text, day.isoformat()),
        source=f"{make_id('text', text)}.txt",
        content=text.encode(),
        content_hash=make_id("content", text),
        media_type=MediaType.TEXT,
        published=day,
        told_by="column",
        site=make_id("outlet", text),
    )
    coded = code_page(page, Settings())
    return (coded, reported_article(coded)) if isinstance(coded, CodedArticle) else None
