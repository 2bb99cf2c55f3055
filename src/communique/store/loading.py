"""An article id → everything that was stored of it, equal to what was put in."""

from sqlalchemy import Connection, Table, select

from communique.records import CodedArticle, Problem, StorageError
from communique.store import schema
from communique.store.mapping.cast import load_cast, mention_of, time_of
from communique.store.mapping.claims import load_claims, load_events, load_meetings
from communique.store.mapping.columns import rows_by_id
from communique.store.mapping.documents import load_articles, page_of, problem_of
from communique.store.mapping.speech import load_positions, load_statements


def load_coded(connection: Connection, article_id: str) -> CodedArticle:
    """The coded article. Raises StorageError when the record has none with this id."""
    article = load_articles(connection, [article_id]).get(article_id)
    if article is None:
        raise StorageError(f"{article_id}: no such article in the record; `communique articles` lists those it has")
    page = page_of(rows_by_id(connection, schema.pages, [article.page_id])[0])
    claims, statements = _ids(connection, schema.claims, article_id), _ids(connection, schema.statements, article_id)
    positions, meetings = _ids(connection, schema.positions, article_id), _ids(connection, schema.meetings, article_id)
    events = _ids(connection, schema.events, article_id)
    return CodedArticle(
        page=page,
        article=article,
        times=tuple(
            time_of(row)
            for row in rows_by_id(connection, schema.times, [article_id], "article_id")
            if row["position"] is not None
        ),
        actors=load_cast(connection, article_id),
        mentions=tuple(mention_of(row) for row in rows_by_id(connection, schema.mentions, [article_id], "article_id")),
        claims=tuple(map(load_claims(connection, claims).__getitem__, claims)),
        statements=tuple(map(load_statements(connection, statements).__getitem__, statements)),
        events=tuple(map(load_events(connection, events).__getitem__, events)),
        positions=tuple(map(load_positions(connection, positions).__getitem__, positions)),
        meetings=tuple(map(load_meetings(connection, meetings).__getitem__, meetings)),
        problems=_problems(connection, article_id),
    )


def _ids(connection: Connection, table: Table, article_id: str) -> list[str]:
    """The article's records of one kind, in their order."""
    query = select(table.c.id).where(table.c.article_id == article_id).order_by(table.c.position)
    return list(connection.execute(query).scalars())


def _problems(connection: Connection, article_id: str) -> tuple[Problem, ...]:
    own = schema.problems.c
    rows = connection.execute(select(schema.problems).where(own.article_id == article_id).order_by(own.number))
    return tuple(problem_of(row) for row in rows.mappings())
