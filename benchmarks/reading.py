"""Made articles in; articles a second on one and on two processes, and the most memory held, by the number of articles.

    .venv/bin/python benchmarks/reading.py [--rate 300] [--memory 200,1000,4000] [--workers 2] [--json]

Each figure is of a process of its own that runs `communique read --no-link` into a fresh record. Wall time, since that is what
more processes are for: run it on a machine that does nothing else. README.md says how to read what is printed.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from made_world import made_articles

FLAT = 1.15  # the most memory of the largest number, by that of the smallest, counts as flat up to here


def write_pages(folder: Path, number: int) -> int:
    """So many made articles as JSON lines, which are streamed; the number of bytes."""
    with (folder / f"{number}.jsonl").open("w", encoding="utf-8") as file:
        for made in made_articles(number, seed=7):
            title, _, text = made.text.partition("\n\n")
            row = {"title": title, "text": text, "date": made.day.isoformat(), "source": made.outlet}
            file.write(json.dumps(row) + "\n")
    return (folder / f"{number}.jsonl").stat().st_size


def measured_read(folder: Path, number: int, workers: int) -> dict[str, float]:
    """One run: wall seconds, and the most memory of the program and of its largest worker, in MiB."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        record = Path(place) / "r.db"
        arguments = [str(folder / f"{number}.jsonl"), "--record", str(record), "--workers", str(workers)]
        script = Path(__file__).resolve()
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, str(script), "--child", *arguments], capture_output=True, text=True, check=True
        )
        wall = time.perf_counter() - started
    own, largest = json.loads(done.stdout.splitlines()[-1])
    return {"seconds": round(wall, 2), "program_mib": own, "largest_worker_mib": largest}


def child(arguments: Sequence[str]) -> int:
    """Runs the command in this process and tells its memory and that of its workers, as the last line."""
    from communique.cli.main import run

    code = run(["read", *arguments, "--no-link"])
    unit = 2**20 if sys.platform == "darwin" else 2**10
    peaks = [resource.getrusage(who).ru_maxrss // unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps(peaks))
    return code


def measure(rate: int, memory: Sequence[int], workers: int) -> dict[str, Any]:
    """All figures. The start of the program (two to four seconds a process) is part of the wall time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = {number: write_pages(folder, number) for number in {rate, *memory}}
        one, several = measured_read(folder, rate, 1), measured_read(folder, rate, workers)
        by_number = {number: measured_read(folder, number, 1) for number in memory}
    peaks = [figures["program_mib"] for figures in by_number.values()]
    return {
        "cores": os.cpu_count(),
        "rate": {"articles": rate, "bytes": sizes[rate], "workers": workers, "one": one, "several": several},
        "articles_per_second": {"one": round(rate / one["seconds"], 2), "several": round(rate / several["seconds"], 2)},
        "ratio": round(one["seconds"] / several["seconds"], 2),
        "memory": {str(number): figures for number, figures in by_number.items()},
        "growth": round(peaks[-1] / peaks[0], 3) if peaks else None,
    }


def show(figures: dict[str, Any]) -> None:
    """The figures for people."""
    rate = figures["rate"]
    print(f"{rate['articles']:,} made articles, {rate['bytes']:,} bytes of JSON lines; {figures['cores']} cores\n")
    print(f"{'':<24}{'seconds':>9}{'articles/s':>12}{'program MiB':>13}{'a worker MiB':>14}")
    for name, told in (("one", "one process"), ("several", f"{rate['workers']} workers")):
        run, speed = rate[name], figures["articles_per_second"][name]
        print(
            f"{told:<24}{run['seconds']:>9.1f}{speed:>12.2f}{run['program_mib']:>13,}{run['largest_worker_mib']:>14,}"
        )
    print(f"{rate['workers']} workers / one process = {figures['ratio']:.2f}\n")
    for number, run in figures["memory"].items():
        print(f"{int(number):>8,} articles: at most {run['program_mib']:,} MiB in one process, {run['seconds']:.0f} s")
    if figures["growth"] is not None:
        flat = "flat" if figures["growth"] <= FLAT else "NOT flat"
        print(f"most of all by least of all: {figures['growth']:.2f} ({flat}: at most {FLAT})")


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--child"]:
        return child(given[1:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=int, default=300, help="articles for the rate")
    parser.add_argument("--memory", default="200,1000,4000", help="numbers of articles for the memory")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(given)
    figures = measure(options.rate, [int(each) for each in options.memory.split(",") if each], options.workers)
    if options.json:
        print(json.dumps(figures, indent=1))
    else:
        show(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
