"""Records in the words of a table: names for ids, `who → whom`, quotations. One object a command, so that names are read once."""

from collections.abc import Iterable, Sequence

from rich.text import Text

from communique.cli.output import quoted
from communique.records import Actor, Article, Claim, Meeting, Place, Position, Role, Span, Statement
from communique.records.roles import roles_in
from communique.store import Record, Texts

QUOTE_LENGTH = 260  # characters of a quotation in a table; `explain` shows all


class Wording:
    """Names, titles and quotations for some records of one record file."""

    def __init__(self, record: Record, records: Sequence[Claim | Statement | Position | Meeting]) -> None:
        self._articles = record.articles_by_id(each.article_id for each in records)
        self._actors = record.actors_by_id(role.actor_id for each in records for role in roles_in(each))
        self._short = record.short_ids(each.id for each in records)

    @property
    def texts(self) -> Texts:
        """What JSON needs to tell names and quotations."""
        return Texts(self._articles, self._actors)

    def short(self, identity: str) -> str:
        """The first digits of an id, unique in the record."""
        return self._short.get(identity, identity)

    def actor(self, role: Role) -> Actor | None:
        """The actor in a role."""
        return self._actors.get(role.actor_id)

    def article(self, each: Claim | Statement | Position | Meeting) -> Article:
        """The article that a record stands in."""
        return self._articles[each.article_id]

    def name(self, role: Role | None) -> str:
        """The actor's name, empty for nobody."""
        if role is None:
            return ""
        actor = self.actor(role)
        return actor.name if actor else role.actor_id

    def names(self, roles: Iterable[Role]) -> str:
        """Names in order, each once."""
        return ", ".join(dict.fromkeys(self.name(role) for role in roles))

    def who_to_whom(self, claim: Claim) -> Text:
        """`Russia → NATO`; parties of a mutual event stand together before the arrow, which is then left out."""
        line = Text(self.names(claim.actors) or "somebody", style="bold")
        if claim.recipients:
            line.append(" → ", style="dim").append(self.names(claim.recipients), style="bold")
        return line

    def type_of(self, claim: Claim) -> Text:
        """`REQUEST (change)`, or `CONSULT (announced)` for a meeting to come, which PLOVER calls AGREE."""
        line = Text(claim.type, style="bold blue")
        beside = [f"to {claim.meeting_type}"] if claim.meeting_type else []
        beside += claim.modes
        return line.append(f" ({', '.join(beside)})", style="blue") if beside else line

    def words(self, span: Span | None, *, whole: bool = False) -> Text:
        """The quotation of a span."""
        if span is None:
            return Text("")
        return quoted(self._articles[span.article_id].quote(span), most=None if whole else QUOTE_LENGTH)

    def all_words(self, spans: Iterable[Span]) -> Text:
        """Several spans as one quotation, with the gaps shown."""
        joined = " […] ".join(self._articles[span.article_id].quote(span) for span in spans)
        return quoted(joined, most=QUOTE_LENGTH)

    def circumstances(self, claim: Claim) -> Text:
        """Place, source and condition of a claim in one quiet line; empty when it has none."""
        parts = []
        if claim.place is not None:
            parts.append(place_words(claim.place))
        if claim.asserted_by:
            parts.append(f"according to {self.names(claim.asserted_by)}")
        shown = claim.evidence[0] if claim.evidence else claim.trigger
        if claim.condition is not None and not shown.covers(claim.condition):
            parts.append(str(quoted(self._articles[claim.article_id].quote(claim.condition), most=QUOTE_LENGTH)))
        return Text(" · ".join(parts), style="dim")


def place_words(place: Place) -> str:
    """`in Geneva (CHE)`, `at the border`."""
    return f"{'at' if place.precision == 'area' else 'in'} {place_name(place)}"


def place_name(place: Place) -> str:
    """`Geneva (CHE)`."""
    return f"{place.name} ({place.country})" if place.country and place.country != place.name else place.name
