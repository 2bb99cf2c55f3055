"""Fetching: off unless asked for, polite, and not to be led where nobody may go."""

import gzip
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from sourcing import TEXT, pages, problems, read, text
from webbing import PUBLIC, FakeClock, Web, fixture, page, send, serving

from communique.records import Severity

HOME = "https://harbour.example"
HTML = f"<html><body><p>{TEXT}</p></body></html>"


def test_nothing_is_fetched_unless_asked_for() -> None:
    (problem,) = problems(read(f"{HOME}/1"))
    assert (problem.source, problem.remedy) == (f"{HOME}/1", "add --fetch, or name a saved file")


def test_a_page_with_what_its_answer_says() -> None:
    web = Web({f"{HOME}/1": httpx.Response(302, headers={"location": "/2#part"}), f"{HOME}/2": page(HTML)})
    (found,) = pages(web.read(f"{HOME}/1"))
    assert (found.source, found.url, found.encoding) == (f"{HOME}/1", f"{HOME}/2", "utf-8")
    assert found.fetched_at == datetime(2022, 1, 11, 12, 0, 4, tzinfo=UTC)
    assert text(found) == HTML
    headers = web.asked[-1][3]
    assert headers["user-agent"].startswith("communique/")
    assert "cookie" not in headers
    assert {number for _, _, number, _ in web.asked} == {PUBLIC}


def test_a_feed_from_its_address_and_the_pages_it_links_to() -> None:
    web = Web({f"{HOME}/feed": page(fixture("whole.rss"), "application/rss+xml"),
               "https://other-paper.example/ports": page(HTML)})  # fmt: skip
    found = web.read(f"{HOME}/feed")
    whole, linked = pages(found)
    assert whole.source == f"{HOME}/feed#hg-101"
    assert (linked.source, text(linked)) == ("https://other-paper.example/ports", HTML)
    assert (linked.title, linked.published, linked.site) == (
        "Suria denies plan to close its ports",
        date(2022, 1, 12),
        "The Other Paper",
    )
    assert "https://www.harbour-gazette.example/2022/01/11/border" not in web.pages_asked()
    gone, alone = problems(found)
    assert "answers 404 Not Found" in gone.reason
    assert "only a title" in alone.reason


def test_an_extract_is_kept_when_its_page_cannot_be_fetched() -> None:
    web = Web({f"{HOME}/feed": page(fixture("feed.json"), "application/feed+json")})
    found = web.read(f"{HOME}/feed")
    assert [text(each) for each in pages(found)][1] == "Talks went on in Oslo."
    assert [each.severity for each in problems(found, Severity.WARNING)] == [Severity.WARNING]
    assert "404" in problems(found)[0].reason


@pytest.mark.parametrize(
    "private",
    [
        "http://127.0.0.1/admin",
        "http://2130706433/",
        "http://[::ffff:10.0.0.1]/",
        "http://inside.example/",
        "//169.254.169.254/meta",
    ],
)
def test_a_feed_that_redirects_to_a_private_address(private: str) -> None:
    web = Web(
        {f"{HOME}/feed": httpx.Response(301, headers={"location": private}), f"{HOME}/1": page(HTML)},
        names={"inside.example": [PUBLIC, "10.0.0.9"]},
    )
    found = web.read(f"{HOME}/feed", f"{HOME}/1")
    (problem,) = problems(found)
    assert problem.source == f"{HOME}/feed"
    assert problem.reason.startswith("leads to a")
    assert len(pages(found)) == 1, "the run goes on"
    assert {number for _, _, number, _ in web.asked} == {PUBLIC}


def test_entries_that_link_to_private_addresses() -> None:
    feed = "<rss><channel><item><title>t</title><link>http://10.0.0.1/x</link></item></channel></rss>"
    web = Web({f"{HOME}/feed": page(feed, "text/xml")})
    found = web.read(f"{HOME}/feed")
    assert not pages(found)
    assert "private address" in problems(found)[0].reason
    assert len(web.asked) == 2


def test_a_name_that_changes_its_number_after_it_was_checked() -> None:
    """The connection goes to the number that was checked: the name is not asked for again in between."""
    web = Web({f"{HOME}/1": page(HTML)})
    answers = iter([[PUBLIC], [PUBLIC], ["127.0.0.1"]])
    web.resolve = lambda host, port: next(answers)  # type: ignore[method-assign]
    fetcher = web.fetcher()
    assert len(pages(web.read(f"{HOME}/1", fetcher=fetcher))) == 1
    assert {number for _, _, number, _ in web.asked} == {PUBLIC}
    assert "loopback" in problems(web.read(f"{HOME}/2", fetcher=fetcher))[0].reason


