"""A web address → what its server answers; httpx lives here (and its notion of an address in addresses.py).

Polite: robots.txt is kept to, a host is asked seldom, and only for what has changed. Careful: every hop of a redirect is checked
anew, the connection goes to the number that was checked, no cookies and no proxies are used, and nothing is read beyond the limits.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from communique.read.addresses import FetchError, Resolve, Target, checked_target, system_resolver
from communique.read.fetch_cache import FetchCache, Validators
from communique.read.options import ReadOptions
from communique.read.payload import UndecodableError, decoded_payload
from communique.read.robots import EVERYTHING, NOTHING, Robots, read_robots
from communique.read.robots import FILE as ROBOTS_FILE
from communique.read.robots import MAX_BYTES as MAX_ROBOTS_BYTES

ACCEPTED = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json;q=0.9,"
    "application/xml;q=0.8,text/plain;q=0.8,*/*;q=0.5"
)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
UNCHANGED = 304
LATER = frozenset({429, 503})
LONGEST_PAUSE_S = 60.0  # a host that asks for more is left alone for this run
LONGEST_READ_S = 10.0  # silence of a server in the middle of an answer
TRY_LATER = "try again later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """`url` is where the last redirect led; `content` is None when the page has not changed since `unchanged_since`."""

    url: str
    content: bytes | None
    encoding: str | None
    fetched_at: datetime
    unchanged_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    content: bytes


class Fetcher:
    """Fetches one address at a time. The clock (seconds, monotonic), the sleep, the time of day and the resolver are passed in."""

    def __init__(
        self,
        options: ReadOptions,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        now: Callable[[], datetime],
        resolve: Resolve,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._options = options
        self._clock = clock
        self._sleep = sleep
        self._now = now
        self._resolve = resolve
        self._cache = FetchCache(options.fetch_cache)
        self._robots: dict[str, Robots] = {}
        self._free_at: dict[str, float] = {}  # by host: the clock's time from which it may be asked again
        self._unreachable: dict[str, FetchError] = {}  # by origin: not tried again in this run
        self._transport = transport

    def get(self, address: str) -> Fetched:
        """Raises FetchError."""
        where = address
        for _ in range(self._options.max_redirects + 1):
            target = self._checked(where)
            robots = self._robots_of(target)
            if not robots.allows(target.url.raw_path.decode("ascii")):
                raise FetchError(
                    f"may not be fetched: {target.host} forbids it in robots.txt", "ask them, or leave it out"
                )
            known = self._cache.get(str(target.url))
            answer = self._ask(target, self._options.max_page_bytes, robots.delay_s, known)
            if answer.status in REDIRECTS and "location" in answer.headers:
                where = _joined(target, answer.headers["location"])
                continue
            return self._fetched(target, answer, known)
        raise FetchError(f"is redirected more than {self._options.max_redirects} times", "give the last address")

    def close(self, *, keep: bool = True) -> None:
        """Lets go of the connections; `keep` writes what was learned, for the next run."""
        if keep:
            self._cache.save()
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def _checked(self, address: str) -> Target:
        return checked_target(address, self._resolve, allow_private=self._options.allow_private)

    def _fetched(self, target: Target, answer: _Answer, known: Validators | None) -> Fetched:
        url, now = str(target.url), self._now()
        if answer.status == UNCHANGED and known is not None:
            return Fetched(url=url, content=None, encoding=None, fetched_at=now, unchanged_since=known.fetched_at)
        if answer.status != 200:
            reason = httpx.codes.get_reason_phrase(answer.status)
            raise FetchError(
                f"cannot be fetched ({target.host} answers {answer.status} {reason})".replace(" )", ")"), TRY_LATER
            )
        headers = answer.headers
        validators = Validators(etag=headers.get("etag"), last_modified=headers.get("last-modified"), fetched_at=now)
        self._cache.remember(url, validators)
        charset = httpx.Response(200, headers={"content-type": headers.get("content-type", "")}).charset_encoding
        return Fetched(url=url, content=answer.content, encoding=charset, fetched_at=now)

    def _robots_of(self, target: Target) -> Robots:
        """Kept for the run. No file (4xx) allows everything; a server that fails (5xx, no answer) allows nothing yet."""
        if target.origin not in self._robots:
            self._robots[target.origin] = self._fetch_robots(target)
        return self._robots[target.origin]

    def _fetch_robots(self, target: Target) -> Robots:
        where = f"{target.origin}{ROBOTS_FILE}"
        try:
            for _ in range(self._options.max_redirects + 1):
                asked = self._checked(where)
                answer = self._ask(asked, MAX_ROBOTS_BYTES, None, None)
                if answer.status in REDIRECTS and "location" in answer.headers:
                    where = _joined(asked, answer.headers["location"])
                    continue
                if answer.status == 200:
                    return read_robots(answer.content.decode("utf-8", "replace"), self._name())
                return NOTHING if answer.status >= 500 else EVERYTHING
        except _TooLargeError:
            return NOTHING
        return EVERYTHING

    def _name(self) -> str:
        return self._options.user_agent.partition("/")[0].partition(" ")[0]

    def _ask(self, target: Target, limit: int, delay_s: float | None, known: Validators | None) -> _Answer:
        if target.origin in self._unreachable:
            raise self._unreachable[target.origin]
        self._wait(target.host, max(self._options.rate_s, delay_s or 0.0))
        headers = {
            "Host": target.url.netloc.decode("ascii"),
            "User-Agent": self._options.user_agent,
            "Accept": ACCEPTED,
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **(known.headers() if known is not None else {}),
        }
        failure = FetchError(f"cannot be fetched: {target.host} does not answer", TRY_LATER)
        deadline = self._clock() + self._options.timeout_s
        for number in target.numbers:
            try:
                answer = self._send(target, number, headers, limit, deadline)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = FetchError(f"cannot be fetched: no connection to {target.host} ({_told(error)})", TRY_LATER)
                continue
            except httpx.TimeoutException as error:
                raise _too_slow(target.host) from error
            except (httpx.TransportError, httpx.InvalidURL, httpx.StreamError) as error:
                raise FetchError(f"cannot be fetched: {target.host} broke off ({_told(error)})", TRY_LATER) from error
            if answer.status in LATER:
                self._pause(target.host, answer.headers.get("retry-after"))
            return answer
        self._unreachable[target.origin] = failure
        raise failure

    def _send(self, target: Target, number: str, headers: dict[str, str], limit: int, deadline: float) -> _Answer:
        if self._transport is None:
            limits = httpx.Limits(max_connections=4, max_keepalive_connections=0)
            self._transport = httpx.HTTPTransport(limits=limits, trust_env=False)
        left = max(deadline - self._clock(), 0.1)
        timeout = httpx.Timeout(left, read=min(left, LONGEST_READ_S))
        request = httpx.Request(
            "GET",
            target.url.copy_with(host=number),
            headers=headers,
            extensions={"timeout": timeout.as_dict(), "sni_hostname": target.host},
        )
        response = self._transport.handle_request(request)
        try:
            return self._received(target, response, limit, deadline)
        finally:
            response.close()

    def _received(self, target: Target, response: httpx.Response, limit: int, deadline: float) -> _Answer:
        """Reads no more than the limit of the answer, as sent and as unpacked."""
        if response.status_code != 200:
            return _Answer(response.status_code, response.headers, b"")
        declared = response.headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared) > limit:
            raise _TooLargeError(limit, int(declared))
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_raw():
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise _TooLargeError(limit, None)
            if self._clock() > deadline:
                raise _too_slow(target.host)
        coding = response.headers.get("content-encoding", "")
        try:
            content = decoded_payload(b"".join(pieces), coding, chunked=False, limit=limit)
        except UndecodableError as error:
            raise FetchError(str(error), TRY_LATER) from error
        if len(content) > limit:
            raise _TooLargeError(limit, None)
        return _Answer(response.status_code, response.headers, content)

    def _wait(self, host: str, pause_s: float) -> None:
        """Until the host may be asked again; from then on nobody asks it for `pause_s` seconds."""
        now = self._clock()
        free_at = self._free_at.get(host, now)
        if free_at - now > LONGEST_PAUSE_S:
            raise FetchError(f"is not fetched: {host} asked to be left alone for {free_at - now:.0f} s", TRY_LATER)
        if free_at > now:
            self._sleep(free_at - now)
        self._free_at[host] = self._clock() + pause_s

    def _pause(self, host: str, retry_after: str | None) -> None:
        """What a busy server asks for, in seconds or as a time of day."""
        seconds = 0.0
        if retry_after and retry_after.strip().isdecimal():
            seconds = float(retry_after[:9])
        elif retry_after:
            try:
                seconds = (parsedate_to_datetime(retry_after) - self._now()).total_seconds()
            except (ValueError, TypeError):
                seconds = 0.0
        self._free_at[host] = max(self._free_at.get(host, 0.0), self._clock() + seconds)


def system_fetcher(options: ReadOptions) -> Fetcher:
    """The fetcher of a run, with this machine's clock and resolver."""
    return Fetcher(
        options, clock=time.monotonic, sleep=time.sleep, now=lambda: datetime.now(UTC), resolve=system_resolver
    )


class _TooLargeError(FetchError):
    def __init__(self, limit: int, size: int | None) -> None:
        found = f"{size / 1e6:,.0f} MB" if size is not None else "more"
        super().__init__(
            f"is too large ({found}; the limit is {limit / 1e6:,.0f} MB)",
            "fetch it yourself and split it into articles",
        )


def _joined(target: Target, location: str) -> str:
    try:
        return str(target.url.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("is redirected to no valid address", "give the address that it should lead to") from error


def _too_slow(host: str) -> FetchError:
    return FetchError(f"cannot be fetched: {host} is too slow", TRY_LATER)


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
