"""The scorer of claims found without marks: types, roles and no events, counted by hand over claims made by the test."""

import json
from pathlib import Path

import pytest

from communique.evaluate.claims import evaluate_claims
from communique.records import (
    Article,
    Block,
    BlockKind,
    Claim,
    CodedArticle,
    MediaType,
    Page,
    Role,
    Span,
    Status,
    make_id,
)

Made = tuple[str, tuple[str, ...], tuple[str, ...]]  # type, words of the actors, words of the recipients


def claim(sentence: str, made: Made, *, status: Status = Status.OCCURRED, content: str | None = None) -> Claim:
    def span(words: str) -> Span:
        return Span(article_id="a", start=sentence.index(words), end=sentence.index(words) + len(words))

    def role(words: str) -> Role:
        return Role(actor_id=words, span=span(words) if words in sentence else None)

    event_type, actors, recipients = made
    return Claim(
        id=make_id("claim", *made[0:1], *actors, *recipients), article_id="a", type=event_type, modes=(), contexts=(),
        actors=tuple(map(role, actors)), recipients=tuple(map(role, recipients)), date=None, place=None, status=status,
        status_span=None, asserted_by=(), trigger=span(sentence.split()[1]), evidence=(span(sentence),), decisions=(),
        content=span(content) if content else None,
    )  # fmt: skip


def coded(sentence: str, *claims: Claim) -> CodedArticle:
    block = Block(span=Span(article_id="a", start=0, end=len(sentence)), kind=BlockKind.BODY)
    return CodedArticle(
        page=Page(id="p", source="s", content=b"", content_hash="", media_type=MediaType.TEXT),
        article=Article(id="a", page_id="p", source="s", text=sentence, blocks=(block,)),
        claims=claims,
    )


LINES: dict[
    tuple[str, str, str], list[Made]
] = {  # marked sentence, root, quad → the claims that the program makes of it
    ("<s>Ghana</s> expelled envoys of <t>Togo</t>.", "SANCTION", "4"): [("SANCTION", ("Ghana",), ("Togo",))],
    ("<s>Mali</s> freed four men of <t>Benin</t>.", "RETREAT", "2"): [("CONCEDE", ("Mali",), ("men of Benin",))],
    ("<s>Chad</s> blamed <t>Niger</t> again.", "ACCUSE", "3"): [("SUPPORT", ("Chad",), ("Niger",))],
    ("<s>Peru</s> scolded <t>Chile</t> again.", "ACCUSE", "3"): [("ACCUSE", ("Chile",), ("Peru",))],
    ("<s>Oman</s> called <t>Qatar</t> twice.", "CONSULT", "1"): [],
    ("<s>Spain</s> greeted <t>Italy</t> twice.", "CONSULT", "1"): [
        ("AID", ("Spain",), ("Italy",)),
        ("CONSULT", ("Spain",), ("Italy",)),
    ],
    ("Rain fell on the square.", "", "0"): [],
    ("Snow fell on <s>Oslo</s>.", "", "0"): [("ASSAULT", ("Oslo",), ())],
}


def plain(marked: str) -> str:
    for tag in ("<s>", "</s>", "<t>", "</t>"):
        marked = marked.replace(tag, "")
    return marked


