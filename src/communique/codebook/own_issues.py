"""A user's own issues: one YAML file, named in the settings as `issues = "my-issues.yaml"`, looked at before the codebook's.

    - name: lake levels               # how it is called on the board; the name of a packaged issue takes its place
      definition: How high the lake may stand.        # optional, for readers
      words: [lake level, raise … lake, sluice gate]  # any of them in what a party wants or refuses puts it under the issue
      against: [lower … lake]         # optional: words of the issue that name its opposite, so that a turn is seen
      general: false                  # optional: true for a matter that others are told beside ("talks")

Words are in lower case, nouns in the singular and verbs as in a dictionary ("sluice gate" also finds "sluice gates"); several
of them are a phrase, in which `…` stands for any words between. `communique issues --propose` writes such a file from what
the record's positions are about and no issue covers.
"""

from pathlib import Path
from typing import Any

from communique.codebook.files import parse_yaml
from communique.codebook.issues import GAP_SIGN, Issue, load_issues, phrases_of
from communique.records import CodebookError, ConfigurationError

NEEDED = ("name", "words")
KEYS = ("name", "words", "definition", "against", "general")
REMEDY = 'write a list of entries such as `- {name: lake levels, words: [lake level, "raise … lake"]}`'


def load_own_issues(path: Path) -> tuple[Issue, ...]:
    """The issues of one file, in its order. Raises ConfigurationError that names the file, the entry and the remedy."""
    try:
        listed = parse_yaml(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read ({error}); give a YAML file in UTF-8") from error
    except CodebookError as error:
        raise ConfigurationError(str(error)) from error
    if not isinstance(listed, list) or not listed:
        raise ConfigurationError(f"{path}: holds no list of issues; {REMEDY}")
    found: dict[str, Issue] = {}
    for number, entry in enumerate(listed, start=1):
        try:
            issue = _issue(entry, str(path))
        except ValueError as error:
            name = entry.get("name") if isinstance(entry, dict) else None
            raise ConfigurationError(f"{path}: entry {number}{f' ({name})' if name else ''} {error}") from error
        if issue.name in found:
            raise ConfigurationError(f"{path}: entry {number}: {issue.name} is there twice; put their words together")
        found[issue.name] = issue
    return tuple(found.values())


def with_own(own: tuple[Issue, ...]) -> tuple[Issue, ...]:
    """The user's issues and behind them the packaged ones that they do not replace."""
    names = {issue.name for issue in own}
    return (*own, *(issue for issue in load_issues() if issue.name not in names))


def _issue(entry: Any, source: str) -> Issue:
    if not isinstance(entry, dict):
        raise ValueError(f"is no mapping; {REMEDY}")
    unknown = sorted(str(key) for key in entry if key not in KEYS)
    missing = [key for key in NEEDED if not entry.get(key)]
    if unknown or missing:
        told = [f"has no use for {', '.join(unknown)}"] * bool(unknown) + [f"lacks {', '.join(missing)}"] * bool(
            missing
        )
        raise ValueError(f"{' and '.join(told)}; there are {', '.join(KEYS)}")
    general = entry.get("general", False)
    if not isinstance(general, bool):
        raise ValueError(f"has `general` {general!r}; write true or false")
    words, against = (_phrases(entry.get(key, ()), key) for key in ("words", "against"))
    return Issue(
        name=" ".join(str(entry["name"]).split()),
        phrases=words | against,
        against=against,
        general=general,
        definition=str(entry.get("definition") or "").strip(),
        source=source,
    )


def _phrases(listed: Any, key: str) -> frozenset[tuple[str, ...]]:
    plain = isinstance(listed, (list, tuple)) and all(
        isinstance(each, (str, int)) and str(each).strip() for each in listed
    )
    if not plain:
        raise ValueError(f"has `{key}` that are no list of words; write [lake level, sluice gate]")
    found = phrases_of(map(str, listed))
    odd = next((each for each in found if each[0] == GAP_SIGN or each[-1] == GAP_SIGN), None)
    if odd is not None:
        raise ValueError(f"has {' '.join(odd)!r} among `{key}`; put words on both sides of {GAP_SIGN}")
    return found
