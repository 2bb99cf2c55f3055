"""A big record, questions in; how long each answer takes: the timeline of one dyad above all.

    .venv/bin/python benchmarks/asking.py [RECORD] [--articles 100000] [--rounds 5] [--json]

RECORD is made by big_record.py if it is not there (some fifteen minutes for 100,000 articles), and kept for the next time.
The first answer is that of a process that has asked nothing yet; the best of the rounds is what a running server gives.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from big_record import make_record

from communique.store import Filters, Record

TARGET_S = 0.2  # the timeline of one dyad
PAGE = 100
DYAD = ("United States", "Russia")  # the two that are most often in the made news
RARE_DYAD = ("Chad", "Qatar")
MONTH = {"since": date(2022, 3, 1), "until": date(2022, 3, 31)}
QUESTIONS: dict[str, Callable[[Record], object]] = {
    "timeline of the busiest dyad, first page": lambda r: r.claims_slice(Filters(actors=DYAD, limit=PAGE)),
    "timeline of the busiest dyad, one month": lambda r: r.claims_slice(Filters(actors=DYAD, limit=PAGE, **MONTH)),  # type: ignore[arg-type]
    "timeline of a rare dyad, whole": lambda r: r.claims(Filters(actors=RARE_DYAD)),
    "linked events of the busiest dyad, first page": lambda r: r.events_slice(Filters(actors=DYAD, limit=PAGE)),
    "how many claims the busiest dyad has": lambda r: r.count("claims", Filters(actors=DYAD)),
    "claims of one country and type, first page": lambda r: r.claims_slice(
        Filters(actors=("Ukraine",), types=("REQUEST",), limit=PAGE)
    ),
    "claims in articles with two words, first page": lambda r: r.claims_slice(
        Filters(words="ceasefire Baku", limit=PAGE)
    ),
    "statements of one country, first page": lambda r: r.statements_slice(Filters(actors=("Iran",), limit=PAGE)),
    "meetings, first page": lambda r: r.meetings_slice(Filters(limit=PAGE)),
    "newest articles": lambda r: r.newest(20),
}


def seconds(step: Callable[[], object]) -> float:
    """Wall time of one call."""
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


def measure(path: Path, rounds: int) -> dict[str, Any]:
    """First and best answer for each question, and one as a command with the start of the program."""
    answers: dict[str, dict[str, float]] = {}
    with Record.open(path) as record:
        sizes = record.counts()
        for question, ask in QUESTIONS.items():
            times = [seconds(lambda ask=ask: ask(record)) for _ in range(rounds + 1)]  # type: ignore[misc]
            answers[question] = {"first_s": round(times[0], 4), "best_s": round(min(times[1:]), 4)}
        of_dyad = record.count("claims", Filters(actors=DYAD))
    arguments = ["--actor", DYAD[0], "--actor", DYAD[1], "--limit", str(PAGE), "--record", str(path)]
    command = [sys.executable, "-m", "communique.cli.main", "timeline", *arguments]
    whole = min(seconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True)) for _ in range(2))
    version = [sys.executable, "-m", "communique.cli.main", "--version"]
    start = min(seconds(lambda: subprocess.run(version, stdout=subprocess.DEVNULL, check=True)) for _ in range(2))
    return {
        "size": {kind: sizes[kind] for kind in ("articles", "claims", "statements", "linked_events")},
        "gigabytes": round(path.stat().st_size / 1e9, 2),
        "claims_of_the_busiest_dyad": of_dyad,
        "answers": answers,
        "command_s": round(whole, 3),
        "of_it_the_start_of_the_program_s": round(start, 3),
    }


def show(figures: dict[str, Any]) -> None:
    """The figures for people."""
    size = ", ".join(f"{number:,} {kind.replace('_', ' ')}" for kind, number in figures["size"].items())
    print(f"a record of {size}; {figures['gigabytes']} GB")
    print(f"{DYAD[0]} and {DYAD[1]} have {figures['claims_of_the_busiest_dyad']:,} claims; a page is {PAGE}\n")
    print(f"{'':<50}{'first, s':>10}{'best, s':>10}")
    for question, answer in figures["answers"].items():
        print(f"{question:<50}{answer['first_s']:>10.4f}{answer['best_s']:>10.4f}")
    start = figures["of_it_the_start_of_the_program_s"]
    print(
        f"{'as a command: communique timeline, first page':<50}{figures['command_s']:>10.3f}   (start of it: {start:.3f})"
    )
    worst = max(answer["best_s"] for question, answer in figures["answers"].items() if question.startswith("timeline"))
    print(
        f"\ntimeline of one dyad: {worst:.3f} s (target: under {TARGET_S}) {'met' if worst < TARGET_S else 'NOT met'}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", nargs="?", type=Path, default=Path("big.db"))
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    make_record(options.record, options.articles)
    figures = measure(options.record, max(1, options.rounds))
    if options.json:
        print(json.dumps(figures, indent=1))
    else:
        show(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
