"""No answer depends on the order of the documents, on what was read before, on threads, or on who reads: with the real stages."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from dumping import dump

from communique.read import read_paths
from communique.records import Page
from communique.run import Settings, code_page, read_documents
from communique.run.many import Plan, read_many
from communique.store import Record
from communique.store.exchange import to_plain

ARTICLES = sorted(
    Path(__file__).parent.parent.joinpath("articles").glob("*/*/article.*"), key=lambda each: each.stat().st_size
)[2:5]
PRINT_ALL = """
import json, sys
import test_same_answers
print(json.dumps(test_same_answers.answers(test_same_answers.pages())))
"""


def pages() -> list[Page]:
    """Three short articles of our own."""
    found = read_paths([str(path) for path in ARTICLES], stdin=None)
    return [each for each in found if isinstance(each, Page)]


def answers(read: list[Page]) -> dict[str, str]:
    """Source → hash of everything that the program says about it."""
    plain = {page.source: json.dumps(to_plain(code_page(page, Settings())), sort_keys=True) for page in read}
    return {source: hashlib.sha256(each.encode()).hexdigest() for source, each in plain.items()}


@pytest.fixture(scope="module")
def first() -> dict[str, str]:
    """The answers of this process, asked in order."""
    return answers(pages())


def test_order_and_repetition_change_nothing(first: dict[str, str]) -> None:
    assert len(first) == len(ARTICLES)
    assert answers(pages()[::-1]) == first
    assert answers([pages()[2]] * 2 + pages()) == first


def test_threads_change_nothing(first: dict[str, str]) -> None:
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "RAYON_NUM_THREADS")
    here = Path(__file__).parent
    paths = [str(here), str(here.parent / "store"), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, **dict.fromkeys(names, "4"), "PYTHONPATH": os.pathsep.join(paths)}
    done = subprocess.run(
        [sys.executable, "-c", PRINT_ALL], capture_output=True, text=True, env=environment, check=True, timeout=120
    )
    assert json.loads(done.stdout) == first


def test_workers_change_nothing(tmp_path: Path) -> None:
    with Record.open(tmp_path / "plain.db", create=True) as record:
        read_documents(record, pages(), Settings())
        assert record.counts()["claims"] > len(ARTICLES)
    with Record.open(tmp_path / "many.db", create=True) as record:
        read_many(record, pages(), Settings(), Plan(workers=2, shard_documents=1))
    assert dump(tmp_path / "many.db") == dump(tmp_path / "plain.db")
