"""Communiqué: messy news reports in, a sourced record of who did or said what to whom out.

    import communique
    record = communique.read("news/")
    communique.rows(record, "events")

What is offered here is loaded when it is first asked for, so that `import communique` costs next to nothing. `read` is the
function and, for imports from it, the package of that name: a call of the package is a call of the function.
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.api import columns as columns
    from communique.api import read as read
    from communique.api import rows as rows
    from communique.records import Actor as Actor
    from communique.records import ActorKind as ActorKind
    from communique.records import Article as Article
    from communique.records import Claim as Claim
    from communique.records import CommuniqueError as CommuniqueError
    from communique.records import CopyGroup as CopyGroup
    from communique.records import DateRange as DateRange
    from communique.records import FieldAgreement as FieldAgreement
    from communique.records import FieldValue as FieldValue
    from communique.records import Judgement as Judgement
    from communique.records import Line as Line
    from communique.records import LineEntry as LineEntry
    from communique.records import LinkedEvent as LinkedEvent
    from communique.records import LinkedMeeting as LinkedMeeting
    from communique.records import Meeting as Meeting
    from communique.records import MeetingStatus as MeetingStatus
    from communique.records import Place as Place
    from communique.records import Position as Position
    from communique.records import Problem as Problem
    from communique.records import Role as Role
    from communique.records import Span as Span
    from communique.records import SpeechAct as SpeechAct
    from communique.records import Stance as Stance
    from communique.records import Statement as Statement
    from communique.records import Status as Status
    from communique.records import Timex as Timex
    from communique.records import Verdict as Verdict
    from communique.records import make_judgement as make_judgement
    from communique.run.settings import Settings as Settings
    from communique.run.settings import load_settings as load_settings
    from communique.store import Explanation as Explanation
    from communique.store import Filters as Filters
    from communique.store import Record as Record

__version__ = "0.1.0"

OFFERED: dict[str, tuple[str, ...]] = {
    "communique.api": ("columns", "read", "rows"),
    "communique.records": (
        *("Actor", "ActorKind", "Article", "Claim", "CommuniqueError", "CopyGroup", "DateRange", "FieldAgreement"),
        *("FieldValue", "Judgement", "Line", "LineEntry", "LinkedEvent", "LinkedMeeting", "Meeting", "MeetingStatus"),
        *("Place", "Position", "Problem", "Role", "Span", "SpeechAct", "Stance", "Statement", "Status", "Timex"),
        *("Verdict", "make_judgement"),
    ),
    "communique.run.settings": ("Settings", "load_settings"),
    "communique.store": ("Explanation", "Filters", "Record"),
}
_HOMES = {name: home for home, names in OFFERED.items() for name in names}

__all__ = [
    "__version__",
    *_HOMES,
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'communique' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(home), name)
    if name != "read":
        globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})


class _Callable(ModuleType):
    """The package `communique.read`, which can also be called."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        from communique.api import read as called

        return called(*arguments, **named)


class _Package(ModuleType):
    """This package. Python binds a package that is imported from to its name here; that of `read` is to stay callable."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "read" and type(value) is ModuleType:
            value.__class__ = _Callable
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
