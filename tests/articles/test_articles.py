"""Our annotated articles: the annotations are sound, and no figure is worse than the accepted one."""

import re
from html import unescape
from pathlib import Path

import pytest
import yaml
from article_figures import FIGURES, FOLDERS, falls, figures_of, load_figures, name_of

from communique.codebook.event_types import load_event_types
from communique.evaluate.article import evaluate_article
from communique.evaluate.expected import Expected, article_file, load_expected
from communique.evaluate.locating import plain
from communique.records import Stance, StatementKind, Status
from communique.records.meeting import MeetingStatus
from communique.run.stages import installed_stages

TYPES = set(load_event_types().types)
STATE = {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK"}
SOCIETY = {"AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"}
SECTORS = STATE | SOCIETY | {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}


def stages_missing() -> str | None:
    try:
        installed_stages()
    except ImportError as error:
        return f"a stage is still missing: {error}"
    return None


def words_of(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = re.sub(r"(?s)<(script|style|title)\b.*?</\1>", " ", text)
        text = unescape(re.sub(r"</?(?:a|b|i|em|strong|span)\b[^>]*>", "", text))
        text = re.sub(r"<[^>]+>", " ", text)
    return plain(text)


def quotes_in(expected: Expected) -> list[str]:
    quotes = [*expected.article.not_article, *(each.quote for each in expected.article.foreign_fragments)]
    quotes += [form for actor in expected.actors for form in actor.mentions]
    for section in (expected.times, expected.events, expected.statements, expected.meetings):
        quotes += [each.quote for each in section if each.quote]
        quotes += [each.after for each in section if each.after]
    quotes += [each.quote for each in expected.never if each.quote]
    return quotes + [each.content for issue in expected.positions for each in issue.parties if each.content]


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_every_quote_is_verbatim(folder: Path) -> None:
    expected = load_expected(folder)
    words = words_of(article_file(folder, expected))
    absent = [quote for quote in quotes_in(expected) if plain(quote) not in words]
    assert not absent


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_the_annotation_uses_the_codebook_and_names_its_actors(folder: Path) -> None:
    expected = load_expected(folder)
    actors = {actor.name for actor in expected.actors}
    named = [name for event in expected.events for name in (*event.actor, *event.recipient)]
    named += [name for each in expected.statements for name in each.speaker]
    named += [name for each in expected.meetings for name in each.parties]
    named += [
        name
        for issue in expected.positions
        for each in issue.parties
        for name in (each.party, *each.of, *each.by, *each.asserted_by)
    ]
    assert set(named) <= actors
    assert {each for event in (*expected.events, *expected.never) for each in event.type} <= TYPES
    assert {each for event in expected.events for each in event.status} <= set(Status)
    assert {each for statement in expected.statements for each in statement.kind} <= set(StatementKind)
    assert {each for meeting in expected.meetings for each in meeting.status} <= set(MeetingStatus)
    assert {each for issue in expected.positions for party in issue.parties for each in party.stance} <= set(Stance)
    assert {each for actor in expected.actors for each in actor.sector} <= SECTORS
    assert all(event.status or event.same_as for event in expected.events)
    raw = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    assert {"comment", "article", "times", "actors", "events", "never", "statements", "positions", "meetings"} <= set(
        raw
    )


def test_there_are_enough_articles_of_both_sorts() -> None:
    names = [name_of(folder) for folder in FOLDERS]
    assert sum(name.startswith("in_the_wild/") for name in names) >= 10
    assert sum(name.startswith("negative/") for name in names) >= 4


@pytest.mark.skipif(stages_missing() is not None, reason=str(stages_missing()))
@pytest.mark.skipif(not FIGURES.exists(), reason="nothing was accepted yet: run tests/articles/accept_figures.py")
@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_no_figure_falls(folder: Path) -> None:
    accepted = load_figures().get(name_of(folder))
    assert accepted is not None, "no accepted figures: read the errors, then run tests/articles/accept_figures.py"
    scores = evaluate_article(folder)
    assert not falls(accepted, figures_of(scores)), "\n".join(scores.errors)