def test_robots_are_kept_to() -> None:
    rules = page("User-agent: *\nDisallow: /private", "text/plain")
    web = Web({f"{HOME}/robots.txt": rules, f"{HOME}/private/1": page(HTML), f"{HOME}/2": page(HTML)})
    found = web.read(f"{HOME}/private/1", f"{HOME}/2")
    (problem,) = problems(found)
    assert "harbour.example forbids it in robots.txt" in problem.reason
    assert len(pages(found)) == 1
    assert web.pages_asked() == [f"{HOME}/2"]
    assert sum(address.endswith("robots.txt") for _, address, _, _ in web.asked) == 1


def test_robots_of_the_host_that_a_redirect_leads_to() -> None:
    web = Web({
        f"{HOME}/1": httpx.Response(302, headers={"location": "https://other.example/1"}),
        "https://other.example/robots.txt": page("User-agent: communique\nDisallow: /", "text/plain"),
        "https://other.example/1": page(HTML),
    })  # fmt: skip
    assert "other.example forbids it" in problems(web.read(f"{HOME}/1"))[0].reason


def test_a_server_that_cannot_say_its_rules_is_not_asked_further() -> None:
    web = Web({f"{HOME}/robots.txt": httpx.Response(503), f"{HOME}/1": page(HTML)})
    assert "forbids it" in problems(web.read(f"{HOME}/1"))[0].reason
    assert not web.pages_asked()


def test_the_rate_is_kept_for_each_host() -> None:
    other = "https://other.example"
    answers = {f"{base}/{number}": page(HTML) for base in (HOME, other) for number in range(3)}
    slow = page("User-agent: *\nCrawl-delay: 7", "text/plain")
    web = Web({**answers, f"{other}/robots.txt": slow})
    assert len(pages(web.read(*answers, rate_s=3.0))) == 6
    for host, pause in (("harbour.example", 3.0), ("other.example", 7.0)):
        times = [moment for moment, address, _, _ in web.asked if host in address]
        gaps = [after - before for before, after in pairwise(times[1:])]
        assert gaps == [pause] * 2
    assert web.clock.slept, "time passes only in sleep"


def test_a_busy_host_is_left_alone() -> None:
    web = Web({f"{HOME}/1": httpx.Response(429, headers={"retry-after": "3600"}), f"{HOME}/2": page(HTML)})
    first, second = problems(web.read(f"{HOME}/1", f"{HOME}/2"))
    assert "429" in first.reason
    assert "asked to be left alone for 3600 s" in second.reason
    assert web.pages_asked() == [f"{HOME}/1"]
    web = Web({f"{HOME}/1": httpx.Response(503, headers={"retry-after": "20"}), f"{HOME}/2": page(HTML)})
    assert len(pages(web.read(f"{HOME}/1", f"{HOME}/2"))) == 1
    assert max(web.clock.slept) == 20.0


def test_a_host_that_is_not_there_is_tried_once() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("connection refused")

    web = Web({f"{HOME}/robots.txt": refuse}, names={"harbour.example": [PUBLIC, "93.184.215.15"]})
    first, second = problems(web.read(f"{HOME}/1", f"{HOME}/2"))
    assert "no connection to harbour.example" in first.reason
    assert first.reason == second.reason
    assert [number for _, _, number, _ in web.asked] == [PUBLIC, "93.184.215.15"]


def test_what_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers.get("if-none-match") == '"v1"':
            return httpx.Response(304)
        return page(HTML, etag='"v1"', last_modified="Mon, 10 Jan 2022 08:00:00 GMT")

    web, cache = Web({f"{HOME}/1": answer}), tmp_path / "record.db-fetched.json"
    fetcher = web.fetcher(fetch_cache=cache)
    assert len(pages(web.read(f"{HOME}/1", fetcher=fetcher))) == 1
    assert not cache.exists(), "nothing is kept before reading has come to its end"
    fetcher.close()
    again = web.fetcher(fetch_cache=cache)
    found = web.read(f"{HOME}/1", fetcher=again)
    again.close()
    (warning,) = problems(found, Severity.WARNING)
    assert found == [warning]
    assert warning.reason == "has not changed since it was read on 2022-01-11"
    assert web.asked[-1][3]["if-modified-since"] == "Mon, 10 Jan 2022 08:00:00 GMT"
    assert len(pages(web.read(f"{HOME}/1", fetch_cache=tmp_path / "another.json"))) == 1


