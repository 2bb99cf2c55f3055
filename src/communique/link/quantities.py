"""Words → the quantities they tell: how many were killed, how long it took, what it cost, each as exactly as it is meant.

"7.5 hours" leaves a quarter of an hour open to both sides, "almost eight hours" a tenth below, "dozens" is 24 to 99. Two
quantities agree when some number fits both.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.quantities import QuantityWords, load_quantity_words

TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?(?=\D|$)|[^\W\d_]+|%|[$€£¥₽₹]|[.;!?,:()–—-]")
NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
SENTENCE_MARKS = frozenset(".;!?:()")
HYPHENS = frozenset("-–—")
HALVES = {"half": 0.5, "quarter": 0.25}
REACH = 6  # words between a number and the word that says what is counted
ACROSS = 3  # what crossing an "and" counts for
ROUND = 0.05  # a round number of at least ROUND_FROM may be off by this share
ROUND_FROM = 100
YEARS = range(1800, 2101)
GAP_WORDS = 3  # words of a hedge or a vague number, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """`low` to `high` is what the words may mean, in people, minutes, per cent or the currency; `told` the words in short."""

    field: str
    low: float
    high: float
    told: str

    def agrees(self, other: "Quantity") -> bool:
        """True when some number fits both."""
        return self.field == other.field and self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class _Number:
    """Tokens `first` to `last` (half open) with what they may mean; `step` is the finest unit that they are exact to."""

    first: int
    last: int
    low: float
    high: float
    step: float
    exact: bool
    hedge: str

    @property
    def hedged(self) -> bool:
        """True when the hedge stands before the number, and is not the number's own words."""
        return self.step > 0 and bool(self.hedge)


def quantities_in(text: str) -> tuple[Quantity, ...]:
    """The quantities in the text, in its order."""
    return _read(" ".join(text.split()))


@lru_cache(maxsize=20_000)
def _read(text: str) -> tuple[Quantity, ...]:
    words = load_quantity_words()
    written = TOKEN.findall(text.replace("’", "'"))
    tokens = [token.lower() for token in written]
    numbers = list(_numbers(tokens, words))
    taken = [place for number in numbers for place in range(number.first, number.last)]
    found = (_quantity(number, tokens, frozenset(taken), words) for number in numbers)
    return tuple(each for each in found if each is not None)


def _numbers(tokens: Sequence[str], words: QuantityWords) -> Iterator[_Number]:
    place = 0
    while place < len(tokens):
        number = _vague(tokens, place, words) or _exact(tokens, place, words)
        if number is None:
            place += 1
            continue
        yield _hedged(tokens, number, words)
        place = number.last


def _vague(tokens: Sequence[str], place: int, words: QuantityWords) -> _Number | None:
    for length in (4, 3, 2, 1):
        phrase = " ".join(tokens[place : place + length])
        if phrase in words.vague and place + length <= len(tokens):
            low, high = words.vague[phrase]
            return _Number(place, place + length, low, high, 0, False, phrase.removesuffix(" of"))
    return None


def _exact(tokens: Sequence[str], place: int, words: QuantityWords) -> _Number | None:
    """Digits or words, with "and a half", with hundreds and millions behind, or up to another number."""
    read = _plain(tokens, place, words)
    if read is None:
        return None
    value, last, step = read
    low = high = value
    dash = tokens[last] if last < len(tokens) else ""
    if dash in ("to", "or") or dash in HYPHENS or (dash == "and" and place and tokens[place - 1] == "between"):
        other = _plain(tokens, last + 1, words)
        if other is not None and other[0] > value:
            if value < 100 <= other[0] and other[0] % 1000 == 0 and step == 1:
                value *= other[2]  # "two to three thousand"
            low, high, last, step = value, other[0], other[1], 0
    return _Number(place, last, low, high, step, low == high, "")


