"""Events in sentences → accuracy of their places. One JSON object a line: `id`, `text`, `event` (start and end of the
trigger's characters), `place` (`name`, `country`, `lat`, `lon`; any but the name may be null) or null, optionally
`dateline` (where the report was written), `part` and `comment`.

Each text is annotated by itself, its places are found, and the event is located at its trigger. A null place is right when
none is found. What counts as the place: the most exact one that the words give the event; none for a dateline, for where
a speaker stands, for a capital that means a government, and for another event's place. 161 km are the hundred miles that
geoparsing papers measure by (Halterman, Mordecai 3, 2023).
"""

import json
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from communique.annotate import annotate
from communique.coding.locating import Locator
from communique.records import Annotated, Article, Block, BlockKind, Place, ReadingError, Span, make_id
from communique.resolve.places import find_places

NEAR_KM = 161.0
EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Right ones of those scored."""

    right: int
    n: int

    @property
    def share(self) -> float:
        """0 to 1; 0 when nothing was scored."""
        return self.right / self.n if self.n else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesScores:
    """`country`: over all events, the right country (or rightly none); `within`: over events with gold coordinates,
    located within 161 km; `null`: over events without a place, none found. `errors` has one line a wrong event.
    """

    country: Share
    within: Share
    null: Share
    errors: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Shares 0 to 1 with four digits, and what they are shares of."""
        return {
            "country": round(self.country.share, 4),
            "within_161km": round(self.within.share, 4),
            "n": self.country.n,
            "n_with_coordinates": self.within.n,
            "null_right": self.null.right,
            "n_null": self.null.n,
        }

    def table(self) -> list[tuple[str, ...]]:
        """Rows for a terminal."""
        rows: list[tuple[str, ...]] = [("measure", "share", "right", "n")]
        names = (("country", self.country), ("within 161 km", self.within), ("no place, none found", self.null))
        return rows + [(name, f"{each.share:.3f}", str(each.right), str(each.n)) for name, each in names]


def evaluate_places(path: Path, part: str | None = None) -> PlacesScores:
    """Scores one file, or only its lines of one `part`. Raises ReadingError when it cannot be read or a line lacks a key."""
    counts = {name: [0, 0] for name in ("country", "within", "null")}
    errors: list[str] = []
    for row in _rows(path):
        if part is not None and row.get("part") != part:
            continue
        found, gold = locate(row), row["place"]
        marks = {"country": _country_right(found, gold)}
        if gold is None:
            marks["null"] = found is None
        elif gold.get("lat") is not None:
            marks["within"] = found is not None and _is_near(found, gold)
        for name, right in marks.items():
            counts[name][0] += right
            counts[name][1] += 1
        if not all(marks.values()):
            errors.append(_line(row, found))
    shares = {name: Share(right=right, n=n) for name, (right, n) in counts.items()}
    return PlacesScores(**shares, errors=tuple(errors))


def locate(row: dict[str, Any]) -> Place | None:
    """The place that the program gives the event of one line."""
    text, (start, end) = row["text"], row["event"]
    dateline = row.get("dateline")
    head = f"{dateline}\n" if dateline and not text.startswith(dateline) else ""
    annotated = annotate(_as_article(head, text))
    tokens = annotated.tokens_in(annotated.article.span(len(head) + start, len(head) + end))
    if not tokens:
        return None
    return Locator(annotated, find_places(annotated)).of_event(_head(annotated, tokens), set())


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance of two points in degrees."""
    one, other = radians(latitude), radians(other_latitude)
    across = sin((other - one) / 2) ** 2 + cos(one) * cos(other) * sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(across)))


def _head(annotated: Annotated, tokens: range) -> int:
    """The token of the trigger that governs the others."""
    return next((n for n in tokens if annotated.tokens[n].head not in tokens), tokens[0])


def _country_right(found: Place | None, gold: dict[str, Any] | None) -> bool:
    if gold is None or found is None:
        return gold is None and found is None
    return found.country == gold.get("country")


def _is_near(found: Place, gold: dict[str, Any]) -> bool:
    if found.latitude is None or found.longitude is None:
        return False
    return distance_km(found.latitude, found.longitude, gold["lat"], gold["lon"]) <= NEAR_KM


def _line(row: dict[str, Any], found: Place | None) -> str:
    start, end = row["event"]
    text = f"{row['text'][:start]}[{row['text'][start:end]}]{row['text'][end:]}"
    gold = row["place"]
    expected = f"{gold['name']} ({gold.get('country') or 'no country'})" if gold else "none"
    answer = f"{found.name} ({found.country or 'no country'})" if found else "none"
    return f"{row['id']}: {answer}, expected {expected}: {text}"


def _as_article(head: str, text: str) -> Article:
    identity = make_id("article", head, text)
    blocks = [Block(span=Span(article_id=identity, start=len(head), end=len(head) + len(text)), kind=BlockKind.BODY)]
    if head:
        blocks.insert(0, Block(span=Span(article_id=identity, start=0, end=len(head) - 1), kind=BlockKind.BODY))
    return Article(
        id=identity,
        page_id=make_id("page", head, text),
        source="sentence",
        text=head + text,
        blocks=tuple(blocks),
        language="en",
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadingError(f"{path}: cannot be read ({error}); give JSON lines in UTF-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            start, end = row["event"]
            if not 0 <= start < end <= len(row["text"]):
                raise ValueError(f"event {start}-{end} is outside the text")
            if row["place"] is not None:
                row["place"]["name"]
        except (ValueError, KeyError, TypeError) as error:
            raise ReadingError(f"{path}, line {number}: {error!r}; needs id, text, event and place") from error
        rows.append(row)
    return rows
