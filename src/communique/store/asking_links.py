"""The questions that a record answers about what linking derived from all its articles."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, select

from communique.records import CopyGroup, Event, Line, LinkedEvent, LinkedMeeting, StorageError
from communique.store import finding, linking, listing, schema
from communique.store import schema_linked as linked
from communique.store.asking import NO_FILTERS, Questions
from communique.store.filters import Filters
from communique.store.listing import Slice
from communique.store.mapping.linked import (
    load_copy_groups,
    load_lines,
    load_linked_events,
    load_linked_meetings,
)


class LinkQuestions(Questions):
    """Events, meetings, positions over time and copies, over all articles."""

    def events(self, filters: Filters = NO_FILTERS) -> tuple[LinkedEvent, ...]:
        """The events that fit, in timeline order."""
        return self._read(lambda connection: listing.EVENTS.all(connection, filters))

    def events_slice(self, filters: Filters = NO_FILTERS) -> Slice[LinkedEvent]:
        """One page of the events that fit."""
        return self._read(lambda connection: listing.EVENTS.part(connection, filters))

    def iter_events(self, filters: Filters = NO_FILTERS) -> Iterator[LinkedEvent]:
        """The events that fit, one after another."""
        return self._stream(listing.EVENTS, filters)

    def linked_meetings(self, filters: Filters = NO_FILTERS) -> tuple[LinkedMeeting, ...]:
        """The meetings that fit, over all articles, in timeline order."""
        return self._read(lambda connection: listing.LINKED_MEETINGS.all(connection, filters))

    def linked_meetings_slice(self, filters: Filters = NO_FILTERS) -> Slice[LinkedMeeting]:
        """One page of the meetings that fit."""
        return self._read(lambda connection: listing.LINKED_MEETINGS.part(connection, filters))

    def iter_linked_meetings(self, filters: Filters = NO_FILTERS) -> Iterator[LinkedMeeting]:
        """The meetings that fit, one after another."""
        return self._stream(listing.LINKED_MEETINGS, filters)

    def lines(self, filters: Filters = NO_FILTERS) -> tuple[Line, ...]:
        """The positions over time that fit (`types` = issue, `statuses` = stance now), by their first day."""
        return self._read(lambda connection: listing.LINES.all(connection, filters))

    def lines_slice(self, filters: Filters = NO_FILTERS) -> Slice[Line]:
        """One page of the positions over time that fit."""
        return self._read(lambda connection: listing.LINES.part(connection, filters))

    def event(self, asked: str) -> LinkedEvent:
        """The event with that id, now or in an earlier linking; or that a claim or an event of one article belongs to.

        The beginning of an id is enough. Raises StorageError when there is none, or several.
        """

        def read(connection: Connection) -> LinkedEvent:
            found = finding.find(connection, asked)
            if isinstance(found, LinkedEvent):
                return found
            claims = found.claims if isinstance(found, Event) else (found.id,)
            ids = linking.derived_ids(connection, linking.EVENTS, claims)
            if not ids:
                raise StorageError(f"{asked}: belongs to no event yet; `communique link` joins the articles' claims")
            first = next(ids[claim] for claim in claims if claim in ids)
            return load_linked_events(connection, [first])[first]

        return self._read(read)

    def linked_meeting(self, asked: str) -> LinkedMeeting:
        """The meeting with that id, now or in an earlier linking, or that one article's meeting belongs to."""

        def read(connection: Connection) -> LinkedMeeting:
            found = finding.find(connection, asked)
            if isinstance(found, LinkedMeeting):
                return found
            ids = linking.derived_ids(connection, linking.MEETINGS, [found.id])
            if not ids:
                raise StorageError(f"{asked}: belongs to no meeting over all articles; `communique link` makes them")
            return load_linked_meetings(connection, [ids[found.id]])[ids[found.id]]

        return self._read(read)

    def line(self, asked: str) -> Line:
        """The line of positions with that id, now or in an earlier linking, or that a position belongs to."""

        def read(connection: Connection) -> Line:
            found = finding.find(connection, asked)
            if isinstance(found, Line):
                return found
            ids = linking.derived_ids(connection, linking.LINES, [found.id])
            if not ids:
                raise StorageError(f"{asked}: belongs to no line of positions; `communique link` makes them")
            return load_lines(connection, [ids[found.id]])[ids[found.id]]

        return self._read(read)

    def linked_events_of(self, claim_ids: Iterable[str]) -> dict[str, LinkedEvent]:
        """For each claim that belongs to an event over all articles, that event."""

        def read(connection: Connection) -> dict[str, LinkedEvent]:
            ids = linking.derived_ids(connection, linking.EVENTS, list(claim_ids))
            events = load_linked_events(connection, sorted(set(ids.values())))
            return {claim: events[event] for claim, event in ids.items()}

        return self._read(read)

    def linked_meetings_of(self, meeting_ids: Iterable[str]) -> dict[str, LinkedMeeting]:
        """For each meeting of one article that belongs to a meeting over all articles, that meeting."""

        def read(connection: Connection) -> dict[str, LinkedMeeting]:
            ids = linking.derived_ids(connection, linking.MEETINGS, list(meeting_ids))
            meetings = load_linked_meetings(connection, sorted(set(ids.values())))
            return {member: meetings[meeting] for member, meeting in ids.items()}

        return self._read(read)

    def copy_groups(self, article_ids: Sequence[str] | None = None) -> tuple[CopyGroup, ...]:
        """All groups of copies, or those that the articles belong to, by id."""

        def read(connection: Connection) -> tuple[CopyGroup, ...]:
            if article_ids is None:
                own = linked.copy_groups.c.id
                ids = list(connection.execute(select(own).order_by(own)).scalars())
            else:
                ids = sorted(set(linking.derived_ids(connection, linking.COPIES, article_ids).values()))
            found = load_copy_groups(connection, ids)
            return tuple(found[each] for each in ids)

        return self._read(read)

    def unlinked(self) -> tuple[str, ...]:
        """The ids of the articles that were coded since the record was linked, in order of arrival."""
        own = schema.articles.c
        query = select(own.id).where(~own.linked).order_by(own.number)
        return self._read(lambda connection: tuple(connection.execute(query).scalars()))
