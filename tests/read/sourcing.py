"""What the tests of sources share: an article of our own, and reading with what came of it."""

import io
from pathlib import Path

from communique.read import ReadOptions, read_paths
from communique.records import Page, Problem, Severity

TEXT = "The ministers of Norland and Suria met in Oslo on Monday. They agreed to reopen the border crossing at Vik."


def read(*paths: object, stdin: bytes | None = None, **settled: object) -> list[Page | Problem]:
    """Everything that reading gives; keywords are those of ReadOptions."""
    stream = io.BytesIO(stdin) if stdin is not None else None
    options = ReadOptions(**settled)  # type: ignore[arg-type]
    return list(read_paths([str(path) for path in paths], stdin=stream, options=options))


def pages(found: list[Page | Problem]) -> list[Page]:
    """The pages alone."""
    return [each for each in found if isinstance(each, Page)]


def problems(found: list[Page | Problem], severity: Severity = Severity.ERROR) -> list[Problem]:
    """The problems of one severity; each is two readable lines."""
    those = [each for each in found if isinstance(each, Problem) and each.severity is severity]
    assert all(each.reason and each.remedy and "\n" not in each.reason + each.remedy for each in those)
    return those


def text(page: Page) -> str:
    """The page's content as text."""
    return page.content.decode()


def write(path: Path, content: str | bytes) -> Path:
    """Writes and hands on the path."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
