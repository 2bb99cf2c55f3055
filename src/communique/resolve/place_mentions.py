"""Annotated article in, candidate place mentions out: names that the gazetteer knows, demonyms, parts of countries, borders.

Nothing is decided here: a mention holds every place of its name, `place_choice` takes one of them or none.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from communique.codebook.actors import load_actors
from communique.codebook.places import Gazetteer, GazetteerPlace, PlaceKind, name_key
from communique.records import Annotated, Sentence, Token

LONGEST_NAME = 7  # parts
BORDER_NOUNS = {"border", "frontier", "borders", "borderlands"}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a token as names are compared: "Port-au-Prince" has three whether the tokenizer splits it or not."""

    key: str
    token: int
    capital: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """Tokens `first` to `last` (exclusive) name one of `candidates`. `direction` is set for a part of a country
    ("western Ukraine": the tokens cover both), `region_noun` where a noun makes the name a region's. `name_first` and
    `name_last` bound the name alone.
    """

    first: int
    last: int
    name_first: int
    name_last: int
    key: str
    candidates: tuple[GazetteerPlace, ...]
    direction: tuple[int, int] | None = None
    region_noun: bool = False
    border: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word for a country's people or things, at one token."""

    token: int
    country: str


class MentionFinder:
    """Scans one article."""

    def __init__(self, annotated: Annotated, gazetteer: Gazetteer) -> None:
        self.annotated = annotated
        self.gazetteer = gazetteer
        self.words = gazetteer.words

    def find(self) -> tuple[list[PlaceMention], list[Demonym]]:
        """Mentions and demonyms, each in text order; mentions do not overlap, and a name of a border holds no others."""
        mentions: list[PlaceMention] = []
        demonyms: list[Demonym] = []
        for sentence in self.annotated.sentences:
            parts = self._parts(sentence)
            here: list[PlaceMention] = []
            position = 0
            while position < len(parts):
                mention, size = self._at(parts, position)
                if mention is None:
                    country = self._demonym(parts, position)
                    if country is not None:
                        demonyms.append(Demonym(parts[position].token, country))
                else:
                    here.append(mention)
                position += size
            here = [self._widened(mention, sentence) for mention in here]
            inside = [each for each in demonyms if sentence.first <= each.token < sentence.last]
            mentions += self._with_borders(here, inside, sentence)
        return mentions, demonyms

    def _parts(self, sentence: Sentence) -> list[Part]:
        parts: list[Part] = []
        for token in self.annotated.sentence_tokens(sentence):
            keys = name_key(token.text).split()
            if not keys and token.text not in ("-", "–", ".", "'", "’", "‐"):
                parts.append(Part("", token.index, False))
            offset = 0
            for key in keys:
                at = token.text.lower().find(key[:1], offset)
                offset = at + len(key) if at >= 0 else offset
                parts.append(Part(key, token.index, token.text[max(at, 0)].isupper()))
        return parts

    def _at(self, parts: list[Part], start: int) -> tuple[PlaceMention | None, int]:
        first = parts[start]
        if not first.capital or not first.key:
            return None, 1
        for size in range(min(LONGEST_NAME, len(parts) - start), 0, -1):
            piece = parts[start : start + size]
            if any(not each.key for each in piece):
                continue
            plain = [each for each in piece[1:] if not each.capital]
            unusual = any(each.key not in self.words.small_words for each in plain) or (
                size > 1 and not piece[-1].capital
            )
            key = " ".join(each.key for each in piece)
            if self.annotated.tokens[piece[-1].token].text.endswith(".") and self.gazetteer.knows(f"{key}."):
                key += "."  # an abbreviation: "Va."
            if unusual and not self.gazetteer.lists(key):
                continue  # "Rafah crossing" is listed with its noun, no town's name ends so
            if not self.gazetteer.knows(key) or (size == 1 and key in self.gazetteer.peoples):
                continue
            tokens = self.annotated.tokens[first.token : piece[-1].token + 1]
            candidates = self._fitting(key, tokens)
            if candidates:
                last = piece[-1].token + 1
                mention = PlaceMention(
                    first=first.token, last=last, name_first=first.token, name_last=last, key=key, candidates=candidates
                )
                return mention, size
        return None, 1

    def _fitting(self, key: str, tokens: tuple[Token, ...]) -> tuple[GazetteerPlace, ...]:
        """Names in capitals ("US", "CAR") are read in capitals only; short words are no towns."""
        word = tokens[0].text
        found = self.gazetteer.named(key)
        if len(tokens) == 1 and len(word.replace(".", "")) <= 4:
            found = [
                each
                for each in found
                if each.kind is not PlaceKind.COUNTRY or len(each.name) <= 4 or word.replace(".", "").isupper()
            ]
            if word.isupper() and len(word) <= 3:
                found = [each for each in found if each.kind is PlaceKind.COUNTRY]
        return tuple(found)

    def _demonym(self, parts: list[Part], start: int) -> str | None:
        if not parts[start].capital:
            return None
        two = " ".join(each.key for each in parts[start : start + 2])
        return self.gazetteer.peoples.get(two) or self.gazetteer.peoples.get(parts[start].key)

    def _widened(self, mention: PlaceMention, sentence: Sentence) -> PlaceMention:
        """With the direction before a country or region, or the noun that makes a region of the name."""
        tokens = self.annotated.tokens
        after = tokens[mention.last].text.lower() if mention.last < sentence.last else ""
        following = tokens[mention.last + 1].text.lower() if mention.last + 1 < sentence.last else ""
        lesser = any(each.kind is not PlaceKind.COUNTRY for each in mention.candidates)
        if (
            lesser
            and after in self.words.region_nouns
            and not (tokens[mention.last].text[0].isupper() and following == "of")
        ):
            return replace(mention, last=mention.last + 1, region_noun=True)
        lands = any(each.kind is not PlaceKind.TOWN for each in mention.candidates)
        start, direction = self._direction(mention.first, sentence)
        if direction is not None and lands:
            return replace(mention, first=start, direction=direction)
        of = mention.first - 1
        if of > sentence.first and tokens[of].text.lower() == "of":
            if tokens[of - 1].lemma in self.words.region_nouns:
                return replace(mention, region_noun=True)
            start, direction = self._direction(of, sentence)
            if direction is not None and lands:
                return replace(mention, first=start, direction=direction)
        return mention

    def _direction(self, end: int, sentence: Sentence) -> tuple[int, tuple[int, int] | None]:
        """(first token, shift) of the direction word that ends right before token `end`."""
        tokens = self.annotated.tokens
        for length in (3, 1):  # "north-western" is three tokens
            start = end - length
            if start >= sentence.first:
                word = "".join(token.text for token in tokens[start:end]).lower()
                if word in self.words.directions:
                    return start, self.words.directions[word]
        return end, None

    def _with_borders(
        self, mentions: list[PlaceMention], demonyms: list[Demonym], sentence: Sentence
    ) -> list[PlaceMention]:
        """Borders as mentions of their own, in place of the countries that their words name."""
        tokens = self.annotated.tokens
        sides = [(each.name_first, each.name_last, _country(each)) for each in mentions]
        sides += [(each.token, each.token + 1, each.country) for each in demonyms]
        sides = sorted((first, last, code) for first, last, code in sides if code)
        made: list[PlaceMention] = []
        for token in self.annotated.sentence_tokens(sentence):
            if token.lemma.lower() not in BORDER_NOUNS or token.pos not in ("NOUN", "PROPN"):
                continue
            before = self._sides_before(token.index, sides)
            after = self._sides_after(token.index, sides)
            found = [*before, *after][:2] if len(before) < 2 else before[-2:]
            if not found:
                continue
            first = min(token.index, *(side[0] for side in found))
            last = max(token.index + 1, *(side[1] for side in found))
            while first > sentence.first and tokens[first].pos == "DET":
                first += 1
            if made and first < made[-1].last:
                continue  # "the border with Texas border": the name is taken
            border = frozenset(side[2] for side in found)
            name = " ".join(each.text for each in tokens[first:last])
            made.append(
                PlaceMention(
                    first=first, last=last, name_first=first, name_last=last, key=name_key(name),
                    candidates=(), border=border,
                )
            )  # fmt: skip
        kept = [
            each
            for each in mentions
            if not any(border.first <= each.name_first < border.last and _country(each) for border in made)
        ]
        return sorted([*kept, *made], key=lambda each: each.first)

    def _sides_before(self, noun: int, sides: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """ "the Russian-Ukrainian border", "Syria's border": names that stand right before the noun."""
        found: list[tuple[int, int, str]] = []
        end = noun
        for first, last, code in reversed(sides):
            between = self.annotated.tokens[last:end]
            if last <= end and all(
                each.text in ("-", "–", "'s", "’s", "/", "and", "common", "shared") for each in between
            ):
                found.insert(0, (first, last, code))
                end = first
        return found

    def _sides_after(self, noun: int, sides: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """ "the border between Poland and Belarus", "the border with Ukraine", "the border of Chad"."""
        tokens = self.annotated.tokens
        if noun + 1 >= len(tokens) or tokens[noun + 1].text.lower() not in ("between", "with", "of"):
            return []
        found: list[tuple[int, int, str]] = []
        end = noun + 2
        for first, last, code in sides:
            between = tokens[end:first]
            if first >= end and all(each.pos in ("DET", "CCONJ", "ADJ") for each in between):
                found.append((first, last, code))
                end = last
        return found if tokens[noun + 1].text.lower() == "between" else found[:1]


@lru_cache(maxsize=1)
def actor_names() -> frozenset[str]:
    """Keys of the names of the codebook's actors: "Hamas" is no town in Germany."""
    return frozenset(
        name_key(name) for entry in load_actors() for name in (entry.name, *entry.aliases) if name_key(name)
    )


def _country(mention: PlaceMention) -> str:
    """The country of a mention that can only name one, or its first candidate country; "" for towns and seas."""
    return next((each.country or "" for each in mention.candidates if each.kind is PlaceKind.COUNTRY), "") or next(
        (each.country or "" for each in mention.candidates if each.kind is PlaceKind.REGION), ""
    )
