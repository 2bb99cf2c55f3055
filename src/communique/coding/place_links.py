"""The way from a place up to an event in the parse: whether each step says that the event was there, and how far it is.

A place belongs to what it hangs on: the prepositional phrase to its verb or noun, the attributive name to its noun, the
object to a verb that visits or strikes it. Nouns and verbs of other events on the way keep it for themselves.
"""

from communique.codebook.locating import government_names, load_locating_words, person_nouns, speaking_verbs
from communique.codebook.places import name_key
from communique.records import Annotated, Place, Token

ORIGIN = {"from", "out", "off"}
OF_SUBJECT = {"nsubj", "nsubjpass", "csubj"}
ACT_ENDINGS = ("tion", "sion", "ing", "ure")
CLAUSE_EDGES = {"ccomp", "parataxis"}


class Links:
    """Reads one article's parse; holds no state beyond it."""

    def __init__(self, annotated: Annotated) -> None:
        self.annotated = annotated
        self.words = load_locating_words()
        self.governments = government_names()
        self.persons = person_nouns()
        self.speaking = speaking_verbs()

    def speaks(self, token: Token) -> bool:
        """True for a verb of saying, judging, promising."""
        return token.pos in ("VERB", "AUX") and token.lemma.lower() in self.speaking

    def _addresses(self, token: Token) -> bool:
        return self.speaks(token) or token.lemma.lower() in self.words.addressing

    def is_government(self, head: int, place: Place) -> bool:
        """True for a country, and for a capital's name, which may mean those who govern there."""
        if place.precision == "country":
            return True
        if place.precision != "town":
            return False
        names = {name_key(place.name), name_key(place.span.of(self.annotated.article.text))}
        head_key = name_key(self.annotated.tokens[head].text)
        return any(key in self.governments and key.split()[-1] == head_key for key in names)

    def cost(self, trigger: int, head: int, place: Place, rivals: set[int]) -> int | None:
        """Steps from the place at token `head` to the event at `trigger`; None when it is not the event's place."""
        tokens = self.annotated.tokens
        up = [trigger, *(each.index for each in self.annotated.ancestors(trigger))]
        current, cost, link = head, 0, ""
        if head == trigger:
            return None
        while True:
            token = tokens[current]
            if token.head == current:
                return None
            above = tokens[token.head]
            step = self._step(token, above, link, head, place, tokens[trigger])
            if step is None:
                return None
            extra, link = step
            cost += 1 + extra
            current = above.index
            if current == trigger:
                return None if self._is_of_content(token, above, head) else cost
            if current in up:
                shared = self._shares(tokens[trigger], above, up, token, link)
                return cost + shared if shared is not None else None
            barrier = self._passes(above, trigger, rivals)
            if barrier is None:
                return None
            cost += barrier

    def _step(
        self, token: Token, above: Token, link: str, head: int, place: Place, trigger: Token
    ) -> tuple[int, str] | None:
        """(extra cost, how it hangs now) of one step up; None when it does not put `above` at the place."""
        at_place = token.index == head
        dep = token.dep
        if token.pos == "ADP" or (dep in ("prep", "agent", "prt") and token.pos in ("ADP", "ADV", "SCONJ", "VERB")):
            if link == "goal":  # "from A to B" where "to" hangs on "from"
                return 0, "prep"
            return self._by_preposition(token, above, head, place, direct=link == "name")
        if dep in ("pobj", "pcomp") and above.pos in ("ADP", "SCONJ", "ADV", "VERB") and above.dep not in CLAUSE_EDGES:
            return 0, "name" if at_place or link == "name" else link or "noun"
        if dep in ("conj", "appos") and token.pos in ("PROPN", "NOUN", "X") and above.pos in ("PROPN", "NOUN"):
            return 1, link or "name"
        if at_place or link == "name":
            return self._by_name(token, above, head, place)
        if token.pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
            return self._by_noun(token, above, trigger)
        if token.pos in ("VERB", "AUX"):
            return self._by_clause(token, above)
        if dep in ("advmod", "npadvmod"):
            return 0, link
        return None

    def _by_preposition(
        self, token: Token, above: Token, head: int, place: Place, *, direct: bool
    ) -> tuple[int, str] | None:
        word = token.text.lower()
        lemma = above.lemma.lower()
        government = direct and self.is_government(head, place)
        nominal = above.pos in ("NOUN", "PROPN", "ADV", "NUM", "ADJ", "PRON")
        carrier = self._carrier(above)
        if above.pos == "ADP":
            if word == "to" and above.text.lower() == "from" and carrier in self.words.goal_verbs:
                return 0, "goal"
            return 0, "name" if direct else "noun"  # "out of", "from near"
        if word == "of":
            if lemma == "out":
                return 0, "name" if direct else "noun"
            if above.pos == "ADV" and above.text.lower() in self.words.locative:  # "south of X"
                return 0, "noun"
            if not nominal:
                return None
            if not direct:
                return 0, "noun"
            lands = place.precision != "country" or lemma in self.words.of_nouns
            sited = lemma in self.words.seated_nouns and place.precision != "country"
            fits = (
                lemma in self.words.part_nouns
                or sited
                or (lemma in self.words.event_nouns | self.words.of_nouns and lands)
            )
            return (0, "noun") if fits and lemma not in self.persons - self.words.part_nouns else None
        if word == "to":
            if not direct and above.pos in ("VERB", "AUX"):
                return 1, "noun"  # "set fire to a house in X"
            if above.pos in ("NOUN", "PROPN") and direct and place.precision == "country":
                carrier = lemma  # "withdraw the promise to X": no way there
            if carrier in self.words.goal_verbs or (
                nominal and lemma in ("visit", "trip", "deployment", "return", "tour", "journey")
            ):
                return 0, "prep"
            return None
        if word in ORIGIN and word != "off":
            if direct and place.precision == "country" and carrier not in self.words.leaving_verbs:
                return None  # "expelled diplomats from X": where they come from
            if carrier in self.words.origin_verbs or above.text.lower() in ("out", "away"):
                return 2, "prep"
            if nominal and lemma in self.words.leaving_nouns:
                return 2, "prep"
            return None
        if word in self.words.about and government:
            struck = lemma in self.words.place_objects or lemma in self.words.event_nouns - self.words.about_nouns
            return (0, "prep") if struck or lemma in ("fall", "rain", "fire", "land", "descend", "fly") else None
        if word in (
            "against",
            "about",
            "with",
            "for",
            "by",
            "as",
            "than",
            "since",
            "despite",
            "without",
            "like",
            "before",
            "after",
            "until",
        ):
            return (
                None
                if direct or word in ("about", "since", "despite", "before", "after", "than", "until")
                else (1, "noun")
            )
        if word == "over" and not direct and self.speaks(above):
            return None  # "protested over the flights above X"
        if word in self.words.locative:
            if word == "between" and place.precision == "country":
                return None
            return int(word in ("near", "toward", "towards", "along")), "prep"
        return None if direct else (1, "noun")

    def _carrier(self, above: Token) -> str:
        """The lemma of the verb that moves something: above the preposition, or above the object that it hangs on."""
        while above.pos == "ADP" and above.head != above.index:
            above = self.annotated.tokens[above.head]
        if above.pos in ("NOUN", "PROPN", "PRON") and above.dep in ("dobj", "nsubjpass"):
            above = self.annotated.tokens[above.head]
        return above.lemma.lower()

    def _by_name(self, token: Token, above: Token, head: int, place: Place) -> tuple[int, str] | None:
        """The place's own name as object, subject, attribute or possessor of what is above."""
        government = self.is_government(head, place)
        lemma = above.lemma.lower()
        dep = token.dep
        if above.pos in ("VERB", "AUX"):
            if dep in ("dobj", "nsubjpass"):
                if lemma in self.words.place_objects:
                    return 0, "object"
                return (1, "object") if not government and not self.speaks(above) else None
            if dep == "nsubj":
                if lemma in self.words.place_subjects:
                    return 0, "subject"
                fits = not government and place.precision == "town" and not self.speaks(above)
                return (1, "subject") if fits else None
            return (1, "prep") if dep in ("advmod", "npadvmod") and not government else None
        if dep in ("compound", "nmod", "amod", "poss", "nn"):
            return self._by_attribute(dep, above, government, place)
        return None

    def _by_attribute(self, dep: str, noun: Token, government: bool, place: Place) -> tuple[int, str] | None:
        lemma, word = noun.lemma.lower(), noun.text.lower()
        if {lemma, word} & (self.words.seated_nouns | self.words.part_nouns) and not self._is_owner(
            dep, lemma, government, place
        ):
            named = any(each.text.lower() == "of" for each in self.annotated.children(noun.index))
            return 3 if named else 0, "noun"  # "the Red Sea city *of* X"
        if not {lemma, word} & self.words.event_nouns:
            loose = place.precision == "town" and not government and dep != "poss"
            return (2, "noun") if loose and lemma not in self.persons and noun.pos != "PROPN" else None
        if dep == "poss":
            if {lemma, word} & self.words.local_nouns and place.precision != "country":
                return 0, "noun"
            return None if government or place.precision == "region" else (1, "noun")
        if place.precision in ("country", "region") and {lemma, word} & self.words.about_nouns:
            return None
        return 0, "noun"

    def _is_owner(self, dep: str, lemma: str, government: bool, place: Place) -> bool:
        """True where the name says whose it is: "the US embassy", "Moscow's consulate", but not "Harare's airport"."""
        if place.precision == "country":
            return dep == "poss" or lemma not in self.words.land_nouns
        return government and lemma in self.words.owned_nouns

    def _by_noun(self, token: Token, above: Token, trigger: Token) -> tuple[int, str] | None:
        """A noun that stands at the place, as an argument of what is above."""
        if above.pos in ("VERB", "AUX"):
            if token.dep in ("dobj", "attr", "oprd", "dative") and self.speaks(above):
                return None
            if token.dep in (*OF_SUBJECT, "dobj", "attr", "oprd", "dative", "npadvmod"):
                return 1, "noun"
            return None
        if above.pos in ("NOUN", "PROPN") and token.dep in ("compound", "nmod", "poss", "amod"):
            return 1, "noun"
        return (1, "noun") if token.dep in ("pobj", "conj", "appos", "dobj") else None

    def _by_clause(self, token: Token, above: Token) -> tuple[int, str] | None:
        """From a subordinate verb to what is above it."""
        lemma = token.lemma.lower()
        if token.dep in ("acl", "relcl") and above.pos in ("NOUN", "PROPN"):
            return (2, "clause") if lemma in self.words.light | {"locate", "base"} else None
        if token.dep == "advcl":
            occasion = token.tag == "VBG" and self._addresses(token) and not self._has_subject(token)
            if occasion and self.speaks(above):
                return 2, "clause"  # "Talking to reporters in X, he praised"
            mark = {
                each.text.lower() for each in self.annotated.children(token.index) if each.dep in ("advmod", "mark")
            }
            return (5, "clause") if mark & self.words.same_moment and not self.speaks(above) else None
        if token.dep == "xcomp":
            return (1, "clause") if above.lemma.lower() in self.words.leading else None
        if token.dep == "conj" and above.pos == "VERB" and not self._has_subject(token):
            modified = {each.text.lower() for each in self.annotated.children(token.index) if each.dep == "advmod"}
            apart = modified & self.words.apart or self.speaks(token) or self.speaks(above)
            return None if apart else (8, "clause")
        return None

    def _passes(self, above: Token, trigger: int, rivals: set[int]) -> int | None:
        """The cost of climbing through a token that is neither the event nor above it; None for another event."""
        if above.index in rivals and above.lemma.lower() not in self.words.light:
            return None
        words = {above.lemma.lower(), above.text.lower()}
        if above.pos in ("NOUN", "PROPN") and words & self.words.event_nouns:
            return 1 if self._is_occasion(above, trigger) else None
        return 0

    def _is_occasion(self, noun: Token, trigger: int) -> bool:
        """True for what the trigger happened in or holds: "killed in an ambush", "held talks", "promised at a rally"."""
        tokens = self.annotated.tokens
        above = tokens[noun.head]
        verb = tokens[trigger]
        if above.index == trigger:
            if noun.dep in ("dobj", "nsubjpass", "attr") and verb.pos == "VERB":
                return verb.lemma.lower() in self.words.light or (
                    not self.speaks(verb) and noun.lemma.lower() in self.words.about_nouns
                )
            if noun.dep in OF_SUBJECT:
                return not self.speaks(verb)
            return noun.dep in ("compound", "nmod")
        if noun.lemma.lower() in self.words.occasions and self._leads_to_occasion(noun, trigger):
            return True
        if above.pos == "ADP" and above.text.lower() == "of" and above.head == trigger:
            return True
        return noun.dep == "compound"

    def _leads_to_occasion(self, noun: Token, trigger: int) -> bool:
        """True when only nouns and prepositions lead up to the event, the last one "in", "at", "on" or "during"."""
        tokens = self.annotated.tokens
        current, word = noun, ""
        while current.head != current.index and current.index != trigger:
            if current.pos == "ADP":
                word = current.text.lower()
            elif current.pos not in ("NOUN", "PROPN") or current.dep in OF_SUBJECT:
                return False
            current = tokens[current.head]
        return current.index == trigger and word in ("in", "at", "during", "by", "on", "amid", "through")

    def _shares(self, trigger: Token, meeting: Token, up: list[int], below: Token, link: str) -> int | None:
        """The place hangs on `meeting`, which stands above the event: the extra cost if the event has it too."""
        tokens = self.annotated.tokens
        path = [tokens[index] for index in up[: up.index(meeting.index)]]
        last = path[-1]  # the child of the meeting token on the event's side
        cost = 0
        for each in path[:-1]:
            if each.dep in CLAUSE_EDGES or each.dep in ("relcl", "advcl", "acl"):
                return None
            cost += 1
        if meeting.pos in ("NOUN", "PROPN"):
            if last.dep in ("relcl", "acl") and last.index == trigger.index:
                return cost + 2
            if last.dep in ("prep", "compound", "nmod", "amod", "conj") and trigger.pos == "NOUN":
                return cost + 2
            return None
        if meeting.pos == "ADP":
            return cost + 1
        follows = below.dep == "prep" and below.index == self._end_of(trigger) + 1
        if trigger.pos in ("NOUN", "PROPN"):
            if follows and below.index > trigger.index:
                return cost
            if last.index == trigger.index and last.dep in (*OF_SUBJECT, "dobj", "attr"):
                return None if self.speaks(meeting) or link == "subject" else cost + 1
            if last.dep == "prep" and last.text.lower() in ("in", "during", "by", "on", "amid", "at"):
                return None if self.speaks(meeting) else cost + 2
            return None
        if self.speaks(meeting) and meeting.lemma.lower() not in self.words.leading:
            return None
        if last.dep == "conj" and not self._has_subject(last):
            apart = {each.text.lower() for each in self.annotated.children(last.index) if each.dep == "advmod"}
            return None if apart & self.words.apart else cost + 4
        if last.dep == "xcomp" or (last.dep == "advcl" and not self._has_subject(last) and last.tag in ("VB", "VBG")):
            light = meeting.lemma.lower() in self.words.leading | self.words.light
            return cost + 2 if light or last.tag == "VBG" else None
        if last.dep == "advcl":
            mark = {each.text.lower() for each in self.annotated.children(last.index) if each.dep in ("advmod", "mark")}
            return cost + 5 if mark & self.words.same_moment else None
        return None

    def _end_of(self, trigger: Token) -> int:
        """The last token of the noun phrase without its prepositions."""
        inside = [
            each.index
            for each in self.annotated.children(trigger.index)
            if each.dep in ("compound", "amod", "det", "poss")
        ]
        return max([trigger.index, *inside])

    def _has_subject(self, verb: Token) -> bool:
        """True with a subject in the parse, or a noun right before that can only be one ("and police *arrested* …")."""
        if any(each.dep in OF_SUBJECT for each in self.annotated.children(verb.index)):
            return True
        before = verb.index - 1
        while before > 0 and self.annotated.tokens[before].pos in ("AUX", "ADV", "PART"):
            before -= 1
        return self.annotated.tokens[before].pos in ("NOUN", "PROPN", "PRON") and verb.tag in ("VBD", "VBZ", "VBP")

    def _is_of_content(self, token: Token, verb: Token, head: int) -> bool:
        """True for a phrase that the parse hangs on a verb of saying or judging, but that stands behind what is said.

        "Denounced the arrests in X", "threatened to bomb churches in X": X is where that happens. An occasion is not
        ("promised reforms at a rally in X").
        """
        if not self.speaks(verb) or token.index < verb.index or token.dep != "prep" or token.text.lower() == "at":
            return False
        between = self.annotated.tokens[verb.index + 1 : token.index]
        if any(each.lemma.lower() in self.words.occasions for each in self.annotated.tokens[token.index : head]):
            return False
        return any(
            (each.dep in ("ccomp", "xcomp") and each.head == verb.index)
            or (each.pos == "VERB" and each.dep not in ("amod", "compound"))
            or (each.pos == "NOUN" and each.dep in ("dobj", "pobj", "conj") and self._is_act(each))
            for each in between
        )

    def _is_act(self, noun: Token) -> bool:
        """True for a noun that names an event, by the list or by the look of it ("closure", "expansion")."""
        lemma = noun.lemma.lower()
        return bool({lemma, noun.text.lower()} & self.words.event_nouns) or lemma.endswith(ACT_ENDINGS)
