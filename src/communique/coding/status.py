"""Said is not done: whether the event at a trigger took place, as mood, modality, negation, condition, question and
the words above it have it. Each reading names the words that decided it.

The nearest deciding word wins, except that a question or a condition around the whole clause outranks its own tense.
"""

from dataclasses import dataclass

from communique.codebook.status_words import StatusWords
from communique.coding.clauses import Clause
from communique.coding.fitting import is_negated
from communique.coding.moods import (
    CLIMBING_LINKS,
    MAXIMUM_CLIMB,
    inside_condition,
    own_condition,
    question_mark,
)
from communique.records import Annotated, Status, Token

PREVENTING = {"without", "instead", "than"}
SIGNED = {"order", "decree", "proclamation", "law", "bill", "resolution"}
TOLD = {
    "say",
    "announce",
    "tell",
    "confirm",
    "add",
    "state",
    "report",
    "promise",
    "declare",
    "pledge",
    "disclose",
    "reveal",
    "inform",
}
TELLING = {"tell", "advise", "instruct"}
DENIED_WHEN_NEGATED = {Status.SCHEDULED, Status.THREATENED, Status.DEMANDED}
REACH_OF_A_DEMAND = 12  # tokens
CLAUSE_LINKS = {"ccomp", "advcl", "relcl", "parataxis"}
SPEECH = {
    "say",
    "state",
    "tell",
    "report",
    "add",
    "note",
    "announce",
    "stress",
    "claim",
    "explain",
    "argue",
    "write",
    "declare",
}


@dataclass(frozen=True, slots=True)
class StatusReading:
    """`words` is the token that decided (None for plain past or present); `governor` the predicate above that took the
    event as its content (None when the clause stands for itself); `condition` the head of an if-clause it hangs on."""

    status: Status
    words: int | None
    rule: str
    governor: int | None = None
    condition: int | None = None
    modal: str | None = None


def read_status(
    annotated: Annotated, trigger: int, clause: Clause, words: StatusWords, *, negated_frame: bool
) -> StatusReading:
    """The status of the event at `trigger`; `negated_frame` says that the frame has used up the negation itself."""
    asked = question_mark(annotated, trigger, words)
    if asked is not None:
        return StatusReading(Status.ASKED, asked, "question")
    condition = inside_condition(annotated, trigger, words)
    if condition is not None:
        return StatusReading(Status.HYPOTHETICAL, condition, "condition")
    hangs_on = own_condition(annotated, trigger, words)
    governed = _governed(annotated, trigger, words) or _demanded_before(annotated, trigger, words)
    if governed is not None:
        return StatusReading(
            governed.status, governed.words, governed.rule, governed.governor, hangs_on, governed.modal
        )
    modal = _modal(annotated, trigger, words)
    negated = not negated_frame and is_negated(annotated, trigger, clause)
    if modal is not None:
        token, status = modal
        if negated:
            return StatusReading(Status.DENIED, token, "negated modal", None, hangs_on, annotated.tokens[token].lemma)
        return StatusReading(status, token, "modal", None, hangs_on, annotated.tokens[token].lemma)
    if negated:
        negation = next((c.index for c in annotated.children(trigger) if c.dep == "neg"), trigger)
        return StatusReading(Status.DENIED, negation, "negation", None, hangs_on)
    attribute = _attribute(annotated, trigger, words)
    if attribute is not None:
        return attribute
    if hangs_on is not None and not _past(annotated, trigger):
        return StatusReading(Status.HYPOTHETICAL, hangs_on, "main clause of a condition", None, hangs_on)
    ongoing = _ongoing(annotated, trigger, words)
    if ongoing is not None:
        return StatusReading(Status.ONGOING, ongoing, "aspect")
    return StatusReading(Status.OCCURRED, None, "indicative")


