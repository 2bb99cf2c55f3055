"""The one stage that sees many claims at once: the same event told twice, announced meetings."""

from communique.link.events import link_events, same_event
from communique.link.meetings import find_meetings

__all__ = ["find_meetings", "link_events", "same_event"]
