"""Nouns that stand for two sides without naming them: "both countries", "the two armies", "the warring parties"."""

from communique.records import Annotated, Token

PAIRS = {
    "party", "side", "country", "state", "government", "neighbour", "neighbor", "nation", "army", "force", "capital", "power",
    "delegation", "leader", "minister", "president", "negotiator", "rival", "foe", "group", "faction", "camp", "both",
}  # fmt: skip
PAIRING_WORDS = {"both", "two", "the", "warring", "rival", "neighbouring", "neighboring"}


def pairing_noun(annotated: Annotated, token: int) -> Token | None:
    """The noun of the phrase that stands for two sides: the head, its possessor, or what stands behind "of"."""
    head = annotated.tokens[token]
    around = [head]
    for child in annotated.children(head.index):
        if child.dep == "poss":
            around.append(child)
        elif child.dep == "prep" and child.lemma == "of":
            around += [each for each in annotated.children(child.index) if each.dep == "pobj"]
    for noun in around:
        lemma = noun.lemma.lower()
        if lemma == "both":
            return noun
        words = {child.text.lower() for child in annotated.children(noun.index)}
        if lemma in PAIRS and noun.tag in ("NNS", "NNPS") and words & PAIRING_WORDS:
            two = words & {"both", "two"} or lemma in ("side", "party") or words & {"warring", "rival"}
            if two:
                return noun
    return None
