"""data/times.yaml → compiled rules for time expressions, their modifiers and the words that show the tense.

Each pattern is written with {names} for word lists and fragments; here they are filled in and compiled, once a process.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from communique.codebook.files import read_yaml
from communique.records import CodebookError, TimexType

KEYS = {"lists", "fragments", "modifiers", "modifiers_after", "joints", "tense", "planning", "rules"}
SPACE = r"(?:[^\S\n]+|[^\S\n]*\n(?-i:(?=[a-z0-9])))"  # a blank, or a line break inside a wrapped sentence
START = r"(?<![\w$£€])(?<!\d[.,:/])"
END = r"(?!\w)"
MONTH_STARTS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAY_STARTS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
BETWEEN = "(?: the| about| at| around| early| late| mid| beginning of| start of| end of| middle of)"  # by … June
UNCAPTURED = {"dash", "filler"}
NAMES = {
    "month_long": "month",
    "month_short": "month",
    "weekday_long": "weekday",
    "year_late": "year",
}  # one group name
KEEP_CASE = {"month_name", "month_short", "weekday_name", "weekday_short", "zone", "fixed_holiday", "moving_holiday"}
PLACEHOLDER = re.compile(r"\{([a-z_]+?)(\d?)\}")
LITERAL_BLANKS = re.compile(r"(\(\?<[!=][^()]*\)|\[(?:\\.|[^\]])*\])")  # look-behinds and character classes
GROUP = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRule:
    """One rule of times.yaml. `settings` are the keys handed to the function `means`; `fixed` are groups given by the rule.

    `triggers` are lower-case pieces of which a text must hold at least one for the rule to be worth trying; empty = always.
    """

    name: str
    pattern: re.Pattern[str]
    means: str
    type: TimexType
    fixed: Mapping[str, str]
    settings: Mapping[str, Any]
    triggers: tuple[str, ...]
    examples: Mapping[str, str]

    def groups(self, found: re.Match[str]) -> dict[str, str]:
        """The named parts that took part in the match; a repeated part (`year__2`) under its plain name, blanks folded."""
        parts = dict(self.fixed)
        for name, text in found.groupdict().items():
            if text is not None:
                parts.setdefault(name.split("__")[0], " ".join(text.split()))
        return parts


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeModifier:
    """Words beside an expression that belong to it; `fits` lists the kinds of value they go with."""

    pattern: re.Pattern[str]
    mod: str | None
    fits: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TenseWords:
    """Patterns that tell past from future where there is no parse; `planning` are lemmas that put a clause ahead."""

    cues: re.Pattern[str]
    future_before: re.Pattern[str]
    future_after: re.Pattern[str]
    past_before: re.Pattern[str]
    breaks: re.Pattern[str]
    planning: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRules:
    """All of times.yaml; `lists` maps list name → lower-case word → meaning."""

    lists: Mapping[str, Mapping[str, str]]
    rules: tuple[TimeRule, ...]
    before: tuple[TimeModifier, ...]
    after: tuple[TimeModifier, ...]
    time_first: re.Pattern[str]
    date_first: re.Pattern[str]
    tense: TenseWords


@lru_cache(maxsize=1)
def load_time_rules() -> TimeRules:
    """The packaged rules. Raises CodebookError when a key is missing or a pattern cannot be compiled."""
    entry = read_yaml("times.yaml")
    if set(entry) != KEYS:
        raise CodebookError(f"codebook file times.yaml: needs exactly the keys {', '.join(sorted(KEYS))}")
    lists = {
        name: {str(word).lower(): str(meaning) for word, meaning in words.items()}
        for name, words in entry["lists"].items()
    }
    fragments = _fragments(entry["lists"], entry["fragments"])
    rules = tuple(_rule(name, rule, fragments) for name, rule in entry["rules"].items())
    return TimeRules(
        lists=lists,
        rules=rules,
        before=tuple(_modifier(each, before=True) for each in entry["modifiers"]),
        after=tuple(_modifier(each, before=False) for each in entry["modifiers_after"]),
        time_first=_compile("joints", entry["joints"]["time_first"] + SPACE + "?$"),
        date_first=_compile("joints", entry["joints"]["date_first"] + SPACE + "?$"),
        tense=_tense(entry["tense"], entry["planning"]),
    )


def _fragments(lists: Mapping[str, Mapping[Any, Any]], written: Mapping[str, str]) -> dict[str, str]:
    fragments: dict[str, str] = {}
    for name, words in lists.items():
        forms = [str(word) for word in words]
        if name in KEEP_CASE:
            forms += [form.upper() for form in forms if name.startswith(("month", "weekday"))]
        choice = "|".join(
            re.escape(form).replace("\\ ", " ") for form in sorted(set(forms), key=lambda f: (-len(f), f))
        )
        fragments[name] = f"(?-i:{choice})" if name in KEEP_CASE else f"(?:{choice})"
    fragments["month_long"] = fragments["month_name"]
    fragments["month"] = f"(?:{fragments['month_name']}|{fragments['month_short']}\\b\\.?)"
    fragments["weekday_long"] = fragments["weekday_name"]
    fragments["weekday"] = f"(?:{fragments['weekday_name']}|{fragments['weekday_short']}\\b\\.?)"
    fragments["weekdays"] = f"(?:{fragments['weekday_name']}s)"
    fragments["holiday"] = f"(?:{fragments['fixed_holiday']}|{fragments['moving_holiday']})"
    for name, pattern in written.items():
        fragments[name] = PLACEHOLDER.sub(lambda found: fragments[found.group(1)], pattern)
    return fragments


def _rule(name: str, rule: Mapping[str, Any], fragments: Mapping[str, str]) -> TimeRule:
    missing = {"find", "means"} - set(rule)
    if missing:
        raise CodebookError(f"codebook file times.yaml: rule {name} has no {', '.join(sorted(missing))}")
    settings = {key: value for key, value in rule.items() if key not in ("find", "means", "type", "fixed", "examples")}
    return TimeRule(
        name=name,
        pattern=_compile(name, f"{START}(?:{_filled(name, rule['find'], fragments)}){END}"),
        means=rule["means"],
        type=TimexType(rule.get("type", "DATE")),
        fixed={key: str(value) for key, value in rule.get("fixed", {}).items()},
        settings=settings,
        triggers=_triggers(rule["find"]),
        examples={str(words): str(value) for words, value in rule.get("examples", {}).items()},
    )


def _filled(rule: str, pattern: str, fragments: Mapping[str, str]) -> str:
    used = set(GROUP.findall(pattern))

    def fill(found: re.Match[str]) -> str:
        name, number = found.groups()
        if name not in fragments:
            raise CodebookError(f"codebook file times.yaml: rule {rule} uses {{{name}}}, which is no list or fragment")
        if name in UNCAPTURED:
            return fragments[name]
        group = NAMES.get(name, name) + number
        repeats = sum(1 for name in used if name.split("__")[0] == group)
        group = f"{group}__{repeats + 1}" if repeats else group
        used.add(group)
        return f"(?P<{group}>{fragments[name]})"

    return PLACEHOLDER.sub(fill, pattern)


def _triggers(pattern: str) -> tuple[str, ...]:
    """Every rule built on months needs a month in the text, and so on: the cheap test before the pattern is tried."""
    if "{month" in pattern and "{weekday_long}" not in pattern:  # {weekday} stands before a month only
        return MONTH_STARTS
    if "{weekday" in pattern and "{month" not in pattern:
        return WEEKDAY_STARTS
    return ()


def _modifier(entry: Mapping[str, Any], *, before: bool) -> TimeModifier:
    words = entry["words"]
    gap = f"{SPACE}?" if entry.get("joined") else SPACE
    pattern = f"(?<![\\w-])(?:{words}){gap}$" if before else f"{SPACE}(?:{words}){END}"
    return TimeModifier(pattern=_compile("modifiers", pattern), mod=entry["mod"], fits=frozenset(entry["fits"]))


def _tense(entry: Mapping[str, Any], planning: list[str]) -> TenseWords:
    future = "|".join(entry["future"])
    past = "|".join(entry["past"])

    def prepositions(words: list[str]) -> re.Pattern[str]:
        return _compile(
            "tense",
            f"(?<!\\w)(?:{'|'.join(words)}){BETWEEN}*{SPACE}$",
        )

    return TenseWords(
        cues=_compile("tense", f"(?<!\\w)(?:(?P<future>{future})|(?P<past>{past}))(?!\\w)"),
        future_before=prepositions(entry["future_before"]),
        future_after=_compile("tense", f"(?:['’]s)? (?:{'|'.join(entry['future_after'])}){END}"),
        past_before=prepositions(entry["past_before"]),
        breaks=_compile("tense", entry["breaks"]),
        planning=frozenset(planning),
    )


def _compile(name: str, pattern: str) -> re.Pattern[str]:
    parts = LITERAL_BLANKS.split(pattern)
    spaced = "".join(part if index % 2 else part.replace(" ", SPACE) for index, part in enumerate(parts))
    try:
        return re.compile(spaced, re.IGNORECASE)
    except re.error as error:
        raise CodebookError(f"codebook file times.yaml: the pattern of {name} cannot be compiled ({error})") from error
