"""Runs → phrases: what each nominal stretch names, with the country, organization, title and name that its words give.

Nothing is resolved here: a phrase says what stands there, `actors.py` decides who it is.
"""

from collections.abc import Iterator
from dataclasses import replace

from communique.codebook.countries import CountryForm, CountryName
from communique.records import Annotated, Sentence
from communique.resolve.actor_context import Context, before_head, behind
from communique.resolve.actor_lexicon import Lexicon
from communique.resolve.actor_names import name_tokens
from communique.resolve.actor_phrase import Phrase, PhraseKind
from communique.resolve.actor_runs import Run, Segment, find_runs
from communique.resolve.actor_units import Unit, find_units


class PhraseReader:
    """Reads the phrases of one article."""

    def __init__(self, annotated: Annotated, lexicon: Lexicon) -> None:
        self.annotated = annotated
        self.lexicon = lexicon
        self.words = lexicon.words

    def read(self) -> list[Phrase]:
        """All phrases in text order; nested ones after the phrase that holds them."""
        found: list[Phrase] = []
        for sentence in self.annotated.sentences:
            found.extend(self._sentence(sentence))
        return sorted(found, key=lambda phrase: (phrase.first, -phrase.last))

    def _sentence(self, sentence: Sentence) -> Iterator[Phrase]:
        units = find_units(self.annotated, sentence, self.lexicon)
        yield from self._quantified(sentence, units)
        runs = find_runs(self.annotated, sentence, units)
        taken: set[int] = (
            set()
        )  # names that an earlier run has claimed: "the speaker of the State Department Ned Price"
        for number, run in enumerate(runs):
            owner = Context()
            for position, segment in enumerate(run.segments):
                last_segment = position == len(run.segments) - 1
                rest = runs[number + 1 :] if last_segment else []
                yield from self._segment(run, segment, owner, rest, taken, last_segment)
                owner = owner.under(before_head(self.annotated, self.lexicon, segment, segment.last))

    def _quantified(self, sentence: Sentence, units: list[Unit]) -> Iterator[Phrase]:
        """People by a quantifier and a place: "many in Gaza", "some in the capital Minsk"."""
        tokens = self.annotated.tokens
        for unit in units:
            link = unit.first - 1 - (tokens[unit.first - 1].pos == "DET")
            if unit.country is None or unit.adjective or link <= sentence.first:
                continue
            counter = tokens[link - 1]
            if tokens[link].text.lower() in PLACING and counter.text.lower() in self.words.quantifiers:
                yield Phrase(
                    kind=PhraseKind.GROUP,
                    first=counter.index,
                    last=unit.last,
                    head=counter.index,
                    context=Context(country=unit.country.code),
                    noun=self.words.nouns["people"],
                    plural=True,
                    counted=True,
                )

    def _segment(
        self, run: Run, segment: Segment, owner: Context, rest: list[Run], taken: set[int], ends: bool
    ) -> Iterator[Phrase]:
        tokens = self.annotated.tokens
        name = name_tokens(self.annotated, self.lexicon, segment)
        if name is not None and name[0] in taken:
            segment = Segment(segment.first, name[0], segment.units)
            name = None
        if segment.first >= segment.last:
            return
        last_unit = segment.units[-1] if segment.units else None
        start = self._start(run, segment)
        if name is not None:
            yield from self._named(run, segment, start, name, owner, rest)
            return
        if last_unit is None or last_unit.last < segment.last:
            yield from self._modifiers(segment, segment.last)
            return
        context = before_head(self.annotated, self.lexicon, segment, last_unit.first, owner)
        phrase = self._headed(segment, start, last_unit, context)
        if phrase is None:
            yield from self._modifiers(segment, segment.last)
            return
        if ends and rest and phrase.kind is PhraseKind.SHORT:
            phrase = self._run_on(phrase, rest)
        if ends and rest and phrase.kind in (PhraseKind.ROLE, PhraseKind.BODY, PhraseKind.GROUP):
            steps = rest if not phrase.plural or not self._goes_to(phrase.last) else []
            phrase = self._complemented(phrase, steps, taken)
            phrase = self._run_on(phrase, rest)
        if phrase.kind is PhraseKind.GROUP or phrase.noun is not None:
            phrase = self._counted(phrase)
        if phrase.kind in (PhraseKind.STATE, PhraseKind.TOWN, PhraseKind.ORGANIZATION) and phrase.noun is None:
            yield from self._modifiers(segment, last_unit.first, towns=False)
        if tokens[phrase.first].tag == "POS":
            phrase = replace(phrase, first=phrase.first + 1)
        yield phrase

    def _start(self, run: Run, segment: Segment) -> int:
        """A possessed phrase begins with its possessor: "Iran's new president"."""
        return run.first if segment.first > run.first else segment.first

    def _named(
        self, run: Run, segment: Segment, start: int, name: tuple[int, int], owner: Context, rest: list[Run]
    ) -> Iterator[Phrase]:
        """A segment that ends on a name: the title before it, or an organization that stands there by itself."""
        before = [unit for unit in segment.units if unit.last <= name[0]]
        unit = segment.unit_at(name[0])
        known = unit.person if unit is not None and unit.first == name[0] and unit.last == name[1] else None
        title = before[-1] if before else None
        context = before_head(self.annotated, self.lexicon, segment, name[0], owner)
        if title is not None and context.country is None and context.entry is None and rest:
            context = context.under(self._home_behind(name[1], rest))
        first = start
        titles = [unit.noun for unit in before if unit.noun is not None and not unit.noun.abbreviation]
        noun = titles[-1] if title is not None and title.noun is not None and titles else title.noun if title else None
        if title is not None and noun is None:
            yield from self._modifiers(segment, name[0], whole=True)
            first = name[0] if title.entry is not None or title.institution is not None else start
        elif title is None:
            first = name[0] if self._loose_words(segment, name[0]) else start
        if title is None and start == run.first and segment.first > run.first:
            first = (
                segment.first
            )  # "Russia's Vladimir Putin" keeps its possessor; a bare "Mexico's Ebrard" does not need it
        yield Phrase(
            kind=PhraseKind.PERSON,
            first=first,
            last=name[1],
            head=self._head(first, name[1]),
            context=context,
            noun=noun,
            name=name,
            known=known,
            former=self._former(segment.first, name[0]),
            definite=False,
            pronoun=next((t.index for t in self.annotated.tokens[first : name[0]] if noun and t.tag == "PRP$"), None),
        )

    def _home_behind(self, last: int, rest: list[Run]) -> Context:
        """The state or organization behind a titled name: "Finance Minister Ada Mbeki of Lesotho"."""
        tokens = self.annotated.tokens
        if rest[0].first != last + 1 or tokens[last].text.lower() != "of":
            return Context()
        unit = rest[0].segments[0].units[0] if rest[0].segments[0].units else None
        opens = unit is not None and unit.last == rest[0].segments[0].last and not unit.adjective
        reached = (
            behind(self.annotated, self.lexicon, last, rest[:1], None) if opens and unit and unit.country else None
        )
        return Context(country=reached[0].country) if reached is not None else Context()

    def _loose_words(self, segment: Segment, until: int) -> bool:
        """Words before a name that are no title: "yesterday Lavrov"."""
        return any(
            self.annotated.tokens[each].pos not in ("DET", "ADJ", "PROPN") for each in range(segment.first, until)
        )

    def _headed(self, segment: Segment, start: int, unit: Unit, context: Context) -> Phrase | None:
        """The phrase of a segment whose last word is a unit."""
        tokens = self.annotated.tokens
        head = self._head(start, segment.last)
        opening = [tokens[each] for each in range(segment.first, unit.first)]
        definite = any(token.text.lower() in ("the", "this", "that", "these", "those") for token in opening)
        pronoun = next((token.index for token in opening if token.tag == "PRP$"), None)
        counted = any(
            token.pos == "NUM" or token.text.lower() in ("a", "an", "another", "some", "many", "several", "few", "most")
            for token in opening
        )
        base = Phrase(
            kind=PhraseKind.GROUP,
            first=start,
            last=segment.last,
            head=head,
            context=context,
            plural=unit.plural or tokens[unit.last - 1].tag in ("NNS", "NNPS"),
            definite=definite or segment.first > start,
            counted=counted,
            bare=not opening and segment.first == start,
            former=self._former(segment.first, unit.last),
            pronoun=pronoun,
        )
        if unit.country is not None:
            return self._country_phrase(base, unit.country, counted)
        if unit.entry is not None:
            return replace(base, kind=PhraseKind.ORGANIZATION, entry=unit.entry)
        if unit.institution is not None:
            return replace(base, kind=PhraseKind.BODY, institution=unit.institution)
        if unit.noun is None or unit.noun.abbreviation:
            return None
        noun = unit.noun
        if noun.noun in PLURAL_ONLY and not unit.plural:
            return None
        neighbour = segment.unit_at(unit.first - 1) if unit.first > segment.first else None
        collective = noun.noun in self.words.collective
        if neighbour is not None and neighbour.entry is not None and collective and not base.plural:
            outer = before_head(self.annotated, self.lexicon, segment, neighbour.first)
            return replace(base, kind=PhraseKind.ORGANIZATION, entry=neighbour.entry, noun=noun, context=outer)
        if collective and definite and not base.plural and context.empty:
            return replace(base, kind=PhraseKind.SHORT, noun=noun)
        singular = not base.plural and not counted and not collective
        stands = noun.noun in self.words.stand_for_state and noun.noun not in STANDING_PERSONS
        is_role = (
            singular
            and not stands
            and noun.noun not in self.words.things
            and tokens[unit.last - 1].tag in ("NN", "NNP")
            and noun.noun not in MASSES
        )
        return replace(base, kind=PhraseKind.ROLE if is_role else PhraseKind.GROUP, noun=noun)

    def _country_phrase(self, base: Phrase, name: CountryName, counted: bool) -> Phrase:
        if name.form in (CountryForm.NAME, CountryForm.SEAT, CountryForm.REGION):
            return replace(base, kind=PhraseKind.STATE, form=name)
        if name.form is CountryForm.CAPITAL:
            return replace(base, kind=PhraseKind.TOWN, form=name)
        people = name.form is CountryForm.PEOPLE or counted
        return replace(base, kind=PhraseKind.GROUP if people else PhraseKind.STATE, form=name, plural=people)

    def _goes_to(self, position: int) -> bool:
        """ "troops to the border", "soldiers with tanks": no naming of the group."""
        tokens = self.annotated.tokens
        return position < len(tokens) and tokens[position].text.lower() in ("to", "with", "on", "for", "at")

    def _complemented(self, phrase: Phrase, rest: list[Run], taken: set[int]) -> Phrase:
        """The words behind: "head of the Palestinian Dialogue Group in Turkey", "speaker of the State Department Ned Price"."""
        role = phrase.noun is not None
        reached = behind(self.annotated, self.lexicon, phrase.last, rest, phrase.noun)
        if reached is None:
            return phrase
        context, last, run = reached
        behind_all = max(last, run.last)  # "negotiators from Oslo and Kyiv" are named without their "from"
        after = self.annotated.tokens[behind_all].text.lower() if behind_all < len(self.annotated.tokens) else ""
        shared = phrase.plural and phrase.context.empty and after == "and"
        phrase = replace(phrase, context=phrase.context.under(context), last=last, shared=shared)
        segment = run.segments[-1]
        name = name_tokens(self.annotated, self.lexicon, segment) if role and last <= segment.last else None
        follows = name is not None and any(unit.last == name[0] for unit in segment.units)
        if name is not None and follows and phrase.kind is PhraseKind.ROLE:
            taken.add(name[0])
            known = segment.unit_at(name[0])
            return replace(
                phrase,
                kind=PhraseKind.PERSON,
                name=name,
                known=known.person if known is not None and known.last == name[1] else None,
                last=name[1],
                head=self._head(phrase.first, name[1]),
            )
        return phrase

    def _run_on(self, phrase: Phrase, rest: list[Run]) -> Phrase:
        """ "the Institute for Policy Integrity": a capitalized noun, "of" or "for", and capitals again."""
        tokens = self.annotated.tokens
        head = phrase.head
        noun = phrase.noun.noun if phrase.noun is not None else ""
        inside = self.annotated.sentence_of(head).first < head  # at the start of a sentence capitals tell nothing
        capital = tokens[head].text[:1].isupper() and (inside or tokens[head].pos == "PROPN") and not phrase.plural
        if not capital or not (noun in self.words.collective or noun in self.words.things):
            return phrase
        link = tokens[head + 1].text.lower() if head + 1 < len(tokens) else ""
        run = next((each for each in rest if each.first == head + 2), None)
        if link not in ("of", "for") or run is None or tokens[run.last - 1].pos != "PROPN":
            return phrase
        last = run.last
        following = next((each for each in rest if each.first == last + 1), None)
        if following is not None and tokens[last].text == "of" and tokens[following.last - 1].pos == "PROPN":
            last = following.last  # "State Committee for National Security of Tajikistan"
        return replace(phrase, kind=PhraseKind.GROUP, last=max(phrase.last, last), proper=True)

    def _counted(self, phrase: Phrase) -> Phrase:
        """ "hundreds of protesters" begins at the count."""
        tokens = self.annotated.tokens
        if phrase.first < 2 or tokens[phrase.first - 1].text.lower() != "of":
            return phrase
        counter = tokens[phrase.first - 2]
        if counter.lemma.lower() not in self.words.counters and counter.text.lower() not in self.words.counters:
            return phrase
        first = counter.index
        while (
            first
            and tokens[first - 1].pos in ("DET", "NUM", "ADJ")
            and first <= tokens[first - 1].head <= counter.index
        ):
            first -= 1
        return replace(phrase, first=first, head=counter.index, counted=True, bare=False)

    def _modifiers(self, segment: Segment, until: int, *, towns: bool = False, whole: bool = False) -> Iterator[Phrase]:
        """Countries and organizations that only modify: "Russian gas", "NATO membership"."""
        owner: Unit | None = None  # the country right before a body: "the US Foreign Office website"
        for unit in segment.units:
            if unit.last > until:
                continue
            base = Phrase(
                kind=PhraseKind.STATE,
                first=unit.first,
                last=unit.last,
                head=unit.last - 1,
                context=Context(),
                bare=True,
            )
            owned = owner is not None and owner.last == unit.first  # "Zambian police fire tear gas", read as one noun
            body = unit.institution if whole or owned or self._proper(unit) else None
            country = owner.country if owner is not None and owner.last == unit.first else None
            if owner is not None and country is not None and (body is not None or (unit.entry and unit.entry.body)):
                base = replace(base, first=owner.first, context=Context(country=country.code))
            elif owner is not None:
                yield self._modifier(owner)
            owner = None
            if unit.country is not None and (unit.country.form is not CountryForm.CAPITAL or towns):
                owner = unit
            elif unit.entry is not None:
                yield replace(base, kind=PhraseKind.ORGANIZATION, entry=unit.entry)
            elif unit.noun is not None and self._called_back(segment, unit):
                yield replace(base, kind=PhraseKind.SHORT, noun=unit.noun, first=segment.first, definite=True)
            elif body is not None:
                context = before_head(self.annotated, self.lexicon, segment, unit.first)
                yield replace(base, kind=PhraseKind.BODY, institution=body, context=context)
        if owner is not None:
            yield self._modifier(owner)

    def _modifier(self, unit: Unit) -> Phrase:
        return Phrase(
            kind=PhraseKind.STATE,
            first=unit.first,
            last=unit.last,
            head=unit.last - 1,
            context=Context(),
            form=unit.country,
            bare=True,
        )

    def _proper(self, unit: Unit) -> bool:
        """A body's name in capitals, even where it only modifies: "Foreign Ministry website"."""
        return all(self.annotated.tokens[each].pos == "PROPN" for each in range(unit.first, unit.last))

    def _called_back(self, segment: Segment, unit: Unit) -> bool:
        """ "the Alliance states": a capitalized collective noun right after the article."""
        tokens = self.annotated.tokens
        return (
            unit.noun is not None
            and unit.noun.noun in self.words.collective
            and unit.first == segment.first + 1
            and tokens[segment.first].text.lower() == "the"
            and tokens[unit.first].text[:1].isupper()
        )

    def _former(self, first: int, last: int) -> bool:
        words = [self.annotated.tokens[each].text.lower() for each in range(first, last)]
        return any(word in self.words.former or word.startswith("ex-") for word in words)

    def _head(self, first: int, last: int) -> int:
        """The token of the phrase that hangs on a word outside it; the last such noun when the parser saw several."""
        tokens = self.annotated.tokens
        outside = [
            each
            for each in range(first, last)
            if (not first <= tokens[each].head < last or tokens[each].head == each)
            and tokens[each].pos in ("NOUN", "PROPN", "ADJ", "NUM", "PRON", "X", "DET")
        ]
        nouns = [each for each in outside if tokens[each].pos in ("NOUN", "PROPN")]
        return (nouns or outside or [last - 1])[0 if len(nouns) == 1 else -1]


STANDING_PERSONS = frozenset(
    {"official", "negotiator", "figure", "counterpart", "member", "delegate", "representative", "leader"}
)  # one of them is somebody
PLACING = frozenset({"in", "from", "across"})
PLURAL_ONLY = frozenset({"troop"})  # "troop build-up"
MASSES = frozenset({"public", "media", "press", "police", "opposition", "military", "army", "crowd", "people"})
