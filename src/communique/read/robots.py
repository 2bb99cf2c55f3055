"""The text of a robots.txt → whether a path may be fetched, and how long to wait between requests (RFC 9309).

The group for our own name counts, else the one for everybody; of the rules that match, the longest; "allow" where two are equal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

MAX_BYTES = 512_000
MAX_LINES = 20_000
LONGEST_DELAY_S = 60.0
FILE = "/robots.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """`rules` are (pattern, allowed); `delay_s` the seconds asked for between two requests, None when nothing is asked."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay_s: float | None = None

    def allows(self, path: str) -> bool:
        """`path` begins with a slash and includes the query."""
        if path == FILE:
            return True
        wanted = _plain(path)
        matching = [(len(pattern), allowed) for pattern, allowed in self.rules if _matches(pattern, wanted)]
        return max(matching)[1] if matching else True


EVERYTHING = Robots()
NOTHING = Robots(rules=(("/", False),))


def read_robots(text: str, name: str) -> Robots:
    """`name` is the product token of our user agent. Never raises; lines that mean nothing are passed over."""
    own: list[tuple[str, str]] | None = None
    common: list[tuple[str, str]] = []
    for agents, rules in _groups(text):
        if name.lower() in agents:
            own = [*(own or []), *rules]
        elif "*" in agents:
            common.extend(rules)
    return _made(common if own is None else own)


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    agents: set[str] = set()
    rules: list[tuple[str, str]] = []
    for line in text.removeprefix("\ufeff").splitlines()[:MAX_LINES]:
        key, sign, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not sign:
            continue
        if key == "user-agent":
            if rules:
                yield agents, rules
                agents, rules = set(), []
            agents.add(value.partition("/")[0].strip().lower())
        elif key in ("allow", "disallow", "crawl-delay"):
            rules.append((key, value))
    if agents:
        yield agents, rules


def _made(found: list[tuple[str, str]]) -> Robots:
    delays: list[float] = []
    for key, value in found:
        try:
            delays += [float(value)] if key == "crawl-delay" else []
        except ValueError:
            continue
    rules = tuple((_plain(value), key == "allow") for key, value in found if key != "crawl-delay" and value)
    usable = [delay for delay in delays if delay >= 0]
    return Robots(rules=rules, delay_s=min(max(usable), LONGEST_DELAY_S) if usable else None)


def _plain(path: str) -> str:
    """Without escapes, but for an escaped slash, which is another thing than a slash."""
    return unquote(path.replace("%2f", "%252F").replace("%2F", "%252F"))


def _matches(pattern: str, path: str) -> bool:
    """`*` stands for anything, `$` at the end for the end of the path."""
    to_end = pattern.endswith("$")
    first, *others = (pattern[:-1] if to_end else pattern).split("*")
    if not path.startswith(first):
        return False
    position = len(first)
    for number, part in enumerate(others, start=1):
        if to_end and number == len(others):
            return path.endswith(part) and len(path) - len(part) >= position
        found = path.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return position == len(path) if to_end else True
