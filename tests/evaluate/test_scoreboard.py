"""The scoreboard on made figures: what is a fall, what is only noise, what an absent set does, what is written and read again."""

import json
from collections.abc import Callable
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.evaluate.figures import Noise, ScoreSpecs, load_specs, parse_specs, standard_error
from communique.evaluate.score_table import BEGIN, END, as_json, markdown, placed, read_kept, write_scores
from communique.evaluate.scoreboard import Board, Kept, compare, fingerprint, run_scores
from communique.evaluate.scorers import added, articles, card, own_scorers, with_shares
from communique.records import ConfigurationError, ReadingError

SPECS = """
noise: {share: s, macro: m, count: c, none: z, speed: t}
sets:
  - name: times
    title: Times
    scorer: made
    at: gold
    path: times.jsonl
    figures:
      - {key: value_f1, title: value F1, n: n, noise: share, peer: others .5}
      - {key: speed, title: documents a second, noise: speed}
  - name: article
    title: An article
    scorer: made
    at: checkout
    path: article
    figures:
      - {key: events.share, title: events, n: events.expected, noise: share}
      - {key: never, title: never, noise: none, better: lower}
      - {key: unmatched, title: unmatched, noise: count, better: lower}
"""
GOOD: dict[str, Any] = {
    "value_f1": 0.8,
    "n": 100,
    "speed": 90.0,
    "events": {"found": 9, "expected": 10, "share": 0.9},
    "never": 0,
    "unmatched": 4,
}


