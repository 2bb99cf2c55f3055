"""An explanation → its plain form, for JSON: one form for the command line and the API."""

from communique.store.explaining import Explanation
from communique.store.plain import Plain, Texts, plain


def explanation_form(explanation: Explanation, texts: Texts) -> dict[str, Plain]:
    """`record` is the record itself; `fields`, `passages` and `related` say how it is known."""
    return {
        "id": explanation.id,
        "kind": explanation.kind,
        "record": plain(explanation.record, texts),
        "fields": plain(explanation.fields, texts),
        "passages": [
            {
                "article_id": passage.span.article_id,
                "start": passage.span.start,
                "end": passage.span.end,
                "text": passage.text,
                "marks": plain(passage.marks, texts),
            }
            for passage in explanation.passages
        ],
        "related": [{"relation": relation, "id": identity} for relation, identity in explanation.related],
        "articles": [
            {"id": article.id, "page_id": article.page_id, "source": article.source, "title": article.title}
            for article in explanation.articles
        ],
        "run": plain(explanation.run, texts),
    }
