"""What an export is told beside its filters, and what it tells back about records that its format has no place for."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """`kind` is one of the format's kinds, None for its first. `address` is where the record is served (https://…), None
    where it is not: links then lead to the articles themselves.

    `left_out` is filled while writing: why something was left out, and what of it → how many.
    """

    kind: str | None = None
    address: str | None = None
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)

    def page(self, kind: str, identity: str) -> str | None:
        """The address of one record's page where the record is served, None elsewhere."""
        return f"{self.address.rstrip('/')}/{kind}/{identity}" if self.address else None

    def words(self, article_id: str, identity: str) -> str | None:
        """The address of the words that a claim or statement stands on where the record is served, None elsewhere."""
        return f"{self.page('articles', article_id)}#{identity}" if self.address else None
