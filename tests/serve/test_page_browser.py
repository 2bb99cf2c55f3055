"""The reading room in a browser (Debian's Chromium), on the demonstration record: what people do with it, and what it may not do.

Skipped where Chromium is not installed. Nothing here waits for a time; every wait is for something to be seen.
"""

import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar
import pytest
import uvicorn

from communique.read import read_paths
from communique.run import Settings
from communique.run.linking import link_record
from communique.run.many import Plan, read_many
from communique.serve import make_app
from communique.store import Filters, Record

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
sync_api = pytest.importorskip("playwright.sync_api")

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "src/communique/demo/record"
AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")
TOKEN = "browser-token-0123456789"
PASTED = """Norway and Chile sign fisheries accord in Oslo

OSLO, 3 March 2024. Norway and Chile signed an agreement on fisheries in Oslo on Friday. Chile's foreign minister said that
the two governments would meet again in Santiago on 12 June 2024. Greenpeace criticised the accord.
"""
PAGES = (
    "/",
    "/timeline",
    "/positions",
    "/meetings",
    "/actors",
    "/map",
    "/articles",
    "/search?q=Geneva",
    "/sources",
    "/problems",
)


class House:
    """A served demonstration record and a browser in front of it; what goes wrong in the browser is collected."""

    def __init__(self, base: str, path: Path, browser: Any) -> None:
        self.base, self.path, self.browser = base, path, browser
        self.faults: list[str] = []

    def page(self, **kind: Any) -> Any:
        """A page of a new visitor; faults of script, failed and foreign requests are noted."""
        made = self.browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | kind)).new_page()
        made.set_default_timeout(20_000)
        made.on("console", lambda said: said.type == "error" and self.faults.append(f"{made.url}: {said.text}"))
        made.on("pageerror", lambda error: self.faults.append(f"{made.url}: {error}"))
        made.on("requestfailed", lambda asked: self._failed(asked))
        made.on("request", lambda asked: self._foreign(asked.url))
        return made

    def signed_in(self) -> Any:
        """A page of somebody who may write."""
        made = self.page()
        made.goto(f"{self.base}/login")
        made.fill("[name=token]", TOKEN)
        made.fill("[name=name]", "Mara")
        made.click("main button")
        made.wait_for_selector(".nameplate")
        return made

    def _foreign(self, address: str) -> None:
        if not address.startswith((self.base, "data:")):
            self.faults.append(f"asked elsewhere: {address}")

    def _failed(self, asked: Any) -> None:
        if "ERR_ABORTED" not in str(asked.failure):  # what a next page makes needless is given up
            self.faults.append(f"failed: {asked.url} {asked.failure}")


@pytest.fixture(scope="module")
def record_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("browser") / "demo.db"
    with Record.open(path, create=True) as record:
        read_many(record, read_paths([str(DEMO)]), Settings(), Plan())
        link_record(record, settings=Settings())
    return path


@pytest.fixture(scope="module")
def house(record_path: Path) -> Iterator[House]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make_app(record_path, settings=Settings(), write_token=TOKEN, rates={})
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield House(f"http://127.0.0.1:{port}", record_path, browser)
        browser.close()
    server.should_exit = True
    thread.join(20)


@pytest.fixture(autouse=True)
def nothing_goes_wrong(house: House) -> Iterator[None]:
    house.faults.clear()
    yield
    assert house.faults == []


