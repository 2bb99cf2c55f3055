"""Places: unknown is a value, and a country without a town stays a country."""

from dataclasses import dataclass

from communique.records.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`country` is ISO 3166-1 alpha-3, `region` a first-level division, `geonames_id` None when the gazetteer has none.

    `span` quotes the words; latitude and longitude are WGS 84 degrees of the place's centre; `precision` is town |
    region | country | area (a border, a sea).
    """

    name: str
    span: Span
    country: str | None = None
    region: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    precision: str = "town"
    reason: str = ""
