"""Names of issues: the codebook's where its words stand in the content, else the content's own words.

One matter keeps one name within an article.
"""

from communique.codebook.issues import Issue, issue_of, load_issues
from communique.coding.position_content import ContentReader
from communique.records import Annotated, Span

LONGEST_ISSUE_WORDS = 8
SHARED_WORDS = 2  # nouns and names that two contents must share to be one matter
TELLING = {"NOUN", "PROPN", "ADJ"}


class IssueNames:
    """Names the contents of one article, in text order, remembering the names given."""

    def __init__(self, annotated: Annotated, contents: ContentReader) -> None:
        self.annotated = annotated
        self.contents = contents
        self.issues: tuple[Issue, ...] = load_issues()
        self._given: list[tuple[frozenset[str], str]] = []

    def name(self, content: Span) -> str:
        """The issue of a content."""
        indices = list(self.annotated.tokens_in(content))
        words = frozenset(
            self.annotated.tokens[index].lemma.lower()
            for index in indices
            if self.annotated.tokens[index].pos in TELLING
        )
        named = self._of_codebook(indices) or self._same_matter(words) or self._own_words(content)
        self._given.append((words, named))
        return named

    def _of_codebook(self, indices: list[int]) -> str | None:
        tokens = [self.annotated.tokens[index] for index in indices]
        for words in (tuple(each.lemma.lower() for each in tokens), tuple(each.text.lower() for each in tokens)):
            named = issue_of(words, self.issues)
            if named is not None:
                return named
        return None

    def _same_matter(self, words: frozenset[str]) -> str | None:
        return next((name for given, name in self._given if len(given & words) >= SHARED_WORDS), None)

    def _own_words(self, content: Span) -> str:
        return " ".join(self.annotated.article.quote(content).split()[:LONGEST_ISSUE_WORDS]).strip(" .,;:“”\"'")
