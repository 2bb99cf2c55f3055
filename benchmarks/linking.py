"""Linking of made articles with a known truth: seconds, growth with their number, memory, and how much of it is right.

    .venv/bin/python benchmarks/linking.py [--sizes 1000,10000,100000] [--json]
    .venv/bin/python benchmarks/linking.py --record FILE --sizes 100000   # in a record: link all, then ten new articles, one by one

Each size runs in a process of its own. The articles are made one after another while they are linked, which is not counted;
what is, is what `communique link` does with an article after it was read from the record. README.md says how to read it.
"""

import argparse
import json
import math
import multiprocessing
import resource
import sys
import time
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from made_reports import coded_article, made_articles

from communique.link.across_articles import Judged, group_reports
from communique.link.agreement import linked_event
from communique.link.copies import find_copies, fingerprint, voices_of_articles
from communique.link.reports import reports_of
from communique.records import Run
from communique.run import Settings
from communique.run.linking import link_record
from communique.store import Record

SIZES = (1_000, 10_000, 100_000)
TARGET = 1.15
LATE = 10  # articles that come when the others are linked
NOBODY = Judged()


def measure(size: int) -> dict[str, float]:
    """All figures of one size."""
    prints, reports, outlets = [], [], {}
    truth: dict[str, int] = {}
    originals: dict[str, str] = {}
    spent: dict[str, float] = dict.fromkeys(("copies", "events", "agreement"), 0.0)
    for made in made_articles(size):
        article = made.article
        truth.update((claim.id, event) for claim, event in zip(article.claims, made.events, strict=True))
        originals[article.id] = made.copy_of or article.id
        outlets[article.id] = article.outlet
        started = time.process_time()
        print_ = fingerprint(article.id, article.day, article.text)
        spent["copies"] += time.process_time() - started
        started = time.process_time()
        reports += reports_of(article)
        spent["events"] += time.process_time() - started
        if print_ is not None:
            prints.append(print_)
    started = time.process_time()
    copies = find_copies(prints)
    spent["copies"] += time.process_time() - started
    started = time.process_time()
    groups = group_reports(reports, NOBODY)
    spent["events"] += time.process_time() - started
    started = time.process_time()
    voices = voices_of_articles(outlets, copies)
    events = [linked_event(group, voices) for group in groups]
    spent["agreement"] += time.process_time() - started
    found = {claim: number for number, event in enumerate(events) for claim in event.claims}
    copied = {article: group.id for group in copies for article in group.articles}
    return {
        "articles": size,
        "claims": len(truth),
        "seconds": round(sum(spent.values()), 3),
        **{f"seconds_{part}": round(seconds, 3) for part, seconds in spent.items()},
        "events": len(events),
        "largest_event": max(len(event.claims) for event in events),
        "events_f1": pairwise(truth, found),
        "copies_f1": pairwise(originals, {article: copied.get(article, article) for article in originals}),
        "peak_mib": round(
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
        ),
    }


def measure_record(size: int, path: Path) -> dict[str, float]:
    """A record of so many articles: seconds of wall time to link all of them, and each of some that come later."""
    run = Run(id="run-made", version="made", codebook_hash="", model_hash="", settings="{}")
    late = list(islice(made_articles(size + LATE), size, None))
    with Record.open(path, create=True) as record:
        if record.count("articles") < size:
            for made in islice(made_articles(size), size):
                record.add(coded_article(made), run)
        started = time.perf_counter()
        counts = link_record(record, settings=Settings(), full=True)
        whole = time.perf_counter() - started
        seconds = []
        for made in late:
            record.add(coded_article(made), run)
            started = time.perf_counter()
            link_record(record, settings=Settings())
            seconds.append(time.perf_counter() - started)
    return {
        "articles": counts.articles,
        "seconds_all": round(whole, 1),
        "seconds_one_median": round(sorted(seconds)[len(seconds) // 2], 2),
        "seconds_one_worst": round(max(seconds), 2),
        "record_mib": round(path.stat().st_size / 2**20),
    }


def pairwise(right: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> float:
    """F1 over the pairs of things that are, and that were found to be, in one group."""
    both = pairs(Counter((right[each], found[each]) for each in right).values())
    wanted, told = pairs(Counter(right.values()).values()), pairs(Counter(found[each] for each in right).values())
    return round(2 * both / (wanted + told), 4) if wanted + told else 1.0


def pairs(sizes: Iterable[int]) -> int:
    """How many pairs groups of these sizes hold."""
    return sum(size * (size - 1) // 2 for size in sizes)


def growth(figures: Sequence[Mapping[str, float]]) -> float:
    """The exponent with which time grows between the smallest and the largest size."""
    first, last = figures[0], figures[-1]
    return math.log(last["seconds"] / first["seconds"]) / math.log(last["articles"] / first["articles"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when time grows faster than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of articles, rising")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--record", type=Path, metavar="FILE", help="a record to make (or go on with) and link")
    options = parser.parse_args(arguments)
    if options.record is not None:
        print(json.dumps(measure_record(max(map(int, options.sizes.split(","))), options.record)))
        return 0
    figures = []
    for size in map(int, options.sizes.split(",")):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            figures.append(pool.apply(measure, (size,)))
        if not options.json:
            show(figures[-1])
    exponent = growth(figures) if len(figures) > 1 else 1.0
    if options.json:
        print(json.dumps({"sizes": figures, "exponent": round(exponent, 3)}, indent=1))
    elif len(figures) > 1:
        told = "met" if exponent <= TARGET else "NOT met"
        print(f"growth exponent from the smallest to the largest: {exponent:.3f} (target: at most {TARGET}) {told}")
    return 0 if exponent <= TARGET else 1


def show(figures: Mapping[str, float]) -> None:
    """One size for people."""
    print(
        f"{figures['articles']:>8,} articles, {figures['claims']:,} claims: {figures['seconds']:.1f} s "
        f"(copies {figures['seconds_copies']:.1f}, events {figures['seconds_events']:.1f}, "
        f"agreement {figures['seconds_agreement']:.1f}); peak {figures['peak_mib']:,} MiB"
    )
    print(
        f"{'':>8} pairwise F1: events {figures['events_f1']:.3f}, copies {figures['copies_f1']:.3f}; "
        f"{figures['events']:,} events, the largest of {figures['largest_event']} claims",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
