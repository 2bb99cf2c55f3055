"""The tables of statements and positions: who said what, and where a party stands, a row each."""

from communique.export import gathering
from communique.export.gathering import Known
from communique.export.tables.column import INTEGER, TEXT, TEXTS, TRUTH, Column, Table
from communique.export.tables.parts import article_columns, one_role, role_columns, time_columns, words_columns
from communique.records import Article, Position, Span, Statement


def _article_of_statement(thing: Statement, known: Known) -> Article | None:
    return known.articles.get(thing.article_id)


def _article_of_position(thing: Position, known: Known) -> Article | None:
    return known.articles.get(thing.article_id)


def _whole(statement: Statement, _: Known) -> Span | None:
    """From the first word of the content to the last, with a cue that stands between."""
    if not statement.content:
        return None
    first, last = statement.content[0], statement.content[-1]
    return Span(article_id=first.article_id, start=first.start, end=max(last.end, first.end))


STATEMENTS: Table[Statement] = Table(
    kind="statements",
    title="Statements: who said what, in whose words",
    read=gathering.statements,
    columns=(
        Column("id", TEXT, "Id of the statement.", lambda said, _: said.id),
        Column("kind", TEXT, "direct (quoted words), indirect (paraphrase) or mixed.", lambda said, _: said.kind.value),
        Column(
            "act",
            TEXT,
            "assert, ask, demand, promise, threaten, deny, reject, accuse, praise or think.",
            lambda said, _: said.act.value,
        ),
        Column("negated", TRUTH, "True for what was not said (“did not say whether …”).", lambda said, _: said.negated),
        *role_columns("speaker", lambda said: one_role(said.speaker), "the speaker"),
        *words_columns("source_words", lambda said, _: said.source, "The words that name the speaker"),
        *role_columns("addressee", lambda said: one_role(said.addressee), "the one spoken to"),
        *role_columns(
            "reported_by", lambda said: one_role(said.reported_by), "the outer speaker, where one quotes another"
        ),
        *words_columns("cue", lambda said, _: said.cue, "The words that introduce it"),
        *words_columns("medium", lambda said, _: said.medium, "The words that name the medium"),
        *time_columns(lambda said: said.date),
        Column(
            "content",
            TEXTS,
            "What was said, in as many parts as the cue leaves.",
            lambda said, known: tuple(known.quote(each) or "" for each in said.content),
        ),
        Column(
            "content_offsets",
            TEXTS,
            "Where each part stands in the article's text, as `start-end`.",
            lambda said, _: tuple(f"{each.start}-{each.end}" for each in said.content),
        ),
        Column("parts", INTEGER, "How many parts there are.", lambda said, _: len(said.content)),
        *article_columns(_article_of_statement, "the article"),
        *words_columns("quotation", _whole, "The words from the content's first to its last"),
    ),
)

POSITIONS: Table[Position] = Table(
    kind="positions",
    title="Positions: where a party stands on an issue, in one article",
    read=gathering.positions,
    columns=(
        Column("id", TEXT, "Id of the position.", lambda position, _: position.id),
        Column("issue", TEXT, "The issue.", lambda position, _: position.issue),
        Column(
            "stance",
            TEXT,
            "demands, offers, supports, opposes, rejects or unanswered.",
            lambda position, _: position.stance.value,
        ),
        *role_columns("party", lambda position: one_role(position.party), "the party"),
        *role_columns("of", lambda position: position.of, "those at whom it is directed"),
        *role_columns("by", lambda position: one_role(position.by), "the person who voiced it"),
        *role_columns(
            "asserted_by",
            lambda position: one_role(position.asserted_by),
            "who reports it, where that is not the party",
        ),
        Column(
            "basis",
            TEXT,
            "Id of the claim, statement or article that it was read from.",
            lambda position, _: position.basis,
        ),
        *time_columns(lambda position: position.date),
        *article_columns(_article_of_position, "the article"),
        *words_columns("quotation", lambda position, _: position.content, "The words of the stance"),
    ),
)
