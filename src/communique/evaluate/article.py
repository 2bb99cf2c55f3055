"""`communique evaluate article DIR`: one annotated article, coded anew and compared with what a careful reader took from it.

In: a folder with `article.txt` or `article.html` and `expected.yaml`. Out: for each section found, expected and wrong,
the broken `never` entries, the claims nobody expected, and every miss with its words. The rules of agreement are those of
the modules `matching_text`, `matching_events`, `matching_speech` and `casting`.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from communique.evaluate.casting import Casting
from communique.evaluate.expected import Expected, article_file, load_expected
from communique.evaluate.locating import Locator
from communique.evaluate.matching_events import score_events
from communique.evaluate.matching_speech import score_meetings, score_positions, score_statements
from communique.evaluate.matching_text import score_actors, score_fragments, score_furniture, score_times
from communique.evaluate.section import SectionScore
from communique.read import read_paths
from communique.records import CodedArticle, Problem, ReadingError
from communique.run.pipeline import Settings, code_page

Coder = Callable[[Path], CodedArticle]
SECTIONS = ("furniture", "fragments", "times", "actors", "events", "statements", "positions", "meetings")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleScores:
    """`linked` are the second mentions among `events`; `never` and `unmatched` have one line an entry or claim."""

    furniture: SectionScore
    fragments: SectionScore
    times: SectionScore
    actors: SectionScore
    events: SectionScore
    linked: SectionScore
    statements: SectionScore
    positions: SectionScore
    meetings: SectionScore
    never: tuple[str, ...]
    unmatched: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Per section `found`, `expected`, `wrong`, and the counts `never` and `unmatched_claims`."""
        sections: dict[str, Any] = {name: getattr(self, name).as_json() for name in SECTIONS}
        return sections | {"never": len(self.never), "unmatched_claims": len(self.unmatched)}

    @property
    def errors(self) -> tuple[str, ...]:
        """Every miss, every wrong record, every broken `never` and every unmatched claim, with its words."""
        lines = [line for name in SECTIONS for line in getattr(self, name).errors]
        return (*lines, *self.never, *self.unmatched, *self.notes)

    def table(self) -> list[tuple[str, ...]]:
        """Rows for a terminal, the header first."""
        rows: list[tuple[str, ...]] = [("section", "found", "expected", "wrong")]
        for field in fields(self):
            score = getattr(self, field.name)
            if isinstance(score, SectionScore):
                rows.append((field.name, str(score.found), str(score.expected), str(score.wrong)))
        rows += [("never", "", "", str(len(self.never))), ("unmatched claims", str(len(self.unmatched)), "", "")]
        return rows


def evaluate_article(folder: Path, code: Coder | None = None) -> ArticleScores:
    """Codes the article of an annotated folder (`code`: the whole pipeline, unless given) and compares. Raises ReadingError."""
    expected = load_expected(folder)
    return compare(expected, (code or code_file)(article_file(folder, expected)))


def compare(expected: Expected, coded: CodedArticle) -> ArticleScores:
    """The scores of one coded article."""
    locator = Locator(coded.article)
    casting = Casting(expected, coded, locator)
    events = score_events(expected, coded, casting, locator)
    return ArticleScores(
        furniture=score_furniture(expected, coded, locator),
        fragments=score_fragments(expected, coded, locator),
        times=score_times(expected, coded, locator),
        actors=score_actors(expected, casting),
        events=events.events,
        linked=events.linked,
        statements=score_statements(expected, coded, casting, locator),
        positions=score_positions(expected, coded, casting, locator),
        meetings=score_meetings(expected, coded, casting, locator),
        never=events.never,
        unmatched=events.unmatched,
        notes=(
            *(f"{each.stage}: {each.reason}; {each.remedy}" for each in coded.problems),
            *_publication(expected, coded),
        ),
    )


def code_file(path: Path) -> CodedArticle:
    """One file through the pipeline with its ordinary settings. Raises ReadingError with the reason when it gives no article."""
    for page in read_paths([str(path)], stdin=None):
        coded = page if isinstance(page, Problem) else code_page(page, Settings())
        if isinstance(coded, Problem):
            raise ReadingError(f"{coded.source}: {coded.reason}; {coded.remedy}")
        return coded
    raise ReadingError(f"{path}: nothing could be read; check the file")


def _publication(expected: Expected, coded: CodedArticle) -> tuple[str, ...]:
    """The publication date is not a section of its own: a difference is only told."""
    wanted, found = expected.article.published, coded.article.published
    got = found.day.isoformat() if found else None
    return () if wanted == got else (f"publication date {got} instead of {wanted} (not counted)",)
