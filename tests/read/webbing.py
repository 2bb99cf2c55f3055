"""What the tests of fetching share: a web of our own making, a clock that only sleeping moves, and a local server."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

from communique.read import ReadOptions, read_paths
from communique.read.fetching import Fetcher
from communique.records import Page, Problem

PUBLIC = "93.184.215.14"
OPEN_ROBOTS = httpx.Response(404)


@dataclass
class FakeClock:
    """Seconds that pass only in sleep."""

    seconds: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def now(self) -> datetime:
        return datetime(2022, 1, 11, 12, tzinfo=UTC) + timedelta(seconds=self.seconds - 1_000)


@dataclass
class Web:
    """Answers by address, as the servers of the names would give them; `asked` are (time, address, number, headers)."""

    answers: dict[str, httpx.Response | Callable[[httpx.Request], httpx.Response]]
    names: dict[str, list[str]] = field(default_factory=dict)
    clock: FakeClock = field(default_factory=FakeClock)
    asked: list[tuple[float, str, str, httpx.Headers]] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> list[str]:
        self.resolved.append(host)
        return self.names.get(host, [PUBLIC])

    def respond(self, request: httpx.Request) -> httpx.Response:
        address = f"{request.url.scheme}://{request.headers['host']}{request.url.raw_path.decode()}"
        self.asked.append((self.clock(), address, request.url.host, request.headers))
        answer = self.answers.get(address, httpx.Response(404))
        found = answer(request) if callable(answer) else answer
        return httpx.Response(found.status_code, headers=found.headers, stream=httpx.ByteStream(found.content))

    def fetcher(self, **settled: object) -> Fetcher:
        options = ReadOptions(fetch=True, **settled)  # type: ignore[arg-type]
        return Fetcher(
            options,
            clock=self.clock,
            sleep=self.clock.sleep,
            now=self.clock.now,
            resolve=self.resolve,
            transport=httpx.MockTransport(self.respond),
        )

    def read(self, *addresses: str, fetcher: Fetcher | None = None, **settled: object) -> list[Page | Problem]:
        options = ReadOptions(fetch=True, **settled)  # type: ignore[arg-type]
        return list(read_paths(addresses, options=options, fetcher=fetcher or self.fetcher(**settled)))

    def pages_asked(self) -> list[str]:
        """The addresses but for robots.txt."""
        return [address for _, address, _, _ in self.asked if not address.endswith("/robots.txt")]


def page(content: str, media_type: str = "text/html; charset=utf-8", **headers: str) -> httpx.Response:
    """An answer with a page."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(200, headers={"content-type": media_type, **named}, content=content.encode())


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """A server on this machine; `answer` writes what it likes. Gives its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer(self)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Tests are silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def send(handler: BaseHTTPRequestHandler, content: bytes, status: int = 200, **headers: str) -> None:
    """A whole answer."""
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(content)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


def fixture(name: str) -> str:
    """One of the feeds beside the tests."""
    return (Path(__file__).parent / "feeds" / name).read_text(encoding="utf-8")
