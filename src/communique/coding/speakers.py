"""Whose words a token stands in."""

from collections.abc import Iterable

from communique.records import Statement, Token


def statement_over(statements: Iterable[Statement], token: Token) -> Statement | None:
    """The innermost statement whose content holds the token; None in the article's own voice."""
    covering = [
        (span.end - span.start, statement)
        for statement in statements
        for span in statement.content
        if span.start <= token.start and token.end <= span.end
    ]
    return min(covering, key=lambda each: each[0])[1] if covering else None
