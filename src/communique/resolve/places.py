"""Annotated article in, its place mentions out, in text order: towns, regions, countries, seas, borders, parts of countries.

A name is resolved against the embedded gazetteer; without enough around it, it stays unresolved and is left out. Places
are what the words name: whether an event happened there is decided in `coding/locating.py`.
"""

from communique.codebook.places import Gazetteer, GazetteerPlace, PlaceKind, load_gazetteer
from communique.records import Annotated, Place
from communique.resolve.place_choice import Choice, Chooser
from communique.resolve.place_mentions import MentionFinder, PlaceMention


def find_places(annotated: Annotated) -> tuple[Place, ...]:
    """Every place mention of the article. Raises CodebookError when the packaged gazetteer is malformed."""
    gazetteer = load_gazetteer()
    mentions, demonyms = MentionFinder(annotated, gazetteer).find()
    chooser = Chooser(annotated, gazetteer, mentions, demonyms)
    found: list[Place] = []
    for mention in mentions:
        if mention.border is not None:
            found.append(_border(annotated, gazetteer, mention, chooser.countries_of_article()))
            continue
        choice = chooser.choose(mention)
        if choice is not None:
            found.append(_place(annotated, gazetteer, mention, choice))
    return tuple(found)


def _place(annotated: Annotated, gazetteer: Gazetteer, mention: PlaceMention, choice: Choice) -> Place:
    chosen, span = choice.place, annotated.span(mention.first, mention.last)
    if mention.direction is not None and chosen.country is not None and chosen.kind is PlaceKind.COUNTRY:
        centre = gazetteer.part_of(chosen.country, mention.direction) or (chosen.latitude, chosen.longitude)
        return Place(
            name=annotated.article.quote(span), span=span, country=chosen.country, latitude=centre[0], longitude=centre[1],
            precision=PlaceKind.REGION, reason=f"part of a country; centre of the towns there; {choice.reason}",
        )  # fmt: skip
    kind = PlaceKind.REGION if mention.region_noun and chosen.kind is PlaceKind.TOWN else chosen.kind
    name = _name(annotated, mention, chosen)
    return Place(
        name=name,
        span=span,
        country=chosen.country,
        region=name if kind is PlaceKind.REGION else chosen.region,
        latitude=chosen.latitude,
        longitude=chosen.longitude,
        geonames_id=None if kind is PlaceKind.REGION and chosen.kind is PlaceKind.TOWN else chosen.geonames_id,
        precision=kind,
        reason=choice.reason + ("; a region by its noun, at its seat" if kind is not chosen.kind else ""),
    )


def _name(annotated: Annotated, mention: PlaceMention, chosen: GazetteerPlace) -> str:
    """The gazetteer's name, or the article's where the name is another of the place's ("Odessa")."""
    if chosen.main or chosen.kind is not PlaceKind.TOWN:
        return chosen.name
    return annotated.article.quote(annotated.span(mention.name_first, mention.name_last))


def _border(annotated: Annotated, gazetteer: Gazetteer, mention: PlaceMention, countries: list[str]) -> Place:
    """A border; where one side is named, the other is the article's most named country that has a border with it."""
    span = annotated.span(mention.first, mention.last)
    sides = mention.border or frozenset()
    reason = "a border between two countries"
    if len(sides) == 1:
        other = next((each for each in countries if sides | {each} in gazetteer.borders), None)
        sides = sides | {other} if other else sides
        reason = f"a border; the other side, {other}, is named in the article" if other else "a border of one country"
    at = gazetteer.borders.get(sides)
    return Place(
        name=annotated.article.quote(span), span=span, latitude=at[0] if at else None, longitude=at[1] if at else None,
        precision=PlaceKind.AREA, reason=f"{reason}; {' and '.join(sorted(sides))}",
    )  # fmt: skip
