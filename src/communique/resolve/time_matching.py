"""Plain text → the stretches that the rules take for time expressions, each once, times joined with their days.

Nothing is valued here: a candidate keeps its rule and the named parts, so that it can be read against several frames.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from communique.codebook.time_rules import TimeModifier, TimeRule, TimeRules
from communique.records import TimexType

REACH = 40  # characters beside an expression in which its modifiers are looked for
JOINT_REACH = 24
NAMES_A_DAY = {
    "date", "numeric_date", "weekday", "near_weekday", "day_from_publication", "holiday", "day_of_month", "same_period",
    "beside_prior",
}  # fmt: skip
TAKES_A_DAY = {"clock", "part_of_prior", "part_from_publication"}
RELATIVE = {"near_unit", "day_from_publication", "same_period", "near_weekday", "weekend", "season"}
DETERMINED = ("the ", "these ", "its ", "their ", "his ", "her ")
AGO = {"ago", "earlier", "later", "from-now"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Characters `start` to `end` (half open) of the text; `day` is the candidate joined with this one that names its day."""

    start: int
    end: int
    text: str
    rule: TimeRule
    parts: Mapping[str, str]
    day: "Candidate | None" = None
    joined: bool = False  # the span holds both the time and its day

    @property
    def names_a_day(self) -> bool:
        """True for expressions that can name a single day."""
        return self.rule.means in NAMES_A_DAY and (self.rule.means not in ("date", "same_period") or self._has_day())

    def _has_day(self) -> bool:
        return "day" in self.parts or self.parts.get("unit", "").lower() == "day"


def find_candidates(text: str, rules: TimeRules) -> list[Candidate]:
    """All expressions in text order, none overlapping: the longest match wins, then the first rule."""
    lowered = text.lower()
    present: dict[tuple[str, ...], bool] = {(): True}
    found: list[tuple[int, int, int, Candidate]] = []
    for order, rule in enumerate(rules.rules):
        if rule.triggers not in present:
            present[rule.triggers] = any(trigger in lowered for trigger in rule.triggers)
        if not present[rule.triggers]:
            continue
        for match in rule.pattern.finditer(text):
            parts = rule.groups(match)
            start, end = match.span()
            for name in ("span", "span__2"):
                if name in match.re.groupindex and match.group(name) is not None:
                    start, end = match.span(name)
            candidate = Candidate(start=start, end=end, text=text[start:end], rule=rule, parts=parts)
            found.append((start - end, order, start, candidate))
    found.sort(key=lambda each: each[:3])
    taken: list[Candidate] = []
    used = bytearray(len(text))
    for _, _, start, candidate in found:
        if not any(used[start : candidate.end]):
            used[start : candidate.end] = b"\x01" * (candidate.end - start)
            taken.append(candidate)
    taken.sort(key=lambda each: each.start)
    return _join(text, taken, rules)


def _join(text: str, candidates: list[Candidate], rules: TimeRules) -> list[Candidate]:
    """A clock time or part of day takes the day beside it ("9 a.m. on Monday", "Monday morning", "the evening of January 10")."""
    joined: list[Candidate] = []
    for candidate in candidates:
        previous = joined[-1] if joined else None
        gap = text[previous.end : candidate.start] if previous is not None else ""
        if previous is None or len(gap) > JOINT_REACH or "\n\n" in gap:
            joined.append(candidate)
        elif _takes(previous) and candidate.names_a_day and rules.time_first.fullmatch(gap):
            joined[-1] = _both(text, previous, candidate, previous, candidate)
        elif previous.names_a_day and _takes(candidate) and rules.date_first.fullmatch(gap):
            joined[-1] = _both(text, candidate, previous, previous, candidate)
        elif _takes(previous) and _takes(candidate) and previous.day and gap.strip() == "" and not candidate.day:
            joined.append(replace(candidate, day=previous.day))
        elif _takes(previous) and candidate.names_a_day and re.fullmatch(r", ?(?:on )?", gap):
            joined[-1] = replace(previous, day=candidate)
            joined.append(candidate)
        else:
            joined.append(candidate)
    return joined


def _takes(candidate: Candidate) -> bool:
    return candidate.rule.means in TAKES_A_DAY and not candidate.joined


def _both(text: str, time: Candidate, day: Candidate, first: Candidate, last: Candidate) -> Candidate:
    words = text[first.start : last.end]
    return replace(time, start=first.start, end=last.end, text=words, day=day, joined=True)


def modified(text: str, candidate: Candidate, value: str, after: int, rules: TimeRules) -> tuple[int, int, str | None]:
    """The span with the words that modify the value, and their TIMEX3 `mod`; nothing before offset `after` is taken."""
    kinds = _kinds(candidate, value)
    start, end, mod = candidate.start, candidate.end, None
    before = text[max(after, start - REACH) : start]
    for modifier, found in _fitting(before, rules.before, kinds):
        start -= len(before) - found.start()
        mod = modifier.mod
        break
    following = text[end : end + REACH]
    for modifier in rules.after:
        matched = modifier.pattern.match(following) if modifier.fits & kinds else None
        if matched:
            end += matched.end()
            mod = mod or modifier.mod
    if "ago" in kinds:
        mod = {"MORE_THAN": "BEFORE", "LESS_THAN": "AFTER"}.get(mod or "", mod)
    return start, end, mod


def _fitting(
    before: str, modifiers: Iterable[TimeModifier], kinds: set[str]
) -> Iterable[tuple[TimeModifier, re.Match[str]]]:
    for modifier in modifiers:
        found = modifier.pattern.search(before) if modifier.fits & kinds else None
        if found:
            yield modifier, found


def _kinds(candidate: Candidate, value: str) -> set[str]:
    """What sort of value it is, in the words of the modifiers' `fits`."""
    means, kind = candidate.rule.means, candidate.rule.type
    if candidate.rule.name in AGO:
        return {"ago"}
    if kind is TimexType.DURATION:  # "over the next four years" is no more than four
        return {"duration"} if not candidate.text.lower().startswith(DETERMINED) else set()
    if kind is TimexType.TIME:
        return {"time"}
    if kind is TimexType.SET or means == "reference":
        return set()
    kinds = {"day"} if candidate.names_a_day else {"period"}
    if means == "year" or value.isdigit():
        kinds.add("year")
    if means in RELATIVE:
        kinds.add("relative")
    if means in ("near_unit", "same_period"):
        kinds.add("bounded")
    return kinds