def serious(page: Any) -> list[str]:
    """What axe-core finds on a page, as far as it is serious."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{page.url} {each['id']}: {each['nodes'][0]['html'][:120]}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]


def details(page: Any, base: str) -> list[str]:
    """An address of every kind of page that stands for one thing."""
    found = []
    for address, selector in (
        ("/articles", ".headline.title a"),
        ("/timeline", ".headline a[href^='/events/']"),
        ("/positions", "td a[href^='/positions/line']"),
        ("/actors", ".pairs a"),
        ("/actors", "td a[href^='/actors/']"),
    ):
        page.goto(base + address)
        found.append(str(page.locator(selector).first.get_attribute("href")))
    return [*found, f"{found[0]}?view=original"]


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)], ids=["desktop", "dark", "phone"]
)
def test_every_page_can_be_used_by_everybody(house: House, scheme: str, width: int) -> None:
    page = house.page(color_scheme=scheme, viewport={"width": width, "height": 844})
    complaints = []
    for address in [*PAGES, *details(page, house.base)]:
        page.goto(house.base + address)
        page.wait_for_load_state("networkidle")
        complaints += serious(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        complaints += [f"{address} is {wide} wide"] if wide > width else []
    assert complaints == []


def test_the_pages_of_review_can_be_used_by_everybody(house: House) -> None:
    page = house.signed_in()
    page.goto(f"{house.base}/review")
    one = page.locator("a[href^='/review/claim']").first.get_attribute("href")
    complaints = serious(page)
    page.goto(f"{house.base}{one}")
    assert complaints + serious(page) == []


def test_a_pasted_article_is_read_and_its_claims_are_seen(house: House) -> None:
    page = house.signed_in()
    page.goto(house.base)
    page.fill("textarea[name=text]", PASTED)
    page.click("text=Read it")
    page.wait_for_url(re.compile("/articles/article-"), timeout=120_000)
    cards = page.locator(".card[data-kind=claim]")
    assert cards.count() >= 2
    assert "Norway" in cards.first.inner_text()
    page.goto(house.base)
    assert page.locator(".story.lead h3").inner_text() == "Norway and Chile sign fisheries accord in Oslo"


def test_a_point_of_the_timeline_leads_to_the_words(house: House) -> None:
    page = house.page()
    page.goto(f"{house.base}/timeline?since=2022-01-01&until=2022-02-01")
    page.wait_for_function("document.querySelector('.chart-note').textContent.includes('dated events')")
    page.focus("figure.timeline canvas")
    page.keyboard.press("ArrowRight")
    title = page.locator(".tip strong").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/events/"))
    assert title.split(" → ")[0].split(",")[0] in page.locator("h1").inner_text()
    page.locator(".report .said-here").first.click()
    page.wait_for_url(re.compile("/articles/.*#claim-"))
    assert page.locator(".card.chosen").count() == 1
    assert page.locator("#text .seg.lit").count() >= 1


def test_a_point_can_be_clicked(house: House) -> None:
    page = house.page()
    page.goto(f"{house.base}/timeline?since=2022-01-01&until=2022-02-01&status=occurred")
    page.wait_for_function("document.querySelector('.chart-note').textContent.includes('dated events')")
    box = page.locator("figure.timeline canvas").bounding_box()
    for across in range(8, int(box["width"]), 4):  # the first mark above the line, wherever it stands
        page.mouse.move(box["x"] + across, box["y"] + 141)
        if page.locator(".tip").is_visible():
            page.mouse.click(box["x"] + across, box["y"] + 141)
            break
    page.wait_for_url(re.compile("/events/"))


def test_a_filtered_view_is_a_link(house: House) -> None:
    page = house.page()
    page.goto(f"{house.base}/timeline")
    page.locator(".filters > summary").click()
    page.locator("[name=actor]").first.fill("Russia")
    page.select_option("[name=type]", "REQUEST")
    page.click(".filters button")
    page.wait_for_url(re.compile("actor=Russia"))
    seen = page.locator(".rows .headline").all_inner_texts()
    assert seen
    assert all("REQUEST" in each for each in seen)
    other = house.page()
    other.goto(page.url)
    assert other.locator(".rows .headline").all_inner_texts() == seen
    assert other.locator("[name=actor]").first.input_value() == "Russia"


def read_again(path: Path, source: str) -> None:
    """Reads the document of an article anew, by another run, as somebody at a terminal does beside the server."""
    settings = path.parent / "communique.toml"
    settings.write_text("max_characters = 499999\n", encoding="utf-8")
    document = re.split(r"#|@(?=\d+$)", source)[0]
    program = [sys.executable, "-m", "communique.cli.main", "--record", str(path), "--settings", str(settings)]
    done = subprocess.run([*program, "read", document], capture_output=True, text=True, timeout=180, cwd=path.parent)
    assert done.returncode == 0, done.stderr


def test_a_correction_stands_when_the_article_is_read_again(house: House) -> None:
    with Record.open(house.path) as record:
        claim = next(each for each in record.claims(Filters(statuses=("occurred",))) if each.type == "REQUEST")
        source = record.articles_by_id([claim.article_id])[claim.article_id].source
    page = house.signed_in()
    page.goto(f"{house.base}/articles/{claim.article_id}#{claim.id}")
    page.locator(f"[id='{claim.id}'] >> text=Correct").click()
    page.select_option("select[name=type]", "THREATEN")
    page.fill("[name=reason]", "it is a threat")
    page.click("text=Keep the correction")
    page.wait_for_selector(".judgement")
    page.goto(f"{house.base}/articles/{claim.article_id}#{claim.id}")
    assert "THREATEN" in page.locator(f"[id='{claim.id}'] .type").inner_text().upper()
    read_again(house.path, source)
    page.reload()
    card = page.locator(f"[id='{claim.id}']")
    assert "THREATEN" in card.locator(".type").inner_text().upper()
    assert "judged by a person" in card.inner_text()
    page.goto(f"{house.base}/review")
    page.locator(".judgement >> text=Undo").first.click()
    page.goto(f"{house.base}/articles/{claim.article_id}#{claim.id}")
    assert "REQUEST" in page.locator(f"[id='{claim.id}'] .type").inner_text().upper()


def test_the_calendar_file_can_be_subscribed_to(house: House) -> None:
    page = house.page()
    page.goto(f"{house.base}/meetings")
    address = page.get_by_role("button", name="Subscribe").get_attribute("href")
    answer = page.request.get(f"{house.base}{address}")
    calendar = icalendar.Calendar.from_ical(answer.body())
    assert len(calendar.walk("VEVENT")) >= 3


def test_choosing_a_claim_lights_its_words_and_says_their_roles(house: House) -> None:
    page = house.page()
    page.goto(house.base + details(page, house.base)[0])
    card = page.locator(".card[data-kind=claim]").first
    identity = str(card.get_attribute("id"))
    card.locator(".choose").click()
    lit = page.locator("#text .seg.lit")
    assert lit.count() >= 1
    assert all(identity in str(lit.nth(each).get_attribute("data-of")) for each in range(lit.count()))
    assert page.locator("#text [data-tag=did]").count() == 1
    assert page.url.endswith(f"#{identity}")


def test_a_tap_on_words_opens_what_was_read_from_them(house: House) -> None:
    page = house.page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(house.base + details(page, house.base)[0])
    page.locator("#text a.look-did").first.tap()
    page.wait_for_selector("#sheet:not([hidden])")
    assert "How it is known" in page.locator("#sheet").inner_text()
    page.click("#sheet-close")
    assert page.locator("#sheet").is_hidden()


def test_furniture_is_shown_when_asked_for(house: House) -> None:
    page = house.page()
    page.goto(f"{house.base}/articles")
    for address in page.locator(".headline.title a").evaluate_all("all => all.map(each => each.pathname)"):
        page.goto(f"{house.base}{address}")
        if page.locator("#show-furniture").count():
            break
    furniture = page.locator(".furniture").first
    assert furniture.is_hidden()
    page.check("#show-furniture")
    assert furniture.is_visible()


def test_map_and_network_are_drawn(house: House) -> None:
    page = house.page()
    page.goto(f"{house.base}/map")
    page.wait_for_selector(".map .spot")
    assert page.locator(".map .land").count() > 150
    page.locator(".map a[data-key^='Geneva']").first.click()
    page.wait_for_url(re.compile("place=Geneva"))
    page.goto(f"{house.base}/actors")
    page.wait_for_selector(".network .tie")
    assert page.locator(".network circle").count() > 10


def test_everything_is_said_without_script(house: House) -> None:
    page = house.page(java_script_enabled=False)
    for address, words in (("/timeline", ".quote"), ("/map", ".places li"), ("/actors", ".pairs li")):
        page.goto(f"{house.base}{address}")
        assert page.locator(words).count() > 3
