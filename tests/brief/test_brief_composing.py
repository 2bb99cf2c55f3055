"""What a digest says of a record, and that its words are the articles'."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from turning import NOW, WHOLE

from communique.brief.asking import Asked, days_back, first_day, now_of, sorted_out
from communique.brief.composing import compose
from communique.brief.digest import Digest, Section
from communique.brief.linking import text_fragment
from communique.brief.phrasing import load_phrases, uncapitalized, when
from communique.brief.rendering import html, markdown, text
from communique.codebook.event_types import load_event_types
from communique.records import ConfigurationError, DateRange, MeetingStatus, Precision, SpeechAct
from communique.store import Record

GOLDEN = Path(__file__).parent / "golden"


def section(digest: Digest, title: str) -> Section:
    return next(each for each in digest.sections if each.title == title)


def test_sections_tell_what_the_links_hold(record: Record) -> None:
    digest = compose(record, WHOLE)
    told = {each.title: [one.text for one in each.sentences] for each in digest.sections}
    assert told["What happened"][0] == "On 3 March, Norland and Sudria met in Port Vell (2 reports, 2 outlets)"
    assert told["What was said"] == ["Ada Holm said (3 reports, 2 outlets)"]
    assert told["What changed"] == [
        "On 5 March, Sudria turned from “demands” to “offers” on navigation (2 outlets)",
        "The meeting (talks) of Norland and Sudria (on 17 March 2031) was postponed, as reported on 6 March",
    ]
    assert told["What is coming"] == [
        "On 17 March: the meeting (talks) of Norland and Sudria, postponed on 6 March (2 reports, 2 outlets)"
    ]
    assert told["What is disputed"] == [
        "Reports differ on the place: Port Vell (2 outlets) or none (1 outlet). "
        "The matter: on 3 March, Norland and Sudria met in Port Vell"
    ]


def test_every_sentence_ends_in_words_of_its_article(record: Record) -> None:
    for part in compose(record, WHOLE).sections:
        for sentence in part.sentences:
            assert sentence.words
            assert sentence.keys
            for each in sentence.words:
                kept = record.find(each.id)
                article = record.articles_by_id([kept.article_id])[kept.article_id]  # type: ignore[union-attr]
                pieces = [piece.strip("“” ") for piece in each.quote.split(" […] ")]
                assert all(piece.removesuffix(" …") in " ".join(article.text.split()) for piece in pieces)


def test_what_was_not_known_yet_is_not_told(record: Record) -> None:
    before = compose(record, replace(WHOLE, until=date(2031, 3, 5)))
    assert section(before, "What is coming").sentences[0].text == (
        "On 17 March: the meeting (talks) of Norland and Sudria, announced on 4 March"
    )
    assert len(section(before, "What changed").sentences) == 1
    after = compose(record, Asked(now=NOW, since=date(2031, 3, 18), until=date(2031, 3, 19)))
    assert after.empty


def test_links_lead_to_the_article_or_to_the_reading_room(record: Record) -> None:
    own = section(compose(record, WHOLE), "What changed").sentences[1].words[0]
    assert own.href is not None
    assert own.href.startswith("https://gazette.example/talks?a=1&b=2#:~:text=A%20second%20round%20is%20planned")
    served = (
        section(compose(record, replace(WHOLE, base="http://127.0.0.1:8000/")), "What changed").sentences[1].words[0]
    )
    article = record.claims_by_id([own.id])[own.id].article_id
    assert served.href == f"http://127.0.0.1:8000/articles/{article}#{own.id}"


def test_about_narrows_everything(record: Record) -> None:
    names, words = sorted_out(record, ("Sudria", "patrol boats"))
    assert (names, words) == (("Sudria",), ("patrol boats",))
    assert not compose(record, replace(WHOLE, actors=names, words=words)).empty
    assert compose(record, replace(WHOLE, words=("submarines",))).empty
    assert compose(record, replace(WHOLE, actors=("Ruritania",))).empty
    with pytest.raises(ConfigurationError, match="names nothing"):
        sorted_out(record, ("a\nb",))


def test_cutting_counts_what_it_leaves_out(record: Record) -> None:
    whole = section(compose(record, WHOLE), "What changed")
    cut = section(compose(record, WHOLE).cut(1), "What changed")
    assert (cut.sentences, cut.left) == (whole.sentences[:1], len(whole.sentences) - 1)
    assert compose(record, WHOLE, 1) == compose(record, WHOLE).cut(1)


@pytest.mark.parametrize("name", ["brief.md", "brief.html", "brief.txt"])
def test_written_as_it_was_looked_at(record: Record, name: str) -> None:
    write = {"brief.md": markdown, "brief.html": html, "brief.txt": text}[name]
    made = write(compose(record, replace(WHOLE, base="http://127.0.0.1:8000")))
    assert made == (GOLDEN / name).read_text(encoding="utf-8")


def test_every_type_act_and_move_has_a_phrase() -> None:
    phrases = load_phrases()
    known = load_event_types().types
    assert set(phrases.types) == set(known)
    for name, entry in phrases.types.items():
        assert set(entry.get("modes", {})) <= set(known[name].mode_definitions)
        for each in (entry, *entry.get("modes", {}).values(), *entry.get("words", {}).values()):
            assert "{who}" in each["past"]
            assert "{whom}" in each["past"]
            assert "{who}" in each["alone"]
            assert "{whom}" not in each["alone"]
    assert set(phrases.acts) == set(SpeechAct)
    assert set(phrases.moves) == set(MeetingStatus)


def test_names_in_a_row() -> None:
    phrases = load_phrases()
    assert phrases.names(["United States", "Russia", "Russia"]) == "the United States and Russia"
    assert phrases.names("ABCDEFG") == "A, B, C, D and 3 others"
    assert phrases.names([]) == ""


def test_days_keep_their_precision() -> None:
    def dates(first: date | None, last: date | None, precision: Precision) -> str:
        return when(DateRange(earliest=first, latest=last, precision=precision))

    assert dates(date(2022, 1, 10), date(2022, 1, 10), Precision.DAY) == "On 10 January 2022"
    assert dates(date(2022, 1, 1), date(2022, 1, 31), Precision.MONTH) == "In January 2022"
    assert dates(date(2022, 1, 1), date(2022, 12, 31), Precision.YEAR) == "In 2022"
    assert dates(date(2022, 1, 3), date(2022, 1, 9), Precision.WEEK) == "Between 3 January 2022 and 9 January 2022"
    assert dates(None, date(2022, 1, 9), Precision.DAY) == "On or before 9 January 2022"
    assert uncapitalized("On 3 March, Norland met") == "on 3 March, Norland met"
    assert uncapitalized("Norland met") == "Norland met"


def test_stretches_count_back_from_the_records_own_end(record: Record) -> None:
    assert (days_back("7d"), days_back("2W"), days_back("0d"), days_back("2022")) == (7, 14, None, None)
    assert first_day(date(2022, 1, 14), 7) == date(2022, 1, 8)
    assert now_of(record, date(2031, 3, 20)) == date(2031, 3, 20)
    assert now_of(record, date(2040, 1, 1)) == NOW


def test_fragments_escape_what_has_a_meaning_in_them() -> None:
    assert text_fragment("a - b, c & d") == "a%20%2D%20b%2C%20c%20%26%20d"
    assert text_fragment(" ".join("abcdefghijklmnop")) == "a%20b%20c%20d%20e,l%20m%20n%20o%20p"
    assert text_fragment("first line\nsecond") == "first%20line"
