"""Bytes in many encodings, declared rightly, wrongly or not at all, come out as the text they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.clean.decoding import decode

RUSSIAN = (
    "Министр иностранных дел заявил, что переговоры в Осло состоятся 12 января. Стороны обсудят гарантии безопасности."
)
FRENCH = "Le ministre des Affaires étrangères a déclaré que la réunion aurait lieu très tôt à Genève, à l’hôtel."
JAPANESE = "外務大臣は火曜日にジュネーブで会談を行うと述べた。両国は安全保障について協議する。"


def page(text: str, declared: str = "utf-8") -> str:
    return f'<html><head><meta charset="{declared}"><title>{text[:20]}</title></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1251", "koi8-r", "iso8859-5")]
    + [(FRENCH, name) for name in ("utf-8", "utf-16", "windows-1252")]
    + [(JAPANESE, name) for name in ("utf-8", "shift_jis", "euc-jp")],
)
@pytest.mark.parametrize("wrap", [str, page], ids=["text", "page-declared-utf-8"])
def test_the_bytes_decide(text: str, encoding: str, wrap: object) -> None:
    written = wrap(text)  # type: ignore[operator]
    assert decode(written.encode(encoding)).text == written


def test_a_right_declaration_is_followed() -> None:
    short = page("Łódź i Gdańsk", "iso-8859-2")
    assert decode(short.encode("iso-8859-2")).text == short
    assert decode("Łódź i Gdańsk".encode("iso-8859-2"), "iso-8859-2").text == "Łódź i Gdańsk"


@pytest.mark.parametrize("name", ["idna", "rot13", "hex", "utf-7", "nonsense", "unicode_escape"])
def test_what_is_no_encoding_of_pages_is_ignored(name: str) -> None:
    assert "Genève" in decode(FRENCH.encode("windows-1252"), name).text


def test_utf_8_with_a_damaged_place_stays_utf_8() -> None:
    damaged = (RUSSIAN * 3).encode()[:-1]
    assert decode(damaged).text.startswith(RUSSIAN)


def test_controls_and_line_ends() -> None:
    assert decode(b"one\x00two\r\nthree\rfour\x07").text == "onetwo\nthree\nfour"


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=12)))
def test_any_bytes_decode(content: bytes, declared: str | None) -> None:
    text = decode(content, declared).text
    assert "\x00" not in text
    text.encode()
