"""`/events/ID`: one event, all its reports side by side, and for each field who says what."""

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request, Response

from communique.records import Claim, FieldAgreement, StorageError
from communique.serve.pages.caching import KeptRoute
from communique.serve.pages.cards import place_words
from communique.serve.pages.dates import day_words, timex_words
from communique.serve.pages.rows import EventRow, event_rows
from communique.serve.pages.versions import ids_in, value_words
from communique.serve.pages.wording import Name, Wording, quoted, words_href
from communique.serve.site import site_of
from communique.store import Record

router = APIRouter(route_class=KeptRoute)

REPORTS_SHOWN = 60  # of one event on a page; the API gives all


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One claim of the event, as its article has it: the sentence before, the words, the sentence after."""

    id: str
    words: str
    outlet: str
    title: str
    article: str
    day: str
    before: str
    quote: str
    after: str
    according: tuple[Name, ...]
    facts: tuple[tuple[str, str], ...]
    copy_of: str = ""
    judgement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One article of the event, with each claim that it makes of it. A copy has no voice of its own."""

    outlet: str
    day: str
    title: str
    article: str
    copy_of: str
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One value of a field with who says so: (outlet, address of the words) pairs; `leads` for the best supported one."""

    value: str
    sources: tuple[tuple[str, str], ...]
    voices: int
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the event and its versions, supporters first."""

    name: str
    versions: tuple[Version, ...]

    @property
    def disputed(self) -> bool:
        """True when reports differ."""
        return len(self.versions) > 1


@router.get("/events/{asked}")
def event(request: Request, asked: str) -> Response:
    """One event; an id that an earlier linking gave finds it too."""
    site = site_of(request)
    try:
        found = site.record.event(asked)
    except StorageError as error:
        raise HTTPException(404, str(error)) from error
    claims = site.record.claims_by_id(found.claims[:REPORTS_SHOWN])
    listed = [claims[each] for each in found.claims if each in claims]
    wording = Wording(site.record, listed, [*found.actors, *found.recipients, *ids_in(found)])
    rows = event_rows(site.record, [found])
    if not rows:
        raise HTTPException(404, f"{asked}: its reports are being read anew; ask again in a moment")
    papers = papers_of(reports_of(site.record, listed, wording))
    context = {
        "event": found,
        "row": rows[0],
        "papers": [each for each in papers if not each.copy_of],
        "copies": [each for each in papers if each.copy_of],
        "first_claims": found.claims[:2],
        "unseen": len(found.claims) - len(listed),
        "fields": tuple(_field(each, claims, wording) for each in found.fields),
        "judgements": _judgements(site.record, listed),
        "same_sides": _same_sides(rows[0]),
    }
    return site.render(request, "event.html", context)


def reports_of(record: Record, claims: Iterable[Claim], wording: Wording) -> tuple[Report, ...]:
    """The reports in the event's order; a copy names the article it copies."""
    listed = list(claims)
    copied: dict[str, str] = {}
    for group in record.copy_groups(sorted({each.article_id for each in listed})):
        for article_id in group.articles[1:]:
            copied[article_id] = group.articles[0]
    first = record.articles_by_id(set(copied.values()))
    made = []
    for claim in listed:
        article = wording.articles[claim.article_id]
        span = claim.evidence[0] if claim.evidence else claim.trigger
        original = first.get(copied.get(claim.article_id, ""))
        made.append(
            Report(
                id=claim.id,
                words=words_href(claim.article_id, claim.id),
                outlet=wording.outlet(claim.article_id),
                title=article.title or article.source,
                article=f"/articles/{article.id}",
                day=day_words(article.published.day) if article.published else "day unknown",
                before=_tail(article.text[max(0, span.start - 160) : span.start]),
                quote=article.quote(span),
                after=_head(article.text[span.end : span.end + 160]),
                according=wording.roles(claim.asserted_by),
                facts=_facts(claim, wording),
                copy_of=title_or_place(original.title, original.source) if original else "",
                judgement=next((each.rule for each in claim.decisions if each.rule == "judgement"), ""),
            )
        )
    return tuple(made)


def papers_of(reports: Iterable[Report]) -> tuple[Paper, ...]:
    """The reports by article, in the order of their first."""
    by_article: dict[str, list[Report]] = {}
    for each in reports:
        by_article.setdefault(each.article, []).append(each)
    return tuple(
        Paper(
            outlet=own[0].outlet,
            day=own[0].day,
            title=own[0].title,
            article=own[0].article,
            copy_of=own[0].copy_of,
            reports=tuple(own),
        )
        for own in by_article.values()
    )


def title_or_place(title: str | None, source: str) -> str:
    """An article's title, its place where it has none."""
    return quoted(title, 80) if title else source


def _facts(claim: Claim, wording: Wording) -> tuple[tuple[str, str], ...]:
    told = [
        ("Who", ", ".join(each.name for each in wording.roles(claim.actors))),
        ("To whom", ", ".join(each.name for each in wording.roles(claim.recipients))),
        ("When", timex_words(claim.date)),
        ("Where", place_words(claim.place)),
        ("Status", claim.status.value),
    ]
    return tuple((label, value) for label, value in told if value)


def _head(text: str) -> str:
    """The rest of the paragraph, cut at a word."""
    line = text.split("\n")[0]
    return line if len(line) < len(text) or len(text) < 160 else line.rpartition(" ")[0] + " …"


def _tail(text: str) -> str:
    """The paragraph before, cut at a word."""
    line = text.split("\n")[-1]
    return line if len(line) < len(text) or len(text) < 160 else "… " + line.partition(" ")[2]


def _field(agreement: FieldAgreement, claims: dict[str, Claim], wording: Wording) -> Field:
    versions = []
    for number, each in enumerate(agreement.values):
        sources: dict[str, str] = {}
        for claim_id in each.claims:
            if claim_id in claims:
                article_id = claims[claim_id].article_id
                sources.setdefault(wording.outlet(article_id), words_href(article_id, claim_id))
        versions.append(
            Version(
                value=value_words(each.value, wording),
                sources=tuple(sources.items()),
                voices=each.voices,
                leads=number == 0,
            )
        )
    return Field(name=agreement.field, versions=tuple(versions))


def _judgements(record: Record, claims: Iterable[Claim]) -> tuple[tuple[str, str, str, str, str], ...]:
    """What people decided about these claims: verdict, changes, judge, day, reason."""
    ids = {claim.id for claim in claims}
    told = []
    for each in record.judgements():
        if each.subject in ids or each.other in ids:
            changes = ", ".join(f"{name}: {value or 'none'}" for name, value in each.changes)
            told.append((each.verdict.value, changes, each.judge, day_words(each.judged_at.date()), each.reason))
    return tuple(told)


def _same_sides(row: EventRow) -> str | None:
    """The dyad page of the two sides, where there are two."""
    if row.who and row.whom:
        return f"/actors/{row.who[0].id}?with={row.whom[0].id}"
    return f"/actors/{row.who[0].id}?with={row.who[1].id}" if len(row.who) > 1 else None
