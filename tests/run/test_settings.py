"""communique.toml: sensible without a file; a key that means nothing is refused with one line."""

from pathlib import Path

import pytest

from communique.records import ConfigurationError
from communique.run import Settings, load_settings


def test_no_file_no_questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings() == Settings()
    (tmp_path / "communique.toml").write_text("max_characters = 7\n")
    assert load_settings().max_characters == 7


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("recrod = 'x.db'", "`recrod` is no setting; known are record, actors, codebook, issues, max_characters"),
        ("max_characters = 0", "`max_characters` cannot be 0"),
        ("max_characters = 'many'", "`max_characters` cannot be 'many'"),
        ("record = ", "is not valid TOML"),
        ("\xff\xfe", "is not valid TOML"),
    ],
)
def test_a_wrong_file_gives_one_line(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(ConfigurationError) as caught:
        load_settings(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_absent_file_that_was_named_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_settings(tmp_path / "absent.toml")


def test_the_file_of_actors_counts_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "communique.toml").write_text("actors = 'own.yaml'\n")
    (tmp_path / "own.yaml").write_text("a")
    first = load_settings(tmp_path / "communique.toml").described()
    (tmp_path / "own.yaml").write_text("b")
    assert load_settings(tmp_path / "communique.toml").described() != first
    (tmp_path / "own.yaml").unlink()
    with pytest.raises(ConfigurationError, match="correct `actors`"):
        load_settings(tmp_path / "communique.toml").described()


def test_codebook_files_count_by_their_content_and_lie_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "communique.toml").write_text("codebook = ['own.yaml']\n")
    (tmp_path / "own.yaml").write_text("a")
    first = load_settings(tmp_path / "communique.toml")
    told = first.described()
    assert first.codebook == (tmp_path / "own.yaml",)
    (tmp_path / "own.yaml").write_text("b")
    assert load_settings(tmp_path / "communique.toml").described() != told
    (tmp_path / "own.yaml").unlink()
    with pytest.raises(ConfigurationError, match="correct `codebook`"):
        load_settings(tmp_path / "communique.toml").described()
