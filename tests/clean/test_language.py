"""Language of texts, and stretches of other languages inside English ones."""

import pytest

from communique.clean.language import foreign_stretches, language_of

ENGLISH = "The ministers met in Oslo on Monday and agreed to meet again in the spring, the hosts said."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        ("Министры встретились в Осло в понедельник и договорились о новой встрече.", "ru"),
        ("Les ministres se sont réunis lundi à Oslo et ont décidé de se revoir au printemps.", "fr"),
        ("両国の外相は月曜日にオスロで会談した。", "ja"),
        ("1234 --- 5678", None),
        ("", None),
    ],
)
def test_language_of_a_text(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He spoke of the plan [о\u00a0новом плане для всех]but not of money.", [("о\u00a0новом плане для всех", "ru")]),
        ("The song «Подмосковные вечера» and the dish Українська їжа.", [("Подмосковные вечера", "ru"), ("Українська їжа", "uk")]),
        ("The daily Ελευθεροτυπία reported it.", [("Ελευθεροτυπία", "el")]),
        ("The ministry (外務省) confirmed the visit.", [("外務省", "zh")]),
        ("She said “c’est une décision très grave pour nous” and left.", [("c’est une décision très grave pour nous", "fr")]),
        ("The newspaper Le Monde and the Frankfurter Allgemeine Zeitung wrote about Rodríguez.", []),
        ("“This is a very bad decision for our country,” she said on Monday.", []),
        ("The α and β variants spread.", []),
    ],
)  # fmt: skip
def test_stretches_in_other_languages(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[each.start : each.end], each.language) for each in foreign_stretches(text, "en")] == expected


def test_names_in_latin_script_are_no_fragments_of_a_russian_article() -> None:
    assert foreign_stretches("Министры НАТО и Frankfurter Allgemeine Zeitung написали об этом.", "ru") == ()
