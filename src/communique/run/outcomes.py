"""One document → its outcome, and an outcome → the record. The same two steps whichever way a run goes.

Between them a shard may lie: an outcome that was made by a worker and kept as Parquet is stored exactly as one that was
made here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from communique.records import CodedArticle, Page, Problem, Run, Severity
from communique.run.pipeline import code_page, problem_of_error
from communique.run.settings import Settings
from communique.run.stages import Stages
from communique.store import Record, UnstorableError

Progress = Callable[[str], None]  # called with the source of each document when it is done
Report = Callable[[Problem], None]  # called with each problem as it is met


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A page that gave no article, and why."""

    page: Page
    problem: Problem


Outcome = CodedArticle | Failed | Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCounts:
    """`articles` were read (`new` of them changed the record, `uncoded` hold no coding); `failed` inputs gave none."""

    articles: int = 0
    new: int = 0
    uncoded: int = 0
    failed: int = 0
    warnings: int = 0
    claims: int = 0
    statements: int = 0
    interrupted: bool = False


def printable_source(document: Page | Problem) -> Page | Problem:
    """A file name that is no valid text keeps its odd bytes as \\udcNN, which can be stored and printed."""
    printable = document.source.encode("utf-8", "backslashreplace").decode("utf-8")
    return document if printable == document.source else replace(document, source=printable)


def code_document(document: Page | Problem, settings: Settings, stages: Stages) -> Outcome:
    """What comes of one document. Raises what `code_page` raises."""
    if isinstance(document, Problem):
        return document
    coded = code_page(document, settings, stages)
    return Failed(page=document, problem=coded) if isinstance(coded, Problem) else coded


def store_outcome(record: Record, outcome: Outcome, run: Run, counts: ReadCounts, report: Report) -> ReadCounts:
    """Stores the outcome and counts it; one that the record refuses becomes a Problem. Raises StorageError otherwise."""
    if isinstance(outcome, Problem):
        record.add_problem(outcome)
        report(outcome)
        if outcome.severity is Severity.WARNING:
            return replace(counts, warnings=counts.warnings + 1)
        return replace(counts, failed=counts.failed + 1)
    if isinstance(outcome, Failed):
        record.add_problem(outcome.problem, outcome.page)
        report(outcome.problem)
        return replace(counts, failed=counts.failed + 1)
    try:
        new = record.add(outcome, run)
    except UnstorableError as error:
        unstorable = problem_of_error("store", outcome.page.source, error)
        record.add_problem(unstorable)
        report(unstorable)
        return replace(counts, failed=counts.failed + 1)
    for problem in outcome.problems:
        report(problem)
    return replace(
        counts,
        articles=counts.articles + 1,
        new=counts.new + new,
        uncoded=counts.uncoded + bool(outcome.problems),
        claims=counts.claims + len(outcome.claims),
        statements=counts.statements + len(outcome.statements),
    )


def count_outcomes(outcomes: Sequence[Outcome]) -> ReadCounts:
    """What storing them into an empty record would count."""
    coded = [each for each in outcomes if isinstance(each, CodedArticle)]
    met = [each for each in outcomes if isinstance(each, Problem)]
    warnings = sum(each.severity is Severity.WARNING for each in met)
    return ReadCounts(
        articles=len(coded),
        new=len(coded),
        uncoded=sum(bool(each.problems) for each in coded),
        failed=sum(isinstance(each, Failed) for each in outcomes) + len(met) - warnings,
        warnings=warnings,
        claims=sum(len(each.claims) for each in coded),
        statements=sum(len(each.statements) for each in coded),
    )


def silently(problem: Problem) -> None:
    """Nobody asked to be told of problems while they are met; the record keeps them."""
