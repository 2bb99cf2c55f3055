"""A seed → a stream of made articles about made events among forty countries over three years: text, and what it says where.

No record types and no stages here: `big_record.py` makes coded articles of it, `reading.py` has the program read the
texts. The same seed and number give the same articles. An event is told by several articles, one in twelve articles is a
copy under another outlet's name.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

WORLD: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "world.yaml").read_text(encoding="utf-8"))
FIRST_DAY = date(2021, 1, 1)
DAYS = 1096
CLAIMS = 7  # an article, on average
REPORTS = 5  # of an event, on average
LOOKS_BACK_DAYS = 4  # how old the oldest event is that an article tells
COPIES = 1 / 12
PEOPLE = 12  # of each country


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the made world: `left` and `right` are places in WORLD's countries, `kind` one of its kinds."""

    number: int
    day: date
    kind: dict[str, Any]
    left: int
    right: int
    city: int


@dataclass(frozen=True, slots=True)
class Telling:
    """One sentence about a happening: each role → (start, end) in the article's text."""

    happening: Happening
    marks: dict[str, tuple[int, int]]
    person: int | None  # who acts for the left side, None when the country is named
    day: date | None  # as told: one in twenty is a day off


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence in which somebody says something, with the same kind of marks."""

    country: int
    person: int
    marks: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class MadeArticle:
    """`copy_of` is the number of the article that it repeats word for word, `paragraphs` are (start, end), the title first."""

    number: int
    day: date
    outlet: str
    text: str
    paragraphs: tuple[tuple[int, int], ...]
    tellings: tuple[Telling, ...]
    sayings: tuple[Saying, ...]
    copy_of: int | None = None


def person_name(country: int, person: int) -> str:
    """The invented name of one of a country's people."""
    first, last = WORLD["first_names"], WORLD["last_names"]
    return f"{first[(country * 7 + person) % len(first)]} {last[(country * 3 + person * 5) % len(last)]}"


def person_title(country: int, person: int) -> str:
    """The office, which the first few of them hold."""
    adjective = WORLD["countries"][country][2]
    offices = ("President", "Foreign Minister", "Defence Minister", "spokesman")
    return f"{adjective} {offices[min(person, len(offices) - 1)]}"


