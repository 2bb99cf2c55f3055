"""Which time expression dates an event: the one that hangs on it, then on the clause around it, never on another event.

The date of a cue ("said Tuesday") dates what is done by saying it, not what is told.
"""

from dataclasses import dataclass

from communique.records import Annotated, Timex, TimexType

DOCUMENTS = {
    "statement", "letter", "note", "declaration", "communique", "communiqué", "message", "resolution", "report", "speech",
    "address", "interview", "decree", "order", "post", "tweet", "document", "proposal", "article", "proclamation", "memo",
}  # fmt: skip
CLAUSE_BREAKS = {"ccomp", "relcl", "advcl", "acl", "parataxis"}


@dataclass(frozen=True, slots=True)
class Dating:
    """`rule` names how the time was found; `inherited` when it stands in another sentence."""

    timex: Timex
    rule: str
    inherited: bool = False


class Dates:
    """The datable times of one article by token."""

    def __init__(self, annotated: Annotated, times: tuple[Timex, ...]) -> None:
        self.annotated = annotated
        self._heads: list[tuple[int, Timex]] = []
        for timex in times:
            if timex.dates is None or timex.type not in (TimexType.DATE, TimexType.TIME):
                continue
            tokens = annotated.tokens_in(timex.span)
            if tokens:
                head = annotated.head_of(tokens)
                self._heads.append((head, timex))

    def of_event(self, trigger: int, rivals: set[int], *, through_cue: bool) -> Dating | None:
        """The time of the event at `trigger`; `rivals` are other triggers, whose own times are not taken.

        `through_cue` lets the search pass the verb of saying above the clause: right for what is done by saying it.
        """
        sentence = self.annotated.sentence_of(trigger)
        here = [(head, timex) for head, timex in self._heads if sentence.first <= head < sentence.last]
        if not here:
            return None
        best: tuple[int, int, Timex] | None = None
        for head, timex in here:
            distance = self._distance(trigger, head, rivals, through_cue)
            if distance is not None:
                candidate = (distance, abs(head - trigger), timex)
                if best is None or candidate[:2] < best[:2]:
                    best = candidate
        return Dating(best[2], "time in the clause") if best else None

    def _distance(self, trigger: int, time: int, rivals: set[int], through_cue: bool) -> int | None:
        """Steps between both in the parse; None when another event or a clause border lies between."""
        up_from_time = [time, *(token.index for token in self.annotated.ancestors(time))]
        up_from_trigger = [trigger, *(token.index for token in self.annotated.ancestors(trigger))]
        meeting = next((token for token in up_from_time if token in up_from_trigger), None)
        if meeting is None:
            return None
        below = up_from_time[: up_from_time.index(meeting)]
        above = up_from_trigger[: up_from_trigger.index(meeting)]
        for token in below:
            if token in rivals and token != trigger:
                return None
            if self.annotated.tokens[token].dep in CLAUSE_BREAKS and self.annotated.tokens[token].pos == "VERB":
                return None
        crossed = 0
        for token in above:
            dep = self.annotated.tokens[token].dep
            if dep == "relcl" and self._in_document(token):
                crossed += 1
                continue
            if dep == "relcl" or (dep in ("ccomp", "advcl") and not through_cue and self._finite(token)):
                if dep == "advcl" or self._is_report(token):
                    return None
                crossed += 3
        return len(below) + len(above) + crossed

    def _in_document(self, clause: int) -> bool:
        """A clause that tells what a document says: "issued a statement in which Oslo demanded …" is dated with the issuing."""
        noun = self.annotated.tokens[self.annotated.tokens[clause].head]
        return noun.lemma.lower() in DOCUMENTS and noun.dep in ("dobj", "nsubjpass", "pobj")

    def _finite(self, verb: int) -> bool:
        return any(child.dep in ("nsubj", "nsubjpass") for child in self.annotated.children(verb))

    def _is_report(self, clause: int) -> bool:
        return self.annotated.tokens[clause].dep in ("ccomp", "relcl")
