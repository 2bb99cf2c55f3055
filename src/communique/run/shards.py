"""Documents → shards, and the one function that codes a shard: documents in, a Parquet file and its manifest line out.

The function is the same in this process, in a pool of processes and on a cluster. It may be stopped at any moment: the
file is there whole or not at all, and one that is there is not made again. Nothing in it depends on the shard's size,
its place in the run, or who else works.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.records import Page, Problem, Run, make_id
from communique.run.describing import describe_run
from communique.run.manifest import ShardLine
from communique.run.outcomes import Outcome, code_document, count_outcomes
from communique.run.settings import Settings
from communique.run.shard_files import line_of_file, shard_file, without_content, write_shard
from communique.run.stages import Stages, installed_stages
from communique.store.exchange import to_plain

SHARD_DOCUMENTS = 10
SHARD_BYTES = (
    8_000_000  # of content; a shard is cut before it grows beyond, so that huge pages do not pile up in memory
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Some documents of a run in their order, with the problems met beside them; `number` is its place in the run, from 0."""

    number: int
    documents: tuple[Page | Problem, ...]

    @property
    def pages(self) -> int:
        """How many of the documents are pages, which a worker is needed for."""
        return sum(isinstance(each, Page) for each in self.documents)

    def key(self, run: Run) -> str:
        """An id made of what decides the result: each document (content hash, and what was told of it), program, settings."""
        return make_id("shard", run.id, *map(_identity, self.documents))

    def halves(self) -> tuple["Shard", "Shard"]:
        """The shard cut in two; it must hold at least two documents."""
        middle = len(self.documents) // 2
        first, second = self.documents[:middle], self.documents[middle:]
        return Shard(number=self.number, documents=first), Shard(number=self.number, documents=second)


def _identity(document: Page | Problem) -> str:
    """All that is known of the document; the bytes of a page stand in it by their hash."""
    told = without_content(document) if isinstance(document, Page) else document
    return json.dumps(to_plain(told), sort_keys=True)


def cut_shards(documents: Iterable[Page | Problem], size: int = SHARD_DOCUMENTS) -> Iterator[Shard]:
    """Shards of at most `size` pages, in order, made while the documents stream by; only one is held at a time.

    A cut comes only before a page: a problem stays with the page that it was met after.
    """
    number, pages, content = 0, 0, 0
    waiting: list[Page | Problem] = []
    for document in documents:
        if isinstance(document, Page):
            if pages and (pages >= size or content + len(document.content) > SHARD_BYTES):
                yield Shard(number=number, documents=tuple(waiting))
                number, pages, content = number + 1, 0, 0
                waiting = []
            pages += 1
            content += len(document.content)
        waiting.append(document)
    if waiting:
        yield Shard(number=number, documents=tuple(waiting))


def code_shard(shard: Shard, settings: Settings, folder: Path, stages: Stages | None = None) -> ShardLine:
    """Codes the documents into `folder`/KEY.parquet and gives the line that describes the file; done before, only the line.

    Raises what is wrong with codebook, settings or parser, and StorageError when the file cannot be written.
    """
    steps = stages or installed_stages()
    run = describe_run(settings, steps)
    place = shard_file(folder, shard.key(run))
    done = line_of_file(place) if place.exists() else None
    if done is not None:
        return done
    outcomes = [code_document(document, settings, steps) for document in shard.documents]
    return keep_outcomes(shard, run, folder, outcomes)


def keep_outcomes(shard: Shard, run: Run, folder: Path, outcomes: Sequence[Outcome]) -> ShardLine:
    """Writes what came of the shard under its key, and gives the line. Raises StorageError when it cannot be written."""
    key = shard.key(run)
    place = shard_file(folder, key)
    counted = count_outcomes(outcomes)
    line = ShardLine(
        shard=key,
        number=shard.number,
        file=place.name,
        run=run,
        documents=shard.pages,
        articles=counted.articles,
        uncoded=counted.uncoded,
        failed=counted.failed,
        warnings=counted.warnings,
        claims=counted.claims,
        statements=counted.statements,
        first=shard.documents[0].source,
        last=shard.documents[-1].source,
    )
    write_shard(place, line, outcomes)
    return line
