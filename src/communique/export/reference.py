"""The tables of columns and the formats → docs/reference/exports.md, so that the page cannot say what the files do not hold.

`python -m communique.export.reference > docs/reference/exports.md` writes it anew; a test fails while it differs.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence

from communique.codebook.crosswalks import load_crosswalk
from communique.export import gdelt, polecat, words
from communique.export.formats import FORMATS
from communique.export.tables.catalogue import TABLES

HEAD = """# What the exports hold

*Made from the program by `python -m communique.export.reference`; how to use them: [how-to/exports.md](../how-to/exports.md).*

Offsets are code points of the article's cleaned text, which `communique export csv --kind articles` has in its column `text`: the
quotation is `text[start:end]`. Ids are those of the record; `communique explain ID` takes them.
"""
CSV = """Columns of CSV and Parquet. In CSV a list stands in one cell with `|` between its values (`\\|` and `\\\\` for the two
characters themselves), a day is `2022-01-10`, empty means unknown, and text that a spreadsheet would run as a formula has an
apostrophe before it. Parquet has lists, days (`date32`), numbers and null, and each column's description in its metadata.
"""
JSON_LINES = """The record's own fields under their own names, as `--json` and the API give them. Beside them: `event_id` and
`confidence` of a claim; `names` of the actor ids of an event, meeting or line; `disputed` of an event; `words`, the spans with
their quotations that the record stands on; `sources`, the articles that these are of and where they are to be found.
"""
POLECAT = """Several values stand in one cell with `;` between them, those of actors side by side. Tabs and line breaks inside
values are one space.
"""
GDELT = """No header; the order is GDELT 2.0's. The event table is FILE, the mention table `FILE.mentions.tsv`.
"""


def reference() -> str:
    """The page."""
    return "\n".join(line for part in _parts() for line in (part.rstrip(), "")).rstrip() + "\n"


def _parts() -> Iterator[str]:
    yield HEAD
    yield "## Formats"
    yield _table(
        ("format", "what it is", "kinds", "further files"),
        (
            (
                f"`{each.name}`",
                each.title + (f" (needs `pip install 'communique[{each.extra[1]}]'`)" if each.extra else ""),
                ", ".join(each.kinds),
                ", ".join(
                    [f"`FILE{end}`" for end in each.beside]
                    + [f"`FILE{end}` with `--extended`" for end in each.extended]
                ),
            )
            for each in FORMATS.values()
        ),
    )
    yield "## Tables"
    yield CSV
    for table in TABLES.values():
        yield f"### {table.kind}"
        yield f"{table.title}."
        yield _table(
            ("column", "type", "meaning"),
            ((f"`{column.name}`", column.type.value, column.description) for column in table.columns),
        )
    yield "## JSON lines"
    yield JSON_LINES
    yield "## POLECAT"
    yield POLECAT
    yield _table(("column", "what we write"), ((each.name, each.description) for each in polecat.COLUMNS))
    yield "## GDELT: events"
    yield GDELT
    yield _table(("column", "what we write"), ((each.name, each.description) for each in gdelt.EVENT_COLUMNS))
    yield "## GDELT: mentions"
    yield _table(("column", "what we write"), ((each.name, each.description) for each in gdelt.MENTION_COLUMNS))
    yield "### CAMEO root codes"
    yield "Approximate; the first row that fits counts. From `codebook/data/crosswalks/cameo.yaml`, which names its source."
    yield _table(
        ("type", "modes", "root", "why"),
        ((row.type, ", ".join(sorted(row.modes)) or "any", row.to, row.why) for row in load_crosswalk("cameo").rows),
    )
    yield "## The twin with the words"
    yield "`--extended` writes `FILE.words.csv` beside POLECAT and GDELT files: one row a report."
    yield _table(("column", "meaning"), ((f"`{each.name}`", each.description) for each in words.COLUMNS))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(reference())