def _plain(tokens: Sequence[str], place: int, words: QuantityWords) -> tuple[float, int, float] | None:
    """The number that begins there, the place behind it, and the unit of its last figure."""
    if place >= len(tokens):
        return None
    token, last = tokens[place], place + 1
    if NUMERAL.fullmatch(token):
        value = float(token.replace(",", ""))
        step = 10.0 ** -len(token.partition(".")[2])
    elif token in words.numbers:
        value, step = float(words.numbers[token]), 1.0
        if value >= 20 and value % 10 == 0:
            skip = last + (last < len(tokens) and tokens[last] in HYPHENS)
            if skip < len(tokens) and 0 < words.numbers.get(tokens[skip], 0) < 10:
                value, last = value + words.numbers[tokens[skip]], skip + 1
    elif token in ("a", "an") and last < len(tokens) and tokens[last] in words.multipliers and len(tokens[last]) > 2:
        value, step = 1.0, 1.0
    elif token in ("a", "an", "half") and _unit_follows(tokens, place, words):
        value, step = (0.5, 0.25) if token == "half" else (1.0, 0.5)
        last += token == "half" and tokens[last] in ("a", "an")
    else:
        return None
    if tokens[last : last + 2] == ["and", "a"] and last + 2 < len(tokens) and tokens[last + 2] in HALVES:
        value, step, last = value + HALVES[tokens[last + 2]], 0.5, last + 3
    while last < len(tokens) and tokens[last] in words.multipliers:
        value, step, last = value * words.multipliers[tokens[last]], step * words.multipliers[tokens[last]], last + 1
        following = _plain(tokens, last + (tokens[last : last + 1] == ["and"]), words)
        if following is not None and following[0] < step and not NUMERAL.fullmatch(tokens[last - 1]):
            if not NUMERAL.fullmatch(tokens[following[1] - 1]):
                value, last, step = value + following[0], following[1], following[2]
            break
    return value, last, step


def _unit_follows(tokens: Sequence[str], place: int, words: QuantityWords) -> bool:
    """ "An hour", "half an hour"; not "a day" of the week or "a week ago"."""
    rest = [token for token in tokens[place + 1 : place + 3] if token not in ("a", "an")]
    return bool(rest) and rest[0] in ("hour", "minute") and rest[0] in words.durations


def _hedged(tokens: Sequence[str], number: _Number, words: QuantityWords) -> _Number:
    """The number with what the words before it leave open, and what its own roundness does."""
    if not number.exact:
        return number
    value = number.low
    for length in range(GAP_WORDS, 0, -1):
        phrase = " ".join(tokens[max(0, number.first - length) : number.first])
        if phrase in words.hedges:
            below, above = words.hedges[phrase]
            low, high = value * (1 - below), value * (1 + above)
            return _Number(number.first, number.last, low, high, number.step, False, phrase)
    room = ROUND * value if value >= ROUND_FROM and value % 100 == 0 else 0.0
    return _Number(number.first, number.last, value - room, value + room, number.step, True, "")


def _quantity(number: _Number, tokens: Sequence[str], taken: frozenset[int], words: QuantityWords) -> Quantity | None:
    before, after = tokens[: number.first], tokens[number.last :]
    following = after[0] if after else ""
    if following in words.percent or after[:2] == ["per", "cent"]:
        return _told("percent", number, "%")
    if before and before[-1] in words.signs:
        return _told("money", number, words.signs[before[-1]])
    if any(token in words.money for token in after[:2]):
        return _told("money", number, next(words.money[token] for token in after[:2] if token in words.money))
    unit = following if following not in HYPHENS else after[1] if len(after) > 1 else ""
    if unit in words.durations:
        return _duration(number, unit, before, after, following in HYPHENS, words)
    if _no_count(number, tokens, unit, words):
        return None
    field = _counted(number, tokens, taken, words)
    return _told(field, number, "") if field else None


