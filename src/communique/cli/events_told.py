"""Events over all articles in words: how many tell them, who says otherwise, which reports are worth quoting."""

from collections.abc import Iterable, Sequence
from datetime import date

from rich.text import Text

from communique.cli.output import counted
from communique.cli.wording import Wording
from communique.records import Claim, DateRange, FieldAgreement, FieldValue, LinkedEvent, Precision
from communique.store import Record

REPORTS_QUOTED = 3  # of one event, each of another outlet


class EventWording:
    """Names, outlets and copies for some events and the claims of theirs that are shown."""

    def __init__(self, record: Record, events: Iterable[LinkedEvent], claims: Sequence[Claim]) -> None:
        listed = list(events)
        self.wording = Wording(record, claims)
        ids = {each for event in listed for each in (*event.actors, *event.recipients)}
        ids |= {part for event in listed for field in event.fields for each in field.values for part in _ids_in(each)}
        self._actors = record.actors_by_id(ids)
        self._short = record.short_ids(event.id for event in listed)
        articles = sorted({claim.article_id for claim in claims})
        self._told = record.told_by(articles)
        self._copied = {
            article: group.articles[0] for group in record.copy_groups(articles) for article in group.articles[1:]
        }

    def short(self, event: LinkedEvent) -> str:
        """The first digits of the event's id."""
        return self._short[event.id]

    def who_to_whom(self, event: LinkedEvent) -> Text:
        """`Russia, United States`, `Russia → NATO`, as most outlets have it."""
        line = Text(self.names(event.actors) or "somebody", style="bold")
        if event.recipients:
            line.append(" → ", style="dim").append(self.names(event.recipients), style="bold")
        return line

    def what(self, event: LinkedEvent) -> Text:
        """Type and manner."""
        line = Text(event.type, style="bold blue")
        beside = [f"to {event.meeting_type}"] if event.meeting_type else []
        beside += event.modes
        return line.append(f" ({', '.join(beside)})", style="blue") if beside else line

    def names(self, ids: Iterable[str]) -> str:
        """The actors' names, each once."""
        return ", ".join(dict.fromkeys(self._actors[each].name if each in self._actors else each for each in ids))

    def source(self, claim: Claim) -> Text:
        """`meridian wire, 2022-01-10`, and that it is a copy."""
        told = self._told.get(claim.article_id)
        if told is None:
            return Text("")
        parts = [told.outlet]
        parts += [told.day.isoformat()] if told.day else []
        parts += ["a copy"] if claim.article_id in self._copied else []
        return Text(", ".join(parts), style="dim")

    def worth_quoting(self, claims: Sequence[Claim]) -> list[Claim]:
        """The first report of each outlet, no copies, as far as there is room; the first claim where all are copies."""
        chosen: dict[str, Claim] = {}
        for claim in claims:
            told = self._told.get(claim.article_id)
            if claim.article_id not in self._copied:
                chosen.setdefault(told.outlet if told else "", claim)
        return list(chosen.values())[:REPORTS_QUOTED] or list(claims[:1])

    def disputes(self, event: LinkedEvent) -> list[Text]:
        """A line for each field that reports differ about: `deaths: 12 (2 outlets) · at least 20 (1 outlet)`."""
        return [self._dispute(field) for field in event.fields if field.disputed]

    def _dispute(self, field: FieldAgreement) -> Text:
        values = [f"{self.value(each)} ({counted(each.voices, 'outlet')})" for each in field.values]
        return Text.assemble((f"{field.field}: ", "yellow"), " · ".join(values))

    def value(self, value: FieldValue) -> str:
        """A value with names for ids."""
        ids = _ids_in(value)
        return self.names(ids) if ids else value.value


def reports_text(event: LinkedEvent) -> str:
    """`3 reports, 2 outlets`; empty for an event of a single article."""
    if event.articles == 1:
        return ""
    return f"{counted(event.articles, 'report')}, {counted(event.voices, 'outlet')}"


def range_text(dates: DateRange | None) -> str:
    """A range of days as precise as it is known; empty for none."""
    if dates is None:
        return ""
    first, last = dates.earliest, dates.latest
    if first is None or last is None:
        return f"from {first}" if first else f"by {last}" if last else ""
    if dates.precision is Precision.YEAR:
        return f"{first.year}"
    if dates.precision is Precision.MONTH and _whole_month(first, last):
        return f"{first:%Y-%m}"
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"


def _whole_month(first: date, last: date) -> bool:
    return (first.year, first.month) == (last.year, last.month)


def place_text(event: LinkedEvent) -> str:
    """`Geneva (CHE)`, a country's code, or nothing."""
    if event.place and event.country:
        return f"{event.place} ({event.country})"
    return event.place or event.country or ""


def _ids_in(value: FieldValue) -> list[str]:
    parts = value.value.split(",")
    return parts if all(part.startswith("actor-") for part in parts) else []
