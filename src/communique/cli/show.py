"""`communique show ARTICLE`: the article with what was coded from it marked in its own words."""

from collections.abc import Iterator

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.cli.actors import published
from communique.cli.marking import ACTOR, CUE, FRAGMENT, FURNITURE, PLACE, SAID, TIME, TRIGGER, Style, marked
from communique.cli.options import AsJson, RecordFile, open_record
from communique.cli.output import NARROW, console, counted, print_json
from communique.records import Article, Block, BlockKind, CodedArticle, Span
from communique.store import Record, Texts, plain

LEGEND = (
    ("event", TRIGGER),
    ("actor", ACTOR),
    ("time", TIME),
    ("place", PLACE),
    ("said", SAID),
    ("cue", CUE),
    ("other language", FRAGMENT),
    ("set aside", FURNITURE),
)


def show(
    context: typer.Context,
    article: str = typer.Argument(metavar="ARTICLE", help="An article: its id, its path, or words of its title."),
    record: RecordFile = None,
    json: AsJson = False,
) -> None:
    """One article with the coded words marked."""
    with open_record(context, record) as opened:
        coded = opened.coded_article(opened.find_article(article))
        if json:
            texts = Texts({coded.article.id: coded.article}, {actor.id: actor for actor in coded.actors})
            print_json(plain(coded, texts))
        else:
            print_article(opened, coded, console())


def print_article(record: Record, coded: CodedArticle, on: Console) -> None:
    """Heading, legend, then block by block."""
    print_heading(coded, on)
    on.print(_legend(colours=on.is_terminal))
    on.print()
    short = record.short_ids([*(each.id for each in coded.claims), *(each.id for each in coded.statements)])
    marks = list(_marks(coded))
    grid = Table.grid(padding=(0, 2), expand=True)
    narrow = on.width < NARROW
    grid.add_column(width=7 if narrow else 12, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    aside = False
    for number, block in enumerate(coded.article.blocks):
        if number and not (aside and block.kind is BlockKind.FURNITURE):  # lines set aside stand close together
            grid.add_row("", "")
        aside = block.kind is BlockKind.FURNITURE
        grid.add_row(_margin(coded, block, short), _block(coded.article, block, marks, colours=on.is_terminal))
    on.print(grid)


def print_heading(coded: CodedArticle, on: Console) -> None:
    """Title, where it is from, what is known of its day and language, and how much was coded."""
    article = coded.article
    on.print(Text(article.title or "Without a title", style="bold"))
    known = [article.site or "", ", ".join(article.authors), article.url or article.source]
    on.print(Text(" · ".join(part for part in known if part), style="dim"))
    day = " ".join(published(article).split())
    if article.published is not None:
        day += f" (from {article.published.source})"
    translated = "" if article.machine_translated == "none" else f", machine translation {article.machine_translated}"
    on.print(Text(f"published {day} · language {article.language or 'unknown'}{translated}", style="dim"))
    aside = sum(block.kind is BlockKind.FURNITURE for block in article.blocks)
    counts = [
        counted(len(coded.claims), "claim"),
        counted(len(coded.statements), "statement"),
        counted(len(coded.positions), "position"),
        counted(len(coded.meetings), "meeting"),
        counted(len(coded.actors), "actor"),
        counted(len(coded.times), "time"),
        f"{counted(aside, 'line')} set aside",
    ]
    on.print(Text(" · ".join(counts), style="dim"))
    for problem in coded.problems:
        on.print(Text(f"{problem.reason}; {problem.remedy}", style="yellow"))


def _legend(*, colours: bool) -> Text:
    line = Text("")
    for name, style in LEGEND:
        if colours:
            line.append(name, style=style.colour).append("  ")
        elif style.brackets[0]:
            line.append(f"{style.brackets[0]}{name}{style.brackets[1]}  ")
    return line


def _marks(coded: CodedArticle) -> Iterator[tuple[Span, Style]]:
    for mention in coded.mentions:
        if mention.actor_id is not None:
            yield mention.span, ACTOR
    for time in coded.times:
        yield time.span, TIME
    for claim in coded.claims:
        yield claim.trigger, TRIGGER
        if claim.place is not None:
            yield claim.place.span, PLACE
    for statement in coded.statements:
        for span in statement.content:
            yield span, SAID
        if statement.cue is not None:
            yield statement.cue, CUE
    for fragment in coded.article.fragments:
        yield fragment.span, FRAGMENT


def _margin(coded: CodedArticle, block: Block, short: dict[str, str]) -> Text:
    """The reason for which the block was set aside, or the ids of the claims and statements that begin in it."""
    if block.kind is BlockKind.FURNITURE:
        return Text((block.reason or "set aside").replace("-", " "), style="dim")
    listed: list[tuple[int, str, str]] = []
    for claim in coded.claims:
        listed.append((claim.trigger.start, short[claim.id], TRIGGER.colour))
    for statement in coded.statements:
        first = statement.content[0].start if statement.content else -1
        listed.append((first, short[statement.id], "italic"))
    lines = [
        Text(identity, style=style)
        for start, identity, style in sorted(listed)
        if block.span.start <= start < block.span.end
    ]
    return Text("\n").join(lines)


def _block(article: Article, block: Block, marks: list[tuple[Span, Style]], *, colours: bool) -> Text:
    words = article.quote(block.span)
    if block.kind is BlockKind.FURNITURE:
        return marked(words, block.span.start, [(block.span, FURNITURE)], colours=colours)
    base = "bold" if block.kind is BlockKind.TITLE else ""
    return marked(words, block.span.start, marks, base=base, colours=colours)
