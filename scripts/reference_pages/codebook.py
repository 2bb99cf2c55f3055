"""The codebook's files → docs/reference/codebook.md: types, modes, contexts, statuses, stances, issues, sectors."""

from collections.abc import Iterator
from typing import Any

from communique.codebook.contexts import load_contexts
from communique.codebook.event_types import EventType, load_event_types
from communique.codebook.files import read_yaml
from communique.codebook.issues import load_issues
from communique.records import SpeechAct, Stance, Status
from reference_pages.markdown import cell, code, page_of, table

HEAD = """# Codebook

*Made from `src/communique/codebook/data/` by `python scripts/make_reference.py`. To add your own: [event
types](../how-to/own-event-types.md),
[issues](../how-to/positions-and-issues.md#issues-of-your-own).*

Events are coded in PLOVER 2.0: one of sixteen types, modes that say how, contexts that say what about. The
definitions, examples and lists
are our own wording of it.
"""
QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
TYPES = """Sixteen types in four quad classes. The score is the type's place between conflict (−10) and cooperation
(+10), in the manner
of Goldstein; a mode may have its own.
"""
STATUS = """Whether what the type names took place, as the words have it. Only *occurred*, *ongoing* and *historical*
are told as done.
An announcement (“will meet on Monday”) is the type `AGREE` with the status *scheduled* and says what will be in
`meeting_type`.
"""
STATUS_MEANING = {
    Status.OCCURRED: "The words tell it as done.",
    Status.ONGOING: "It is going on as it is told.",
    Status.SCHEDULED: "It is announced or planned.",
    Status.DEMANDED: "Somebody asks or orders that it be done.",
    Status.THREATENED: "Somebody says that it will be done, as a threat.",
    Status.HYPOTHETICAL: "It hangs on an if, a may or a could.",
    Status.DENIED: "It is told as not done, not planned or not true.",
    Status.ASKED: "It stands in a question.",
    Status.HISTORICAL: "It is remembered: long before what the article reports.",
}
CONTEXTS = """What an event is about, beside what it is; one claim may have several. A context is set when one of its
words stands in the
evidence; some of them are shown.
"""
ISSUES = """What parties hold positions on. A content belongs to the issue whose words stand in it; where none fits,
the content's own noun phrase
names the issue. Words after *against* belong to the issue and name its opposite: who demands a withdrawal is against
a deployment.
"""
STANCES = "How a party stands to an issue, as the words have it."
SECTORS = """What kind of actor somebody is. Some of the nouns that decide it are shown; others are decided by the
words around a noun, by an office held
on the day, or by a list of bodies.
"""
SHOWN = 12


def page() -> str:
    """The page."""
    return page_of(_parts())


def _parts() -> Iterator[str]:
    yield HEAD
    types = load_event_types().types
    yield "## Event types"
    yield TYPES
    yield table(
        ("type", "quad class", "score", "definition"),
        (
            (f"[{code(each.name)}](#{each.name.lower()})", QUADS[each.quad], _number(each.score), cell(each.definition))
            for each in types.values()
        ),
    )
    for each in types.values():
        yield from _type(each)
    yield "## Statuses"
    yield STATUS
    yield table(("status", "meaning"), ((code(each), STATUS_MEANING[each]) for each in Status))
    yield "## Contexts"
    yield CONTEXTS
    words = read_yaml("contexts.yaml")
    yield table(
        ("context", "definition", "words"),
        ((code(name), cell(told), _some(words[name]["words"])) for name, told in load_contexts().definitions.items()),
    )
    yield "## Issues"
    yield ISSUES
    entries = {each["name"]: each for each in read_yaml("issues.yaml")}
    yield table(("issue", "words"), ((cell(each.name), _issue(entries[each.name])) for each in load_issues()))
    yield "## Stances"
    yield STANCES
    yield ", ".join(code(each) for each in Stance) + "."
    yield "## Acts of speech"
    yield "What a speaker does in saying something, from the verb or noun that introduces it."
    yield ", ".join(code(each) for each in SpeechAct) + "."
    yield "## Sectors"
    yield SECTORS
    sectors = read_yaml("sectors.yaml")
    yield table(
        ("sector", "nouns that decide it", "nouns that the words around them may decide"),
        (
            (code(name), _some(sectors["strong"].get(name, [])), _some(sectors["weak"].get(name, [])))
            for name in sorted({*sectors["strong"], *sectors["weak"]})
        ),
    )


def _type(each: EventType) -> Iterator[str]:
    yield f"### {each.name}"
    yield f"{cell(each.definition)} *{QUADS[each.quad].capitalize()}, score {_number(each.score)}.*"
    yield "It is, for example:"
    yield "\n".join(f"- {cell(example)}" for example in each.examples)
    yield "It is not:"
    yield "\n".join(f"- {cell(example)}" for example in each.counter_examples)
    if each.mode_definitions:
        yield table(
            ("mode", "score", "definition"),
            ((code(mode), _number(each.mode_scores[mode]), cell(told)) for mode, told in each.mode_definitions.items()),
        )


def _issue(entry: dict[str, Any]) -> str:
    against = f" *against:* {_some(entry['against'])}" if entry.get("against") else ""
    return _some(entry["words"]) + against


def _some(words: list[Any]) -> str:
    rest = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return cell(", ".join(str(each) for each in words[:SHOWN])) + rest


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")
