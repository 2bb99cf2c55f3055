"""Which place an event happened at: one that its own clause puts it in, never the dateline, the speaker's or another event's.

Unknown when unsure: an event without a place of its own has none.
"""

from communique.records import Annotated, Place

PLACING = {
    "in",
    "at",
    "near",
    "on",
    "outside",
    "off",
    "around",
    "inside",
    "over",
    "across",
    "along",
    "throughout",
    "into",
    "to",
}
CLAUSE_BREAKS = {"ccomp", "relcl", "advcl", "parataxis"}


class Locator:
    """The places of one article by token."""

    def __init__(self, annotated: Annotated, places: tuple[Place, ...]) -> None:
        self.annotated = annotated
        self._heads: list[tuple[int, Place]] = []
        for place in places:
            inside = set(annotated.tokens_in(place.span))
            if inside:
                head = next((t for t in sorted(inside) if annotated.tokens[t].head not in inside), min(inside))
                self._heads.append((head, place))

    def of_event(self, trigger: int, rivals: set[int]) -> Place | None:
        """The place of the event at `trigger`; `rivals` are other triggers, whose own places are not taken."""
        sentence = self.annotated.sentence_of(trigger)
        best: tuple[int, int, Place] | None = None
        for head, place in self._heads:
            if sentence.first <= head < sentence.last and self._is_locative(head):
                distance = self._distance(trigger, head, rivals)
                if distance is not None and (best is None or (distance, abs(head - trigger)) < best[:2]):
                    best = (distance, abs(head - trigger), place)
        return best[2] if best else None

    def _is_locative(self, head: int) -> bool:
        token = self.annotated.tokens[head]
        above = self.annotated.tokens[token.head]
        if token.dep == "pobj":
            return above.lemma.lower() in PLACING
        return token.dep in ("compound", "npadvmod", "appos", "conj") and token.index != token.head

    def _distance(self, trigger: int, place: int, rivals: set[int]) -> int | None:
        from_place = [place, *(token.index for token in self.annotated.ancestors(place))]
        from_trigger = [trigger, *(token.index for token in self.annotated.ancestors(trigger))]
        meeting = next((token for token in from_place if token in from_trigger), None)
        if meeting is None:
            return None
        below = from_place[: from_place.index(meeting)]
        above = from_trigger[: from_trigger.index(meeting)]
        if any(token in rivals for token in below):
            return None
        if any(self.annotated.tokens[token].dep in CLAUSE_BREAKS for token in (*below, *above)):
            return None
        return len(below) + len(above)
