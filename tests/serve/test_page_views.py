"""Every page of the reading room answers, tells what the record holds, and leads nowhere that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from fastapi.testclient import TestClient
from linked_room import GAZETTE, make_linked_record
from reading_room import BASE, asking, make_room

from communique.records import CodedArticle

HTML = {"accept": "text/html"}


class Room:
    """A client, and the articles of its record."""

    def __init__(self, client: TestClient, articles: tuple[CodedArticle, ...] = ()) -> None:
        self.client = client
        self.articles = articles

    @property
    def first(self) -> CodedArticle:
        return self.articles[0]

    @property
    def second(self) -> CodedArticle:
        return self.articles[1]

    def page(self, address: str, status: int = 200) -> lxml.html.HtmlElement:
        answer = self.client.get(address, headers=HTML)
        assert answer.status_code == status, f"{address}: {answer.status_code} {answer.text[:300]}"
        return lxml.html.fromstring(answer.text, base_url=BASE)

    def text(self, address: str) -> str:
        return " ".join(self.page(address).xpath("//main")[0].text_content().split())


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    articles = make_linked_record(tmp_path / "talks.db")
    with asking(make_room(tmp_path / "talks.db")) as client:
        yield Room(client, articles)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Room]:
    with asking(make_room(tmp_path / "empty.db", write=True)) as client:
        yield Room(client)


PAGES = (
    "/",
    "/articles",
    "/timeline",
    "/positions",
    "/meetings",
    "/actors",
    "/map",
    "/search",
    "/problems",
    "/sources",
)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_stands_on_an_empty_record(empty: Room, address: str) -> None:
    assert empty.page(address).xpath("//h1")


def test_every_link_of_every_page_leads_somewhere(room: Room) -> None:
    waiting, seen = list(PAGES), set(PAGES)
    while waiting:
        address = waiting.pop()
        answer = room.client.get(address, headers=HTML)
        assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.text[:200]}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        tree = lxml.html.fromstring(answer.text)
        for link in tree.xpath("//@href | //@src | //@data-points | //@data-places | //@data-boundaries"):
            target = urljoin(f"{BASE}{address}", str(link))
            parts = urlsplit(target)
            if f"{parts.scheme}://{parts.netloc}" != BASE:
                continue
            plain = parts._replace(fragment="").geturl().removeprefix(BASE)
            if plain not in seen and len(seen) < 400:
                seen.add(plain)
                waiting.append(plain)
        ids = set(tree.xpath("//@id"))
        for link in tree.xpath("//a/@href[starts-with(., '#')]"):
            assert str(link)[1:] in ids, f"{address} has no {link}"
    assert len(seen) > 60


def test_words_of_a_row_open_the_claim_in_its_article(room: Room) -> None:
    links = room.page("/timeline").xpath("//blockquote[contains(@class, 'quote')]/a/@href")
    assert links
    for link in links:
        address, _, identity = str(link).partition("#")
        assert room.page(address).xpath(f"//*[@id='{identity}']"), link


def test_an_article_marks_the_words_of_each_role(room: Room) -> None:
    page = room.page(f"/articles/{room.first.article.id}")
    met = room.first.claims[1].id
    marked = [
        (str(part.get("data-of")).split(), part.text_content())
        for part in page.xpath(f"//*[contains(@data-of, '{met}=')]")
    ]
    roles = {
        role: [words for pairs, words in marked if f"{met}={role}" in pairs] for role in ("did", "who", "when", "where")
    }
    assert roles == {"did": ["met"], "who": ["Norland", "Sudria"], "when": ["March 3, 2031"], "where": ["Port Vell"]}


def test_the_marked_text_is_the_article_and_nothing_else(room: Room) -> None:
    page = room.page(f"/articles/{room.first.article.id}")
    shown = [
        block.text_content().strip() for block in page.xpath("//*[@id='text']/*[not(contains(@class, 'furniture'))]")
    ]
    article = room.first.article
    assert shown == [article.quote(block.span) for block in article.blocks if block.kind != "furniture"]


def test_furniture_is_kept_struck_out_with_its_reason(room: Room) -> None:
    furniture = room.page(f"/articles/{room.first.article.id}").xpath("//p[@class='furniture']")
    assert [each.xpath("string(.//del)") for each in furniture] == ["Subscribe to our newsletter."]
    assert "newsletter" in furniture[0].xpath("string(.//small)")


def test_a_foreign_fragment_says_its_language(room: Room) -> None:
    page = room.page(f"/articles/{room.first.article.id}")
    assert page.xpath("//*[@lang='ru']/text()") == ["уйти из пролива"]


def test_copies_are_named_on_both_articles(room: Room) -> None:
    for coded in (room.first, room.second):
        assert "copies (edited), counted as one voice" in room.text(f"/articles/{coded.article.id}")


def test_the_original_stands_beside_the_cleaned_text(room: Room) -> None:
    told = room.text(f"/articles/{room.first.article.id}?view=original")
    assert told.count("Subscribe to our newsletter.") == 3  # as found, as read (struck out), and in the source


def test_an_event_shows_supporters_and_dissenters_of_each_field(room: Room) -> None:
    page = room.page("/events/" + room.page("/timeline").xpath("//a[starts-with(@href, '/events/')]/@href")[0][8:])
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td | ./th")]
        for row in room.page(_talks(room)).xpath("//table[contains(@class, 'versions')]/tbody/tr")
    ]
    assert page.xpath("//h1")
    assert rows[0][0] == "date disputed"
    assert rows[0][1:] == ["3 March 2031", rows[0][2], "1"]
    assert rows[1][:1] == ["differs: 4 March 2031"]
    assert rows[1][1] == "gazette.example"
    assert any("Norland, Sudria" in row for row in rows)


def _talks(room: Room) -> str:
    found = room.page("/timeline").xpath("//a[contains(@class, 'disputed')]/@href")
    return str(found[0])


def test_an_old_id_of_an_event_of_one_article_finds_the_event(room: Room) -> None:
    assert room.page(f"/events/{room.first.events[0].id}").xpath("//h1")


def test_scheduled_events_stand_apart(room: Room) -> None:
    page = room.page("/timeline")
    assert "is planned for March 17" in page.xpath("string(//section[@aria-labelledby='ahead'])")
    assert "is planned for March 17" not in page.xpath("string(//section[@aria-labelledby='past'])")


@pytest.mark.parametrize(
    ("query", "past", "ahead"),
    [
        ("status=scheduled", 0, 1),
        ("status=occurred", 2, 0),
        ("type=REQUEST", 1, 0),
        ("actor=Norland&actor=Sudria", 2, 1),
        ("actor=Nobody+at+all", 0, 0),
        ("since=2031-03-03&until=2031-03-03", 1, 0),
        ("place=Port+Vell", 1, 0),
        ("source=gazette.example", 1, 0),
        ("words=patrol", 2, 1),
        ("words=unheard", 0, 0),
    ],
)
def test_conditions_in_the_address_hold(room: Room, query: str, past: int, ahead: int) -> None:
    page = room.page(f"/timeline?{query}")
    found = [len(page.xpath(f"//section[@aria-labelledby='{part}']//article")) for part in ("past", "ahead")]
    assert found == [past, ahead]
    values = [value for name, value in (pair.split("=") for pair in query.split("&"))]
    chips = page.xpath("//ul[@class='chips']/li")
    assert len(chips) == len(values)


def test_a_condition_is_taken_out_by_its_chip(room: Room) -> None:
    page = room.page("/timeline?actor=Norland&type=CONSULT")
    assert page.xpath("//a[@class='chip']/@href") == ["/timeline?type=CONSULT", "/timeline?actor=Norland"]


def test_every_list_gives_the_same_view_as_csv_and_json(room: Room) -> None:
    page = room.page("/timeline?actor=Norland&status=occurred")
    links = dict(
        zip(page.xpath("//p[@class='formats']/a/text()"), page.xpath("//p[@class='formats']/a/@href"), strict=True)
    )
    told = room.client.get(links["JSON"]).json()
    ids = {str(link).removeprefix("/events/") for link in page.xpath("//p[@class='headline']/a/@href")}
    assert {each["id"] for each in told["items"]} == ids
    for name, address in links.items():
        answer = room.client.get(address)
        assert answer.status_code == 200, name
        assert all(identity in answer.text for identity in ids) or name not in ("CSV", "JSON lines"), name


def test_the_points_of_the_timeline_are_its_dated_events(room: Room) -> None:
    told = room.client.get("/timeline/points").json()
    assert {(each["day"], each["quad"], each["status"]) for each in told["points"]} == {
        ("2031-03-03", 1, "occurred"),
        ("2031-03-17", 1, "scheduled"),
        ("2031-02-01", 3, "occurred"),
    }
    assert told["next"] is None


def test_a_position_shows_stance_words_and_change(room: Room) -> None:
    told = room.text("/positions")
    assert "navigation" in told
    assert "supports" in told
    assert "changed" in told
    assert "as told by others" in told
    history = room.page(str(room.page("/positions").xpath("//td//a[starts-with(@href, '/positions/line')]/@href")[0]))
    assert [" ".join(each.text_content().split()) for each in history.xpath("//ol[@class='history']/li/p[1]")] == [
        "10 February 2031 demands",
        "6 March 2031 supports changed as told by others",
    ]


def test_a_meeting_shows_its_status_history_with_words(room: Room) -> None:
    page = room.page("/meetings?month=2031-03")
    moves = page.xpath("//ol[@class='moves']/li")
    assert [each.xpath("string(span[1])") for each in moves] == ["announced", "postponed"]
    assert [str(each.xpath("a/@href")[0]).partition("#")[2] for each in moves] == [
        room.first.claims[2].id,
        room.second.claims[2].id,
    ]
    day = page.xpath("//table[@class='calendar']//td[a]")
    assert [each.xpath("string(span)") for each in day] == ["17"]


@pytest.mark.parametrize("month", ["2031-02", "0001-01", "9998-12", "nonsense", "2031-13"])
def test_any_month_can_be_asked_for(room: Room, month: str) -> None:
    assert len(room.page(f"/meetings?month={month}").xpath("//table[@class='calendar']/tbody/tr")) >= 4


def test_a_dyad_has_a_score_over_time(room: Room) -> None:
    norland, sudria = room.first.actors[0].id, room.first.actors[1].id
    told = room.text(f"/actors/{norland}?with={sudria}")
    assert re.search(r"2 events that took place, with a mean score of \+1\.\d", told), told[:300]


def test_an_actor_is_found_by_name(room: Room) -> None:
    assert room.page("/actors/Norland").xpath("string(//h1)") == "Norland"
    room.page("/actors/Nobody", 404)


def test_the_map_lists_its_places_and_draws_from_this_server(room: Room) -> None:
    told = room.client.get("/map/places").json()
    assert [(each["name"], each["claims"], each["latitude"]) for each in told["places"]] == [("Port Vell", 2, 1.5)]
    assert room.client.get("/map/boundaries.json").json()["type"] == "Topology"


def test_the_boundary_file_can_be_replaced(room: Room, tmp_path: Path) -> None:
    (tmp_path / "boundaries.json").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    assert room.client.get("/map/boundaries.json").json() == {"type": "FeatureCollection", "features": []}
    assert "boundaries.json beside the record" in room.text("/map")


def test_search_finds_words_with_their_surroundings(room: Room) -> None:
    page = room.page("/search?q=patrol")
    assert page.xpath("//mark/text()") == ["patrol", "patrol"]
    assert "2 articles with these words" in room.text("/search?q=patrol")


def test_search_takes_a_phrase_and_a_name(room: Room) -> None:
    assert room.page('/search?q="patrol boats"').xpath("//mark/text()") == ["patrol boats", "patrol boats"]
    assert "Ada Holm" in room.text("/search?q=Holm")


def test_search_survives_anything(room: Room) -> None:
    for words in ('"', "*", "a OR", "NEAR(", "'; DROP TABLE claims; --", "\\b(", "%", "🦊"):
        room.page(f"/search?q={words}")


def test_wrong_conditions_are_told_by_name(room: Room) -> None:
    page = room.page("/timeline?since=yesterday&type=NONSENSE", 422)
    assert {each.xpath("string(strong)") for each in page.xpath("//main//li")} == {"since", "type"}


def test_unknown_things_are_not_found(room: Room) -> None:
    for address in (
        "/articles/article-0000000000000000",
        "/events/event-1",
        "/positions/line-1",
        "/jobs/1",
        "/nowhere",
    ):
        assert room.page(address, 404).xpath("string(//h1)") == "Not Found"


def test_the_front_page_tells_what_is_new_since_the_last_visit(tmp_path: Path) -> None:
    from handmade import RUN, coded_article
    from reading_room import NOW

    from communique.store import Record

    first, _ = make_linked_record(tmp_path / "talks.db")
    app = make_room(tmp_path / "talks.db")
    times = iter([NOW, NOW.replace(hour=15), NOW.replace(hour=15, minute=1)])
    with asking(app) as client:
        for expected in (
            "Newest in the record",
            "1 new article since your last visit",
            "1 new article since your last visit",
        ):
            moment = next(times)
            app.state.site.now = lambda moment=moment: moment
            told = lxml.html.fromstring(client.get("/", headers=HTML).text)
            assert told.xpath("string(//h2[@id='new'])").strip() == expected
            with Record.open(tmp_path / "talks.db", writable=True) as record:
                record.add(coded_article("later.txt"), RUN)
    assert first.article.source != GAZETTE


def test_the_front_page_tells_where_reports_disagree_and_what_is_coming(room: Room) -> None:
    page = room.page("/")
    assert "3 March 2031 or 4 March 2031" in " ".join(page.xpath("string(//dl[@class='differ'])").split())
    assert "Norland – Sudria" in page.xpath("string(//section[@aria-labelledby='coming'])")