def _governed(annotated: Annotated, trigger: int, words: StatusWords) -> StatusReading | None:
    """The nearest word above that makes the event a plan, a demand, a threat, a refusal, a possibility or a memory."""
    current = annotated.tokens[trigger]
    nominal = current.pos in ("NOUN", "PROPN")
    for step in range(MAXIMUM_CLIMB):
        if current.head == current.index or current.dep not in CLIMBING_LINKS:
            return None
        link = current.dep
        if link == "advcl" and step == 0 and _is_infinitive(annotated, current):
            modal = _modal(annotated, current.head, words)
            if modal is not None:  # "will travel to Oslo to sign the pact"
                lemma = annotated.tokens[modal[0]].lemma
                return StatusReading(modal[1], modal[0], "purpose of what is planned", None, None, lemma)
        if link in ("relcl", "advcl", "appos") and step == 0 and not nominal:
            return None  # a clause told beside the main one stands for itself
        if link == "nsubj" and annotated.tokens[current.head].pos == "VERB" and not nominal:
            return None
        above = annotated.tokens[current.head]
        if link in ("pcomp", "pobj") and above.lemma.lower() in PREVENTING and not nominal:
            return StatusReading(Status.DENIED, above.index, f"governed by {above.lemma}", above.index)
        predicate = _predicated(annotated, above, words) if link == "nsubj" and nominal else None
        if predicate is not None:
            return predicate
        if link in ("relcl", "advcl") or (link == "ccomp" and _parted(annotated, trigger, above.index)):
            return None
        if link != "conj" and above.pos in ("VERB", "NOUN", "ADJ", "AUX", "PROPN"):
            part = {"AUX": "VERB", "PROPN": "NOUN"}.get(above.pos, above.pos)
            lemma = above.lemma.lower()
            status = words.governors.get((part, lemma)) or _with_particle(annotated, above, words)
            if (
                link == "acl"
                and lemma in SIGNED
                and annotated.tokens[above.head].lemma in ("sign", "issue", "adopt", "pass")
            ):
                return None  # "signed an order imposing tariffs": it is done by signing
            if lemma in TELLING and link == "ccomp" and _finite(annotated, current):
                return None  # "told them that it would respond" tells; "told them to leave" demands
            if status is not None and _may_govern(annotated, current, above, link, nominal):
                modal = _modal(annotated, above.index, words)
                if modal is not None and modal[1] is Status.DEMANDED and status is Status.SCHEDULED:
                    status = Status.DEMANDED  # "must commit to exclude": asked, not planned
                if status in DENIED_WHEN_NEGATED and _plainly_negated(annotated, above):
                    return StatusReading(Status.DENIED, above.index, f"negated {lemma}", above.index)
                return StatusReading(
                    status,
                    above.index,
                    f"governed by {lemma}",
                    above.index,
                    None,
                    annotated.tokens[modal[0]].lemma if modal else None,
                )
            if above.pos == "VERB" and lemma in SPEECH and link == "ccomp":
                return None
            if (
                above.pos in ("VERB", "AUX")
                and link in ("nsubj", "dobj", "pobj", "prep", "nsubjpass", "attr")
                and nominal
            ):
                modal = _modal(annotated, above.index, words)
                if modal is not None:
                    return StatusReading(
                        modal[1], modal[0], "modal above", above.index, None, annotated.tokens[modal[0]].lemma
                    )
                if link in ("dobj", "nsubjpass") and any(c.dep == "neg" for c in annotated.children(above.index)):
                    return StatusReading(Status.DENIED, above.index, "negation above", above.index)
                return None
            if above.pos in ("VERB", "AUX") and link == "xcomp":
                modal = _modal(annotated, above.index, words)
                if modal is not None:
                    return StatusReading(
                        modal[1], modal[0], "modal above", None, None, annotated.tokens[modal[0]].lemma
                    )
        current = above
    return None


def _with_particle(annotated: Annotated, governor: Token, words: StatusWords) -> Status | None:
    """The status that a verb governs with its particle: "stopped short of", "called off"."""
    followers = [
        child.lemma.lower() for child in annotated.children(governor.index) if child.dep in ("prt", "advmod", "prep")
    ]
    found = (words.governors.get(("VERB", f"{governor.lemma.lower()}_{each}")) for each in followers)
    return next((status for status in found if status is not None), None)


