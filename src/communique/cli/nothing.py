"""What to say when a question has no answer: whether the record is empty, the filter too narrow, or a name unknown."""

from communique.cli.output import note
from communique.store import Filters, Record


def nothing_found(record: Record, kind: str, asked: Filters) -> None:
    """One line on standard error; the command still succeeds, for nothing is an answer too."""
    for name in asked.actors:
        called = record.actors_called(name)
        if not called:
            note(f"No {kind}: nobody in {record.path} is called {name}; `communique actors` lists everybody.")
            return
    if asked == Filters():
        note(f"No {kind} in {record.path}.")
    else:
        known = ", ".join(actor.name for name in asked.actors for actor in record.actors_called(name)[:2])
        note(f"No {kind} fit the filters{f' ({known})' if known else ''}.")
