"""A noun for people and its surroundings → PLOVER sector."""

from communique.codebook.sectors import PersonNoun, SectorWords
from communique.resolve.actor_context import Context

ARMED = frozenset({"UAF", "REB", "MIL", "CRM", "PRM"})


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
