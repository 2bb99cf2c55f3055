"""Everything that linking derives from many articles: what `run` hands from `link` to `store`."""

from dataclasses import dataclass

from communique.records.copies import CopyGroup
from communique.records.event import LinkedEvent
from communique.records.meeting import LinkedMeeting
from communique.records.position import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """A function of the record's articles and judgements only: the order in which they came does not matter."""

    copies: tuple[CopyGroup, ...] = ()
    events: tuple[LinkedEvent, ...] = ()
    meetings: tuple[LinkedMeeting, ...] = ()
    lines: tuple[Line, ...] = ()
