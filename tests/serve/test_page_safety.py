"""What pages must never hold: script or style inside, addresses elsewhere, markup of somebody else's page; who may judge."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from fastapi.testclient import TestClient
from handmade import RUN, coded_article
from linked_room import HOSTILE, hostile_page, make_linked_record
from reading_room import BASE, WRITE, asking, make_room

from communique.store import Record

HTML = {"accept": "text/html"}
STATIC = Path(__file__).parents[2] / "src/communique/serve/static"
TEMPLATES = STATIC.parent / "templates"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    make_linked_record(tmp_path / "talks.db")
    with asking(make_room(tmp_path / "talks.db", write=True)) as made:
        yield made


def signed_in(client: TestClient) -> str:
    """Signs in; gives the word that forms must bring."""
    answer = client.post("/login", data={"token": WRITE, "name": "Mara"})
    assert answer.status_code == 303
    page = lxml.html.fromstring(client.get("/review", headers=HTML).text)
    return str(page.xpath("//input[@name='csrf']/@value")[0])


@pytest.mark.parametrize(
    "address",
    ["/", "/timeline", "/positions", "/meetings", "/actors", "/map", "/search?q=talks", "/sources", "/review"],
)
def test_no_script_or_style_stands_in_a_page(client: TestClient, address: str) -> None:
    signed_in(client)
    answer = client.get(address, headers=HTML)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    tree = lxml.html.fromstring(answer.text)
    assert not tree.xpath("//*[@style] | //style | //@*[starts-with(name(), 'on')]")
    assert all(each.get("src") or each.get("type") == "application/json" for each in tree.xpath("//script"))
    for source in tree.xpath("//script/@src | //link/@href | //img/@src | //form/@action"):
        assert str(source)[:1] == "/" != str(source)[1:2], source


def test_our_scripts_ask_only_this_server() -> None:
    for path in (STATIC / "js").glob("*.js"):
        code = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in code, path.name
        assert len(code.splitlines()) < 300, path.name
        assert "innerHTML" not in code, path.name


def test_no_template_switches_escaping_off() -> None:
    for path in TEMPLATES.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "| safe" not in text, path.name
        assert "autoescape" not in text, path.name


def test_a_hostile_page_is_shown_as_text(tmp_path: Path) -> None:
    coded = coded_article()
    evil = replace(coded, page=hostile_page(coded.page), article=replace(coded.article, url="javascript:alert(1)"))
    with Record.open(tmp_path / "evil.db", create=True) as record:
        record.add(evil, RUN)
    with asking(make_room(tmp_path / "evil.db")) as client:
        answer = client.get(f"/articles/{coded.article.id}?view=original", headers=HTML).text
        assert HOSTILE not in answer
        tree = lxml.html.fromstring(answer)
        assert tree.xpath("string(//pre)").startswith(HOSTILE)
        assert not tree.xpath("//img")
        marked = lxml.html.fromstring(client.get(f"/articles/{coded.article.id}", headers=HTML).text)
        assert not [link for link in marked.xpath("//@href") if str(link).startswith("javascript")]


def test_hostile_words_in_the_address_are_escaped(client: TestClient) -> None:
    for address in (f"/search?q={HOSTILE}", f"/timeline?words={HOSTILE}", f"/articles/{HOSTILE.replace('/', '')}"):
        answer = client.get(address, headers=HTML)
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text


def test_readers_see_no_control_and_may_not_judge(client: TestClient) -> None:
    event = lxml.html.fromstring(client.get("/timeline", headers=HTML).text).xpath("//p[@class='headline']/a/@href")[0]
    for address in (str(event), "/"):
        assert not lxml.html.fromstring(client.get(address, headers=HTML).text).xpath("//form[@method='post']")
    assert client.get("/review", headers=HTML).status_code == 403
    claim = lxml.html.fromstring(client.get("/timeline", headers=HTML).text).xpath("//blockquote/a/@href")[0]
    sent = {"subject": str(claim).partition("#")[2], "verdict": "rejected"}
    assert client.post("/review/judge", data=sent).status_code in (401, 403)


def test_a_form_without_our_word_is_refused(client: TestClient) -> None:
    signed_in(client)
    for word in ("", "guessed"):
        sent = {"subject": "claim-1", "verdict": "rejected", "csrf": word}
        assert client.post("/review/judge", data=sent, headers={"origin": BASE}).status_code == 403
        assert client.post("/submit", data={"text": "Talks.", "csrf": word}).status_code == 403
    elsewhere = client.post(
        "/review/judge", data={"csrf": signed_in(client)}, headers={"origin": "https://evil.example"}
    )
    assert elsewhere.status_code == 403


def test_a_form_leads_back_only_to_this_server(client: TestClient) -> None:
    word = signed_in(client)
    claim = _claims(client)[0]
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = client.post(
            "/review/judge", data={"csrf": word, "subject": claim, "verdict": "confirmed", "back": back}
        )
        assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_rejecting_and_undoing_a_claim(client: TestClient) -> None:
    word = signed_in(client)
    claim = _claims(client)[0]
    sent = {"csrf": word, "subject": claim, "verdict": "rejected", "reason": "misread", "back": "/review"}
    assert client.post("/review/judge", data=sent).status_code == 303
    assert claim not in _claims(client)
    page = lxml.html.fromstring(client.get("/review", headers=HTML).text)
    assert "Mara" in page.xpath("string(//section[@aria-labelledby='decided'])")
    judgement = str(page.xpath("//input[@name='judgement']/@value")[0])
    assert client.post("/review/undo", data={"csrf": word, "judgement": judgement}).status_code == 303
    assert claim in _claims(client)


def test_correcting_sends_only_what_was_changed(client: TestClient) -> None:
    word = signed_in(client)
    claim = _claims(client)[0]
    page = lxml.html.fromstring(client.get(f"/review/{claim}", headers=HTML).text)
    form = next(each for each in page.forms if each.xpath(".//input[@name='verdict'][@value='corrected']"))
    values = list(form.form_values())
    changed = [(name, "THREATEN" if name == "type" else value) for name, value in values]
    body: dict[str, list[str]] = {}
    for name, value in changed:
        body.setdefault(name, []).append(value)
    assert client.post("/review/judge", data=body | {"csrf": word}).status_code == 303
    judged = client.get("/api/judgements").json()["items"][0]
    assert (judged["verdict"], judged["changes"], judged["judge"]) == ("corrected", [["type", "THREATEN"]], "Mara")


def test_an_article_is_pasted_and_opened(client: TestClient) -> None:
    word = signed_in(client)
    answer = client.post("/submit", data={"text": "Talks were held.", "csrf": word})
    assert answer.status_code == 303
    for _ in range(200):
        told = client.get(answer.headers["location"], headers=HTML)
        if told.status_code != 200:
            break
        assert "Reading the article" in told.text
    assert told.status_code == 303
    assert told.headers["location"].startswith("/articles/article-")


def _claims(client: TestClient) -> list[str]:
    return [each["id"] for each in client.get("/api/claims").json()["items"]]
