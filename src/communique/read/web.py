"""A web address → its pages: a page, a feed with what it links to, or anything else that `read` takes from a file."""

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

from communique.read.addresses import FetchError, shown
from communique.read.documents import Origin, read_stream
from communique.read.fetching import Fetcher
from communique.read.kinds import Kind, kind_of
from communique.read.options import ReadOptions
from communique.read.page import Told, make_page, problem
from communique.read.sniffing import SAMPLE_BYTES
from communique.records import Page, Problem, Severity


def read_address(address: str, fetcher: Fetcher | None, options: ReadOptions) -> Iterator[Page | Problem]:
    """Without a fetcher one Problem: nothing is fetched unless it is asked for."""
    source = shown(address)
    if fetcher is None:
        yield problem(
            source, "is an address, and nothing is fetched unless asked for", "add --fetch, or name a saved file"
        )
        return
    try:
        fetched = fetcher.get(address)
    except FetchError as error:
        yield problem(source, error.cause, error.remedy)
        return
    if fetched.content is None:
        since = f"{fetched.unchanged_since:%Y-%m-%d}" if fetched.unchanged_since else "before"
        yield problem(source, f"has not changed since it was read on {since}", "nothing to do", Severity.WARNING)
        return
    origin = Origin(
        source=source,
        name=urlsplit(fetched.url).path,
        fetched_at=fetched.fetched_at,
        url=fetched.url,
        told=Told(url=fetched.url, encoding=fetched.encoding),
        fetch=partial(read_linked, fetcher),
    )
    yield from read_stream(origin, io.BytesIO(fetched.content), options)


def read_linked(fetcher: Fetcher, address: str, told: Told) -> Iterator[Page | Problem]:
    """The page that an entry of a feed links to, with what the feed told of it; nothing when it has not changed.

    Links to anything but a page are not followed.
    """
    try:
        fetched = fetcher.get(address)
    except FetchError as error:
        yield problem(shown(address), error.cause, error.remedy)
        return
    if fetched.content is None:
        return
    kind = kind_of(urlsplit(fetched.url).path, fetched.content[:SAMPLE_BYTES])
    if kind is not Kind.DOCUMENT:
        yield problem(address, f"is no page ({kind.value}), though a feed links to it", "read it by itself")
        return
    beside = replace(told, url=fetched.url, encoding=fetched.encoding, markup=False)
    yield from make_page(address, fetched.content, fetched.fetched_at, beside)
