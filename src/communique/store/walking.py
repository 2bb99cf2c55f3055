"""Conditions → the rows that fit, in timeline order, a page at a time, without sorting or counting through the record.

The rarest term is walked along the inverted index, the others are looked up for each row. The index keeps ranges of
different reach apart, so a page is merged from a few ordered walks; a cursor is the place of the last row that was given.
Timeline order: by first possible day, the narrower range first, undated last, then article and place in it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from itertools import islice
from typing import TypeAlias

from sqlalchemy import Connection, TextClause, text

from communique.records import StorageError
from communique.store.filters import Conditions, Filters, as_match, conditions
from communique.store.postings import NARROW_DAYS, Kind, Reach

Place: TypeAlias = tuple[int, int, int, int]  # day, ends, number, position
Row: TypeAlias = tuple[int, int, int, int, str]  # its place and its id
Parameters: TypeAlias = dict[str, int | float | str]

START: Place = (-1, -1, -1, -1)
MOST_WALKS = 12  # alternative terms that are walked one by one; the rows of more of them are sorted
FEW_ARTICLES = 300  # articles whose rows are looked at one by one
MOST_NUMBERS = (
    20_000  # article numbers that are handed to a query; more are looked up in the full-text index one by one
)
WITH_WORDS = "(SELECT rowid FROM article_words WHERE article_words MATCH :words)"


@dataclass(frozen=True, slots=True)
class Listed:
    """A kind of thing that can be listed: its table, the column that the index calls its number, and its articles.

    `members` and `owner` are the table of a derived record's members and its column for the record, `member` and
    `member_table` the member's id there and its own table; None for what belongs to one article.
    """

    kind: Kind
    table: str
    number: str = "article_number"
    in_article: bool = True
    rejectable: bool = False
    members: str | None = None
    owner: str = ""
    member: str = ""
    member_table: str = ""

    def join(self) -> str:
        """The join that finds the index's row `p` in the table, as `t`."""
        position = " AND t.position = p.position" if self.in_article else ""
        return f"CROSS JOIN {self.table} t ON t.{self.number} = p.number{position}"

    def rows_of(self, articles: str) -> str:
        """A query like the index for the rows of the articles whose numbers are in `articles`."""
        kind = f"{int(self.kind)} + 100 * r.rejected" if self.rejectable else f"{int(self.kind)}"
        position = "r.position" if self.in_article else "0"
        if self.members is None:
            of_these = f"r.{self.number} IN {articles}"
        else:
            of_these = (
                f"r.number IN (SELECT m.{self.owner} FROM {self.members} m JOIN {self.member_table} c "
                f"ON c.id = m.{self.member} WHERE c.article_number IN {articles})"
            )
        return (
            f"(SELECT {kind} AS kind, r.reach, r.day, r.ends, r.{self.number} AS number, {position} AS position "
            f"FROM {self.table} r WHERE {of_these}) p"
        )

    def of_article(self, holds: str) -> str:
        """The condition that `p` belongs to an article of which `holds` is true; its {} is the article's number."""
        if self.members is None:
            return holds.format("p.number")
        return (
            f"EXISTS (SELECT 1 FROM {self.members} m JOIN {self.member_table} c ON c.id = m.{self.member} "
            f"WHERE m.{self.owner} = p.number AND {holds.format('c.article_number')})"
        )


CLAIMS = Listed(Kind.CLAIM, "claims", rejectable=True)
STATEMENTS = Listed(Kind.STATEMENT, "statements")
POSITIONS = Listed(Kind.POSITION, "positions", rejectable=True)
MEETINGS = Listed(Kind.MEETING, "meetings", rejectable=True)
ARTICLES = Listed(Kind.ARTICLE, "articles", "number", in_article=False)
EVENTS = Listed(
    Kind.EVENT, "linked_events", "number", False, False, "linked_event_claims", "event_number", "claim_id", "claims"
)
LINKED_MEETINGS = Listed(
    Kind.LINKED_MEETING,
    "linked_meetings",
    "number",
    False,
    False,
    "linked_meeting_members",
    "linked_number",
    "meeting_id",
    "meetings",
)
LINES = Listed(Kind.LINE, "lines", "number", False, False, "line_positions", "line_number", "position_id", "positions")


@dataclass(frozen=True, slots=True)
class Walk:
    """One ordered way along the index, or (`mixed`) one that gives its rows in any order and some of them twice."""

    source: str
    where: tuple[str, ...]
    parameters: Parameters
    mixed: bool = False


