"""Actor phrases → accuracy of country and sector. The file is tab separated with the header `phrase country sector`;
`?` means not stated (not scored), empty means that there is none.

Each phrase is annotated and resolved as a text of its own. The rows carry no date, so office holders are judged on a
reference day in the middle of the year in which such cases were collected.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from communique.annotate import annotate
from communique.records import (
    Actor,
    ActorKind,
    Annotated,
    Article,
    Block,
    BlockKind,
    Cast,
    Mention,
    PublicationDate,
    ReadingError,
    Span,
    make_id,
)
from communique.resolve.actors import find_cast

REFERENCE_DAY = date(2022, 6, 1)
CARRIER = "said so."  # the parser reads a subject better than words without a sentence
NOT_STATED = "?"
INTERNATIONAL = ("EUR", "UNO", "IGO")  # written in the country column for organizations of states, the narrowest first
COLUMNS = ("phrase", "country", "sector")


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Right answers of those scored."""

    right: int
    n: int

    @property
    def accuracy(self) -> float:
        """0 to 1; 0 when nothing was scored."""
        return self.right / self.n if self.n else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorsScores:
    """Exact country and exact primary sector; `errors` has one line a wrong phrase."""

    country: Accuracy
    sector: Accuracy
    errors: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """For each of `country` and `sector`: `accuracy` (0 to 1, four digits) and `n`, the rows scored."""
        return {
            name: {"accuracy": round(each.accuracy, 4), "n": each.n}
            for name, each in (("country", self.country), ("sector", self.sector))
        }

    def table(self) -> list[tuple[str, ...]]:
        """Rows for a terminal."""
        rows: list[tuple[str, ...]] = [("field", "accuracy", "right", "n")]
        for name, each in (("country", self.country), ("sector", self.sector)):
            rows.append((name, f"{each.accuracy:.3f}", str(each.right), str(each.n)))
        return rows


def evaluate_actors(path: Path) -> ActorsScores:
    """Scores one file. Raises ReadingError when it cannot be read or lacks a column."""
    right = {"country": 0, "sector": 0}
    scored = {"country": 0, "sector": 0}
    errors: list[str] = []
    for row in _rows(path):
        found = dict(zip(("country", "sector"), code_phrase(row["phrase"], REFERENCE_DAY), strict=True))
        for field in ("country", "sector"):
            if row[field] == NOT_STATED:
                continue
            scored[field] += 1
            if found[field] == row[field]:
                right[field] += 1
            else:
                errors.append(f"{row['phrase']!r}: {field} {found[field] or 'none'}, expected {row[field] or 'none'}")
    return ActorsScores(
        country=Accuracy(right["country"], scored["country"]),
        sector=Accuracy(right["sector"], scored["sector"]),
        errors=tuple(errors),
    )


def code_phrase(phrase: str, on: date | None) -> tuple[str, str]:
    """(country or top code, primary sector) of a noun phrase by itself; "" for none. `on` is the day for dated offices."""
    actor, mention = resolve_phrase(phrase, on)
    if actor is None or mention is None:
        return "", ""
    country = actor.country or next((code for code in INTERNATIONAL if code in actor.sectors), "")
    sector = actor.sectors[0] if actor.sectors else ""
    by_its_name = mention.reason in ("country name", "country adjective", "country people")
    if actor.kind is ActorKind.STATE and not sector and not by_its_name:
        sector = "GOV"  # named by its capital or officials, it is its government
    if sector in INTERNATIONAL:  # the top code stands in the country's place; officials under it govern
        official = "GOV" if actor.kind is ActorKind.PERSON else sector
        sector = next((code for code in actor.sectors if code not in INTERNATIONAL), official)
    return country, sector


def resolve_phrase(phrase: str, on: date | None) -> tuple[Actor | None, Mention | None]:
    """The actor of the phrase's head: the widest resolved mention, the first of equals."""
    article = _as_article(phrase, on)
    annotated = annotate(article)
    cast = find_cast(annotated)
    resolved = [mention for mention in cast.mentions if mention.actor_id is not None]
    best = max(resolved, key=lambda mention: _weight(annotated, cast, mention), default=None)
    return (cast.actor(best.actor_id) if best else None), best


def _weight(annotated: Annotated, cast: Cast, mention: Mention) -> tuple[int, int, int]:
    head = annotated.tokens[mention.head]
    return head.dep in ("nsubj", "nsubjpass", "ROOT"), mention.span.end - mention.span.start, -mention.span.start


def _as_article(phrase: str, on: date | None) -> Article:
    identity = make_id("article", phrase)
    phrase = f"{phrase} {CARRIER}"
    span = Span(article_id=identity, start=0, end=len(phrase))
    return Article(
        id=identity,
        page_id=make_id("page", phrase),
        source="phrase",
        text=phrase,
        blocks=(Block(span=span, kind=BlockKind.BODY),),
        language="en",
        published=PublicationDate(day=on, source="reference day") if on is not None else None,
    )


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
            if missing:
                raise ReadingError(f"{path}: no column {missing[0]!r}; the file needs phrase, country and sector")
            return [{column: row[column] or "" for column in COLUMNS} for row in reader]
    except (OSError, UnicodeDecodeError) as error:
        raise ReadingError(f"{path}: cannot be read ({error}); give a tab-separated file in UTF-8") from error
