"""Quotations → attributions: which cue and source each belongs to, and which quotations continue the same speaker.

In order: the cue behind the quotation ("…," she said), the cue before it (she said: "…"), the speaker before it in the same
paragraph, the speaker of a quotation that the paragraph before left open or ended with. Else the speaker is unknown.
"""

from dataclasses import dataclass, replace

from communique.coding.quotes import Quotation
from communique.coding.statement_frames import FrameReader
from communique.coding.statement_parts import Attribution
from communique.coding.statement_phrases import Range, source_range
from communique.records import Annotated, BlockKind, SpeechAct, Token

STOPS = {".", "!", "?"}
LINKING = {",", ":", "that", "--", "–", "—", "-"}
JOIN_TOKENS = 6  # between a content and a quotation that carries it on
SPOKEN_FRAMES = {"clause", "quote", "according", "inserted"}
REACH = 45  # tokens between a quotation and its cue: a source with a long apposition


@dataclass(frozen=True, slots=True)
class Cued:
    """A cue found beside a quotation."""

    verb: Token
    cue: Range
    source: Range | None
    source_head: int | None
    after: bool


class QuoteReader:
    """Attaches the quotations of one article."""

    def __init__(self, annotated: Annotated, reader: FrameReader, quotations: tuple[Quotation, ...]) -> None:
        self.annotated = annotated
        self.reader = reader
        self.quotations = quotations

    def attach(self, known: list[Attribution]) -> list[Attribution]:
        """The attributions with the quotations added: to the cue they stand by, or as new ones. In text order."""
        found = list(known)
        previous: Quotation | None = None
        latest: Attribution | None = None
        for quotation in self.quotations:
            if not quotation.sentential:
                found = [self._completed(each, quotation) for each in found]
                continue
            if any(self._disowns(each, quotation) for each in found):
                continue
            holder = self._holder(found, quotation)
            if holder is not None:
                latest, previous = holder, quotation
                continue
            cued = self._cue_of(quotation)
            spoken = self._spoken_before(found, quotation)
            joined_to = self._joined_to(found, quotation) if cued is None else None
            if joined_to is not None:
                latest = self._grow(found, joined_to, quotation)
            elif cued is not None:
                latest = self._add(found, quotation, cued)
            elif latest is not None and previous is not None and self._continues(previous, quotation, latest):
                latest = self._continue(found, quotation, latest)
            elif spoken is not None:
                latest = self._continue(found, quotation, spoken)
            else:
                latest = Attribution(frame="quote", act=SpeechAct.ASSERT, content=((quotation.first, quotation.last),))
                found.append(latest)
            previous = quotation
        return sorted(found, key=lambda each: each.content[0][0])

    def _joined_to(self, found: list[Attribution], quotation: Quotation) -> Attribution | None:
        """The attribution whose content a quotation in mid-sentence carries on: `said it was “late” but “nobody knew.”`."""
        if quotation.begins_sentence:
            return None
        sentence = self.annotated.sentence_of(quotation.first)
        for each in found:
            last = each.content[-1][1]
            ends_near = sentence.first < last <= quotation.first <= last + JOIN_TOKENS
            cue_before = each.cue is not None and each.cue[0] < last and each.frame in SPOKEN_FRAMES
            if ends_near and cue_before and not self._is_within(each, found):
                between = self.annotated.tokens[last : quotation.first]
                if not any(self._is_cue(token) for token in between if token.pos == "VERB"):
                    return each
        return None

    def _grow(self, found: list[Attribution], attribution: Attribution, quotation: Quotation) -> Attribution:
        first, _ = attribution.content[-1]
        grown = replace(attribution, content=(*attribution.content[:-1], (first, quotation.last)))
        found[found.index(attribution)] = grown
        return grown

    def _spoken_before(self, found: list[Attribution], quotation: Quotation) -> Attribution | None:
        """The attribution that a quotation without a cue follows: the last of the sentence before, itself not quoted.

        In the same paragraph, or at the end of the one before where the quotation is a whole paragraph.
        """
        first = self._paragraph_first(quotation)
        whole = quotation.first == first and quotation.last >= self._paragraph_last(quotation) - 1
        if not quotation.begins_sentence or quotation.first == 0 or (quotation.first == first and not whole):
            return None
        before = self.annotated.sentence_of(quotation.first - 1)
        if quotation.paragraph - before.paragraph > 1 or before.kind == BlockKind.TITLE:
            return None
        told = [
            each
            for each in found
            if each.cue is not None
            and before.first <= each.cue[0] < before.last
            and each.source_head is not None
            and each.frame in SPOKEN_FRAMES
            and not self._is_within(each, found)
        ]
        return told[-1] if told else None

    def _is_within(self, inner: Attribution, found: list[Attribution]) -> bool:
        return inner.cue is not None and any(
            first <= inner.cue[0] < last for each in found if each is not inner for first, last in each.content
        )

    def _disowns(self, attribution: Attribution, quotation: Quotation) -> bool:
        """A cue inside the marks shows that they hold no words of one speaker: a lost mark, or a transcript quoted whole."""
        if attribution.cue is None or not quotation.first <= attribution.cue[0] < quotation.last:
            return False
        return not quotation.opened or attribution.frame == "colon"

    def _completed(self, attribution: Attribution, quotation: Quotation) -> Attribution:
        """With a quotation inside its content taken in up to the closing mark: `“a clear violation.”`."""
        content = tuple(
            (first, quotation.last if first <= quotation.first < last < quotation.last else last)
            for first, last in attribution.content
        )
        return attribution if content == attribution.content else replace(attribution, content=content)

    def _holder(self, found: list[Attribution], quotation: Quotation) -> Attribution | None:
        """The attribution whose content already runs into the quotation: `said the plan was "a step back. Nobody …"`."""
        holder: Attribution | None = None
        for position, each in enumerate(found):
            for index, (first, last) in enumerate(each.content):
                if first < quotation.first < last and (each.head is None or each.head < quotation.first):
                    content = list(each.content)
                    content[index] = (first, max(last, quotation.last))
                    found[position] = replace(each, content=tuple(content))
                    holder = holder or found[position]
        return holder

    def _add(self, found: list[Attribution], quotation: Quotation, cued: Cued) -> Attribution:
        reach = (self._lead_in(quotation, cued), quotation.last)
        for position, each in enumerate(found):
            if each.head == cued.verb.index:
                kept = [c for c in each.content if c[1] <= reach[0] or c[0] >= reach[1]]
                if each.frame not in ("quote", "inserted"):
                    kept = []
                source, head = (each.source, each.source_head) if each.source else (cued.source, cued.source_head)
                found[position] = replace(
                    each, frame="quote", content=tuple(sorted([*kept, reach])), source=source, source_head=head
                )
                return found[position]
        act = self.reader.words.frames.get(("VERB", cued.verb.lemma), {}).get("quote", SpeechAct.ASSERT)
        added = Attribution(
            frame="quote", act=act, content=(reach,), head=cued.verb.index, cue=cued.cue, source=cued.source,
            source_head=cued.source_head, negated=self.reader.is_negated(cued.verb),
        )  # fmt: skip
        found.append(added)
        return added

    def _lead_in(self, quotation: Quotation, cued: Cued) -> int:
        """The first token of a content that ends in a quotation: `her foot was "so swollen …," she said`, `that "they …"`."""
        tokens = self.annotated.tokens
        first = quotation.first
        if cued.after and not quotation.begins_sentence and tokens[first - 1].text not in (",", ":"):
            start = self.annotated.sentence_of(first).first
            earlier = [q.last for q in self.quotations if q.sentential and start < q.last <= first]
            return max([start, *earlier])
        if not cued.after and first > cued.cue[1] and tokens[first - 1].lemma.lower() == "that":
            return first - 1
        return first

    def _continue(self, found: list[Attribution], quotation: Quotation, latest: Attribution) -> Attribution:
        reach = (quotation.first, quotation.last)
        if self._directly_follows(latest, quotation):
            grown = replace(latest, content=(*latest.content, reach))
            found[found.index(latest)] = grown
            return grown
        added = Attribution(
            frame="quote", act=latest.act, content=(reach,), source_head=latest.source_head, continues=True
        )
        found.append(added)
        return added

    def _directly_follows(self, latest: Attribution, quotation: Quotation) -> bool:
        """A quotation came before the cue, and between cue and quotation stands only the rest of the cue's own sentence."""
        if latest.cue is None or latest.frame != "quote" or latest.cue[0] > quotation.first:
            return False
        between = self.annotated.tokens[latest.cue[1] : quotation.first]
        return sum(token.text in STOPS for token in between[:-1]) == 0 and len(between) < REACH

    def _continues(self, previous: Quotation, quotation: Quotation, latest: Attribution) -> bool:
        if quotation.paragraph == previous.paragraph:
            return quotation.begins_sentence
        if quotation.paragraph != previous.paragraph + 1:
            return False
        starts = quotation.first == self._paragraph_first(quotation)
        ended = previous.last >= self._paragraph_last(previous) - 1
        return starts and (not previous.closed or ended or latest.source_head is not None)

    def _paragraph_first(self, quotation: Quotation) -> int:
        return next(s.first for s in self.annotated.sentences if s.paragraph == quotation.paragraph)

    def _paragraph_last(self, quotation: Quotation) -> int:
        return max(s.last for s in self.annotated.sentences if s.paragraph == quotation.paragraph)

    # cues beside a quotation

    def _cue_of(self, quotation: Quotation) -> Cued | None:
        return self._behind(quotation) or self._before(quotation)

    def _behind(self, quotation: Quotation) -> Cued | None:
        """`"…," the envoy said` and `"…," said the envoy, who …`."""
        tokens = self.annotated.tokens
        stop = self._stop(quotation)
        start = quotation.last
        if start < stop and tokens[start].text in STOPS:
            return None
        if start < stop and tokens[start].text == ",":
            start += 1
        for index in range(start, stop):
            token = tokens[index]
            if token.pos not in ("VERB", "AUX") or not self._is_cue(token):
                if token.tag in ("VBD", "VBZ", "VBP") and token.dep not in ("relcl", "acl", "aux", "auxpass"):
                    return None
                continue
            cue = self.reader.cue_of(token)
            source, head = self._source_beside(token, cue, start, stop)
            cue = self.reader.with_colon(cue)
            return Cued(token, cue, source, head, True) if head is not None else None
        return None

    def _is_cue(self, token: Token) -> bool:
        return "quote" in self.reader.words.frames.get(("VERB", token.lemma), {})

    def _stop(self, quotation: Quotation) -> int:
        """The end of the sentence that a quotation stands in, or the next quotation."""
        tokens = self.annotated.tokens
        limit = min(self._paragraph_last(quotation), quotation.last + REACH)
        following = [q.first for q in self.quotations if q.sentential and q.first >= quotation.last]
        limit = min([limit, *following[:1]])
        for index in range(quotation.last, limit):
            if tokens[index].text in STOPS:
                return index
        return limit

    def _source_beside(self, verb: Token, cue: Range, start: int, stop: int) -> tuple[Range | None, int | None]:
        tokens = self.annotated.tokens
        own = next(
            (
                c
                for c in self.annotated.children(verb.index)
                if c.dep in ("nsubj", "nsubjpass") and start <= c.index < stop
            ),
            None,
        )
        if own is not None:
            reach = source_range(self.annotated, own.index, cue)
            return (max(reach[0], start), min(reach[1], stop)), own.index
        if cue[0] > start:  # [NP] said, where the parse has no subject
            head = _top(tokens, start, cue[0])
            return ((start, cue[0]), head) if head is not None else (None, None)
        head = _top(tokens, cue[1], stop)
        if head is None or head - cue[1] > 8:
            return None, None
        reach = source_range(self.annotated, head, cue)
        return (max(reach[0], cue[1]), min(reach[1], stop)), head

    def _before(self, quotation: Quotation) -> Cued | None:
        """`He said: "…"`, `The envoy told reporters, "…"`."""
        tokens = self.annotated.tokens
        first = self._paragraph_first(quotation)
        earlier = [q.last for q in self.quotations if q.sentential and q.last <= quotation.first]
        start = max([first, *earlier[-1:]])
        for index in range(quotation.first - 1, start - 1, -1):
            if tokens[index].text in STOPS and index < quotation.first:
                start = index + 1
                break
        if quotation.first == start:
            return None
        linked = tokens[quotation.first - 1].text in LINKING or self._is_cue(tokens[quotation.first - 1])
        if not linked:
            return None
        for index in range(quotation.first - 1, start - 1, -1):
            token = tokens[index]
            if token.pos not in ("VERB", "AUX") or not self._is_cue(token):
                continue
            cue = self.reader.cue_of(token)
            source, head = self.reader.source_of(token, cue, False)
            if source is not None and source[1] > quotation.first:
                source, head = None, None
            return Cued(token, self.reader.with_colon(cue), source, head, False)
        return None


def _top(tokens: tuple[Token, ...], first: int, last: int) -> int | None:
    """The head of the first noun phrase in a range."""
    for index in range(first, last):
        if tokens[index].pos in ("NOUN", "PROPN", "PRON"):
            head = index
            while first <= tokens[head].head < last and tokens[head].head != head:
                governor = tokens[tokens[head].head]
                if governor.pos not in ("NOUN", "PROPN", "PRON"):
                    break
                head = governor.index
            return head
        if tokens[index].pos in ("VERB", "AUX"):
            return None
    return None