def page(
    connection: Connection, listed: Listed, filters: Filters, after: Place = START, limit: int | None = None
) -> list[Row]:
    """The rows that fit behind that place, in timeline order, each once; at most `limit`."""
    place = dict(zip(("day", "ends", "number", "position"), after, strict=True))
    answers = []
    for walk in walks(connection, listed, filters):
        sql = (
            f"SELECT {'DISTINCT ' if walk.mixed else ''}p.day, p.ends, p.number, p.position, t.id "
            f"FROM {walk.source} {listed.join()} WHERE {' AND '.join(walk.where)} "
            "AND (p.day, p.ends, p.number, p.position) > (:day, :ends, :number, :position) "
            "ORDER BY p.day, p.ends, p.number, p.position LIMIT :most"
        )
        most = -1 if limit is None else limit
        found = connection.execute(sql_text(sql), {**walk.parameters, **place, "most": most})
        answers.append([(row[0], row[1], row[2], row[3], row[4]) for row in found])
    return list(islice(_once(merge(*answers)), limit))


def walks(connection: Connection, listed: Listed, filters: Filters, *, in_order: bool = True) -> Iterator[Walk]:
    """The walks that together give all rows that fit; no two of different kind or reach give the same row.

    With `in_order` False they need not be ordered, and are as few as possible.
    """
    asked = conditions(connection, listed.kind, filters)
    if asked is None:
        return
    chosen = _articles(connection, listed, filters, in_order=in_order)
    if chosen is None:
        return
    driver, *others = sorted(asked.groups, key=lambda group: tally(connection, asked.kinds, group))
    where, parameters = looked_up(others)
    confident: list[str] = []
    if filters.min_confidence is not None and listed is CLAIMS:
        confident = ["t.confidence >= :confidence"]
        parameters["confidence"] = filters.min_confidence
    where += [*chosen.where, *confident]
    parameters |= chosen.parameters
    if chosen.few is not None:
        known, terms = looked_up(asked.groups)
        these: Parameters = {"kinds": json.dumps(asked.kinds), "articles": chosen.few}
        source = listed.rows_of("(SELECT value FROM json_each(:articles))")
        of_kind = "p.kind IN (SELECT value FROM json_each(:kinds))"
        days, bounds = day_conditions(asked, None)
        yield Walk(source, (of_kind, *known, *days, *confident), {**parameters, **terms, **these, **bounds}, mixed=True)
        return
    one_by_one = in_order and len(driver) <= MOST_WALKS
    for kind in asked.kinds:
        for reach in Reach:
            if asked.dated and reach is Reach.UNDATED:
                continue
            days, bounds = day_conditions(asked, reach)
            held: Parameters = {**parameters, **bounds, "kind": kind, "reach": int(reach)}
            here = ("p.kind = :kind", "p.reach = :reach", *days, *where)
            if one_by_one or len(driver) == 1:
                for term in driver:
                    yield Walk("postings p", ("p.term = :term", *here), {**held, "term": term})
            else:
                among = "p.term IN (SELECT value FROM json_each(:terms))"
                yield Walk("postings p", (among, *here), {**held, "terms": json.dumps(driver)}, mixed=True)


