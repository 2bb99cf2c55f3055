"""Names of issues: the codebook's where its words stand in the content, else the content's own words.

A content that says little by itself ("that demand", "the release", "more time") takes the issue of the words around it:
first of its own clause and sentence, then of what stands above. One matter keeps one name within an article.
"""

from collections.abc import Iterator, Sequence

from communique.codebook.issues import Issue, IssueMatch, Stances, issue_finder, load_issues
from communique.coding.position_content import ContentReader
from communique.records import Annotated, BlockKind, Cast, Sentence, Span, Token

LONGEST_ISSUE_WORDS = 8
SHARED_WORDS = 2  # nouns and names that two contents must share to be one matter
SENTENCES_BACK = 2
BELOW = 2  # steps by which the words of a particular issue may stand below a general one's: "talks on a ceasefire"
THIN = 1  # telling words of a content that says little by itself, at most
TELLING = {"NOUN", "PROPN", "ADJ"}
SUBORDINATE = {"relcl", "advcl", "acl"}
EMPTY_VERBS = {"be", "have", "do", "make", "take", "give", "get", "go", "come", "let", "keep", "begin", "start"}


class IssueNames:
    """Names the contents of one article, in text order, remembering the names given."""

    def __init__(
        self,
        annotated: Annotated,
        contents: ContentReader,
        cast: Cast,
        stances: Stances,
        issues: tuple[Issue, ...] | None = None,
    ) -> None:
        self.annotated = annotated
        self.contents = contents
        self.stances = stances
        self.finder = issue_finder(load_issues() if issues is None else issues)
        self._actors = {
            index for mention in cast.mentions if mention.actor_id for index in annotated.tokens_in(mention.span)
        }
        self._given: list[tuple[frozenset[str], str]] = []

    def name(self, content: Span) -> str:
        """The issue of a content."""
        indices = list(self.annotated.tokens_in(content))
        words = frozenset(
            self.annotated.tokens[index].lemma.lower()
            for index in indices
            if self.annotated.tokens[index].pos in TELLING
        )
        named = (
            self._of_content(indices)
            or self._same_matter(words)
            or self._of_surroundings(indices)
            or self._own_words(content)
        )
        self._given.append((words, named))
        return named

    def _of_content(self, indices: list[int]) -> str | None:
        """The issue whose words stand highest in the content; a general one only where others stand far below: "to host a
        summit on the row over water"."""
        found = [
            (
                self._depth(indices[match.first : match.last], indices) + BELOW * match.issue.general,
                match.rank,
                match.issue.name,
            )
            for match in self._matches(indices)
            if not match.issue.general or self._mainly(indices[match.first], indices)
        ]
        return min(found)[-1] if found else None

    def _depth(self, matched: Sequence[int], indices: list[int]) -> int:
        """How far below the head of the content the words stand, the highest of them."""
        inside = set(indices)
        depths = []
        for token in matched:
            current, depth = self.annotated.tokens[token], 0
            while current.head != current.index and current.head in inside:
                current, depth = self.annotated.tokens[current.head], depth + 1
            depths.append(depth)
        return min(depths)

    def _matches(self, indices: Sequence[int]) -> list[IssueMatch]:
        tokens = [self.annotated.tokens[index] for index in indices]
        found = self.finder.matches([each.lemma.lower() for each in tokens])
        found += self.finder.matches([each.text.lower() for each in tokens])
        return sorted(found, key=lambda each: (each.rank, each.first, -each.last))

    def _mainly(self, token: int, indices: list[int]) -> bool:
        """True for a word that stands in no clause inside the content."""
        inside = set(indices)
        current = self.annotated.tokens[token]
        while current.head != current.index and current.head in inside:
            if current.dep in SUBORDINATE:
                return False
            current = self.annotated.tokens[current.head]
        return True

    def _same_matter(self, words: frozenset[str]) -> str | None:
        return next((name for given, name in self._given if len(given & words) >= SHARED_WORDS), None)

    def _of_surroundings(self, indices: list[int]) -> str | None:
        """The issue of the words nearest to a content that says little by itself."""
        if not indices or self._telling(indices) > THIN:
            return None
        here = self.annotated.sentence_of(indices[0])
        match = self._nearest(self._matches(range(here.first, here.last)), indices[0] - here.first)
        if match is not None:
            return match.issue.name
        for sentence in self._above(here):
            found = self._matches(range(sentence.first, sentence.last))
            if found:
                return found[0].issue.name
        return None

    def _nearest(self, matches: Sequence[IssueMatch], place: int) -> IssueMatch | None:
        """The particular issues before the general ones, then the nearer."""
        return min(matches, key=lambda each: (each.issue.general, abs(each.first - place), each.rank), default=None)

    def _above(self, here: Sentence) -> Iterator[Sentence]:
        """The sentences above, the nearest first, then the title."""
        sentences = self.annotated.sentences
        for index in range(here.index - 1, max(-1, here.index - 1 - SENTENCES_BACK), -1):
            if sentences[index].kind is not BlockKind.TITLE:
                yield sentences[index]
        yield from (each for each in sentences if each.kind is BlockKind.TITLE and each.index < here.index)

    def _telling(self, indices: list[int]) -> int:
        """How many words say what it is about, beside names of actors and words for saying, asking and agreeing."""
        return len({token.lemma.lower() for token in map(self._token, indices) if self._tells(token)})

    def _token(self, index: int) -> Token:
        return self.annotated.tokens[index]

    def _tells(self, token: Token) -> bool:
        lemma = token.lemma.lower()
        if token.index in self._actors or lemma in EMPTY_VERBS or lemma in self.stances.speech_nouns:
            return False
        return token.pos in ("NOUN", "PROPN", "VERB") and lemma not in self.stances.courtesies

    def _own_words(self, content: Span) -> str:
        return " ".join(self.annotated.article.quote(content).split()[:LONGEST_ISSUE_WORDS]).strip(" .,;:“”\"'")
