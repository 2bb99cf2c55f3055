"""A record in, answer times out: readers at once on pages and API, while `communique read` writes to the same record.

    .venv/bin/python benchmarks/web.py RECORD [--readers 20] [--seconds 60] [--pause 0] [--write FOLDER] [--json]

RECORD is written to when --write is given, so give a copy. Each reader asks for one page after another, with `--pause` seconds
between them (0: as fast as it is answered). README.md says how to read what is printed.
"""

import argparse
import asyncio
import contextlib
import json
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

TARGET_MS = 300.0  # for 95 of 100 answers
START_SECONDS = 60.0
SEED = 17
WORDS = ("talks", "troops", "sanctions", "ceasefire", "border", '"foreign minister"', "visit", "treaty")


@dataclass(slots=True)
class Times:
    """Milliseconds of the answers under one kind of address, and what was not answered with 200."""

    taken: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def at(self, share: float) -> float:
        """The time that so large a share of the answers stayed under."""
        ordered = sorted(self.taken)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs it; 1 when an answer failed or 95 % of all page answers took longer than the target."""
    asked = _parsed(arguments)
    with _server(asked.record) as base, _writer(asked.record, asked.write) as counted:
        addresses = _addresses(base)
        for kind, some in addresses.items():  # one of each before the clock starts, as a reader's first visit would
            _get(base, some[0])
            print(f"{len(some):6} addresses  {kind}", file=sys.stderr)
        host, _, port = base.removeprefix("http://").partition(":")
        times = asyncio.run(_read(host, int(port), addresses, asked))
    written = counted()
    _report(times, written, asked)
    pages = [each for kind, some in times.items() if not kind.startswith("/api") for each in some.taken]
    slow = Times(taken=pages).at(0.95) > TARGET_MS
    return int(slow or any(each.failures for each in times.values()))


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds that a reader looks at a page")
    parser.add_argument(
        "--write", type=Path, help="a folder of articles that `communique read` reads meanwhile, over and over"
    )
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


@contextlib.contextmanager
def _server(record: Path) -> Any:
    """The address of a server of its own, as `communique serve` starts it but without a bound on requests a second."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = (
        "import sys, uvicorn; from pathlib import Path; from communique.run import Settings;"
        "from communique.serve import make_app, settle;"
        "app = make_app(Path(sys.argv[1]), settings=Settings(), rates={}); settle();"
        "uvicorn.run(app, host='127.0.0.1', port=int(sys.argv[2]), access_log=False, log_level='warning')"
    )
    server = subprocess.Popen([sys.executable, "-c", program, str(record), str(port)])
    base = f"http://127.0.0.1:{port}"
    try:
        _await(base, server)
        yield base
    finally:
        server.terminate()
        server.wait(10)


