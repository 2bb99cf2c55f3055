"""`communique codebook`: the event types there are, one of them in full, and a file of one's own tried out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from communique.cli.options import AsJson, settings_of
from communique.cli.output import console, print_json, table
from communique.codebook.custom import CustomLabel, load_custom
from communique.codebook.event_types import QUADS, EventType, load_event_types
from communique.run.user_files import own_labels
from communique.store import Plain

if TYPE_CHECKING:
    from communique.coding.prototypes import Trial

app = typer.Typer(help="The event types: list, show, or try out one of your own.", no_args_is_help=True)


@app.command("list")
def list_types(context: typer.Context, json: AsJson = False) -> None:
    """All event types, those of your own settings last."""
    types, own = load_event_types().types.values(), own_labels(settings_of(context))
    if json:
        listed: list[Plain] = [
            {"type": each.name, "quad": each.quad, "score": each.score, "definition": each.definition} for each in types
        ]
        for label in own:
            listed.append(
                {"type": label.name, "like": label.like, "score": label.score, "definition": label.definition}
            )
        print_json(listed)
        return
    rows = [(each.name, QUADS[each.quad], f"{each.score:g}", each.definition) for each in types]
    rows += [(each.name, f"as {each.like}", f"{each.score:g}", each.definition) for each in own]
    table(("type", "class", "score", "what it is"), rows, (12, 21, 6, None), console(), spaced=False)


@app.command("show")
def show_type(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="TYPE", help="As CONSULT or REQUEST.")]
) -> None:
    """One event type: definition, modes, examples and counter-examples."""
    types, on = load_event_types().types, console()
    found = types.get(name.upper())
    own = next((each for each in own_labels(settings_of(context)) if each.name.upper() == name.upper()), None)
    if own is not None:
        _print_own(own, on)
    elif found is not None:
        _print_type(found, on)
    else:
        raise typer.BadParameter(f"{name} is no event type; there are {', '.join(types)}", param_hint="TYPE")


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A type or mode of your own, in YAML.")],
    json: AsJson = False,
) -> None:
    """Try out a type or mode of your own: each of its sentences is judged without it."""
    from communique.coding.classifier import load_classifier  # the model's runtime: no other command waits for it
    from communique.coding.prototypes import try_out

    label = load_custom(file)
    trials = try_out(label, load_classifier())
    if json:
        print_json([
            {"sentence": each.sentence, "meant": each.meant, "found": each.found, "height": each.height} for each in trials
        ])  # fmt: skip
        return
    on = console()
    on.print(Text.assemble((label.name, "bold"), f"  as {label.like}, score {label.score:g}"))
    rows = [
        (
            Text("found" if each.found else "left out", style="green" if each.found == each.meant else "red"),
            f"{each.height:+.2f}",
            Text(each.sentence, style="italic"),
        )
        for each in sorted(trials, key=lambda each: (not each.meant, -each.height))
    ]
    table(("is", "side", "sentence, judged by the others"), rows, (9, 6, None), on, spaced=False)
    on.print()
    on.print(Text(_advice(trials)), soft_wrap=True)


def _advice(trials: "tuple[Trial, ...]") -> str:
    missed = sum(each.meant and not each.found for each in trials)
    wrong = sum(each.found and not each.meant for each in trials)
    meant = sum(each.meant for each in trials)
    told = f"{meant - missed} of {meant} examples are found, {wrong} of {len(trials) - meant} counter-examples are taken for one."
    if missed or wrong:
        told += " In red: a kind of sentence that stands alone in the file; give another like it, or a frame."
    return told


def _print_own(own: CustomLabel, on: Console) -> None:
    on.print(Text.assemble((own.name, "bold"), f"  as {own.like}, score {own.score:g}, from {own.source}"))
    on.print(own.definition)
    _print_sentences("Examples", [each.sentence for each in own.examples], on)
    _print_sentences("Not meant", [each.sentence for each in own.counter_examples], on)


def _print_type(found: EventType, on: Console) -> None:
    on.print(Text.assemble((found.name, "bold"), f"  {QUADS[found.quad]}, score {found.score:g}"))
    on.print(found.definition)
    if found.mode_scores:
        on.print()
        rows = [(mode, f"{score:g}", found.mode_definitions[mode]) for mode, score in found.mode_scores.items()]
        table(("mode", "score", "what it is"), rows, (16, 6, None), on, spaced=False)
    _print_sentences("Examples", list(found.examples), on)
    _print_sentences("Not meant", list(found.counter_examples), on)


def _print_sentences(title: str, sentences: list[str], on: Console) -> None:
    on.print()
    on.print(Text(title, style="bold"))
    for sentence in sentences:
        on.print(Text(f"  {sentence}", style="italic"))
