"""`communique explain ID`: from any value to the characters it stands on, and on to the bytes and the program."""

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from communique.cli.marking import BY_FIELD, marked
from communique.cli.options import AsJson, RecordFile, open_record
from communique.cli.output import console, counted, day_text, id_text, offsets, print_json, quoted, status_text, table
from communique.cli.wording import Wording
from communique.records import (
    Actor,
    Article,
    Claim,
    CopyGroup,
    Event,
    Judgement,
    Line,
    LinkedEvent,
    LinkedMeeting,
    Meeting,
    Page,
    Position,
    Problem,
    Span,
    Statement,
    Timex,
)
from communique.store import ExplainedField, Explanation, Filters, Kept, Passage, Plain, Record, Texts
from communique.store.explanation_form import explanation_form


def explain(
    context: typer.Context,
    id: str = typer.Argument(metavar="ID", help="The id of anything, or its first digits as the tables show them."),
    record: RecordFile = None,
    json: AsJson = False,
) -> None:
    """How something is known, down to the words."""
    with open_record(context, record) as opened:
        explanation = opened.explain(id)
        if json:
            print_json(explanation_as_json(opened, explanation))
        else:
            print_explanation(opened, explanation, console())


def explanation_as_json(record: Record, explanation: Explanation) -> Plain:
    """`record` is the record itself; `fields`, `passages` and `related` say how it is known."""
    actors = {
        entry.actor.id: entry.actor
        for article in explanation.articles
        for entry in record.cast(Filters(article_id=article.id))
    }
    texts = Texts({article.id: article for article in explanation.articles}, actors)
    return explanation_form(explanation, texts)


def print_explanation(record: Record, explanation: Explanation, on: Console) -> None:
    """Heading, fields, the sentences with their words marked, and where all of it comes from."""
    texts = {article.id: article.text for article in explanation.articles}
    on.print(Text.assemble((explanation.kind.upper(), "bold yellow"), "  ", (explanation.id, "dim")))
    if headline := _headline(record, explanation.record):
        on.print(headline)
    on.print()
    names = [field.name for field in explanation.fields]
    rows = [
        (
            Text("" if [field.name] == names[number - 1 : number] else _readable(field.name), style="bold"),
            Text(_value(field)),
            _words(field, texts),
            _where(field),
        )
        for number, field in enumerate(explanation.fields)
    ]
    table(("field", "value", "in these words", "characters"), rows, (12, 26, None, 11), on, spaced=False)
    if explanation.passages:
        on.print()
        on.print(Text("In the article", style="bold underline"))
        titles = {article.id: article.title or article.source for article in explanation.articles}
        told = ""
        for passage in explanation.passages:
            if passage.span.article_id != told and len(titles) > 1:
                on.print(Text(titles[passage.span.article_id], style="dim"))
            told = passage.span.article_id
            on.print(Padding(_passage(passage, colours=on.is_terminal), (0, 0, 1, 2)))
    _print_origin(record, explanation, on)


def _headline(record: Record, each: Kept) -> Text:
    """What is explained, in one line."""
    if isinstance(each, Claim):
        wording = Wording(record, [each])
        line = Text.assemble(
            wording.who_to_whom(each), "  ", wording.type_of(each), "  ", status_text(each.status.value)
        )
        return line.append(f"  {day_text(each.date)}" if each.date else "")
    if isinstance(each, Statement):
        wording = Wording(record, [each])
        return Text.assemble((wording.name(each.speaker) or "Somebody", "bold"), ": ", wording.all_words(each.content))
    if isinstance(each, Position):
        wording = Wording(record, [each])
        return Text.assemble((wording.name(each.party), "bold"), f" {each.stance.value}: ", wording.words(each.content))
    if isinstance(each, Meeting):
        wording = Wording(record, [each])
        line = Text(" – ".join(wording.name(role) for role in each.parties), style="bold")
        return Text.assemble(
            line, "  ", status_text(each.status.value), f"  {day_text(each.date)}" if each.date else ""
        )
    if isinstance(each, Event):
        return Text.assemble((each.type, "bold blue"), f", told by {counted(len(each.claims), 'claim')}")
    if isinstance(each, (LinkedEvent, LinkedMeeting, Line, CopyGroup, Judgement)):
        return _derived_headline(record, each)
    if isinstance(each, Timex):
        return Text(f"{each.type.value} {each.value}", style="bold")
    if isinstance(each, Problem):
        return Text(f"{each.source}: {each.reason}", style="bold")
    if isinstance(each, Article):
        return Text(each.title or each.source, style="bold")
    if isinstance(each, Page):
        return Text(each.source, style="bold")
    return Text(each.name if isinstance(each, Actor) else "", style="bold")


