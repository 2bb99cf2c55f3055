"""What a phrase is, before anybody is identified: the exchange between reading the words and deciding who they are."""

from dataclasses import dataclass
from enum import StrEnum

from communique.codebook.actors import ActorEntry
from communique.codebook.countries import CountryName
from communique.codebook.sectors import Institution, PersonNoun
from communique.resolve.actor_context import Context
from communique.resolve.actor_lexicon import KnownPerson


class PhraseKind(StrEnum):
    """What the words are, before anybody is identified."""

    STATE = "state"
    TOWN = "town"  # a capital or city: a government, its people or a place
    ORGANIZATION = "organization"
    BODY = "body"
    PERSON = "person"
    ROLE = "role"
    GROUP = "group"
    SHORT = "short"  # "the group", "the Alliance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Tokens `first` to `last` (exclusive) with the head token; only what the words give is set.

    `name` are the tokens of a personal or unknown name, `context` the country and organization around the head,
    `form` how a state is named, `definite` when "the" or "this" stands before, `pronoun` the token of a possessive pronoun.
    """

    kind: PhraseKind
    first: int
    last: int
    head: int
    context: Context
    form: CountryName | None = None
    entry: ActorEntry | None = None
    institution: Institution | None = None
    noun: PersonNoun | None = None
    name: tuple[int, int] | None = None
    known: KnownPerson | None = None
    plural: bool = False
    definite: bool = False
    counted: bool = False
    bare: bool = False
    former: bool = False
    pronoun: int | None = None
    shared: bool = False  # "the foreign ministers of France and Germany"
    proper: bool = False  # a capitalized name that runs on: "Institute for Policy Integrity"
