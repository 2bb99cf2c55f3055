"""The grammar around a cue word: how far the cue reaches, who its source is, where a content ends. Parse and codebook, no frames.

Indices are token indices of the article, ranges (first, last) with last exclusive.
"""

from communique.codebook.speech import SpeechWords
from communique.coding.clauses import read_clause
from communique.coding.statement_phrases import Range, source_range, trim_content, verb_group
from communique.records import Annotated, Token

RELATIVES = {"who", "which", "that", "whom"}
PHRASE_PARTS = {"NOUN", "PROPN", "DET", "ADJ", "NUM", "PART"}
SOURCE_PARTS = {"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"}
OPEN_TAGS = {"DT", "TO", "PRP$", "MD", "IN", "CC"}  # words that something must follow
ADVERBIALS = frozenset({"prep", "npadvmod", "advmod", "dep", "dobj", "ccomp"})
CLAUSES = ADVERBIALS | {"advcl", "conj"}
REASONS = {"because", "if", "unless", "since", "so"}  # conjunctions that join an adverbial to the content over a comma
MAXIMUM_CHAIN = 4  # of governing verbs between a cue and its subject


class CueGrammar:
    """Reads the surroundings of cue words of one article; `words` is the codebook's table."""

    def __init__(self, annotated: Annotated, words: SpeechWords) -> None:
        self.annotated = annotated
        self.words = words

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

    def with_colon(self, cue: Range) -> Range:
        """The cue with the colon right behind it."""
        tokens = self.annotated.tokens
        return (cue[0], cue[1] + 1) if cue[1] < len(tokens) and tokens[cue[1]].text == ":" else cue

    def is_passive(self, verb: Token) -> bool:
        """With a passive auxiliary, subject or agent, or a past participle behind a noun ("the man quoted …")."""
        children = list(self.annotated.children(verb.index))
        if any(child.dep in ("nsubjpass", "auxpass", "agent") for child in children):
            return True
        return (
            verb.tag == "VBN" and verb.dep in ("acl", "relcl") and not any(c.dep in ("nsubj", "aux") for c in children)
        )

    def source_of(self, verb: Token, cue: Range, passive: bool) -> tuple[Range | None, int | None]:
        """The words that name the source and the token to resolve: own subject, agent of a passive, or understood."""
        tokens = self.annotated.tokens
        if passive and verb.lemma in self.words.experiencing:
            felt = next((c for c in self.annotated.children(verb.index) if c.dep == "nsubjpass"), None)
            if felt is not None:
                return source_range(self.annotated, felt.index, cue), felt.index
        if passive:
            for child in self.annotated.children(verb.index):
                if child.dep == "agent":
                    noun = next((each for each in self.annotated.children(child.index) if each.dep == "pobj"), None)
                    if noun is not None:
                        return source_range(self.annotated, noun.index, (child.index, child.index + 1)), noun.index
            return None, None
        detached = self.detached_from(verb)
        if detached is not None:
            return self.source_of(detached, self.cue_of(detached), self.is_passive(detached))
        own = next((c for c in self.annotated.children(verb.index) if c.dep in ("nsubj", "csubj", "expl")), None)
        if own is None and (relative := self._relative_subject(verb)) is not None:
            return source_range(self.annotated, relative.index, cue), tokens[relative.head].head
        if own is not None:
            if own.lemma.lower() in RELATIVES and own.tag in ("WP", "WDT") and verb.dep == "relcl":
                return source_range(self.annotated, own.index, cue), verb.head
            return source_range(self.annotated, own.index, cue), own.index
        if verb.dep == "acl" and verb.tag == "VBG" and tokens[verb.head].pos in ("NOUN", "PROPN"):
            return source_range(self.annotated, verb.head, cue), verb.head  # "issued a statement saying that"
        if verb.dep == "advcl" and verb.tag == "VBG" and tokens[verb.head].pos == "VERB":
            # "told the council …, adding that": the one who told adds
            governor = tokens[verb.head]
            if not self.is_passive(governor):
                return self.source_of(governor, self.cue_of(governor), False)
        clause = read_clause(self.annotated, verb.index)
        if clause.subject is None or clause.subject.token == verb.index:
            return self._phrase_before(verb, cue)
        head = clause.subject.token
        if cue[0] <= head < cue[1]:
            return None, None
        reach = source_range(self.annotated, head, cue)
        empty = tokens[head].lemma.lower() in ("it", "there") and cue[0] > head + 1  # "it is easy to say"
        if tokens[head].pos not in SOURCE_PARTS or empty:
            return None, None
        return reach, head

    def _phrase_before(self, verb: Token, cue: Range) -> tuple[Range | None, int | None]:
        """The noun phrase right before a finite cue, where the parser found no subject."""
        tokens = self.annotated.tokens
        first = self.annotated.sentence_of(verb.index).first
        last = cue[0] - 1
        finite = verb.tag in ("VBD", "VBZ", "VBP") or cue[0] < verb.index
        if (
            not finite
            or last < first
            or tokens[last].pos not in ("NOUN", "PROPN", "PRON")
            or tokens[last].dep == "pobj"
        ):
            return None, None
        start = last
        while start > first and tokens[start - 1].pos in PHRASE_PARTS:
            start -= 1
        return (start, last + 1), last

    def _relative_subject(self, verb: Token) -> Token | None:
        """The pronoun of a relative clause that the cue is further down in: "who came and vowed to stay"."""
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
        """A negation hangs on the word: "did not say", "never said"."""
        return any(child.dep == "neg" or child.lemma == "never" for child in self.annotated.children(token.index))

    def is_clause(self, complement: Token) -> bool:
        """A complement with a verb, or verbless with a subject or "that"."""
        if complement.pos in ("VERB", "AUX"):
            return True
        return any(
            c.dep in ("nsubj", "nsubjpass", "cop", "mark", "aux") for c in self.annotated.children(complement.index)
        )

    def extended(self, verb: Token, complement: Token, end: int, links: frozenset[str] = ADVERBIALS) -> int:
        """Adverbials and clauses hung on the cue that stand right behind the content belong to it more often than not."""
        sentence = self.annotated.sentence_of(verb.index)
        for child in self.annotated.children(verb.index):
            if child.index <= complement.index or child.dep not in links:
                continue
            reached = [token.index for token in self.annotated.subtree(child.index)]
            first = min(reached)
            if child.dep == "conj" and not self._is_joined_clause(child):
                continue
            if child.dep == "advcl" and self.annotated.tokens[first].lemma.lower() in REASONS and first == end + 1:
                end = first
            if first <= end + (2 if child.dep == "conj" else 0) and first >= end and max(reached) < sentence.last:
                end = max(reached) + 1
        return end

    def _is_joined_clause(self, clause: Token) -> bool:
        """A coordinated clause with its own subject and no cue of its own: "said it was early, and there was no proof"."""
        lead = self.words.frames.get(("VERB", clause.lemma), {})
        own = any(c.dep in ("nsubj", "nsubjpass", "expl") for c in self.annotated.children(clause.index))
        return own and "clause" not in lead and clause.pos in ("VERB", "AUX")

    def detached_from(self, verb: Token) -> Token | None:
        """The cue that a later cue shares its source with, where the parser made it part of the content.

        "said he was well and called the report false": a coordinated cue in the cue's own tense, without a subject.
        """
        if verb.dep != "conj" or verb.tag not in ("VBD", "VBZ") or verb.head >= verb.index:
            return None
        if self.words.frames.get(("VERB", verb.lemma), {}).keys().isdisjoint(("quote", "name")):
            return None
        if any(c.dep in ("nsubj", "nsubjpass", "expl") for c in self.annotated.children(verb.index)):
            return None
        current = verb
        for _ in range(MAXIMUM_CHAIN):
            if current.dep not in ("conj", "ccomp") or current.head >= current.index:
                return None
            link, current = current.dep, self.annotated.tokens[current.head]
            if link == "ccomp":
                cues = self.words.frames.get(("VERB", current.lemma), {})
                return current if "clause" in cues and current.tag == verb.tag else None
        return None

    def trimmed(self, found: list[Range]) -> list[Range]:
        """Contents as they are quoted (see statement_phrases); those with no word in them are dropped."""
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

    def whole(self, token: int, low: int) -> Range:
        """The phrase that a token heads, from token `low` on."""
        reached = [each.index for each in self.annotated.subtree(token) if each.index >= low] or [token]
        return min(reached), max(reached) + 1

    def whole_before(self, token: int, high: int) -> Range:
        """The phrase that a token heads, up to token `high` (exclusive)."""
        reached = [each.index for each in self.annotated.subtree(token) if each.index < high] or [token]
        return min(reached), max(reached) + 1

    def has_to(self, verb: Token) -> bool:
        """An infinitive with "to"."""
        return any(c.dep == "aux" and c.lemma == "to" for c in self.annotated.children(verb.index))
