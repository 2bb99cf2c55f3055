"""What else a cue's sentence says of a statement: to whom, in what medium, and when it was said. Outside the content only."""

from collections.abc import Iterable, Sequence

from communique.codebook.speech import SpeechWords
from communique.coding.statement_parts import Attribution
from communique.coding.statement_phrases import Range, trim
from communique.records import Annotated, Span, Timex, Token

MAXIMUM_CLIMB = 6  # governors between a word and the cue that it belongs to


class DetailReader:
    """Looks around the cues of one article."""

    def __init__(self, annotated: Annotated, words: SpeechWords) -> None:
        self.annotated = annotated
        self.words = words

    def addressee(self, attribution: Attribution) -> int | None:
        """The head token of who is spoken to: "told the EU", "said to reporters", "in an interview with the agency"."""
        verb = self._verb(attribution)
        if verb is None or attribution.cue is None or attribution.frame == "according":
            return None
        first, last = attribution.cue
        children = [
            c
            for c in self.annotated.children(verb.index)
            if self._is_outside(c, attribution) and not first <= c.index < last
        ]
        for child in children:
            if child.dep == "dative" or (child.dep == "dobj" and verb.lemma in self.words.telling):
                return child.index if child.pos != "ADP" else self._object(child)
        for child in children:
            if child.dep == "nsubjpass" and verb.lemma in self.words.telling:
                return child.index
            if child.dep == "prep" and child.lemma.lower() == "to" and verb.lemma not in ("point", "refer", "allude"):
                return self._object(child)
        for _, noun in self._media(attribution):
            for child in self.annotated.children(noun.index):
                if child.dep == "prep" and child.lemma.lower() in self.words.addressee_prepositions:
                    return self._object(child)
        return None

    def medium(self, attribution: Attribution) -> Span | None:
        """The words that name the medium: "in a statement on its website", "on Twitter"."""
        for preposition, _ in self._media(attribution):
            reached = [t.index for t in self.annotated.subtree(preposition.index) if self._is_outside(t, attribution)]
            first = last = preposition.index
            while last in reached:
                last += 1
            reach = trim(self.annotated, (first, last))
            if reach[1] - reach[0] > 1:
                return self.annotated.span(*reach)
        return None

    def date(self, attribution: Attribution, times: Sequence[Timex]) -> Timex | None:
        """The time expression that hangs on the cue, outside the content: "said on Tuesday"."""
        verb = self._verb(attribution)
        if verb is None:
            return None
        for timex in times:
            tokens = self.annotated.tokens_in(timex.span)
            if not tokens or not all(self._is_outside(self.annotated.tokens[i], attribution) for i in tokens):
                continue
            if any(self._governor(self.annotated.tokens[i]) == verb.index for i in tokens):
                return timex
        return None

    def _verb(self, attribution: Attribution) -> Token | None:
        if attribution.head is None:
            return None
        token = self.annotated.tokens[attribution.head]
        return token if token.pos in ("VERB", "AUX") else None

    def _is_outside(self, token: Token, attribution: Attribution) -> bool:
        ranges: Iterable[Range] = attribution.content
        return not any(first <= token.index < last for first, last in ranges)

    def _object(self, preposition: Token) -> int | None:
        return next((c.index for c in self.annotated.children(preposition.index) if c.dep == "pobj"), None)

    def _media(self, attribution: Attribution) -> list[tuple[Token, Token]]:
        """(preposition, noun) of the media in the cue's sentence, in text order."""
        verb = self._verb(attribution)
        if verb is None:
            return []
        found = []
        for token in self.annotated.sentence_tokens(self.annotated.sentence_of(verb.index)):
            if token.pos != "ADP" or token.lemma.lower() not in self.words.medium_prepositions:
                continue
            noun = next((c for c in self.annotated.children(token.index) if c.dep == "pobj"), None)
            if noun is None or noun.lemma.lower() not in self.words.media or not self._is_outside(token, attribution):
                continue
            if self._governor(token) == verb.index:
                found.append((token, noun))
        return found

    def _governor(self, token: Token) -> int | None:
        """The nearest verb above a token."""
        current = token
        for _ in range(MAXIMUM_CLIMB):
            if current.head == current.index:
                return None
            current = self.annotated.tokens[current.head]
            if current.pos in ("VERB", "AUX"):
                return current.index
        return None
