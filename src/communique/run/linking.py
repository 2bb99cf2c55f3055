"""A record → its copies, events, meetings and lines over all articles, worked out anew where something has changed.

What comes of it is a function of the articles and of what people judged: not of the order in which they came, nor of how often
and in what parts the record was linked. After a few new articles only those are compared that may have to do with them;
after many, or by another program, all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from communique.codebook.files import codebook_hash
from communique.codebook.issues import Issue
from communique.link.across_articles import group_reports, judged_pairs
from communique.link.agreement import linked_event
from communique.link.copies import Fingerprint, find_copies, voices_of_articles
from communique.link.reports import Report
from communique.records import Links
from communique.run.describing import linking_hash
from communique.run.relinking import Made, Relinking
from communique.run.settings import Settings
from communique.run.standing import all_standing
from communique.run.surroundings import kept_keys, loaded, print_of
from communique.run.user_files import issues_of
from communique.store import Filters, Record
from communique.store.link_inputs import KeysOf, LinkState

Told = Callable[[str], None]  # called with a line on what is being done

TRIES = 3  # to finish while others write to the record
FEW = 500  # articles that are linked by themselves rather than with all others
FEW_SHARE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCounts:
    """`articles` of the record, `linked` of them compared in this run; `shared` events are told by two articles or more."""

    articles: int = 0
    linked: int = 0
    copies: int = 0
    events: int = 0
    shared: int = 0
    disputed: int = 0
    meetings: int = 0
    lines: int = 0


def link_record(record: Record, *, settings: Settings, report: Told | None = None, full: bool = False) -> LinkCounts:
    """Links the articles that are new or changed, all of them with `full`. Raises StorageError and CodebookError."""
    told = report or _untold
    program = f"{linking_hash()}:{codebook_hash()}:{settings.described()}"
    issues = issues_of(settings)
    linked = 0
    for attempt in range(TRIES):
        state = record.link_state()
        everything = full or state.program != program or _many(state)
        if not everything and not state.unlinked and not state.removed:
            break
        linked = state.articles if everything else len(state.unlinked)
        told(f"linking {linked:,} of {state.articles:,} articles")
        made = link_all(record, issues) if everything else Relinking(record, state, issues).carry_out()
        revision = state.revision if attempt < TRIES - 1 else None
        if record.write_linking(
            made.removed,
            made.links,
            made.keys,
            made.told,
            program=program,
            everything=everything,
            revision=revision,
        ):
            break
    return _counts(record, linked)


def link_all(record: Record, issues: Sequence[Issue]) -> Made:
    """All articles of the record, compared with one another; `issues` are those that positions were looked for on."""
    judged = judged_pairs(record.pair_judgements())
    prints: list[Fingerprint] = []
    reports: list[Report] = []
    keys: list[KeysOf] = []
    outlets: dict[str, str] = {}
    for number, article in record.iter_reported():
        each = loaded(number, article, judged)
        outlets[article.id] = article.outlet
        text_print = print_of(each)
        keys.append(kept_keys(each, text_print))
        reports += each.reports
        if text_print is not None:
            prints.append(text_print)
    copies = find_copies(prints)
    voices = voices_of_articles(outlets, copies)
    events = [linked_event(group, voices, judged.doubted) for group in group_reports(reports, judged)]
    standing = all_standing(record, voices, issues)
    return Made(
        removed=(),
        links=Links(copies=copies, events=tuple(events), meetings=standing.meetings, lines=standing.lines),
        keys=tuple(keys),
        told=standing.told,
    )


def _many(state: LinkState) -> bool:
    changed = len(state.unlinked) + len(state.removed)
    return changed > max(FEW, FEW_SHARE * state.articles)


def _counts(record: Record, linked: int) -> LinkCounts:
    counts = record.counts()
    return LinkCounts(
        articles=counts["articles"],
        linked=linked,
        copies=counts["copy_groups"],
        events=counts["linked_events"],
        shared=record.shared_events(),
        disputed=record.count("events", Filters(statuses=("disputed",))),
        meetings=counts["linked_meetings"],
        lines=counts["lines"],
    )


def _untold(line: str) -> None:
    """Nobody watches."""