def looked_up(
    groups: Iterable[tuple[int, ...]], row: str = "p", kind: str = "p.kind", number: str = "p.number"
) -> tuple[list[str], Parameters]:
    """Conditions that the index has one term of every group for the row, whose kind and number are told otherwise, if so."""
    where: list[str] = []
    parameters: Parameters = {}
    for place, group in enumerate(groups):
        parameters[f"group{place}"] = json.dumps(group)
        where.append(
            f"EXISTS (SELECT 1 FROM postings q WHERE q.kind = {kind} "
            f"AND q.term IN (SELECT value FROM json_each(:group{place})) AND q.reach = {row}.reach AND q.day = {row}.day "
            f"AND q.ends = {row}.ends AND q.number = {number} AND q.position = {row}.position)"
        )
    return where, parameters


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which articles are asked for: so few that their rows are looked through (`few`, as JSON), or a condition on `p`."""

    few: str | None
    where: list[str]
    parameters: Parameters


def _articles(connection: Connection, listed: Listed, filters: Filters, *, in_order: bool) -> Chosen | None:
    """The articles that the filters ask for; None when no article is like that.

    Whoever wants all rows (`in_order` False) has the full-text index asked once; for one page most rows are never met.
    """
    numbers: list[int] | None = None
    if filters.words is not None:
        numbers = matching_articles(connection, filters.words, (MOST_NUMBERS if in_order else FEW_ARTICLES) + 1)
    if filters.article_id is not None:
        found = connection.execute(
            sql_text("SELECT number FROM articles WHERE id = :id"), {"id": filters.article_id}
        ).scalar()
        own = [found] if found is not None and _holds_words(connection, filters.words, found) else []
        return Chosen(json.dumps(own), [], {}) if own else None
    if numbers is None:
        return Chosen(None, [], {})
    if not numbers:
        return None
    if len(numbers) <= FEW_ARTICLES:
        return Chosen(json.dumps(numbers), [], {})
    if not in_order:
        holds = listed.of_article(f"{{}} IN {WITH_WORDS}")
        return Chosen(None, [holds], {"words": as_match(filters.words or "")})
    if len(numbers) <= MOST_NUMBERS:
        holds = listed.of_article("{} IN (SELECT value FROM json_each(:articles))")
        return Chosen(None, [holds], {"articles": json.dumps(numbers)})
    holds = listed.of_article(
        "EXISTS (SELECT 1 FROM article_words w WHERE article_words MATCH :words AND w.rowid = {})"
    )
    return Chosen(None, [holds], {"words": as_match(filters.words or "")})


def matching_articles(connection: Connection, words: str, most: int = -1) -> list[int]:
    """The numbers of the articles that hold the words; at most so many."""
    sql = "SELECT rowid FROM article_words WHERE article_words MATCH :words LIMIT :most"
    return list(connection.execute(sql_text(sql), {"words": as_match(words), "most": most}).scalars())


def _holds_words(connection: Connection, words: str | None, number: int) -> bool:
    if words is None:
        return True
    sql = "SELECT 1 FROM article_words WHERE article_words MATCH :words AND rowid = :number"
    return connection.execute(sql_text(sql), {"words": as_match(words), "number": number}).first() is not None


def day_conditions(asked: Conditions, reach: Reach | None, row: str = "p") -> tuple[list[str], Parameters]:
    """The conditions that the days share one with those asked for; of one reach, so that the index bounds the walk."""
    where: list[str] = []
    bounds: Parameters = {}
    if reach is None and asked.dated:
        where.append(f"{row}.reach != {int(Reach.UNDATED)}")
    if asked.since is not None:
        bounds["since"] = asked.since
        where.append(f"{row}.ends >= :since")
        if reach is Reach.NARROW:
            where.append(f"{row}.day >= :since - {NARROW_DAYS}")
        if reach is Reach.OPEN_START:
            where.append(f"{row}.day >= :since")
    if asked.until is not None and reach is not Reach.OPEN_START:
        bounds["until"] = asked.until
        open_start = f" OR {row}.reach = {int(Reach.OPEN_START)}" if reach is None else ""
        where.append(f"({row}.day <= :until{open_start})")
    return where, bounds


def tally(connection: Connection, kinds: tuple[int, ...], terms: tuple[int, ...]) -> int:
    """How many postings the terms have together."""
    sql = (
        "SELECT coalesce(sum(number), 0) FROM tallies WHERE kind IN (SELECT value FROM json_each(:kinds)) "
        "AND term IN (SELECT value FROM json_each(:terms))"
    )
    return int(connection.execute(sql_text(sql), {"kinds": json.dumps(kinds), "terms": json.dumps(terms)}).scalar_one())


def _once(rows: Iterable[Row]) -> Iterator[Row]:
    last: Row | None = None
    for row in rows:
        if row != last:
            yield row
        last = row


def as_cursor(row: Row) -> str:
    """The place of a row, for the page after it."""
    return "-".join(f"{each:x}" for each in row[:4])


def of_cursor(cursor: str | None) -> Place:
    """The place that a cursor tells; the start for None. Raises StorageError for anything else."""
    if cursor is None:
        return START
    try:
        day, ends, number, position = (int(each, 16) for each in cursor.split("-"))
    except ValueError:
        raise not_a_cursor(cursor) from None
    if max(day, ends, number, position) >= 1 << 63:
        raise not_a_cursor(cursor)
    return day, ends, number, position


def not_a_cursor(cursor: str) -> StorageError:
    """What to say of a cursor that no page gave."""
    return StorageError(f"after: {cursor[:60]} is no place in a list; give what the page before gave as its next")


@lru_cache(maxsize=1000)
def sql_text(sql: str) -> TextClause:
    """The statement, understood once."""
    return text(sql)
