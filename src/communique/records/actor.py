"""Actors, and the mentions of them in a text. Unresolved is a value: a mention may name nobody that is known."""

from dataclasses import dataclass
from enum import StrEnum

from communique.records.ids import make_id
from communique.records.span import Span


class ActorKind(StrEnum):
    """What sort of thing acts."""

    STATE = "state"  # a country or its government as a whole
    BODY = "body"  # a ministry, parliament, court, army: part of a state
    ORGANIZATION = "organization"  # international, non-governmental, party, armed group, company, news agency
    PERSON = "person"
    GROUP = "group"  # unnamed people: riot police, protesters, Russian troops


class MentionKind(StrEnum):
    """How the words point at the actor."""

    NAME = "name"
    ROLE = "role"  # "the Deputy Secretary of State"
    DESCRIPTION = "description"  # "the Russian delegation", "riot police"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """`country` is ISO 3166-1 alpha-3 (XKX for Kosovo) or None; `sectors` are PLOVER codes, the first one primary.

    Codes: state COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK; society AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE
    REL SOC; non-state IGO UNO EUR NGO ISM IMG MNC. `organization` is the name of the organization that the actor is
    part of or speaks for (e.g. a secretary general's), `title` the office as of the article's date.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    organization: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """`span` covers the whole naming phrase with its title ("Russian President Vladimir Putin"), without relative clauses.

    `head` is the index of the phrase's head token, by which the coder finds it in the parse. `actor_id` None means
    unresolved; `candidates` are actor ids that were considered; `reason` is one line that names the rule.
    """

    id: str
    span: Span
    head: int
    kind: MentionKind
    actor_id: str | None
    candidates: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody in one article: the actors, and the mentions in text order."""

    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]

    def actor(self, actor_id: str | None) -> Actor | None:
        """The actor with that id, or None."""
        return next((each for each in self.actors if each.id == actor_id), None) if actor_id else None


def make_actor(
    *,
    name: str,
    kind: ActorKind,
    country: str | None = None,
    sectors: tuple[str, ...] = (),
    organization: str | None = None,
    title: str | None = None,
) -> Actor:
    """An actor with its id made from kind, name and country."""
    identity = make_id("actor", kind, name, country)
    return Actor(
        id=identity, name=name, kind=kind, country=country, sectors=sectors, organization=organization, title=title
    )