def test_linked_pages_that_have_not_changed_are_counted(tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(304) if "if-none-match" in request.headers else page(HTML, etag='"v1"')

    linked = [f"{HOME}/{number}" for number in range(3)]
    items = "".join(f"<item><title>t</title><link>{each}</link></item>" for each in linked)
    feed = page(f"<rss><channel>{items}</channel></rss>", "text/xml")
    web = Web({f"{HOME}/feed": feed, **dict.fromkeys(linked, answer)})
    fetcher = web.fetcher()
    assert [getattr(each, "source", None) for each in web.read(f"{HOME}/feed", fetcher=fetcher)] == linked
    (warning,) = web.read(f"{HOME}/feed", fetcher=fetcher)
    assert warning in problems([warning], Severity.WARNING)
    assert "3 linked pages have not changed" in problems([warning], Severity.WARNING)[0].reason


def test_a_table_of_addresses(tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text(f"url,headline,published\n{HOME}/1,One,2022-01-09\n{HOME}/2,Two,\nnowhere,Three,\n")
    assert problems(read(table))[0].remedy.endswith("or read the linked pages with --fetch")
    web = Web({f"{HOME}/1": page(HTML)})
    found = web.read(str(table))
    (linked,) = pages(found)
    assert (linked.source, linked.title, linked.published) == (f"{HOME}/1", "One", date(2022, 1, 9))
    assert [each.source for each in problems(found)] == [f"{HOME}/2", f"{table}#4"]


def test_a_cache_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"a": 1}')
    web = Web({f"{HOME}/1": page(HTML, etag="x")})
    for place in (broken, tmp_path / "no" / "folder.json"):
        fetcher = web.fetcher(fetch_cache=place)
        assert len(pages(web.read(f"{HOME}/1", fetcher=fetcher))) == 1
        fetcher.close()


def test_redirects_without_end() -> None:
    web = Web({f"{HOME}/1": httpx.Response(302, headers={"location": "/1"})})
    assert "redirected more than 8 times" in problems(web.read(f"{HOME}/1"))[0].reason
    assert len(web.pages_asked()) == 9


@pytest.mark.parametrize("chunked", [True, False])
def test_a_page_of_100_megabytes_is_not_read_to_its_end(chunked: bool) -> None:
    sent = 0
    total = 100_000_000

    def answer(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        if handler.path == "/robots.txt":
            send(handler, b"", 404)
            return
        if handler.path == "/small":
            send(handler, HTML.encode(), Content_Type="text/html")
            return
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        if not chunked:
            handler.send_header("Content-Length", str(total))
        handler.end_headers()
        try:
            while sent < total:
                handler.wfile.write(b"<p>endless</p>\n" * 4_000)
                sent += 60_000
        except OSError:
            return

    with serving(answer) as base:
        found = read(
            f"{base}/big", f"{base}/small", fetch=True, allow_private=True, rate_s=0.0, max_page_bytes=2_000_000
        )
    (problem,) = problems(found)
    assert "is too large" in problem.reason
    assert "the limit is 2 MB" in problem.reason
    assert sent < total / 3, "the server was cut short"
    assert len(pages(found)) == 1


def test_a_packed_answer_is_bounded_as_it_unpacks() -> None:
    bodies = {"/good": gzip.compress(HTML.encode()), "/bomb": gzip.compress(bytes(100_000_000))}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = bodies.get(handler.path)
        send(handler, body or b"", 200 if body else 404, Content_Encoding="gzip", Content_Type="text/html")

    with serving(answer) as base:
        found = read(f"{base}/good", f"{base}/bomb", fetch=True, allow_private=True, rate_s=0.0)
        assert "loopback" in problems(read(f"{base}/good", fetch=True, rate_s=0.0))[0].reason
    assert [text(each) for each in pages(found)] == [HTML]
    assert "is too large" in problems(found)[0].reason


def test_a_server_that_drips_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock()

    def dripping(request: httpx.Request) -> httpx.Response:
        def body():  # type: ignore[no-untyped-def]
            for _ in range(1_000):
                clock.seconds += 1.0
                yield b"<p>drip</p>"

        return httpx.Response(200, content=body())

    web = Web({}, clock=clock)
    monkeypatch.setattr(
        web, "respond", lambda request: dripping(request) if "/1" in str(request.url) else httpx.Response(404)
    )
    assert "harbour.example is too slow" in problems(web.read(f"{HOME}/1", timeout_s=30.0))[0].reason
    assert clock.seconds < 1_050