def made_articles(number: int, seed: int = 1) -> Iterator[MadeArticle]:
    """So many articles in order of their days, evenly over the three years."""
    rng = random.Random(seed)
    countries = len(WORLD["countries"])
    sides = list(accumulate(1 / (rank + 2) for rank in range(countries)))
    kinds = WORLD["kinds"]
    often = list(accumulate(kind["weight"] for kind in kinds))
    outlets = [f"{'the-' if rank % 3 else ''}{name.lower()}-{rank:02}.example" for rank, name in _outlets()]
    popular = list(accumulate(1 / (rank + 3) for rank in range(len(outlets))))
    a_day = max(1, round(number * CLAIMS / REPORTS / DAYS))
    recent: list[Happening] = []
    happened = 0
    day = None
    last: list[MadeArticle] = []
    for each in range(number):
        today = FIRST_DAY + timedelta(days=each * DAYS // number)
        while day is None or day < today:
            day = today if day is None else day + timedelta(days=1)
            recent = [one for one in recent if (day - one.day).days < LOOKS_BACK_DAYS]
            for _ in range(a_day):
                left, right = _two(rng, sides)
                kind = rng.choices(kinds, cum_weights=often)[0]
                recent.append(Happening(happened, day, kind, left, right, rng.choice((left, right, right))))
                happened += 1
        outlet = rng.choices(outlets, cum_weights=popular)[0]
        if last and rng.random() < COPIES:
            original = rng.choice(last)
            first = original.number if original.copy_of is None else original.copy_of
            made = replace(original, number=each, day=today, outlet=outlet, copy_of=first)
        else:
            made = _written(rng, each, today, outlet, recent)
        last = [*last[-20:], made]
        yield made


def _outlets() -> Iterator[tuple[int, str]]:
    names = [country[3].replace(" ", "").replace("'", "") for country in WORLD["countries"]]
    for rank in range(WORLD["outlets"]):
        yield rank, names[rank % len(names)]


def _two(rng: random.Random, weights: list[float]) -> tuple[int, int]:
    left = rng.choices(range(len(weights)), cum_weights=weights)[0]
    while True:
        right = rng.choices(range(len(weights)), cum_weights=weights)[0]
        if right != left:
            return left, right


class _Sheet:
    """Words written one after the other, with the places that were marked."""

    def __init__(self) -> None:
        self.text = ""
        self.paragraphs: list[tuple[int, int]] = []

    def write(self, words: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += words
        return start, len(self.text)

    def paragraph(self) -> None:
        """Ends one."""
        start = self.paragraphs[-1][1] + 2 if self.paragraphs else 0
        self.paragraphs.append((start, len(self.text)))
        self.text += "\n\n"


def _written(rng: random.Random, number: int, day: date, outlet: str, recent: list[Happening]) -> MadeArticle:
    main = rng.choice(recent)
    near = [one for one in recent if one is not main and {one.left, one.right} & {main.left, main.right}]
    wanted = rng.randint(CLAIMS - 3, CLAIMS + 1)
    if len(near) < wanted:
        near = [one for one in recent if one is not main]
    told = [main, *rng.sample(near, min(len(near), wanted))]
    sheet = _Sheet()
    countries = WORLD["countries"]
    sheet.write(f"{countries[main.left][1]} and {countries[main.right][1]}: what was said in {countries[main.city][3]}")
    sheet.paragraph()
    tellings, sayings = [], []
    for place, one in enumerate(told):
        tellings.append(_tell(rng, sheet, one))
        if place % 2 == 0:
            sheet.write(" ")
            sayings.append(_say(rng, sheet, one))
        if rng.random() < 0.5:
            sheet.write(" " + rng.choice(WORLD["filler"]))
        sheet.paragraph()
    text = sheet.text.rstrip("\n")
    return MadeArticle(number, day, outlet, text, tuple(sheet.paragraphs), tuple(tellings), tuple(sayings))


def _tell(rng: random.Random, sheet: _Sheet, one: Happening) -> Telling:
    countries = WORLD["countries"]
    marks: dict[str, tuple[int, int]] = {}
    person = rng.choice((None, None, 0, 1, 2))
    named = (
        countries[one.left][1]
        if person is None
        else f"{person_title(one.left, person)} {person_name(one.left, person)}"
    )
    marks["left"] = sheet.write(named)
    sheet.write(" ")
    marks["trigger"] = sheet.write(one.kind["verb"])
    sheet.write(" ")
    marks["right"] = sheet.write(countries[one.right][1])
    if one.kind["content"]:
        sheet.write(" ")
        marks["content"] = sheet.write(one.kind["content"])
    sheet.write(" in ")
    marks["city"] = sheet.write(countries[one.city][3])
    day = one.day + timedelta(days=rng.random() < 0.05) if rng.random() < 0.7 else None
    if day is not None:
        sheet.write(" on ")
        marks["date"] = sheet.write(f"{day:%B} {day.day}, {day.year}")
    sheet.write(".")
    marks["sentence"] = (marks["left"][0], len(sheet.text))
    return Telling(one, marks, person, day)


def _say(rng: random.Random, sheet: _Sheet, one: Happening) -> Saying:
    country = rng.choice((one.left, one.right))
    person = rng.randrange(PEOPLE)
    marks: dict[str, tuple[int, int]] = {}
    marks["speaker"] = sheet.write(f"{person_title(country, person)} {person_name(country, person)}")
    sheet.write(" ")
    marks["cue"] = sheet.write("said")
    sheet.write(" that ")
    marks["content"] = sheet.write(rng.choice(WORLD["remarks"]))
    sheet.write(".")
    return Saying(country, person, marks)
