"""Conditions → how many rows fit, from numbers that are kept or from the full-text index where those suffice."""

from sqlalchemy import Connection

from communique.store.filters import Filters, as_match, conditions
from communique.store.postings import EVERYTHING, REJECTED
from communique.store.walking import ARTICLES, CLAIMS, WITH_WORDS, Listed, Parameters, sql_text, tally, walks


def count(connection: Connection, listed: Listed, filters: Filters) -> int:
    """How many rows fit."""
    if (known := _tallied(connection, listed, filters)) is not None:
        return known
    if (known := _by_words(connection, listed, filters)) is not None:
        return known
    total = 0
    for walk in walks(connection, listed, filters, in_order=False):
        join = listed.join() if filters.min_confidence is not None else ""
        sql = (
            f"SELECT count(*) FROM (SELECT {'DISTINCT ' if walk.mixed else ''}p.day, p.ends, p.number, p.position "
            f"FROM {walk.source} {join} WHERE {' AND '.join(walk.where)})"
        )
        total += connection.execute(sql_text(sql), walk.parameters).scalar_one()
    return total


def _tallied(connection: Connection, listed: Listed, filters: Filters) -> int | None:
    """The number that is kept already, where one term is asked for and nothing else."""
    if filters.words is not None or _more_than_terms(listed, filters):
        return None
    asked = conditions(connection, listed.kind, filters)
    if asked is None:
        return 0
    only = asked.groups[0] if len(asked.groups) == 1 else ()
    return tally(connection, asked.kinds, only) if len(only) == 1 else None


def _by_words(connection: Connection, listed: Listed, filters: Filters) -> int | None:
    """The number of what belongs to the articles with certain words, where nothing else is asked for."""
    if filters.words is None or _more_than_terms(listed, filters) or not (listed.in_article or listed is ARTICLES):
        return None
    if filters.actors or filters.types or filters.statuses or filters.sources or filters.places:
        return None
    words: Parameters = {"words": as_match(filters.words)}
    if listed is ARTICLES:
        return _number(connection, "SELECT count(*) FROM article_words WHERE article_words MATCH :words", words)
    all_of_them = _number(
        connection, f"SELECT count(*) FROM {listed.table} WHERE {listed.number} IN {WITH_WORDS}", words
    )
    if not listed.rejectable or filters.rejected:
        return all_of_them
    # What people rejected is little: it is taken off again, so that only an index is read and not every row.
    rejected = (
        "SELECT count(*) FROM postings p JOIN terms e ON e.id = p.term AND e.text = :everything "
        f"WHERE p.kind = :kind AND p.number IN {WITH_WORDS}"
    )
    return all_of_them - _number(
        connection, rejected, {**words, "everything": EVERYTHING, "kind": listed.kind + REJECTED}
    )


def _more_than_terms(listed: Listed, filters: Filters) -> bool:
    """True when days, an article or certainty are asked for."""
    sure = filters.min_confidence is not None and listed is CLAIMS
    return sure or any(each is not None for each in (filters.since, filters.until, filters.article_id))


def _number(connection: Connection, sql: str, parameters: Parameters) -> int:
    return int(connection.execute(sql_text(sql), parameters).scalar_one())