def _derived_headline(record: Record, each: LinkedEvent | LinkedMeeting | Line | CopyGroup | Judgement) -> Text:
    if isinstance(each, LinkedEvent):
        names = _names(record, (*each.actors, *each.recipients))
        told = f"  told by {counted(each.articles, 'article')}, {counted(each.voices, 'voice')}"
        return Text.assemble(
            (names, "bold"), "  ", (each.type, "bold blue"), "  ", status_text(each.status.value), told
        )
    if isinstance(each, LinkedMeeting):
        told = f"  told by {counted(each.articles, 'article')}, {counted(each.voices, 'voice')}"
        return Text.assemble((_names(record, each.parties), "bold"), "  ", status_text(each.status.value), told)
    if isinstance(each, Line):
        return Text.assemble((_names(record, (each.party,)), "bold"), f" on {each.issue}: {each.now.value}")
    if isinstance(each, CopyGroup):
        return Text(
            f"{counted(len(each.articles), 'article')}, {each.kind.value}, at least {each.similarity:.0%} alike"
        )
    undone = f", undone on {each.withdrawn_at:%Y-%m-%d}" if each.withdrawn_at else ""
    return Text.assemble((each.verdict.value, "bold"), f", judged by {each.judge} on {each.judged_at:%Y-%m-%d}{undone}")


def _names(record: Record, ids: tuple[str, ...]) -> str:
    """The actors by their names, each once."""
    known = record.actors_by_id(ids)
    return " – ".join(known[each].name if each in known else each for each in dict.fromkeys(ids))


def _readable(name: str) -> str:
    return {"status_span": "decided by", "span": "words", "actor_id": "actor"}.get(name, name.replace("_", " "))


def _value(field: ExplainedField) -> str:
    return field.value if len(field.value) <= 200 else field.value[:200].rpartition(" ")[0] + " …"


def _words(field: ExplainedField, texts: dict[str, str]) -> Text:
    parts = [quoted(span.of(texts[span.article_id])) for span in field.words]
    if field.rule is not None:
        sure = f", confidence {field.confidence:.2f}" if field.confidence is not None else ""
        parts.append(Text(f"{field.rule}{sure}", style="dim"))
    if field.program is not None:
        parts.append(Text(f"the program had said: {field.program}", style="dim"))
    return Text("\n").join(parts)


def _where(field: ExplainedField) -> Text:
    return Text("\n".join(offsets(span) for span in field.words), style="dim")


def _passage(passage: Passage, *, colours: bool) -> Text:
    marks: list[tuple[Span, str]] = [(mark.span, mark.label) for mark in passage.marks]
    styled = [(span, BY_FIELD[label]) for span, label in marks if label in BY_FIELD]
    return marked(passage.text, passage.span.start, styled, colours=colours)


def _print_origin(record: Record, explanation: Explanation, on: Console) -> None:
    related = [(relation, identity) for relation, identity in explanation.related if relation != "mention"]
    short = record.short_ids(identity for _, identity in related)
    if related:
        line = Text("See also  ", style="bold")
        for number, (relation, identity) in enumerate(related[:12]):
            line.append(", " if number else "").append(f"{relation} ").append_text(id_text(short[identity]))
        on.print(line.append(", …" if len(related) > 12 else ""))
    for article in explanation.articles[:1]:
        origin = Text.assemble(("From  ", "bold"), article.title or "an article without a title")
        origin.append(f", {article.source}", style="dim")
        page = record.find(article.page_id)
        if isinstance(page, Page):
            origin.append(
                f"\n      page of {len(page.content):,} bytes, SHA-256 {page.content_hash[:16]}…", style="dim"
            )
        if explanation.run is not None:
            origin.append(f", coded by communique {explanation.run.version}", style="dim")
        on.print(origin)
    if not explanation.articles and isinstance(explanation.record, Problem):
        on.print(Text("No article came of this input, so there are no words to show.", style="dim"))
