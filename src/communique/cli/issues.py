"""`communique issues`: the matters on which parties hold positions, and matters that the record tells of and no issue covers."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from communique.cli.options import AsJson, RecordFile, open_record, record_path, settings_of
from communique.cli.output import QUOTATION_MARKS, console, counted, note, print_json, table
from communique.codebook.issues import Issue
from communique.link.proposing import Candidate, Uncovered, propose_issues
from communique.records import Position, side_of
from communique.run.user_files import issues_of
from communique.store import Filters, Plain, Record

QUOTED = 3  # positions quoted for a proposed issue
QUOTE_LENGTH = 110

Propose = Annotated[
    bool,
    typer.Option(
        "--propose", help="Matters that no issue covers, as a YAML file to keep, correct and name in the settings."
    ),
]
Most = Annotated[int, typer.Option("--most", min=1, metavar="N", help="Propose at most so many.")]


def issues(
    context: typer.Context, propose: Propose = False, most: Most = 20, record: RecordFile = None, json: AsJson = False
) -> None:
    """The matters on which parties hold positions, and how many positions there are on each."""
    known = issues_of(settings_of(context))
    if not propose and not record_path(context, record).is_file():
        _list(known, Counter(), Counter(), json=json)
        return
    with open_record(context, record) as opened:
        if not propose:
            positions: Counter[str] = Counter(each.issue for each in opened.iter_positions(Filters()))
            turned: Counter[str] = Counter(
                line.issue for line in opened.lines(Filters(statuses=("changed",))) if line.issue in positions
            )
            _list(known, positions, turned, json=json)
            return
        _propose(opened, known, most, json=json)


def _list(known: Sequence[Issue], positions: Counter[str], turned: Counter[str], *, json: bool) -> None:
    names = {issue.name for issue in known}
    unnamed = sum(times for name, times in positions.items() if name not in names)
    if json:
        listed: list[Plain] = [
            {
                "name": issue.name,
                "definition": issue.definition,
                "source": issue.source,
                "positions": positions[issue.name],
                "turned": turned[issue.name],
            }
            for issue in known
        ]
        print_json(listed)
        return
    on = console()
    rows = [
        (
            issue.name,
            f"{positions[issue.name] or ''}",
            f"{turned[issue.name] or ''}",
            issue.definition or Text(", ".join(_some(issue)), style="dim"),
        )
        for issue in sorted(known, key=lambda issue: (-positions[issue.name], issue.name))
    ]
    table(("issue", "positions", "turns", "what it is, or by which words"), rows, (32, 9, 5, None), on, spaced=False)
    if unnamed:
        note(
            f"{counted(unnamed, 'position')} on matters without a name; `communique issues --propose` looks for more issues."
        )


def _some(issue: Issue) -> list[str]:
    return sorted(" ".join(phrase) for phrase in issue.phrases if "-" not in phrase)[:6]


def _propose(record: Record, known: Sequence[Issue], most: int, *, json: bool) -> None:
    names = {issue.name for issue in known}
    uncovered = {each.id: each for each in record.iter_positions(Filters()) if each.issue not in names}
    articles = record.articles_by_id(each.article_id for each in uncovered.values())
    actors = record.actors_by_id(each.party.actor_id for each in uncovered.values())
    copied = {each: group.articles[0] for group in record.copy_groups(sorted(articles)) for each in group.articles}
    found = propose_issues(
        (
            Uncovered(
                id=each.id,
                article_id=copied.get(each.article_id, each.article_id),
                side=side_of(actors[each.party.actor_id]) if each.party.actor_id in actors else each.party.actor_id,
                words=each.content.of(articles[each.article_id].text),
            )
            for each in uncovered.values()
        ),
        most=most,
    )
    told = [_told(each, uncovered, record) for each in found]
    if json:
        print_json([as_plain for as_plain, _ in told])
    elif told:
        _print_file([lines for _, lines in told], console())
    else:
        note(f"Nothing to propose: no matter without an issue recurs in {record.path}.")


def _told(candidate: Candidate, uncovered: dict[str, Position], record: Record) -> tuple[Plain, list[str]]:
    """One candidate as JSON and as lines of YAML, with counts, parties and quotations as comments."""
    positions = [uncovered[each] for each in candidate.positions]
    actors = record.actors_by_id(each.party.actor_id for each in positions)
    articles = record.articles_by_id(each.article_id for each in positions)
    stances = Counter((actors[each.party.actor_id].name, each.stance.value) for each in positions)
    quotations = [" ".join(each.content.of(articles[each.article_id].text).split()) for each in positions]
    shown = list(dict.fromkeys(quotations))[:QUOTED]
    plain: Plain = {
        "name": candidate.name,
        "words": list(candidate.words),
        "positions": list(candidate.positions),
        "articles": candidate.articles,
        "parties": [
            {"party": party, "stance": stance, "positions": times} for (party, stance), times in sorted(stances.items())
        ],
        "quotations": list(shown),
    }
    parties = ", ".join(f"{party} {stance}" for party, stance in sorted(stances))
    lines = [f"# {counted(len(positions), 'position')} in {counted(candidate.articles, 'article')}: {parties}"]
    lines += [f"#   {_quoted(each)}" for each in shown]
    lines.append(f"- name: {_scalar(candidate.name)}")
    lines.append(f"  words: [{', '.join(map(_scalar, candidate.words))}]")
    return plain, lines


def _quoted(words: str) -> str:
    cut = words if len(words) <= QUOTE_LENGTH else words[:QUOTE_LENGTH].rpartition(" ")[0] + " …"
    return cut if any(mark in cut for mark in QUOTATION_MARKS) else f"“{cut}”"


def _scalar(text: str) -> str:
    """The text as YAML takes it inside a list: in quotes where a character means something there."""
    safe = all(letter.isalnum() or letter in " -()" for letter in text) and text[:1].isalpha()
    return text if safe else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _print_file(entries: Sequence[list[str]], on: Console) -> None:
    head = [
        "# Matters of this record that no issue covers. Keep what is one, name it, leave out or add words (dictionary forms;",
        '# … for any words between), and say in communique.toml:  issues = "my-issues.yaml"  Then read the documents again.',
    ]
    for line in [*head, *(line for entry in entries for line in ("", *entry))]:
        on.file.write(f"{line}\n")
