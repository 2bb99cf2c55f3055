"""The calendar and the Atom feed: what subscribes to them can read them, with a key where reading needs a token."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import pytest
from fastapi.testclient import TestClient
from reading_room import READ, asking, make_record, make_room

from communique.run import Settings
from communique.run.linking import link_record
from communique.store import Record

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = make_record(tmp_path / "talks.db")
    with Record.open(made, writable=True) as record:
        link_record(record, settings=Settings())
    return made


@pytest.fixture
def client(place: Path) -> Iterator[TestClient]:
    with asking(make_room(place)) as made:
        yield made


def test_the_calendar_has_the_meetings_of_the_view(client: TestClient) -> None:
    meetings = client.get("/api/meetings").json()["items"]
    assert meetings
    answer = client.get("/meetings.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    read = icalendar.Calendar.from_ical(answer.content)
    assert len(read.walk("VEVENT")) == len(meetings)
    none = icalendar.Calendar.from_ical(client.get("/meetings.ics?since=2040").content)
    assert not none.walk("VEVENT")


def test_the_feed_leads_to_the_pages(client: TestClient) -> None:
    answer = client.get("/atom?type=CONSULT")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    entries = ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")
    events = {each["id"] for each in client.get("/api/events?type=CONSULT").json()["items"]}
    links = {link.get("href", "") for entry in entries for link in entry.findall(f"{ATOM}link")}
    assert entries
    assert {f"http://127.0.0.1:8000/events/{each}" for each in events} <= links


@pytest.mark.parametrize("path", ["/meetings.ics", "/atom"])
def test_what_has_not_changed_is_not_sent_again(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"if-none-match": tag}).status_code == 304


def test_a_feed_takes_the_filters_of_its_list(client: TestClient) -> None:
    answer = client.get("/meetings.ics?colour=red")
    assert (answer.status_code, answer.json()["errors"][0]["name"]) == (422, "colour")


def test_a_key_opens_feeds_and_nothing_else(place: Path) -> None:
    app = make_room(place, read_token=READ)
    key = app.state.site.access.feed_key
    with asking(app) as client:
        assert client.get("/meetings.ics").status_code == 401
        assert client.get("/meetings.ics?key=guess").status_code == 401
        assert client.get(f"/meetings.ics?key={key}").status_code == 200
        assert client.get(f"/atom?key={key}").status_code == 200
        assert client.get(f"/api/meetings?key={key}").status_code == 401
        assert client.get("/api/meetings", headers={"authorization": f"Bearer {key}"}).status_code == 401
