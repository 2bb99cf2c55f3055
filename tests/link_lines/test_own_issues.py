"""A user's own issues: found before the codebook's, refused with one line where the file is wrong."""

from pathlib import Path

import pytest

from communique.codebook.directions import bearing
from communique.codebook.issues import IssueFinder, load_issues
from communique.codebook.own_issues import load_own_issues, with_own
from communique.records import ConfigurationError
from communique.run.settings import Settings, load_settings
from communique.run.user_files import issues_of

LAKE = """
- name: lake levels
  definition: How high the lake may stand.
  words: [lake level, "raise … lake", sluice gate]
  against: [lower … lake]
- {name: talks, words: [talk], general: true}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "my-issues.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def names(words: str, path: Path) -> list[str]:
    return [match.issue.name for match in IssueFinder(with_own(load_own_issues(path))).matches(words.split())]


def test_own_issues_come_first_and_may_replace_packaged_ones(tmp_path: Path) -> None:
    path = written(tmp_path, LAKE)
    assert names("to raise the level of the big lake", path)[0] == "lake levels"
    assert names("the sluice gate and the dam", path)[:2] == ["lake levels", "waters and fishing"]
    issues = with_own(load_own_issues(path))
    assert len(issues) == len(load_issues()) + 1
    assert next(issue for issue in issues if issue.name == "talks").source == str(path)


def test_words_against_turn_a_content_round(tmp_path: Path) -> None:
    issue = load_own_issues(written(tmp_path, LAKE))[0]
    assert bearing("to lower the lake by a metre", issue).turned
    assert not bearing("to raise the lake by a metre", issue).turned
    assert bearing("an end to the raised lake level", issue).turned
    assert not bearing("the weather", issue).names


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: lake", "no list of issues"),
        ("[]", "no list of issues"),
        ("- lake", "entry 1 is no mapping"),
        ("- {name: lake}", r"entry 1 \(lake\) lacks words"),
        ("- {name: lake, words: [lake], pattern: x}", "has no use for pattern"),
        ("- {name: lake, words: lake}", "no list of words"),
        ("- {name: lake, words: [lake], general: perhaps}", "write true or false"),
        ("- {name: lake, words: ['… lake']}", "words on both sides"),
        ("- {name: lake, words: [lake]}\n- {name: lake, words: [shore]}", "there twice"),
        ("- {name: lake, words: [", "not valid YAML"),
    ],
)
def test_a_wrong_file_gives_one_line(tmp_path: Path, text: str, told: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigurationError, match=told) as caught:
        load_own_issues(path)
    assert str(path) in str(caught.value)


def test_the_settings_name_the_file_and_its_content_decides_the_coding(tmp_path: Path) -> None:
    written(tmp_path, LAKE)
    (tmp_path / "communique.toml").write_text('issues = "my-issues.yaml"\n', encoding="utf-8")
    settings = load_settings(tmp_path / "communique.toml")
    assert issues_of(settings)[0].name == "lake levels"
    before = settings.described()
    assert before != Settings().described()
    written(tmp_path, LAKE.replace("sluice gate", "sluice"))
    assert settings.described() != before
    (tmp_path / "my-issues.yaml").unlink()
    with pytest.raises(ConfigurationError, match="correct `issues`"):
        settings.described()
