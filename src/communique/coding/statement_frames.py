"""One cue word in its sentence → the attributions that its frames allow: who, cue, what. Grammar only, no quotation marks.

The parse is right about nine times of ten; where a clause stops short of its sentence for no reason that the words show,
the content runs on to the next boundary that they do show (machine-translated order breaks parses after "that").
"""

from dataclasses import dataclass

from communique.coding.statement_grammar import CLAUSES, CueGrammar
from communique.coding.statement_nominal import read_adjective, read_noun
from communique.coding.statement_parts import Attribution
from communique.coding.statement_phrases import Range, joined, runs_around, source_range, verb_group
from communique.records import Token


@dataclass(frozen=True, slots=True)
class Quoting:
    """The outer half of a nested attribution: its cue, who is quoted and by whom (head tokens, None when not named)."""

    cue: Range
    source: Range | None
    source_head: int | None
    outer_head: int | None


class FrameReader(CueGrammar):
    """Reads cue words of one article; `words` is the codebook's table."""

    def read(self, token: Token) -> Attribution | None:
        """The attribution that the word makes, or None when none of its frames is there."""
        if token.pos in ("VERB", "AUX"):
            return self._verb(token)
        if token.pos == "NOUN":
            return read_noun(self, token)
        if token.pos == "ADJ":
            return read_adjective(self, token)
        return None

    def _verb(self, verb: Token) -> Attribution | None:
        frames = self.words.frames.get(("VERB", verb.lemma), {})
        if not frames:
            return None
        cue, outer_head = self.cue_of(verb), None
        passive = self.is_passive(verb)
        source, source_head = self.source_of(verb, cue, passive)
        quoting = self._quoted_as(verb)
        if quoting is not None:
            cue, source, source_head, outer_head = quoting.cue, quoting.source, quoting.source_head, quoting.outer_head
        if verb.lemma in self.words.quoting and any(self._quoted_as(t) for t in self.annotated.subtree(verb.index)):
            return None  # read at the verb of saying
        for frame in frames:
            content, cue_reach = self._content(verb, frame, cue, source, passive)
            if content:
                return Attribution(
                    frame=frame, act=frames[frame], content=tuple(content), head=verb.index, cue=self.with_colon(cue_reach),
                    source=source, source_head=source_head, outer_head=outer_head, negated=self.is_negated(verb),
                )  # fmt: skip
        return None

    def _quoted_as(self, verb: Token) -> "Quoting | None":
        """ "was quoted as saying", "the agency quoted him as saying": who is quoted, by whom."""
        tokens = self.annotated.tokens
        if verb.dep != "pcomp" or tokens[verb.head].lemma != "as":
            return None
        outer = tokens[tokens[verb.head].head]
        if outer.lemma not in self.words.quoting and tokens[outer.head].lemma in self.words.quoting:
            outer = tokens[outer.head]  # the parser hangs "as" on the person quoted
        if outer.lemma not in self.words.quoting:
            return None
        group = verb_group(self.annotated, outer.index)
        passive = self.is_passive(outer)
        quoted = next(
            (c for c in self.annotated.children(outer.index) if c.dep == ("nsubjpass" if passive else "dobj")), None
        )
        _, outer_head = self.source_of(outer, group, passive)
        near = verb.index - group[1] <= 1
        cue = (group[0], verb.index + 1) if near else (verb.index - 1, verb.index + 1)
        if quoted is None:
            return Quoting(cue, None, None, outer_head)
        reach = source_range(self.annotated, quoted.index, group if passive else (verb.head, verb.index + 1))
        return Quoting(cue, reach, quoted.index, outer_head)

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

    # contents of verbs

    def clause_content(self, verb: Token, cue: Range, source: Range | None) -> list[Range]:
        """The clause that the cue governs, before it, after it or around it."""
        complement = next(
            (c for c in self.annotated.children(verb.index) if c.dep == "ccomp" and self.is_clause(c)), None
        )
        if complement is None:
            return self._displaced_clause(verb, cue)
        if self._is_inserted_cue(complement, cue):
            return []
        block = cue if source is None or not self._adjacent(source, cue) else joined(cue, source)
        reached = [token.index for token in self.annotated.subtree(complement.index)]
        found = runs_around(reached, block)
        if found and found[-1][0] >= block[1]:
            found[-1] = (found[-1][0], self.extended(verb, complement, found[-1][1], CLAUSES))
            found[-1] = (found[-1][0], self._before_detached(verb, found[-1]))
        if len(found) == 2 and found[0][1] < block[0] - 2:
            found = found[1:]
        if found and found[0][1] <= block[0]:
            found[0] = (found[0][0], block[0])
        return self.trimmed(found)

    def _is_inserted_cue(self, complement: Token, cue: Range) -> bool:
        """ "The rebels agreed, a source told the agency": what the parser takes for the content is the cue of the whole."""
        first = self.annotated.subtree(complement.index)[0].index
        children = list(self.annotated.children(complement.index))
        return (
            first >= cue[1]
            and self.annotated.tokens[first - 1].text == ","
            and "quote" in self.words.frames.get(("VERB", complement.lemma), {})
            and any(c.dep == "nsubj" for c in children)
            and not any(c.dep in ("ccomp", "xcomp", "mark") for c in children)
        )

    def _before_detached(self, verb: Token, reach: Range) -> int:
        """Where a content ends because a further cue of the same source begins: "said he was well | and called …"."""
        for token in self.annotated.tokens[reach[0] : reach[1]]:
            if self.detached_from(token) == verb:
                end = self.cue_of(token)[0]
                while end > reach[0] + 1 and self.annotated.tokens[end - 1].dep in ("cc", "punct"):
                    end -= 1
                return end
        return reach[1]

    def _displaced_clause(self, verb: Token, cue: Range) -> list[Range]:
        """A clause behind the cue that the parser hung elsewhere: on the addressee, as an adverbial, or not as a clause at all."""
        tokens = self.annotated.tokens
        sentence = self.annotated.sentence_of(verb.index)
        for child in self.annotated.children(verb.index):
            if child.index < cue[1]:
                continue
            if child.dep == "xcomp" and self._asks_how(child):
                return self.trimmed([self.whole(child.index, cue[1])])
            reached = self.annotated.subtree(child.index)
            if (
                child.dep in ("advcl", "csubj")
                and reached[0].index == cue[1]
                and reached[0].tag in ("WRB", "WP", "WDT")
            ):
                return self.trimmed([self.whole(child.index, cue[1])])
            if child.dep in ("dobj", "dative", "npadvmod", "prep") and ("NOUN", child.lemma) not in self.words.frames:
                marks = [token for token in reached if token.lemma == "that" and token.dep == "mark"]
                if marks and marks[0].index > child.index:
                    return self.trimmed([self._to_boundary(marks[0].index, sentence.last)])
        following = tokens[cue[1]] if cue[1] < sentence.last else None
        if following is not None and following.text.lower() == "that" and following.tag == "IN":
            return self.trimmed([self._to_boundary(cue[1], sentence.last)])
        if verb.lemma in self.words.clausal:
            for child in self.annotated.children(verb.index):
                indices = [token.index for token in self.annotated.subtree(child.index)]
                if child.dep in ("dobj", "intj", "attr", "oprd") and min(indices) == cue[1] and len(indices) > 2:
                    return self.trimmed([self._to_boundary(cue[1], sentence.last)])
        return []

    def _asks_how(self, infinitive: Token) -> bool:
        """ "how to leave", "what to do"."""
        lead = self.annotated.subtree(infinitive.index)[0]
        return self.has_to(infinitive) and lead.tag in ("WRB", "WP", "WDT")

    def _to_boundary(self, first: int, last: int) -> Range:
        """From a token to the end of its sentence, or to a conjunction that leads into another cue of the same source."""
        for index in range(first + 1, last):
            token = self.annotated.tokens[index]
            if token.text == ";":
                return first, index
            if token.dep == "cc" and self.annotated.tokens[index - 1].text == "," and token.head < first:
                return first, index
        return first, last

    def _adjacent(self, source: Range, cue: Range) -> bool:
        gap = range(source[1], cue[0]) if source[0] < cue[0] else range(cue[1], source[0])
        return len(gap) <= 2

    def _infinitive(self, verb: Token, cue: Range, passive: bool) -> list[Range]:
        children = list(self.annotated.children(verb.index))
        for child in children:
            if child.dep == "xcomp" and child.index > verb.index and self.has_to(child):
                if verb.lemma in self.words.carriers and self._verb(child) is not None:
                    return []  # "declined to comment on the report" is one cue
                reach = self.whole(child.index, cue[1])
                reach = (reach[0], self.extended(verb, child, reach[1]))
                subject = next((c for c in children if c.dep == "nsubjpass"), None)
                if passive and subject is not None:  # "the envoy is said to have left"
                    return self.trimmed([self.whole_before(subject.index, cue[0]), reach])
                return self.trimmed([reach])
        return []

    def _asked(self, verb: Token, cue: Range, passive: bool) -> tuple[list[Range], Range]:
        """ "urged Paris to leave": who is asked is inside the content, as the annotators of PolNeAR mostly have it."""
        children = [c for c in self.annotated.children(verb.index) if c.index > verb.index]
        for child in children:
            if child.dep in ("ccomp", "xcomp", "advcl") and self.has_to(child):
                reach = self.whole(child.index, cue[1])
                place = next((c for c in children if c.dep == "prep" and c.lemma in ("on", "upon")), None)
                if place is not None and place.index <= cue[1] and place.index < child.index:
                    return self.trimmed([(place.index + 1, reach[1])]), (cue[0], place.index + 1)
                if child.dep == "advcl":
                    continue
                asked = [self.whole(c.index, cue[1]) for c in children if c.dep in ("dobj", "dative")]
                return self.trimmed([joined(reach, *asked)]), cue
        return [], cue

    def _object(self, verb: Token, cue: Range, passive: bool) -> list[Range]:
        children = list(self.annotated.children(verb.index))
        if passive:
            subject = next((c for c in children if c.dep == "nsubjpass"), None)
            return self.trimmed([self.whole_before(subject.index, cue[0])]) if subject is not None else []
        behind = [c for c in children if c.index > verb.index]
        target = next((c for c in behind if c.dep == "dobj" or (c.dep == "xcomp" and c.tag == "VBG")), None)
        if target is None or self._is_told_by(target):
            return []
        first, last = self.whole(target.index, cue[1])
        return self.trimmed([(first, self.extended(verb, target, last))])

    def _is_told_by(self, noun: Token) -> bool:
        """ "issued a statement saying the mine was closed": what is said stands behind the noun's own cue."""
        return any(
            child.dep == "acl"
            and child.tag == "VBG"
            and "clause" in self.words.frames.get(("VERB", child.lemma), {})
            and any(c.dep == "ccomp" for c in self.annotated.children(child.index))
            for child in self.annotated.children(noun.index)
        )

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
            return self.trimmed([self.whole_before(target.index, cue[0]), self.whole(seen.index, cue[1])])
        return self.trimmed([joined(self.whole(target.index, cue[1]), self.whole(seen.index, cue[1]))])

    def _named(self, verb: Token, cue: Range, passive: bool) -> list[Range]:
        children = list(self.annotated.children(verb.index))
        named = [c for c in children if c.dep in ("oprd", "ccomp", "dobj", "xcomp", "attr") and c.index > verb.index]
        if not named or (passive and verb.dep in ("acl", "relcl") and verb.tag == "VBN"):
            return []  # "a fund called the Long Bridge" only bears the name
        if len(named) == 1 and named[0].dep == "dobj" and not self._holds_two_nouns(named[0], cue):
            return []
        reach = joined(*(self.whole(c.index, cue[1]) for c in named))
        subject = next((c for c in children if c.dep == "nsubjpass"), None)
        if passive and subject is not None:
            return self.trimmed([self.whole_before(subject.index, cue[0]), reach])
        return self.trimmed([reach])

    def _holds_two_nouns(self, target: Token, cue: Range) -> bool:
        """ "called the demand a ploy", "calls the law ‘a crazy system’", read as one object."""
        first, last = self.whole(target.index, cue[1])
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
        reach = self.whole(place.index, place.index + 1)
        near = place.index - cue[1] <= 1 and not after_object
        found = self.trimmed([(place.index + 1, reach[1])])
        return found, (cue[0], place.index + 1) if near else cue
