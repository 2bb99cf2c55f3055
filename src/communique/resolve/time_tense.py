"""Does the clause around an expression lie behind or ahead? Two readings: from the words alone, and from the parse.

The direction of "Monday" or "in January" hangs on it ("will meet on Thursday"), and so do the bounds of the publication
date: what has happened lies before it, what is planned after it.
"""

import re

from communique.codebook.time_rules import TenseWords
from communique.records import Annotated, Span, Token
from communique.resolve.time_frame import Tense

SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[A-Z\"'“‘(])|\n")
WINDOW = 300  # characters of a sentence that are looked at on either side
PREPOSITION_WINDOW = 60
PLANNING_TAGS = ("VBN", "VBP", "VBZ", "VBG", "JJ", "NN", "NNS")
FUTURE_MODALS = {"will", "shall", "'ll", "wo", "may", "might", "would", "could", "should", "must"}


def tense_of_neighbours(text: str, start: int, end: int, words: TenseWords) -> Tense:
    """Some words beside it decide alone: "by Friday" and "a Friday deadline" look ahead, "since Friday" looks back."""
    left = text[max(0, start - PREPOSITION_WINDOW) : start]
    if words.future_before.search(left) or words.future_after.match(text, end):
        return Tense.FUTURE
    return Tense.PAST if words.past_before.search(left) else Tense.NONE


def tense_of_words(text: str, start: int, end: int, words: TenseWords) -> Tense:
    """From plain text: the verb group nearest before the expression in its clause, else the next after it, else farther."""
    left = text[max(0, start - WINDOW) : start]
    left = SENTENCE_END.split(left)[-1]
    right = SENTENCE_END.split(text[end : end + WINDOW], maxsplit=1)[0]
    clauses = words.breaks.split(left)
    near_right = words.breaks.split(right, maxsplit=1)[0]
    for stretch, last in ((clauses[-1], True), (near_right, False), (left, True), (right, False)):
        found = [match.lastgroup for match in words.cues.finditer(stretch)]
        if found:
            return Tense.FUTURE if found[-1 if last else 0] == "future" else Tense.PAST
    return Tense.NONE


def tense_of_parse(annotated: Annotated, span: Span, words: TenseWords) -> Tense:
    """From the parse: the verbs above the expression, nearest first, until one of them is finite or puts it ahead."""
    tokens = annotated.tokens_in(span)
    if not tokens:
        return Tense.NONE
    head = annotated.head_of(tokens)
    for token in annotated.ancestors(head):
        ahead = token.lemma.lower() in words.planning and token.tag in PLANNING_TAGS
        if ahead and not (token.tag == "VBN" and _pluperfect(annotated, token)):
            return Tense.FUTURE
        if token.pos not in ("VERB", "AUX"):
            continue
        tense = _tense_of_verb(annotated, token, words)
        if tense is not Tense.NONE:
            return tense
    return Tense.NONE


def _pluperfect(annotated: Annotated, verb: Token) -> bool:
    return any(child.dep == "aux" and child.text.lower() in ("had", "'d") for child in annotated.children(verb.index))


def _tense_of_verb(annotated: Annotated, verb: Token, words: TenseWords) -> Tense:
    helpers = [child for child in annotated.children(verb.index) if child.dep in ("aux", "auxpass")]
    lemmas = {child.lemma.lower() for child in helpers} | {child.text.lower() for child in helpers}
    if lemmas & FUTURE_MODALS:
        return Tense.FUTURE
    if "to" in lemmas:
        above = annotated.tokens[verb.head]
        if verb.dep in ("acl", "relcl"):  # "an event to be held"
            return Tense.FUTURE
        copula = above.lemma == "be" and above.tag in ("VBZ", "VBP") and verb.dep == "xcomp"
        return Tense.FUTURE if copula or above.lemma.lower() in words.planning else Tense.NONE
    if verb.tag == "VBD" or any(child.tag == "VBD" or child.lemma == "have" for child in helpers):
        return Tense.PAST
    if verb.tag == "VBN" and not helpers:
        return Tense.PAST if verb.dep in ("acl", "ROOT", "advcl", "ccomp", "conj", "relcl") else Tense.NONE
    if verb.tag == "VBN" and any(child.tag in ("VBZ", "VBP") and child.lemma == "be" for child in helpers):
        return Tense.NONE
    return Tense.NONE
