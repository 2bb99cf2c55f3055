"""All tables by their kind: the one place from which files, their schemas and their documentation are made."""

from communique.export.tables.cast import ACTORS, ARTICLES
from communique.export.tables.claims import CLAIMS
from communique.export.tables.column import AnyTable
from communique.export.tables.events import EVENTS, LINES, MEETINGS
from communique.export.tables.speech import POSITIONS, STATEMENTS

TABLES: dict[str, AnyTable] = {
    table.kind: table for table in (CLAIMS, EVENTS, STATEMENTS, POSITIONS, MEETINGS, LINES, ACTORS, ARTICLES)
}