@pytest.fixture
def specs() -> ScoreSpecs:
    return parse_specs(SPECS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gold file, an article's folder and a page with markers."""
    (tmp_path / "times.jsonl").write_text("{}\n", encoding="utf-8")
    (tmp_path / "article").mkdir()
    (tmp_path / "article" / "expected.yaml").write_text("times: []\n", encoding="utf-8")
    (tmp_path / "scores.md").write_text(f"# Scores\n\n{BEGIN}\n{END}\n\nThe end.\n", encoding="utf-8")
    return tmp_path


Scored = Callable[..., Board]


@pytest.fixture
def scored(specs: ScoreSpecs, folder: Path) -> Scored:
    """One run: the good figures with some changed, compared with what the folder keeps."""

    def run(commit: str = "aaa", *, accept: bool = False, write: bool = True, **changed: Any) -> Board:
        made = GOOD | changed
        figures, skipped = run_scores(specs, gold=folder, checkout=folder, scorers={"made": lambda path: made})
        kept = read_kept(folder / "scores.json")
        board = compare(specs, figures, kept, skipped=skipped, date="2026-11-25", commit=commit, accept=accept)
        if write:
            write_scores(board, folder)
        return board

    return run


def kept_of(board: Board, key: str) -> Kept:
    return next(row.kept for row in board.rows if row.key == key)


def test_a_first_run_has_nothing_to_fall_from(scored: Scored) -> None:
    board = scored()
    assert len(board.rows) == 5
    assert board.falls == ()
    assert all(row.kept.before is None for row in board.rows)


def test_a_share_falls_by_more_than_its_binomial_error_only(scored: Scored) -> None:
    scored()
    noise = standard_error(0.8, 100)
    assert 0.039 < noise < 0.041
    assert scored("bbb", value_f1=round(0.8 - 0.9 * noise, 4), write=False).falls == ()
    (line,) = scored("bbb", value_f1=round(0.8 - 1.2 * noise, 4), write=False).falls
    assert line.startswith("times.value_f1")
    assert "was 0.8" in line


def test_what_must_never_be_has_no_noise_and_counts_have_the_root(scored: Scored) -> None:
    scored()
    assert [line.split()[0] for line in scored("bbb", never=1, write=False).falls] == ["article.never"]
    assert scored("bbb", unmatched=6, write=False).falls == ()  # 4 to 6, noise 2.4
    assert [line.split()[0] for line in scored("bbb", unmatched=7, write=False).falls] == ["article.unmatched"]
    assert scored("bbb", unmatched=0, never=0, write=False).falls == ()


def test_speed_is_told_and_never_compared(scored: Scored) -> None:
    scored()
    assert scored("bbb", speed=1.0, write=False).falls == ()


def test_small_steps_down_add_up_to_a_fall(scored: Scored) -> None:
    scored("aaa")
    assert scored("bbb", value_f1=0.78).falls == ()
    assert scored("ccc", value_f1=0.77).falls == ()
    assert scored("ddd", value_f1=0.75).falls != ()


def test_a_fall_stays_one_until_it_is_accepted(scored: Scored) -> None:
    scored("aaa")
    assert scored("bbb", value_f1=0.6).falls
    assert scored("bbb", value_f1=0.6).falls
    assert scored("bbb", value_f1=0.6, accept=True).falls  # told once more, and taken
    assert scored("bbb", value_f1=0.6).falls == ()


def test_before_is_what_another_commit_wrote(scored: Scored) -> None:
    scored("aaa")
    scored("bbb", value_f1=0.85)
    again = scored("bbb", value_f1=0.86)
    kept = kept_of(again, "times.value_f1")
    assert (kept.figure.value, kept.before, kept.best) == (0.86, 0.8, 0.86)


def test_another_set_is_not_compared(scored: Scored, folder: Path) -> None:
    scored("aaa")
    (folder / "times.jsonl").write_text("{} {}\n", encoding="utf-8")
    board = scored("bbb", value_f1=0.1)
    assert board.falls == ()
    assert kept_of(board, "times.value_f1").before is None
    assert kept_of(board, "times.value_f1").best == 0.1


def test_an_absent_set_is_skipped_said_and_its_old_figures_are_kept(scored: Scored, folder: Path) -> None:
    scored("aaa")
    (folder / "times.jsonl").unlink()
    board = scored("bbb", value_f1=0.1)
    assert board.falls == ()
    assert board.skipped == ("times: times.jsonl is not there",)
    kept = kept_of(board, "times.value_f1")
    assert (kept.figure.value, kept.commit) == (0.8, "aaa")
    page = (folder / "scores.md").read_text(encoding="utf-8")
    assert "0.800 (aaa)" in page
    assert "times.jsonl is not there" in page


def test_an_absent_set_that_never_was_has_no_rows(specs: ScoreSpecs, tmp_path: Path) -> None:
    figures, skipped = run_scores(specs, gold=tmp_path, checkout=tmp_path, scorers={})
    assert (figures, len(skipped)) == ({}, 2)
    board = compare(specs, figures, {}, skipped=skipped, date="2026-11-25", commit="aaa")
    assert board.sets == ()


def test_a_scorer_that_cannot_read_its_set_is_told(specs: ScoreSpecs, folder: Path) -> None:
    def broken(path: Path) -> dict[str, Any]:
        raise ReadingError(f"{path.name}: is torn")

    figures, skipped = run_scores(specs, gold=folder, checkout=folder, scorers={"made": broken})
    assert figures == {}
    assert skipped == ("times: times.jsonl: is torn", "article: article: is torn")


def test_what_is_written_is_read_again(scored: Scored, folder: Path) -> None:
    board = scored("aaa")
    assert read_kept(folder / "scores.json") == {row.key: row.kept for row in board.rows}
    told = json.loads((folder / "scores.json").read_text(encoding="utf-8"))
    assert told == as_json(board)
    assert (told["date"], told["commit"]) == ("2026-11-25", "aaa")
    assert told["figures"]["times.value_f1"]["why_noise"] == "share"


def test_the_page_keeps_what_stands_around_the_table(scored: Scored, folder: Path) -> None:
    scored("aaa")
    scored("bbb", value_f1=0.5)
    page = (folder / "scores.md").read_text(encoding="utf-8")
    assert page.startswith("# Scores\n")
    assert page.endswith("\n\nThe end.\n")
    assert page.count(BEGIN) == page.count(END) == 1
    assert "| value F1 | 0.500 (fell) | 0.800 | -0.300 |" in page
    assert "| events | 9 of 10 | 9 of 10 |" in page
    assert "others .5" in page


def test_a_page_without_markers_is_left_alone(scored: Scored, folder: Path) -> None:
    (folder / "scores.md").write_text("# Scores\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"scores\.md.*put them back"):
        scored()
    assert (folder / "scores.md").read_text(encoding="utf-8") == "# Scores\n"
    assert not (folder / "scores.json").exists()


def test_kept_figures_that_are_none_are_an_error_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    path.write_text('{"figures": {"times.value_f1": {}}}', encoding="utf-8")
    with pytest.raises(ConfigurationError, match="restore it from version control"):
        read_kept(path)


@given(st.text().filter(lambda text: BEGIN not in text and END not in text), st.text(alphabet="ab|\n"))
def test_placing_twice_is_placing_once(around: str, table: str) -> None:
    document = f"{around}{BEGIN}{END}{around}"
    once = placed(document, table, "page")
    assert placed(once, table, "page") == once
    assert once.startswith(around)


@given(st.floats(0, 1), st.integers(1, 10_000))
def test_a_share_always_has_some_noise_and_less_of_more(share: float, n: int) -> None:
    noise = standard_error(share, n)
    assert 0 < noise <= 0.5 / sqrt(n) + 1e-9
    assert standard_error(share, 4 * n + 4) < noise


def test_the_macro_average_is_noisier_than_its_rows_alone(specs: ScoreSpecs, tmp_path: Path) -> None:
    macro = parse_specs(
        "noise: {}\nsets: [{name: r, title: R, scorer: made, at: gold, path: r.tsv, "
        "figures: [{key: root.macro_f1, title: root, n: n, noise: macro}]}]"
    )
    (tmp_path / "r.tsv").write_text("x", encoding="utf-8")
    classes = {"A": {"f1": 0.9, "n": 990}, "B": {"f1": 0.5, "n": 10}}
    told = {"n": 1000, "root": {"macro_f1": 0.7, "per_class": classes}}
    figures, _ = run_scores(macro, gold=tmp_path, checkout=tmp_path, scorers={"made": lambda path: told})
    noise = figures["r.root.macro_f1"].noise
    assert noise is not None
    assert noise == pytest.approx(sqrt(standard_error(0.9, 990) ** 2 + standard_error(0.5, 10) ** 2) / 2, abs=1e-4)
    assert noise > standard_error(0.7, 1000)


def test_a_fingerprint_names_the_content(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text("one", encoding="utf-8")
    before = fingerprint(tmp_path / "a")
    assert before == fingerprint(tmp_path / "a")
    (tmp_path / "a" / "one.txt").write_text("two", encoding="utf-8")
    assert fingerprint(tmp_path / "a") != before


def test_counts_of_articles_are_added_and_shared() -> None:
    one = {
        "times": {"found": 1, "expected": 2, "wrong": 3},
        "fragments": {"found": 0, "expected": 0, "wrong": 1},
        "never": 1,
    }
    told = with_shares(added(added({}, one), one))
    assert told["times"] == {"found": 2, "expected": 4, "wrong": 6, "share": 0.5}
    assert "share" not in told["fragments"]
    assert (told["wrong"], told["never"]) == (8, 2)


def test_folders_and_cards_that_are_none_are_told(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ReadingError, match="no JSON object"):
        card(tmp_path / "card.json")
    with pytest.raises(ReadingError, match="no annotated article"):
        articles(tmp_path)


def test_the_packaged_list_is_sound() -> None:
    specs = load_specs()
    assert {each.scorer for each in specs.sets} == set(own_scorers())
    assert set(specs.noise) == set(Noise)
    keys = [f"{each.name}.{spec.key}" for each in specs.sets for spec in each.figures]
    assert len(keys) == len(set(keys))
    for each in specs.sets:
        for spec in each.figures:
            assert spec.n is not None or spec.noise in (Noise.COUNT, Noise.NONE, Noise.SPEED), f"{each.name}.{spec.key}"


def test_a_misspelt_key_in_the_list_is_an_error() -> None:
    with pytest.raises(ConfigurationError, match="tilte"):
        parse_specs(SPECS.replace("title: Times", "tilte: Times"))


def test_the_documentation_has_the_markers_and_fits_the_figures() -> None:
    docs = Path(__file__).resolve().parents[2] / "docs"
    page = (docs / "scores.md").read_text(encoding="utf-8")
    assert placed(page, "x", "docs/scores.md")
    kept = read_kept(docs / "scores.json")
    specs = load_specs()
    known = {f"{each.name}.{spec.key}" for each in specs.sets for spec in each.figures}
    assert set(kept) <= known
    titles = {f"{each.name}.{spec.key}": spec.title for each in specs.sets for spec in each.figures}
    assert [key for key in kept if f"| {titles[key]} |" not in page] == []


def test_the_table_escapes_what_would_break_it(specs: ScoreSpecs, scored: Scored) -> None:
    board = scored("a|b")
    assert "a|b" in markdown(board)
    assert all(
        line.count("|") - line.count("\\|") == 8 for line in markdown(board).splitlines() if line.startswith("|")
    )
