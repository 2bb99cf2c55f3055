"""The tables of what linking derives from all articles: events, meetings and lines, a row each."""

from collections.abc import Iterator

from communique.codebook.event_types import load_event_types
from communique.export import gathering
from communique.export.gathering import Known
from communique.export.scores import score_of
from communique.export.tables.column import DAY, INTEGER, REAL, TEXT, TEXTS, TRUTH, Column, Table
from communique.export.tables.parts import article_columns, name_columns, range_columns, words_columns
from communique.records import Article, Claim, Line, LinkedEvent, LinkedMeeting, Meeting, Position, Span


def plover_type_of(event: LinkedEvent, known: Known) -> str:
    """The PLOVER type of an event: that under which its claims' type stands."""
    return next((claim.plover_type for claim in members(event, known) if claim.type == event.type), event.type)


def members(event: LinkedEvent, known: Known) -> Iterator[Claim]:
    """The claims of an event that are known, in its order."""
    return (known.claims[each] for each in event.claims if each in known.claims)


def _first(event: LinkedEvent, known: Known) -> Claim | None:
    return next(members(event, known), None)


def _article(event: LinkedEvent, known: Known) -> Article | None:
    first = _first(event, known)
    return known.articles.get(first.article_id) if first else None


def _quotation(event: LinkedEvent, known: Known) -> Span | None:
    first = _first(event, known)
    return (first.evidence[0] if first.evidence else first.trigger) if first else None


def _scored(event: LinkedEvent, known: Known) -> float | None:
    return score_of(plover_type_of(event, known), event.modes)


EVENTS: Table[LinkedEvent] = Table(
    kind="events",
    title="Events: claims of all articles that report the same happening, in timeline order",
    read=gathering.events,
    columns=(
        Column("id", TEXT, "Id of the event.", lambda event, _: event.id),
        Column("type", TEXT, "Event type of PLOVER 2.0, or of your own codebook.", lambda event, _: event.type),
        Column("plover_type", TEXT, "The PLOVER type that it stands under.", plover_type_of),
        Column("modes", TEXTS, "Modes of the type.", lambda event, _: event.modes),
        Column(
            "status",
            TEXT,
            "Whether it took place, as most voices have it; the values are those of claims.",
            lambda event, _: event.status.value,
        ),
        Column(
            "meeting_type",
            TEXT,
            "What an announced event will be (CONSULT for a meeting).",
            lambda event, _: event.meeting_type,
        ),
        Column(
            "quad",
            INTEGER,
            "Quad class, 1 to 4, as for claims.",
            lambda event, known: load_event_types().quad(plover_type_of(event, known)),
        ),
        Column("score", REAL, "Goldstein-like score, as for claims.", _scored),
        *name_columns("actors", lambda event: event.actors, "the sides that act, the best supported first"),
        *name_columns("recipients", lambda event: event.recipients, "the sides to whom it is done or said"),
        *range_columns(lambda event: event.dates),
        Column("place", TEXT, "Name of the place.", lambda event, _: event.place),
        Column("country", TEXT, "Country of the place (ISO 3166-1 alpha-3).", lambda event, _: event.country),
        Column("articles", INTEGER, "How many articles report it.", lambda event, _: event.articles),
        Column(
            "voices", INTEGER, "How many independent outlets that is; copies count once.", lambda event, _: event.voices
        ),
        Column("disputed", TEXTS, "Fields about which the reports differ.", lambda event, _: event.disputed),
        Column(
            "claim_ids", TEXTS, "Ids of the claims that report it, by publication day.", lambda event, _: event.claims
        ),
        *article_columns(_article, "the first article that reports it"),
        *words_columns("quotation", _quotation, "The clause of the first report"),
    ),
)


def _last_moved(meeting: LinkedMeeting, known: Known) -> Claim | None:
    return known.claims.get(meeting.moves[-1].claim_id) if meeting.moves else None


def _announced(meeting: LinkedMeeting, known: Known) -> Meeting | None:
    return next((known.meetings[each] for each in meeting.meetings if each in known.meetings), None)


def _meeting_words(meeting: LinkedMeeting, known: Known) -> Span | None:
    moved, announced = _last_moved(meeting, known), _announced(meeting, known)
    if moved is not None:
        return moved.evidence[0] if moved.evidence else moved.trigger
    return announced.evidence[0] if announced and announced.evidence else None


