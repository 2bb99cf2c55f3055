"""The words around a head → the country and organization that it belongs to: "the Iranian …", "Mexico's …", "… of the CIA"."""

from dataclasses import dataclass

from communique.codebook.actors import ActorEntry
from communique.codebook.countries import CountryForm, CountryName
from communique.codebook.sectors import Institution, PersonNoun
from communique.records import Annotated
from communique.resolve.actor_lexicon import KnownPerson, Lexicon
from communique.resolve.actor_names import label_of, name_tokens, organization_sector
from communique.resolve.actor_places import find_city
from communique.resolve.actor_runs import Run, Segment
from communique.resolve.actor_units import Unit

FOLLOWED = frozenset({"of", "for", "at", "in", "on", "from", "within", "to"})
NAMING = frozenset(
    {"of", "for", "at"}
)  # the words behind these are part of the naming; behind "in" stands only the place
HOSTS = frozenset({"to", "for", "in", "on"})  # "ambassador to Poland" is not Poland's
ENVOYS = ("ambassador", "envoy", "representative", "delegate")
ADVISERS = ("adviser", "advisor", "aide", "assistant", "secretary", "counsel")  # "adviser to the president"
MAXIMUM_STEPS = 4  # "professor of studies at the University of St. Andrews in Scotland"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a phrase belongs to. `sector` is that of a word before or behind ("police officials"), `institution` a body
    without a country yet ("Foreign Ministry spokesman")."""

    country: str | None = None
    region: str | None = None
    entry: ActorEntry | None = None
    institution: Institution | None = None
    sector: str | None = None
    called: str | None = (
        None  # a collective noun that may call back an organization: "Alliance leader", "the group's chief"
    )

    @property
    def empty(self) -> bool:
        """True when the words give neither country nor organization."""
        return self.country is None and self.entry is None and self.institution is None

    def under(self, other: "Context") -> "Context":
        """This context, with what it lacks taken from the other."""
        return Context(
            country=self.country or other.country,
            region=self.region or (other.region if self.country is None else None),
            entry=self.entry or other.entry,
            institution=self.institution or other.institution,
            sector=self.sector or other.sector,
            called=self.called or other.called,
        )


def before_head(
    annotated: Annotated, lexicon: Lexicon, segment: Segment, until: int, owner: Context | None = None
) -> Context:
    """The context that the segment's words before token `until` give, then its possessor's."""
    found = Context()
    position = until - 1
    while position >= segment.first:
        unit = segment.unit_at(position)
        if unit is not None and unit.last <= until:
            if not _apart(annotated, lexicon, unit):
                found = found.under(_unit_context(unit.value, lexicon))
            position = unit.first - 1
            continue
        sector = _modifier_sector(annotated, lexicon, position)
        if sector is not None:
            found = found.under(Context(sector=sector))
        elif annotated.tokens[position].pos == "PROPN" and found.country is None:
            person = label_of(annotated, position, position + 1) == "PERSON"  # "Maria Lund's nominee" is not of Lund
            city = None if person else find_city(annotated, segment.first, position + 1, lexicon)
            if city is not None:
                found = found.under(Context(country=city.country, region=city.name))
        position -= 1
    return found.under(owner) if owner is not None else found


def behind(
    annotated: Annotated, lexicon: Lexicon, start: int, runs: list[Run], noun: PersonNoun | None
) -> tuple[Context, int, Run] | None:
    """(context, end of the words read, run reached) of the prepositions after a head, or None when none gives anything."""
    found, end, reached = Context(), start, None
    envoy = noun is not None and any(word in noun.noun for word in ENVOYS)
    adviser = noun is not None and any(word in noun.noun for word in ADVISERS)
    for run in runs[:MAXIMUM_STEPS]:
        link = annotated.tokens[start : run.first]
        if not link or run.first != link[-1].index + 1:
            break
        words = [token.text.lower() for token in link if token.pos != "PUNCT" or token.text in (",", ";")]
        if len(words) != 1 or words[0] not in FOLLOWED or (words[0] == "to" and not adviser):
            break
        context = Context(sector=_proper_sector(annotated, lexicon, run))
        for segment in run.segments:
            name = name_tokens(annotated, lexicon, segment)
            until = name[0] if name is not None and segment.units and segment.unit_at(name[0]) is None else segment.last
            context = context.under(before_head(annotated, lexicon, segment, until, context))
        hosted = (envoy and words[0] in HOSTS) or words[0] == "on" or (words[0] == "in" and found.country is not None)
        country = _opening_country(run)
        if country is not None:  # "the ambassador of Tajikistan note of protest", as translators leave it
            context = _unit_context(country.value, lexicon)
        loose = country is None and not _ends_on_name(
            annotated, run
        )  # "the source of U.S. emissions" is not the United States'
        merged = found.under(Context(sector=context.sector) if hosted or loose else context)
        if merged != found:
            found, reached = merged, run
            named = country.last if country is not None and not _ends_on_title(run) else run.last
            end = named if words[0] in NAMING else end
        start = run.last
        if start < len(annotated.tokens) and annotated.tokens[start].pos != "ADP":
            break
    return (found, end, reached) if reached is not None else None


def _opening_country(run: Run) -> Unit | None:
    """A country's name, written out, that opens a run which goes on with something else."""
    segment = run.segments[0]
    unit = segment.units[0] if segment.units else None
    if unit is None or unit.country is None or unit.first != segment.first or unit.last == segment.last:
        return None
    return unit if unit.country.form is CountryForm.NAME and len(run.segments) == 1 and not unit.acronym else None


