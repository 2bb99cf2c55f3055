"""No bytes, whatever they pretend to be, raise an error; each input gives a page or a problem."""

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sourcing import TEXT, read
from test_archives import PACKED, PLAIN

from communique.records import Page, Problem

FEEDS = Path(__file__).parent / "feeds"


def parquet() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT] * 20, "date": ["2022-01-11"] * 20}), file)
    return file.getvalue()


SEEDS = {
    "rss": (FEEDS / "whole.rss").read_bytes(),
    "atom": (FEEDS / "entries.atom").read_bytes(),
    "json feed": (FEEDS / "feed.json").read_bytes(),
    "json lines": b"".join(json.dumps({"text": TEXT, "date": n}).encode() + b"\n" for n in range(5)),
    "json": json.dumps([{"text": TEXT, "source": {"name": [1, {}]}}, 1, None]).encode(),
    "table": f'date,text\n2022-01-11,"{TEXT}"\n'.encode() * 3,
    "warc": PLAIN[:2_000],
    "warc.gz": PACKED[:2_000],
    "parquet": parquet(),
    "packed": gzip.compress(json.dumps({"text": TEXT}).encode() * 3),
}


@pytest.mark.parametrize("seed", SEEDS)
@settings(max_examples=60)
@given(edits=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=12), st.integers(0, 12)), max_size=6))
def test_damage_of_any_kind(
    seed: str, edits: list[tuple[float, bytes, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = SEEDS[seed]
    for place, put_in, taken_out in edits:
        at = int(place * len(content))
        content = content[:at] + put_in + content[at + taken_out :]
    name = {"table": "a.csv", "parquet": "a.parquet", "warc.gz": "a.warc.gz", "packed": "a.jsonl.gz"}.get(seed, "a")
    file = tmp_path_factory.getbasetemp() / name
    file.write_bytes(content)
    found = read(file)
    assert found
    assert all(isinstance(each, Page | Problem) for each in found)
    assert read(file) == found, "reading again gives the same"
