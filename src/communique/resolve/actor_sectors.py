"""A noun for people and its surroundings → PLOVER sector."""

from communique.codebook.actors import ActorEntry
from communique.codebook.sectors import PersonNoun, SectorWords
from communique.resolve.actor_context import Context

ARMED = frozenset({"UAF", "REB", "MIL", "CRM", "PRM"})

TOP_CODES = ("IGO", "UNO", "EUR")


def top_codes(entry: ActorEntry | None, sectors: tuple[str, ...]) -> list[str]:
    """PLOVER's codes for organizations of states that the organization has and the sectors lack."""
    return [code for code in TOP_CODES if entry is not None and code in entry.sectors and code not in sectors]


def sector_of(noun: PersonNoun, context: Context, *, former: bool, words: SectorWords) -> str | None:
    """The sector of "former CIA official", "rebel commander", "Boko Haram gunmen"; None when the noun says nothing."""
    sector = noun.sector
    if noun.weak and context.sector is not None:
        sector = context.sector
    elif context.entry is not None and sector in ARMED and context.entry.sectors[:1]:
        own = context.entry.sectors[0]
        sector = own if own in ARMED else sector
    if former and sector in words.state_sectors:
        return "ELI"
    return sector