def _meeting_article(meeting: LinkedMeeting, known: Known) -> Article | None:
    span = _meeting_words(meeting, known)
    return known.article(span) if span else None


MEETINGS: Table[LinkedMeeting] = Table(
    kind="meetings",
    title="Meetings: each announced meeting over all articles, in timeline order",
    read=gathering.meetings,
    columns=(
        Column("id", TEXT, "Id of the meeting.", lambda meeting, _: meeting.id),
        Column(
            "status",
            TEXT,
            "announced, confirmed, postponed, cancelled or held.",
            lambda meeting, _: meeting.status.value,
        ),
        Column("format", TEXT, "Its form: visit, phone, council …", lambda meeting, _: meeting.format),
        *name_columns("parties", lambda meeting: meeting.parties, "the sides that meet"),
        *range_columns(lambda meeting: meeting.dates),
        Column("place", TEXT, "Name of the place.", lambda meeting, _: meeting.place),
        Column("country", TEXT, "Country of the place (ISO 3166-1 alpha-3).", lambda meeting, _: meeting.country),
        Column(
            "moves",
            TEXTS,
            "The statuses that it went through, oldest first.",
            lambda meeting, _: tuple(each.status.value for each in meeting.moves),
        ),
        Column(
            "move_days",
            TEXTS,
            "The days on which each was said, beside `moves`; empty where unknown.",
            lambda meeting, _: tuple(each.day.isoformat() if each.day else "" for each in meeting.moves),
        ),
        Column("articles", INTEGER, "How many articles tell of it.", lambda meeting, _: meeting.articles),
        Column(
            "voices",
            INTEGER,
            "How many independent outlets that is; copies count once.",
            lambda meeting, _: meeting.voices,
        ),
        *article_columns(_meeting_article, "the article that moved it last"),
        *words_columns("quotation", _meeting_words, "The clause that moved it last"),
    ),
)


def _last_position(line: Line, known: Known) -> Position | None:
    """The position behind the stance that holds now: of the latest dated entry, of the last where none is dated."""
    dated = [entry for entry in line.entries if entry.day] or list(line.entries)
    return (
        next((known.positions[each] for each in dated[-1].positions if each in known.positions), None)
        if dated
        else None
    )


def _line_words(line: Line, known: Known) -> Span | None:
    position = _last_position(line, known)
    return position.content if position else None


def _line_article(line: Line, known: Known) -> Article | None:
    position = _last_position(line, known)
    return known.articles.get(position.article_id) if position else None


LINES: Table[Line] = Table(
    kind="lines",
    title="Lines: one party's stances on one issue over time",
    read=gathering.lines,
    columns=(
        Column("id", TEXT, "Id of the line.", lambda line, _: line.id),
        Column("issue", TEXT, "The issue.", lambda line, _: line.issue),
        Column("party", TEXT, "The party.", lambda line, known: known.name(line.party)),
        Column("party_id", TEXT, "Id of the actor that stands for it.", lambda line, _: line.party),
        Column(
            "stance_now",
            TEXT,
            "demands, offers, supports, opposes, rejects or unanswered, as it stands last.",
            lambda line, _: line.now.value,
        ),
        Column(
            "stances",
            TEXTS,
            "All its stances, oldest first.",
            lambda line, _: tuple(each.stance.value for each in line.entries),
        ),
        Column(
            "days",
            TEXTS,
            "Their days, beside `stances`; empty where unknown.",
            lambda line, _: tuple(each.day.isoformat() if each.day else "" for each in line.entries),
        ),
        Column(
            "first_day",
            DAY,
            "Day of the oldest dated stance.",
            lambda line, _: min((each.day for each in line.entries if each.day), default=None),
        ),
        Column(
            "last_day",
            DAY,
            "Day of the latest dated stance.",
            lambda line, _: max((each.day for each in line.entries if each.day), default=None),
        ),
        Column(
            "changed",
            TRUTH,
            "True where it ever turned its direction.",
            lambda line, _: any(each.changed for each in line.entries),
        ),
        Column(
            "owed",
            TRUTH,
            "True where a question to it stands unanswered.",
            lambda line, _: any(each.owed for each in line.entries),
        ),
        Column(
            "position_ids",
            TEXTS,
            "Ids of the positions that it is made of.",
            lambda line, _: tuple(each for entry in line.entries for each in entry.positions),
        ),
        *article_columns(_line_article, "the article that tells the stance it has now"),
        *words_columns("quotation", _line_words, "The words of the stance it has now"),
    ),
)