def _predicated(annotated: Annotated, copula: Token, words: StatusWords) -> StatusReading | None:
    """What is said of an event noun by an adjective: "talks are due", "an attack is likely"."""
    if copula.lemma not in ("be", "remain", "look", "seem"):
        return None
    for child in annotated.children(copula.index):
        status = words.governors.get(("ADJ", child.lemma.lower())) if child.dep in ("acomp", "oprd") else None
        if status is not None:
            return StatusReading(status, child.index, f"said to be {child.lemma.lower()}", child.index)
    return None


def _plainly_negated(annotated: Annotated, governor: Token) -> bool:
    """ "has no plans to", "did not agree to", "never threatened to"."""
    return any(
        child.dep == "neg" or (child.dep == "det" and child.lemma.lower() == "no")
        for child in annotated.children(governor.index)
    )


def _is_infinitive(annotated: Annotated, token: Token) -> bool:
    return token.tag == "VB" and any(child.tag == "TO" for child in annotated.children(token.index))


def _finite(annotated: Annotated, verb: Token) -> bool:
    """True for a verb with a tense or a modal of its own, and a subject."""
    children = list(annotated.children(verb.index))
    tensed = verb.tag in ("VBD", "VBZ", "VBP") or any(each.tag in ("MD", "VBD", "VBZ", "VBP") for each in children)
    return tensed and any(each.dep in ("nsubj", "nsubjpass") for each in children)


def _parted(annotated: Annotated, one: int, other: int) -> bool:
    """True when a semicolon stands between: the parser hangs the first of two headlines on the second."""
    return any(token.text == ";" for token in annotated.tokens[min(one, other) : max(one, other)])


def _demanded_before(annotated: Annotated, trigger: int, words: StatusWords) -> StatusReading | None:
    """A bare verb close behind a verb of asking, in a sentence whose parse is broken: "demanded from Kyiv withdraw its men"."""
    token = annotated.tokens[trigger]
    if token.tag not in ("VB", "VBP") or any(
        child.dep in ("nsubj", "nsubjpass", "aux", "auxpass") for child in annotated.children(trigger)
    ):
        return None
    first = annotated.sentence_of(trigger).first
    for index in range(trigger - 1, max(first, trigger - REACH_OF_A_DEMAND) - 1, -1):
        before = annotated.tokens[index]
        if before.pos == "PUNCT" or before.pos == "CCONJ":
            return None
        if before.pos == "VERB":
            status = words.governors.get(("VERB", before.lemma.lower()))
            if status in (Status.DEMANDED, Status.THREATENED):
                return StatusReading(status, index, f"close behind {before.lemma}", index)
            return None
    return None


def _may_govern(annotated: Annotated, current: Token, above: Token, link: str, nominal: bool) -> bool:
    """Some governors only count with an infinitive or an object: "asked about the raid" does not demand it."""
    if link == "nsubj":
        return above.pos == "ADJ"
    if (
        above.lemma in ("tell", "warn", "announce", "ask", "remember", "recall", "remind", "suggest", "insist")
        and link == "ccomp"
    ):
        subjunctive = current.tag == "VB"
        return subjunctive or (above.lemma in ("warn",) and not _past(annotated, current.index))
    if (
        above.lemma in ("tell", "ask", "warn", "set", "call", "choose", "expect", "help", "decide")
        and nominal
        and link in ("dobj", "nsubjpass")
    ):
        return above.lemma in ("expect", "call", "set")
    if link in ("nsubjpass", "dobj", "ccomp", "xcomp", "pcomp", "acl", "attr", "acomp", "oprd"):
        return True
    if link in ("pobj", "prep"):
        return above.pos in ("NOUN", "ADJ") or above.lemma in (
            "call",
            "prepare",
            "plan",
            "agree",
            "appeal",
            "push",
            "press",
            "ask",
            "hope",
            "threaten",
            "warn",
            "invite",
            "commit",
            "suspect",
            "prevent",
            "rule",
            "refrain",
            "stop",
            "bar",
            "keep",
            "abstain",
            "desist",
        )
    return False


