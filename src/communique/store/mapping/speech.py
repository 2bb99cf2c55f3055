"""Statements and positions ↔ rows."""

from collections.abc import Sequence

from sqlalchemy import Connection

from communique.records import Article, Position, Role, SpeechAct, Stance, Statement, StatementKind
from communique.store import schema
from communique.store.mapping.cast import load_times
from communique.store.mapping.columns import (
    Rows,
    optional_span_of,
    part_rows,
    parts_by_owner,
    role_of,
    role_rows,
    roles_of,
    rows_by_id,
    span_of,
    span_row,
)


def statement_rows(article: Article, statements: Sequence[Statement]) -> Rows:
    """The statements in order, with their content and roles."""
    rows: Rows = {schema.statements: [], schema.statement_content: [], schema.statement_roles: []}
    for position, statement in enumerate(statements):
        rows[schema.statements].append(
            {
                "id": statement.id,
                "article_id": article.id,
                "position": position,
                "kind": statement.kind.value,
                "act": statement.act.value,
                "negated": statement.negated,
                "time_id": statement.date.id if statement.date else None,
                "rule": statement.rule,
            }
            | span_row(article, statement.source, "source")
            | span_row(article, statement.cue, "cue")
            | span_row(article, statement.medium, "medium")
        )
        roles: dict[str, Sequence[Role | None]] = {
            "speaker": (statement.speaker,),
            "addressee": (statement.addressee,),
            "reported_by": (statement.reported_by,),
        }
        rows[schema.statement_roles] += role_rows(article, "statement", statement.id, roles)
        rows[schema.statement_content] += part_rows(article, "statement", statement.id, statement.content)
    return rows


def load_statements(connection: Connection, ids: Sequence[str]) -> dict[str, Statement]:
    """Statements by id; unknown ids are left out."""
    rows = rows_by_id(connection, schema.statements, ids)
    content = parts_by_owner(connection, schema.statement_content, "statement", ids)
    roles = parts_by_owner(connection, schema.statement_roles, "statement", ids)
    times = load_times(connection, [row["time_id"] for row in rows])
    return {
        row["id"]: Statement(
            id=row["id"],
            article_id=(article := row["article_id"]),
            kind=StatementKind(row["kind"]),
            act=SpeechAct(row["act"]),
            content=tuple(span_of(part, article) for part in content[row["id"]]),
            source=optional_span_of(row, article, "source"),
            speaker=role_of(roles[row["id"]], "speaker", article),
            cue=optional_span_of(row, article, "cue"),
            addressee=role_of(roles[row["id"]], "addressee", article),
            medium=optional_span_of(row, article, "medium"),
            reported_by=role_of(roles[row["id"]], "reported_by", article),
            negated=row["negated"],
            date=times.get(row["time_id"]),
            rule=row["rule"],
        )
        for row in rows
    }


def position_rows(article: Article, positions: Sequence[Position]) -> Rows:
    """The positions in order, with their roles."""
    rows: Rows = {schema.positions: [], schema.position_roles: []}
    for number, position in enumerate(positions):
        rows[schema.positions].append(
            {
                "id": position.id,
                "article_id": article.id,
                "position": number,
                "issue": position.issue,
                "stance": position.stance.value,
                "basis": position.basis,
                "time_id": position.date.id if position.date else None,
            }
            | span_row(article, position.content, "content")
        )
        roles: dict[str, Sequence[Role | None]] = {
            "party": (position.party,),
            "of": position.of,
            "by": (position.by,),
            "asserted_by": (position.asserted_by,),
        }
        rows[schema.position_roles] += role_rows(article, "position", position.id, roles)
    return rows


def load_positions(connection: Connection, ids: Sequence[str]) -> dict[str, Position]:
    """Positions by id; unknown ids are left out."""
    rows = rows_by_id(connection, schema.positions, ids)
    roles = parts_by_owner(connection, schema.position_roles, "position", ids)
    times = load_times(connection, [row["time_id"] for row in rows])
    return {
        row["id"]: Position(
            id=row["id"],
            article_id=(article := row["article_id"]),
            issue=row["issue"],
            party=roles_of(roles[row["id"]], "party", article)[0],
            stance=Stance(row["stance"]),
            content=span_of(row, article, "content"),
            basis=row["basis"],
            of=roles_of(roles[row["id"]], "of", article),
            by=role_of(roles[row["id"]], "by", article),
            asserted_by=role_of(roles[row["id"]], "asserted_by", article),
            date=times.get(row["time_id"]),
        )
        for row in rows
    }