def program(sentence: str) -> CodedArticle:
    made = next(claims for (marked, _, _), claims in LINES.items() if plain(marked) == sentence)
    return coded(sentence, *(claim(sentence, each) for each in made))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    lines = ["marked_sentence\tgold_root\tgold_penta", *("\t".join(line) for line in LINES)]
    (tmp_path / "claims.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "claims.tsv"


def test_figures_by_hand(path: Path) -> None:
    told = evaluate_claims(path, code=program).as_json()
    assert json.loads(json.dumps(told)) == told
    assert told == {
        "n": 6,
        "right": 0.5,  # Ghana, Mali (CONCEDE for RETREAT is YIELD for YIELD), Spain
        "roles_right": 0.6667,  # and Chad
        "type_right": 0.6667,  # and Peru
        "any_claim": 0.8333,  # all but Oman
        "claims": 7,
        "crosswalk": "plv",
        "per_class": {
            "ACCUSE": {"right": 0, "n": 2},
            "CONSULT": {"right": 1, "n": 2},
            "SANCTION": {"right": 1, "n": 1},
            "YIELD": {"right": 1, "n": 1},
        },
        "none_right": 0.5,
    }


def test_errors_show_what_was_made_instead(path: Path) -> None:
    scores = evaluate_claims(path, code=program)
    assert len(scores.errors) == 3
    assert any(
        line.startswith("CONSULT: [Oman] called {Qatar}") and line.endswith("no claim") for line in scores.errors
    )
    assert any("SUPPORT/ occurred Chad → Niger (blamed)" in line for line in scores.errors)
    rows = scores.table()
    assert {len(row) for row in rows} == {3}
    assert ("right type, both roles", "0.500", "6") in rows
    assert rows[-1][0] == "crosswalk: plv"


def evaluated(tmp_path: Path, marked: str, root: str, *claims: Claim) -> dict[str, float]:
    path = tmp_path / "one.tsv"
    path.write_text(f"marked_sentence\tgold_root\n{marked}\t{root}\n", encoding="utf-8")
    told = evaluate_claims(path, code=lambda sentence: coded(sentence, *claims)).as_json()
    return {name: told[name] for name in ("right", "roles_right", "type_right")}


def test_parties_of_a_mutual_event_may_all_be_actors(tmp_path: Path) -> None:
    marked = "<s>Ghana</s> met <t>Togo</t>."
    both = claim(plain(marked), ("CONSULT", ("Ghana", "Togo"), ()))
    assert evaluated(tmp_path, marked, "CONSULT", both)["right"] == 1.0
    one = claim(plain(marked), ("CONSULT", ("Ghana",), ()))
    assert evaluated(tmp_path, marked, "CONSULT", one) == {"right": 0.0, "roles_right": 0.0, "type_right": 1.0}


def test_a_role_that_is_not_marked_is_not_asked_for(tmp_path: Path) -> None:
    marked = "The <t>Togo</t> envoys were expelled."
    lone = claim(plain(marked), ("SANCTION", ("Ghana",), ("Togo",)))
    assert evaluated(tmp_path, marked, "SANCTION", lone)["right"] == 1.0


def test_an_understood_recipient_may_stand_in_the_content(tmp_path: Path) -> None:
    marked = "Ghana refused the plan of <t>Togo</t>."
    sentence = plain(marked)
    understood = claim(sentence, ("REJECT", ("Ghana",), ("nobody",)), content="the plan of Togo")
    assert evaluated(tmp_path, marked, "REJECT", understood)["right"] == 1.0
    elsewhere = claim(sentence, ("REJECT", ("Ghana",), ("nobody",)), content="the plan")
    assert evaluated(tmp_path, marked, "REJECT", elsewhere)["right"] == 0.0


def test_the_crosswalk_looks_at_the_status(tmp_path: Path) -> None:
    marked = "<s>Ghana</s> frees <t>Togo</t>."
    planned = claim(plain(marked), ("CONCEDE", ("Ghana",), ("Togo",)), status=Status.SCHEDULED)
    assert evaluated(tmp_path, marked, "AGREE", planned)["right"] == 1.0
    path = tmp_path / "one.tsv"
    without = evaluate_claims(path, crosswalk=None, code=lambda sentence: coded(sentence, planned)).as_json()
    assert without["right"] == 0.0
    assert without["crosswalk"] is None


def test_files_without_no_events_have_no_figure_for_them(tmp_path: Path) -> None:
    path = tmp_path / "one.tsv"
    path.write_text("marked_sentence\tgold_root\n<s>A</s> met <t>B</t>.\tCONSULT\n", encoding="utf-8")
    assert "none_right" not in evaluate_claims(path, code=lambda sentence: coded(sentence)).as_json()


def test_the_program_itself_finds_plain_events(tmp_path: Path) -> None:
    path = tmp_path / "real.tsv"
    lines = [
        "<s>Ghana</s> expelled <t>two Togolese diplomats</t>.\tSANCTION\t4",
        "<s>Japan</s> condemned <t>North Korea</t>.\tACCUSE\t3",
        "Rain fell on the empty square.\t\t0",
    ]
    path.write_text("\n".join(["marked_sentence\tgold_root\tgold_penta", *lines]) + "\n", encoding="utf-8")
    scores = evaluate_claims(path)
    assert (scores.right, scores.none_right) == (1.0, 1.0)