def _told_ahead(annotated: Annotated, verb: Token) -> bool:
    """True for the content of something said in the past, without a condition: its "would" is a "will" told later."""
    current = verb
    while current.dep == "conj" and current.head < current.index:
        current = annotated.tokens[current.head]
    above = annotated.tokens[current.head]
    told = current.dep == "ccomp" and above.lemma in TOLD and above.tag in ("VBD", "VBN")
    return told and not any(
        mark.lemma.lower() in ("if", "unless", "whether")
        for child in annotated.children(verb.index)
        if child.dep in ("advcl", "mark")
        for mark in (child, *annotated.children(child.index))
    )


def _modal(annotated: Annotated, verb: int, words: StatusWords) -> tuple[int, Status] | None:
    """(deciding token, status) of the modal or planning auxiliary on a verb, shared along coordination."""
    token = annotated.tokens[verb]
    children = list(annotated.children(verb))
    for child in children:
        if child.dep in ("aux", "auxpass") and child.tag in ("MD",):
            status = words.modals.get(child.text.lower()) or words.modals.get(child.lemma.lower())
            if status is not None:
                if _perfect(children) and child.lemma.lower() in ("could", "might", "would", "should", "may"):
                    return child.index, Status.HYPOTHETICAL
                if child.text.lower() in ("would", "'d") and _told_ahead(annotated, token):
                    return child.index, Status.SCHEDULED  # "said it would send": what was said is "we will send"
                return child.index, status
    # "are to meet": a form of be with an infinitive
    if token.dep == "xcomp" and any(child.tag == "TO" for child in children):
        above = annotated.tokens[token.head]
        if above.lemma == "be" or (above.lemma == "go" and above.tag == "VBG"):
            return above.index, Status.SCHEDULED
        if above.lemma in ("need", "have"):
            return above.index, Status.DEMANDED
    if (
        token.dep == "conj"
        and annotated.tokens[token.head].pos in ("VERB", "AUX")
        and not any(c.dep in ("nsubj", "nsubjpass") for c in children)
    ):
        own = any(child.dep == "aux" for child in children)
        if not own and token.tag in ("VB", "VBN", "VBP"):
            return _modal(annotated, token.head, words)
    return None


def _perfect(children: list[Token]) -> bool:
    return any(child.dep == "aux" and child.lemma == "have" for child in children)


def _attribute(annotated: Annotated, trigger: int, words: StatusWords) -> StatusReading | None:
    if annotated.tokens[trigger].pos not in ("NOUN", "PROPN"):
        return None
    for child in annotated.children(trigger):
        if child.dep in ("amod", "det", "compound", "nmod", "advmod"):
            status = words.attributes.get(child.text.lower())
            if status is not None:
                return StatusReading(status, child.index, "attribute of the noun")
            if child.text.lower() in words.continuing_nouns:
                return StatusReading(Status.ONGOING, child.index, "attribute of the noun")
    return None


def _past(annotated: Annotated, trigger: int) -> bool:
    token = annotated.tokens[trigger]
    return token.tag in ("VBD",) or any(
        child.dep in ("aux", "auxpass") and child.tag == "VBD" for child in annotated.children(trigger)
    )


def _ongoing(annotated: Annotated, trigger: int, words: StatusWords) -> int | None:
    token = annotated.tokens[trigger]
    if token.pos in ("VERB", "AUX"):
        auxiliaries = [child for child in annotated.children(trigger) if child.dep in ("aux", "auxpass")]
        if token.tag == "VBG" and any(child.lemma == "be" for child in auxiliaries):
            past = any(child.tag == "VBD" for child in auxiliaries)
            return None if past else trigger
        if token.lemma in words.continuing and token.tag in ("VBP", "VBZ", "VBG"):
            return trigger
        above = annotated.tokens[token.head]
        if token.dep == "xcomp" and above.lemma in words.continuing and above.tag != "VBD":
            return above.index
        return None
    if token.lemma.lower() in words.activities:
        return trigger
    above = annotated.tokens[token.head]
    if (
        above.pos == "VERB"
        and above.lemma in words.continuing
        and token.dep in ("nsubj", "dobj")
        and above.tag in ("VBP", "VBZ", "VBG")
    ):
        return above.index
    return None
