"""`communique explain` on what linking derived and what people judged, as a table and as JSON."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from calling import Command
from handmade import RUN, coded_article
from linked import links_of

from communique.records import Verdict, make_judgement
from communique.store import Record

FIRST, SECOND = coded_article("wire/talks.txt"), coded_article("gazette/talks.txt")
LINKS = links_of(FIRST, SECOND)
CLAIM = FIRST.claims[1]
JUDGEMENT = make_judgement(
    verdict=Verdict.CORRECTED,
    subject=CLAIM.id,
    changes=(("type", "COOPERATE"), ("place", "")),
    judge="Ada",
    judged_at=datetime(2031, 3, 5, tzinfo=UTC),
)


@pytest.fixture
def linked(tmp_path: Path) -> str:
    path = tmp_path / "linked.db"
    with Record.open(path, create=True) as record:
        record.add(FIRST, RUN)
        record.add(SECOND, RUN)
        record.write_links(LINKS)
        record.judge(JUDGEMENT)
    return str(path)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (LINKS.events[0].id, ("LINKED EVENT", "Norland – Sudria", "2 articles, 2 voices", "none (1 voice, otherwise)")),
        (LINKS.meetings[0].id, ("LINKED MEETING", "announced on 2031-03-04", "“A second round is planned")),
        (LINKS.lines[0].id, ("Sudria on navigation: demands", "reported by others")),
        (LINKS.copies[0].id, ("2 articles, syndicated, at least 94% alike",)),
        (JUDGEMENT.id, ("corrected, judged by Ada on 2031-03-05", "type: COOPERATE", "place: none", "“met”")),
        (CLAIM.id, ("COOPERATE", "the program had said: CONSULT", "the program had said: Port Vell, NRL")),
    ],
)  # fmt: skip
def test_what_is_derived_is_explained(command: Command, linked: str, asked: str, told: tuple[str, ...]) -> None:
    code, out, err = command("explain", asked, "--record", linked)
    assert (code, err) == (0, "")
    for words in told:
        assert words in out
    code, out, err = command("explain", asked, "--json", "--record", linked)
    assert (code, err) == (0, "")
    explained = json.loads(out)
    assert explained["id"] == asked
    assert explained["passages"]