def _no_count(number: _Number, tokens: Sequence[str], unit: str, words: QuantityWords) -> bool:
    """Days, years, ages, clock times and distances."""
    before = tokens[number.first - 1] if number.first else ""
    day = number.exact and number.low <= 31 and (before in words.months or unit in words.months)
    year = number.exact and number.low in YEARS and number.last == number.first + 1 and "," not in tokens[number.first]
    return (
        day
        or (year and NUMERAL.fullmatch(tokens[number.first]) is not None)
        or unit in words.other_units
        or before == "aged"
    )


def _counted(number: _Number, tokens: Sequence[str], taken: frozenset[int], words: QuantityWords) -> str | None:
    """The field of the nearest word that counts, behind or before the number; "soldiers" count where nothing befell them."""
    best: dict[bool, tuple[int, str]] = {}
    for behind in (True, False):
        place = number.last if behind else number.first - 1 - len(number.hedge.split()) * number.hedged
        steps = 0
        while 0 <= place < len(tokens) and steps < REACH and place not in taken:
            token = tokens[place]
            if token in SENTENCE_MARKS or (token == "," and behind):
                break
            field = words.counted.get(token)
            if field is not None:
                weak = field in words.sufferers
                cost = 2 * steps + (not behind)
                if weak not in best or cost < best[weak][0]:
                    best[weak] = cost, field
                if not weak:
                    break
            steps += ACROSS if token == "and" else token not in words.people
            place += 1 if behind else -1
    found = best.get(False) or best.get(True)
    return found[1] if found else None


def _duration(
    number: _Number, unit: str, before: Sequence[str], after: Sequence[str], hyphened: bool, words: QuantityWords
) -> Quantity | None:
    behind = after[2:] if hyphened else after[1:]
    last = before[-1 - len(number.hedge.split()) :][:1] if number.hedged else before[-1:]
    if tuple(behind[:3]) == ("and", "a", "half"):  # "an hour and a half"
        size = number.step if number.step < 1 else 1.0
        number = _Number(
            number.first, number.last, number.low + 0.5, number.high + 0.5, min(size, 0.5), number.exact, number.hedge
        )
        behind = behind[3:]
    if behind and behind[0] in words.distance:
        return None
    told = hyphened or (bool(last) and last[0] in words.lasting) or (bool(behind) and behind[0] in words.lasted)
    opens = number.first <= len(number.hedge.split()) and number.low >= 1  # a headline: "Eight hours in Paris"
    if not told and not opens and not (before and set(before[-4:]) & words.lasting):
        return None
    minutes = words.durations[unit]
    room = number.step / 2 * minutes if number.exact else 0.0
    noun = {1: "minute", 60: "hour", 1440: "day", 10080: "week"}[minutes]
    return Quantity(
        field="duration",
        low=number.low * minutes - room,
        high=number.high * minutes + room,
        told=_words(number, noun),
    )


def _told(field: str, number: _Number, unit: str) -> Quantity:
    return Quantity(field=field, low=number.low, high=number.high, told=_words(number, unit))


def _words(number: _Number, unit: str) -> str:
    """ "at least 20", "7.5 hours", "dozens", "10 to 15", "USD 2,000,000", "12%"."""
    if number.exact or (number.hedge and number.step):
        middle = number.high if number.high != number.low else number.low
        size = _value(number, middle)
        told = f"{number.hedge} {size}".strip()
    else:
        told = number.hedge or f"{_figure(number.low)} to {_figure(number.high)}"
        size = told
    if unit == "%":
        return f"{told}%"
    if unit.isupper():
        return f"{unit} {told}"
    if not unit:
        return told
    return f"{told} {unit}" if size == "1" else f"{told} {unit}s"


def _value(number: _Number, middle: float) -> str:
    """The number as it was written: a hedge has moved its bounds, not itself."""
    words = load_quantity_words()
    if number.hedge in words.hedges:
        below, above = words.hedges[number.hedge]
        return _figure(round(number.low / (1 - below) if below < 1 else number.high / (1 + above), 6))
    return _figure(round((number.low + middle) / 2, 6))


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")
