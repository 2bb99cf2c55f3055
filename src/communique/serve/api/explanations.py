"""How something is known, as JSON: its fields with rule and confidence, and the sentences with the words marked in them."""

from typing import Any

from pydantic import BaseModel, create_model

from communique.records import Run
from communique.serve.api.models import EXACT, described, model_of
from communique.serve.api.telling import Item, texts_of
from communique.store import ExplainedField, Kept, Mark, Record, Texts
from communique.store.explanation_form import explanation_form


class PassageModel(BaseModel):
    """Whole sentences of one article, and the words in them that the record stands on."""

    model_config = EXACT
    article_id: str
    start: int
    end: int
    text: str
    marks: list[model_of(Mark)]  # type: ignore[valid-type]


class RelationModel(BaseModel):
    """Something that this is made from or belongs to."""

    model_config = EXACT
    relation: str
    id: str


class ArticleHead(BaseModel):
    """An article in which the words stand."""

    model_config = EXACT
    id: str
    page_id: str
    source: str
    title: str | None


_own: dict[str, Any] = {
    "id": (str, ...),
    "kind": (str, ...),
    "record": (described(Kept), ...),
    "fields": (list[model_of(ExplainedField)], ...),  # type: ignore[misc]
    "passages": (list[PassageModel], ...),
    "related": (list[RelationModel], ...),
    "articles": (list[ArticleHead], ...),
    "run": (model_of(Run) | None, ...),
}
ExplanationModel = create_model("Explanation", __config__=EXACT, __doc__="How a record is known.", **_own)


def tell_explanation(record: Record, asked: str) -> Item:
    """`record` is the record itself; `fields`, `passages` and `related` say how it is known."""
    explanation = record.explain(asked)
    named = texts_of(record, [explanation.record])
    texts = Texts({**named.articles, **{each.id: each for each in explanation.articles}}, named.actors)
    return explanation_form(explanation, texts)