def _ends_on_title(run: Run) -> bool:
    """ "nominee for United States trade representative": the run is an office, not a country and something else."""
    last = run.segments[-1].units[-1] if run.segments[-1].units else None
    return last is not None and isinstance(last.value, PersonNoun) and last.last == run.last


def _ends_on_name(annotated: Annotated, run: Run) -> bool:
    """Whether the run's last word is a known name or noun, or capitalized."""
    segment = run.segments[-1]
    known = bool(segment.units) and segment.units[-1].last == segment.last and not segment.units[-1].adjective
    return known or annotated.tokens[segment.last - 1].pos == "PROPN"


def _proper_sector(annotated: Annotated, lexicon: Lexicon, run: Run) -> str | None:
    """The sector that the words of a capitalized name give: "the Palestinian Dialogue Group"."""
    capital = [token.text for token in annotated.tokens[run.first : run.last] if token.pos == "PROPN"]
    named = any(
        unit.entry is not None or (unit.country is not None and len(capital) < 3)
        for segment in run.segments
        for unit in segment.units
    )
    return organization_sector(capital, lexicon) if len(capital) > 1 and not named else None


def _apart(annotated: Annotated, lexicon: Lexicon, unit: Unit) -> bool:
    """ "pro-Israel group", "Iran-backed militia": the country is not the group's own."""
    tokens, words = annotated.tokens, lexicon.words
    before = [token.text.lower() for token in tokens[max(0, unit.first - 2) : unit.first]]
    after = [token.text.lower() for token in tokens[unit.last : unit.last + 2]]
    opposed = len(before) == 2 and before[1] == "-" and before[0] in words.attitudes
    return opposed or (len(after) == 2 and after[0] == "-" and after[1] in words.outside)


def _unit_context(value: object, lexicon: Lexicon) -> Context:
    if isinstance(value, CountryName):
        return Context(country=value.code, region=value.region if value.form is not CountryForm.ADJECTIVE else None)
    if isinstance(value, ActorEntry):
        return Context(country=value.country, entry=value, sector=value.sectors[0] if value.sectors else None)
    if isinstance(value, Institution):
        return Context(institution=value, sector=value.sector, called="ministry" if value.body == "ministry" else None)
    if isinstance(value, KnownPerson):
        office = value.tenures[-1].office
        return Context(country=office.country)
    if isinstance(value, PersonNoun):
        sector = lexicon.words.modifiers.get(value.noun) if value.weak else value.sector
        return Context(sector=sector, called=value.noun if value.noun in lexicon.words.collective else None)
    return Context()


def _modifier_sector(annotated: Annotated, lexicon: Lexicon, position: int) -> str | None:
    token = annotated.tokens[position]
    for word in (token.text.lower(), token.lemma.lower()):
        if word in lexicon.words.modifiers:
            return lexicon.words.modifiers[word]
    return None
