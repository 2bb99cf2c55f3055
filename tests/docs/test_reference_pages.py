"""Nothing that can be called, set, coded or exported is without its place in the reference, and no page is stale."""

import dataclasses
import re
from functools import cache

import make_reference
import pytest
from reference_pages import api, commands, settings
from shown import DOCS

import communique
from communique import records
from communique.codebook.contexts import load_contexts
from communique.codebook.event_types import load_event_types
from communique.codebook.issues import load_issues
from communique.export.formats import FORMATS
from communique.export.gdelt import EVENT_COLUMNS, MENTION_COLUMNS
from communique.export.polecat import COLUMNS
from communique.export.tables.catalogue import TABLES
from communique.records import SpeechAct, Stance, Status


@cache
def page(name: str) -> str:
    return (DOCS / "reference" / name).read_text(encoding="utf-8")


@cache
def section(name: str, heading: str) -> str:
    """What stands below a heading, up to the next of its level or above."""
    level = heading.split()[0]
    below = page(name).partition(f"\n{heading}\n")[2]
    assert below, f"{name} has no {heading!r}"
    return re.split(rf"^#{{1,{len(level)}}} ", below, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("name", make_reference.PAGES)
def test_page_is_what_the_program_says(name: str) -> None:
    assert page(name) == make_reference.PAGES[name](), "stale: run `python scripts/make_reference.py`"


@pytest.mark.parametrize(("name", "command"), list(commands.every_command()), ids=lambda each: str(each)[:40])
def test_command_and_its_options_are_documented_with_words(name: str, command: object) -> None:
    told = section("commands.md", f"## {name}")
    assert (getattr(command, "help", "") or "").strip(), f"{name} has no help"
    for each in commands.parameters(command):
        assert (each.help or "").strip(), f"{name}: {each.name} has no help"
        for option in each.opts if each.param_type_name == "option" else ():
            assert f"`{option}" in told, f"{name}: {option}"


@pytest.mark.parametrize("name", [name for name, _ in settings.every_setting()])
def test_setting_is_documented(name: str) -> None:
    assert name in settings.described(), "give it a line `name = example  # meaning` in run/settings.py"
    assert f"| `{name}` |" in page("settings.md")


def test_variables_are_documented() -> None:
    source = make_reference.ROOT / "src" / "communique"
    found = {
        name
        for path in source.rglob("*.py")
        for name in re.findall(r'"(COMMUNIQUE_[A-Z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert found
    for name in found:
        assert f"| `{name}` |" in page("settings.md"), name


def test_codebook_is_documented() -> None:
    for each in load_event_types().types.values():
        told = section("codebook.md", f"### {each.name}")
        assert each.definition[:40] in told
        for mode in each.mode_definitions:
            assert f"| `{mode}` |" in told, f"{each.name}-{mode}"
    for name in load_contexts().definitions:
        assert f"| `{name}` |" in section("codebook.md", "## Contexts")
    for issue in load_issues():
        assert f"| {issue.name} |" in section("codebook.md", "## Issues")
    for status in Status:
        assert f"| `{status}` |" in section("codebook.md", "## Statuses")
    for stance in Stance:
        assert f"`{stance}`" in section("codebook.md", "## Stances")
    for act in SpeechAct:
        assert f"`{act}`" in section("codebook.md", "## Acts of speech")


def test_formats_and_columns_are_documented() -> None:
    for name in FORMATS:
        assert f"| `{name}` |" in section("exports.md", "## Formats")
    for table in TABLES.values():
        for column in table.columns:
            assert f"| `{column.name}` |" in section("exports.md", f"### {table.kind}"), f"{table.kind}.{column.name}"
            assert column.description.strip()
    for heading, columns in (
        ("## POLECAT", COLUMNS),
        ("## GDELT: events", EVENT_COLUMNS),
        ("## GDELT: mentions", MENTION_COLUMNS),
    ):
        for column in columns:
            assert f"| {column.name} |" in section("exports.md", heading), column.name


def test_paths_and_parameters_of_the_api_are_documented() -> None:
    for method, path, operation in api.operations():
        told = section("api.md", f"### {method} {path}")
        for each in operation.get("parameters", []):
            assert f"| `{each['name']}` |" in told, f"{method} {path}: {each['name']}"
            if each["in"] == "query":
                assert each.get("description"), f"{method} {path}: {each['name']} has no description"


def test_public_names_are_documented() -> None:
    for name in communique.__all__:
        of_record = getattr(getattr(communique, name), "__module__", "").startswith("communique.records")
        assert section("records.md" if of_record else "api.md", f"### {name}").strip(), name
    for name in records.__all__:
        told = section("records.md", f"### {name}")
        found = getattr(records, name)
        for field in dataclasses.fields(found) if dataclasses.is_dataclass(found) else ():
            assert f"| `{field.name}` |" in told, f"{name}.{field.name}"
