"""A user's own labels → which of them a sentence bears, without training: examples become prototypes in the encoder's space.

Each example and counter-example is read once; a ridge regression draws the plane between them, with a background of
sentences of all other kinds lightly on the counter-examples' side. A sentence on the examples' side bears the label.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from communique.codebook.custom import CustomLabel, MarkedSentence, load_background
from communique.coding.classifier import Classifier, Vector, load_classifier

RIDGE = 0.02  # of the mean squared length: vectors are of length √2, so this damps all but the main directions
BACKGROUND_WEIGHT = 0.2  # of what the counter-examples weigh together
SHARPNESS = 4.0  # of the confidence around the plane


@dataclass(frozen=True, slots=True)
class Plane:
    """`direction` and `offset` of one label: positive on the side of its examples (which lie near 1, the others near -1)."""

    direction: Vector
    offset: float

    def height(self, vector: Vector) -> float:
        """How far on the examples' side the vector lies."""
        return float(vector @ self.direction) + self.offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Borne:
    """A label that a sentence bears, and how sure that is (0.5 to 1)."""

    label: CustomLabel
    confidence: float


class Prototypes:
    """The user's labels with their planes; without labels nothing is read and nothing is found."""

    def __init__(self, labels: Sequence[CustomLabel], classifier: Classifier) -> None:
        self.labels = tuple(labels)
        background = [vector_of(each, classifier) for each in load_background()] if labels else []
        self._planes = [fit(*vectors_of(label, classifier), background) for label in labels]

    def borne(self, vector: Vector) -> tuple[Borne, ...]:
        """The labels on whose examples' side the vector lies, surest first."""
        found = [
            Borne(label=label, confidence=_confidence(height))
            for label, plane in zip(self.labels, self._planes, strict=True)
            if (height := plane.height(vector)) > 0
        ]
        return tuple(sorted(found, key=lambda each: (-each.confidence, each.label.name)))


def fit(examples: Sequence[Vector], counter_examples: Sequence[Vector], background: Sequence[Vector]) -> Plane:
    """The plane between both, each side weighing the same, by ridge regression in closed form."""
    rows = np.stack([*examples, *counter_examples, *background]).astype(np.float64)
    wanted = np.array([1.0] * len(examples) + [-1.0] * (len(counter_examples) + len(background)))
    weights = np.array(
        [1 / len(examples)] * len(examples)
        + [1 / len(counter_examples)] * len(counter_examples)
        + [BACKGROUND_WEIGHT / max(1, len(background))] * len(background)
    )
    weights /= weights.sum()
    centre, level = weights @ rows, float(weights @ wanted)
    around = rows - centre
    # With fewer rows than dimensions the plane is cheaper to find among the rows' own products.
    scaled = around * np.sqrt(weights)[:, None]
    products = scaled @ scaled.T + RIDGE * np.eye(len(rows))
    direction = scaled.T @ np.linalg.solve(products, np.sqrt(weights) * (wanted - level))
    return Plane(direction.astype(np.float32), level - float(centre @ direction))


def vectors_of(label: CustomLabel, classifier: Classifier) -> tuple[list[Vector], list[Vector]]:
    """The vectors of a label's examples and of its counter-examples."""
    return (
        [vector_of(each, classifier) for each in label.examples],
        [vector_of(each, classifier) for each in label.counter_examples],
    )


def vector_of(marked: MarkedSentence, classifier: Classifier) -> Vector:
    """Where a marked sentence lies."""
    return classifier.read(marked.sentence, {name: (start, end) for name, start, end in marked.marks}).vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One sentence of a label's file, judged by a plane that was made without it."""

    sentence: str
    meant: bool
    found: bool
    height: float


def try_out(label: CustomLabel, classifier: Classifier) -> tuple[Trial, ...]:
    """Every example and counter-example left out in turn: what the label would have said of it."""
    background = [vector_of(each, classifier) for each in load_background()]
    examples, counters = vectors_of(label, classifier)
    trials = []
    for sentences, meant in ((label.examples, True), (label.counter_examples, False)):
        for index, marked in enumerate(sentences):
            kept = [v for i, v in enumerate(examples) if not (meant and i == index)]
            against = [v for i, v in enumerate(counters) if meant or i != index]
            height = fit(kept, against, background).height((examples if meant else counters)[index])
            trials.append(Trial(sentence=marked.sentence, meant=meant, found=height > 0, height=height))
    return tuple(trials)


@lru_cache(maxsize=4)
def load_prototypes(labels: tuple[CustomLabel, ...]) -> Prototypes:
    """The planes of some labels, made once."""
    return Prototypes(labels, load_classifier())


def _confidence(height: float) -> float:
    return float(1.0 / (1.0 + np.exp(-SHARPNESS * height)))
