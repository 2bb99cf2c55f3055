"""One cue word in its sentence → the attributions that its frames allow: who, cue, what. Grammar only, no quotation marks.

The parse is right about nine times of ten; where a clause stops short of its sentence for no reason that the words show,
the content runs on to the next boundary that they do show (machine-translated order breaks parses after "that").
"""

from communique.codebook.speech import SpeechWords
from communique.coding.clauses import read_clause
from communique.coding.statement_parts import Attribution
from communique.coding.statement_phrases import Range, joined, runs_around, source_range, trim_content, verb_group
from communique.records import Annotated, Token

OPEN_TAGS = {"DT", "TO", "PRP$", "MD", "IN", "CC"}  # words that something must follow
COMPLEMENTS = {"ccomp"}
RELATIVES = {"who", "which", "that", "whom"}
OBJECTS = {"dobj", "attr", "oprd"}
MAXIMUM_CHAIN = 4
TRAILING = {"prep", "npadvmod", "advcl", "advmod", "dep", "dobj", "acl", "ccomp", "xcomp"}


class FrameReader:
    """Reads cue words of one article; `words` is the codebook's table."""

    def __init__(self, annotated: Annotated, words: SpeechWords) -> None:
        self.annotated = annotated
        self.words = words

    def read(self, token: Token) -> Attribution | None:
        """The attribution that the word makes, or None when none of its frames is there."""
        if token.pos in ("VERB", "AUX"):
            return self._verb(token)
        if token.pos == "NOUN":
            return self._noun(token)
        if token.pos == "ADJ" and token.dep in ("acomp", "ROOT", "conj", "ccomp", "attr", "oprd", "relcl", "advcl"):
            return self._adjective(token)
        return None

    # verbs

    def _verb(self, verb: Token) -> Attribution | None:
        frames = self.words.frames.get(("VERB", verb.lemma), {})
        if not frames:
            return None
        cue = self.cue_of(verb)
        passive = self._is_passive(verb)
        source, source_head = self.source_of(verb, cue, passive)
        for frame in frames:
            content, cue_reach = self._content(verb, frame, cue, source, passive)
            if content:
                return Attribution(
                    frame=frame, act=frames[frame], content=tuple(content), head=verb.index, cue=cue_reach,
                    source=source, source_head=source_head, negated=self.is_negated(verb),
                )  # fmt: skip
        return None

    def _content(
        self, verb: Token, frame: str, cue: Range, source: Range | None, passive: bool
    ) -> tuple[list[Range], Range]:
        if frame == "clause":
            return self.clause_content(verb, cue, source), cue
        if frame == "to":
            return self._infinitive(verb, cue, passive), cue
        if frame == "ask":
            return self._asked(verb, cue, passive)
        if frame == "object":
            return self._object(verb, cue, passive), cue
        if frame == "as":
            return self._seen_as(verb, cue, passive), cue
        if frame == "name":
            return self._named(verb, cue, passive), cue
        if frame[-1] in "+-":
            return self._prepositional(verb, frame, cue, passive)
        return [], cue

    def cue_of(self, verb: Token) -> Range:
        """The verb group, with the verbs that carry it: "tried to convince"."""
        tokens = self.annotated.tokens
        first, last = verb_group(self.annotated, verb.index)
        current = verb
        for _ in range(MAXIMUM_CHAIN):
            if current.dep not in ("xcomp", "pcomp", "conj") or current.head >= current.index:
                break
            governor = tokens[current.head]
            if current.dep == "pcomp" and governor.dep == "prep" and governor.head < governor.index:
                governor = tokens[governor.head]
            if (
                governor.lemma not in self.words.carriers
                or governor.pos not in ("VERB", "AUX")
                or current.dep == "conj"
            ):
                break
            if first - governor.index > 3:
                break
            first = verb_group(self.annotated, governor.index)[0]
            current = governor
        return first, last

    def _is_passive(self, verb: Token) -> bool:
        children = list(self.annotated.children(verb.index))
        if any(child.dep in ("nsubjpass", "auxpass", "agent") for child in children):
            return True
        return (
            verb.tag == "VBN" and verb.dep in ("acl", "relcl") and not any(c.dep in ("nsubj", "aux") for c in children)
        )

    def source_of(self, verb: Token, cue: Range, passive: bool) -> tuple[Range | None, int | None]:
        """The words that name the source and the token to resolve: own subject, agent of a passive, or understood."""
        tokens = self.annotated.tokens
        if passive:
            for child in self.annotated.children(verb.index):
                if child.dep == "agent":
                    noun = next((each for each in self.annotated.children(child.index) if each.dep == "pobj"), None)
                    if noun is not None:
                        return source_range(self.annotated, noun.index, (child.index, child.index + 1)), noun.index
            return None, None
        own = next((c for c in self.annotated.children(verb.index) if c.dep in ("nsubj", "csubj", "expl")), None)
        if own is None and (relative := self._relative_subject(verb)) is not None:
            return source_range(self.annotated, relative.index, cue), tokens[relative.head].head
        if own is not None:
            if own.lemma.lower() in RELATIVES and own.tag in ("WP", "WDT") and verb.dep == "relcl":
                return source_range(self.annotated, own.index, cue), verb.head
            return source_range(self.annotated, own.index, cue), own.index
        clause = read_clause(self.annotated, verb.index)
        if clause.subject is None or clause.subject.token == verb.index:
            return None, None
        head = clause.subject.token
        if cue[0] <= head < cue[1]:
            return None, None
        reach = source_range(self.annotated, head, cue)
        if tokens[head].pos not in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"):
            return None, None
        return reach, head

    def _relative_subject(self, verb: Token) -> Token | None:
        """ "who" of a relative clause whose verb governs or is coordinated with the cue: "who came and vowed to stay"."""
        current = verb
        for _ in range(MAXIMUM_CHAIN):
            if current.dep not in ("xcomp", "conj") or current.head >= current.index:
                return None
            current = self.annotated.tokens[current.head]
            subject = next((c for c in self.annotated.children(current.index) if c.dep in ("nsubj", "nsubjpass")), None)
            if subject is not None:
                relative = current.dep == "relcl" and subject.tag in ("WP", "WDT")
                return subject if relative and subject.lemma.lower() in RELATIVES else None
        return None

    def is_negated(self, token: Token) -> bool:
        """ "did not say", "never said", "refused to say"."""
        return any(child.dep == "neg" or child.lemma == "never" for child in self.annotated.children(token.index))

    # contents of verbs

    def clause_content(self, verb: Token, cue: Range, source: Range | None) -> list[Range]:
        """The clause that the cue governs, before it, after it or around it."""
        complement = next(
            (c for c in self.annotated.children(verb.index) if c.dep in COMPLEMENTS and self._is_clause(c)), None
        )
        if complement is None:
            return self._displaced_clause(verb, cue)
        block = cue if source is None or not self._adjacent(source, cue) else joined(cue, source)
        reached = [token.index for token in self.annotated.subtree(complement.index)]
        found = runs_around(reached, block)
        if found and found[-1][0] >= block[1]:
            found[-1] = (found[-1][0], self._extended(verb, complement, found[-1][1]))
        if len(found) == 2 and found[0][1] < block[0] - 2:
            found = found[1:]
        if found and found[0][1] <= block[0]:
            found[0] = (found[0][0], block[0])
        return self._trimmed(found)

    def _displaced_clause(self, verb: Token, cue: Range) -> list[Range]:
        """A clause behind the cue that the parser hung elsewhere: on the addressee, as an adverbial, or not as a clause at all."""
        tokens = self.annotated.tokens
        sentence = self.annotated.sentence_of(verb.index)
        for child in self.annotated.children(verb.index):
            if child.index < cue[1]:
                continue
            reached = self.annotated.subtree(child.index)
            if (
                child.dep in ("advcl", "csubj")
                and reached[0].index == cue[1]
                and reached[0].tag in ("WRB", "WP", "WDT")
            ):
                return self._trimmed([self._whole(child.index, cue[1])])
            if child.dep in ("dobj", "dative", "npadvmod", "prep", "pobj"):
                marks = [token for token in reached if token.lemma == "that" and token.dep == "mark"]
                if marks and marks[0].index > child.index:
                    return self._trimmed([self._to_boundary(marks[0].index, sentence.last)])
        following = tokens[cue[1]] if cue[1] < sentence.last else None
        if following is not None and following.text.lower() == "that" and following.tag == "IN":
            return self._trimmed([self._to_boundary(cue[1], sentence.last)])
        if "object" not in self.words.frames["VERB", verb.lemma]:
            for child in self.annotated.children(verb.index):
                reached = [token.index for token in self.annotated.subtree(child.index)]
                if child.dep in ("dobj", "intj", "attr", "oprd") and min(reached) == cue[1] and len(reached) > 2:
                    return self._trimmed([self._to_boundary(cue[1], sentence.last)])
        return []

    def _to_boundary(self, first: int, last: int) -> Range:
        """From a token to the end of its sentence, or to a conjunction that leads into another cue of the same source."""
        for index in range(first + 1, last):
            token = self.annotated.tokens[index]
            if token.text == ";":
                return first, index
            if token.dep == "cc" and self.annotated.tokens[index - 1].text == "," and token.head < first:
                return first, index
        return first, last

    def _is_clause(self, complement: Token) -> bool:
        if complement.pos in ("VERB", "AUX"):
            return True
        return any(
            c.dep in ("nsubj", "nsubjpass", "cop", "mark", "aux") for c in self.annotated.children(complement.index)
        )

    def _adjacent(self, source: Range, cue: Range) -> bool:
        gap = range(source[1], cue[0]) if source[0] < cue[0] else range(cue[1], source[0])
        return len(gap) <= 2

    def _extended(self, verb: Token, complement: Token, end: int) -> int:
        """Adverbials hung on the cue that stand right behind the content belong to it more often than not."""
        sentence = self.annotated.sentence_of(verb.index)
        for child in self.annotated.children(verb.index):
            if child.index <= complement.index or child.dep not in (
                "prep",
                "npadvmod",
                "advcl",
                "advmod",
                "dep",
                "dobj",
            ):
                continue
            reached = [token.index for token in self.annotated.subtree(child.index)]
            if min(reached) == end and max(reached) < sentence.last:
                end = max(reached) + 1
        return end

    def _trimmed(self, found: list[Range]) -> list[Range]:
        found = [(first, self._unbroken(last)) for first, last in found]
        trimmed = [trim_content(self.annotated, each) for each in found]
        return [each for each in trimmed if each is not None]

    def _unbroken(self, end: int) -> int:
        """A content whose last word cannot end a phrase was cut by the parser: on to the next mark or conjunction."""
        tokens = self.annotated.tokens
        if not 0 < end < len(tokens) or tokens[end - 1].tag not in OPEN_TAGS:
            return end
        sentence = self.annotated.sentence_of(end - 1)
        while end < sentence.last and tokens[end].pos not in ("PUNCT", "CCONJ", "SYM"):
            end += 1
        return end

    def _whole(self, token: int, low: int) -> Range:
        reached = [each.index for each in self.annotated.subtree(token) if each.index >= low] or [token]
        return min(reached), max(reached) + 1

    def _infinitive(self, verb: Token, cue: Range, passive: bool) -> list[Range]:
        for child in self.annotated.children(verb.index):
            if child.dep == "xcomp" and child.index > verb.index and self._has_to(child):
                return self._trimmed([self._whole(child.index, cue[1])])
        return []

    def _has_to(self, verb: Token) -> bool:
        return any(c.dep == "aux" and c.lemma == "to" for c in self.annotated.children(verb.index))

    def _asked(self, verb: Token, cue: Range, passive: bool) -> tuple[list[Range], Range]:
        """ "urged Paris to leave": who is asked is inside the content, as the annotators of PolNeAR mostly have it."""
        children = [c for c in self.annotated.children(verb.index) if c.index > verb.index]
        for child in children:
            if child.dep in ("ccomp", "xcomp", "advcl") and self._has_to(child):
                reach = self._whole(child.index, cue[1])
                place = next((c for c in children if c.dep == "prep" and c.lemma in ("on", "upon")), None)
                if place is not None and place.index <= cue[1] and place.index < child.index:
                    return self._trimmed([(place.index + 1, reach[1])]), (cue[0], place.index + 1)
                if child.dep == "advcl":
                    continue
                asked = [self._whole(c.index, cue[1]) for c in children if c.dep in ("dobj", "dative")]
                return self._trimmed([joined(reach, *asked)]), cue
        return [], cue

    def _object(self, verb: Token, cue: Range, passive: bool) -> list[Range]:
        children = list(self.annotated.children(verb.index))
        if passive:
            subject = next((c for c in children if c.dep == "nsubjpass"), None)
            return self._trimmed([self._whole_before(subject.index, cue[0])]) if subject is not None else []
        target = next((c for c in children if c.dep == "dobj" and c.index > verb.index), None)
        if target is None:
            return []
        first, last = self._whole(target.index, cue[1])
        return self._trimmed([(first, self._extended(verb, target, last))])

    def _whole_before(self, token: int, high: int) -> Range:
        reached = [each.index for each in self.annotated.subtree(token) if each.index < high] or [token]
        return min(reached), max(reached) + 1

    def _seen_as(self, verb: Token, cue: Range, passive: bool) -> list[Range]:
        children = list(self.annotated.children(verb.index))
        target = next((c for c in children if c.dep == ("nsubjpass" if passive else "dobj")), None)
        if target is not None and (target.index < verb.index) != passive:
            return []
        seen = next((c for c in children if c.dep == "prep" and c.lemma == "as" and c.index > verb.index), None)
        if seen is None and target is not None:
            seen = next((c for c in self.annotated.children(target.index) if c.dep == "prep" and c.lemma == "as"), None)
        if seen is None or target is None:
            return []
        if passive:
            return self._trimmed([self._whole_before(target.index, cue[0]), self._whole(seen.index, cue[1])])
        return self._trimmed([joined(self._whole(target.index, cue[1]), self._whole(seen.index, cue[1]))])

    def _named(self, verb: Token, cue: Range, passive: bool) -> list[Range]:
        children = [c for c in self.annotated.children(verb.index)]
        named = [c for c in children if c.dep in ("oprd", "ccomp", "dobj", "xcomp", "attr") and c.index > verb.index]
        if not named:
            return []
        if len(named) == 1 and named[0].dep == "dobj" and not self._holds_two_nouns(named[0], cue):
            return []
        reach = joined(*(self._whole(c.index, cue[1]) for c in named))
        subject = next((c for c in children if c.dep == "nsubjpass"), None)
        if passive and subject is not None:
            return self._trimmed([self._whole_before(subject.index, cue[0]), reach])
        return self._trimmed([reach])

    def _holds_two_nouns(self, target: Token, cue: Range) -> bool:
        """ "called the demand a ploy", "calls the law ‘a crazy system’", read as one object."""
        first, last = self._whole(target.index, cue[1])
        tokens = self.annotated.tokens
        for index in range(first + 1, last):
            article = tokens[index].lemma.lower() in ("a", "an") and tokens[index - 1].pos in ("NOUN", "PROPN", "PRON")
            if article or tokens[index].text in ('"', "`", "``"):
                return True
        return tokens[first].text not in ('"', "`") and last < len(tokens) and tokens[last].text == '"'

    def _prepositional(self, verb: Token, frame: str, cue: Range, passive: bool) -> tuple[list[Range], Range]:
        word, after_object = frame[:-1], frame[-1] == "-"
        children = list(self.annotated.children(verb.index))
        target = next((c for c in children if c.dep in ("dobj", "nsubjpass")), None)
        if after_object != (target is not None):
            return [], cue
        places = [c for c in children if c.index > verb.index and c.lemma.lower() == word and c.dep in ("prep", "prt")]
        if target is not None and not passive:
            places += [c for c in self.annotated.children(target.index) if c.lemma.lower() == word and c.dep == "prep"]
        if not places:
            return [], cue
        place = places[0]
        inside = [c for c in self.annotated.children(place.index) if c.dep in ("pobj", "pcomp", "prep")]
        if not inside:
            return [], cue
        reach = self._whole(place.index, place.index + 1)
        near = place.index - cue[1] <= 1 if not after_object else True
        found = self._trimmed([(place.index + 1, reach[1])])
        return found, (cue[0], place.index + 1) if near else cue

    # nouns and adjectives

    def _noun(self, noun: Token) -> Attribution | None:
        frames = self.words.frames.get(("NOUN", noun.lemma), {})
        for frame in frames:
            content = self._noun_content(noun, frame)
            if content is None:
                continue
            reach, cue = content
            source, head = self._owner(noun, cue)
            found = self._trimmed([reach])
            if found and source is not None:
                if head is not None and cue[0] <= head < cue[1]:
                    cue = (noun.index, cue[1])
                return Attribution(
                    frame=frame, act=frames[frame], content=tuple(found), head=noun.index, cue=cue, source=source,
                    source_head=head, negated=False,
                )  # fmt: skip
        return None

    def _noun_content(self, noun: Token, frame: str) -> tuple[Range, Range] | None:
        cue = (noun.index, noun.index + 1)
        for child in self.annotated.children(noun.index):
            if child.index < noun.index:
                continue
            if frame == "clause" and child.dep in ("acl", "ccomp", "relcl") and self._has_that(child):
                return self._whole(child.index, noun.index + 1), cue
            if frame == "to" and child.dep in ("acl", "xcomp") and self._has_to(child):
                return self._whole(child.index, noun.index + 1), cue
            if frame[-1] in "+-" and child.dep == "prep" and child.lemma.lower() == frame[:-1]:
                reach = self._whole(child.index, child.index + 1)
                return (child.index + 1, reach[1]), (noun.index, child.index + 1)
        return None

    def _has_that(self, clause: Token) -> bool:
        return any(c.dep == "mark" and c.lemma == "that" for c in self.annotated.children(clause.index))

    def _owner(self, noun: Token, cue: Range) -> tuple[Range | None, int | None]:
        """The possessor, the author behind "by" or "from", or the subject of the verb that the noun is the object of."""
        children = list(self.annotated.children(noun.index))
        possessor = next((c for c in children if c.dep == "poss"), None)
        if possessor is not None:
            return source_range(self.annotated, possessor.index, (noun.index, noun.index + 1)), possessor.index
        for child in children:
            if child.dep in ("prep", "agent") and child.lemma.lower() in ("by", "from"):
                author = next((c for c in self.annotated.children(child.index) if c.dep == "pobj"), None)
                if author is not None:
                    return source_range(self.annotated, author.index, (child.index, child.index + 1)), author.index
        if noun.dep in ("dobj", "attr", "pobj"):
            governor = self.annotated.tokens[noun.head]
            if governor.pos == "ADP":
                governor = self.annotated.tokens[governor.head]
            if governor.pos in ("VERB", "AUX") and not self._is_passive(governor):
                return self.source_of(governor, verb_group(self.annotated, governor.index), False)
        return None, None

    def _adjective(self, adjective: Token) -> Attribution | None:
        frames = self.words.frames.get(("ADJ", adjective.lemma.lower()), {})
        governor = self.annotated.tokens[adjective.head]
        if not frames or adjective.dep != "acomp" or governor.pos not in ("AUX", "VERB"):
            return None
        own = next((c for c in self.annotated.children(governor.index) if c.dep == "nsubj"), None)
        if own is None or own.lemma.lower() in ("it", "this", "that", "there"):
            return None
        cue = joined(verb_group(self.annotated, governor.index), (adjective.index, adjective.index + 1))
        source, head = self.source_of(governor, cue, False)
        for frame, act in frames.items():
            for child in self.annotated.children(adjective.index):
                if child.index < adjective.index:
                    continue
                reach: Range | None = None
                taken = cue
                if (frame == "clause" and child.dep in ("ccomp", "advcl") and self._is_clause(child)) or (
                    frame == "to" and child.dep == "xcomp" and self._has_to(child)
                ):
                    reach = self._whole(child.index, cue[1])
                elif frame[-1] in "+-" and child.dep == "prep" and child.lemma.lower() == frame[:-1]:
                    reach = (child.index + 1, self._whole(child.index, child.index + 1)[1])
                    taken = (cue[0], child.index + 1)
                if reach is not None and reach[0] < reach[1]:
                    return Attribution(
                        frame=frame, act=act, content=tuple(self._trimmed([reach])), head=adjective.index, cue=taken,
                        source=source, source_head=head, negated=self.is_negated(governor),
                    )  # fmt: skip
        return None