def _await(base: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit("the server ended before it answered")
        with contextlib.suppress(OSError):
            urlopen(f"{base}/healthz", timeout=1).close()
            return
        time.sleep(0.1)
    raise SystemExit(f"the server did not answer within {START_SECONDS:.0f} seconds")


@contextlib.contextmanager
def _writer(record: Path, folder: Path | None) -> Any:
    """`communique read` on changed copies of the folder's articles, until the readers have finished; yields what counts them."""
    if folder is None:
        yield lambda: 0
        return
    with tempfile.TemporaryDirectory() as made:
        articles = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        for number in range(40):  # each copy is another article for the record
            for path in articles:
                target = Path(made) / f"{number:03}-{path.name}"
                target.write_bytes(path.read_bytes() + f"\n\nRead for the {number}th time.\n".encode())
        program = [
            sys.executable,
            "-c",
            "from communique.cli.entry import main; main()",
            "read",
            made,
            "--record",
            str(record),
        ]
        writer = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        before = _stored(record)
        try:
            yield lambda: _stored(record) - before
        finally:
            ended = writer.poll()
            if ended not in (None, 0):
                raise SystemExit(f"the reading program failed: {writer.stdout.read().decode()[-500:]}")  # type: ignore[union-attr]
            writer.terminate()
            writer.wait(20)


def _stored(record: Path) -> int:
    from communique.store import Record

    with Record.open(record) as opened:
        return opened.counts()["articles"]


def _get(base: str, path: str) -> bytes:
    with urlopen(base + path, timeout=60) as answer:
        found: bytes = answer.read()
    return found


def _addresses(base: str) -> dict[str, list[str]]:
    """Addresses of every kind of page, drawn from what the record holds."""
    drawn = random.Random(SEED)

    def items(path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(_get(base, path))["items"]
        return found

    actors = [each["id"] for each in items("/api/actors?limit=60")]
    articles = [
        each["id"] for year in range(2010, 2026) for each in items(f"/api/articles?since={year}&until={year}&limit=20")
    ]
    articles += [each["id"] for each in items("/api/articles?limit=40")]
    events = [
        each["id"] for year in range(2010, 2026) for each in items(f"/api/events?since={year}&until={year}&limit=20")
    ]
    claims = [each["id"] for each in items("/api/claims?limit=60")]
    pairs = [drawn.sample(actors, 2) for _ in range(40)] if len(actors) > 1 else []
    views = [f"actor={one}" for one in actors] + [f"actor={one}&actor={other}" for one, other in pairs]
    views += ["type=CONSULT", "status=scheduled", "since=2022-01&until=2022-03", ""]
    listed = {
        "/": ["/"],
        "/timeline": [f"/timeline?{view}" for view in views],
        "/positions": ["/positions", *(f"/positions?actor={one}" for one in actors[:20])],
        "/meetings": ["/meetings", "/meetings?status=announced"],
        "/actors": ["/actors", "/actors?kind=person"],
        "/actors/ID": [f"/actors/{one}" for one in actors],
        "/articles": ["/articles"],
        "/articles/ID": [f"/articles/{one}" for one in articles],
        "/events/ID": [f"/events/{one}" for one in events],
        "/map": ["/map"],
        "/search": [f"/search?q={quote(words)}" for words in WORDS],
        "/problems": ["/problems"],
        "/sources": ["/sources"],
        "/api/claims": [f"/api/claims?{view}&limit=50".replace("?&", "?") for view in views],
        "/api/events": [f"/api/events?{view}&limit=50".replace("?&", "?") for view in views],
        "/api/claims/ID": [f"/api/claims/{one}" for one in claims],
        "/api/explain/ID": [f"/api/explain/{one}" for one in claims],
    }
    return {kind: some for kind, some in listed.items() if some}


async def _read(host: str, port: int, addresses: dict[str, list[str]], asked: argparse.Namespace) -> dict[str, Times]:
    """All readers at once; each has a connection of its own and an order of its own."""
    times: dict[str, Times] = defaultdict(Times)
    until = time.monotonic() + asked.seconds
    await asyncio.gather(
        *(_reader(host, port, addresses, times, until, asked.pause, each) for each in range(asked.readers))
    )
    return dict(times)


async def _reader(
    host: str,
    port: int,
    addresses: dict[str, list[str]],
    times: dict[str, Times],
    until: float,
    pause: float,
    number: int,
) -> None:
    drawn = random.Random(SEED + number)
    kinds = list(addresses)
    await asyncio.sleep(pause * drawn.random())
    reader, writer = await asyncio.open_connection(host, port, limit=1 << 20)
    while time.monotonic() < until:
        kind = drawn.choice(kinds)
        path = drawn.choice(addresses[kind])
        begun = time.perf_counter()
        try:
            status = await _ask(reader, writer, host, port, path)
        except (OSError, ValueError, asyncio.IncompleteReadError) as error:
            times[kind].failures.append(f"{path}: {error!r}")
            reader, writer = await asyncio.open_connection(host, port, limit=1 << 20)
            continue
        times[kind].taken.append((time.perf_counter() - begun) * 1000)
        if status != 200:
            times[kind].failures.append(f"{path}: {status}")
        if pause:
            await asyncio.sleep(pause * (0.5 + drawn.random()))
    writer.close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int, path: str) -> int:
    """The status of one answer, read to its last byte."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: text/html\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    length = next((line for line in head.split("\r\n") if line.startswith("content-length:")), None)
    if length is not None:
        await reader.readexactly(int(length.partition(":")[2]))
        return status
    while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
        await reader.readexactly(size + 2)
    await reader.readexactly(2)
    return status


def _report(times: dict[str, Times], written: int, asked: argparse.Namespace) -> None:
    pages = Times(taken=[each for kind, some in times.items() if not kind.startswith("/api") for each in some.taken])
    every = Times(taken=[each for some in times.values() for each in some.taken])
    rows = [*times.items(), ("all pages", pages), ("everything", every)]
    failures = [each for some in times.values() for each in some.failures]
    told = {
        kind: {"answers": len(some.taken), "p50_ms": some.at(0.5), "p95_ms": some.at(0.95), "most_ms": some.at(1.0)}
        for kind, some in rows
    }
    if asked.json:
        print(json.dumps({"answers": told, "failures": failures[:50], "written": written, "readers": asked.readers}))
        return
    wide = min(shutil.get_terminal_size().columns, 100)
    print(
        f"{asked.readers} readers, {asked.seconds:.0f} s, pause {asked.pause:g} s, {written} articles written meanwhile"
    )
    print(f"{'address':20}{'answers':>9}{'p50 ms':>9}{'p95 ms':>9}{'most':>9}")
    for kind, row in told.items():
        print(f"{kind:20}{row['answers']:9}{row['p50_ms']:9.0f}{row['p95_ms']:9.0f}{row['most_ms']:9.0f}"[:wide])
    print(f"{every.taken and len(every.taken) / asked.seconds:.0f} answers a second; {len(failures)} failed")
    for each in failures[:10]:
        print(f"  {each}"[:wide])


if __name__ == "__main__":
    sys.exit(main())
