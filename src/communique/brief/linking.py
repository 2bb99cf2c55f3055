"""Where words can be opened: the reading room's page of the article, or the article itself with a text fragment."""

from urllib.parse import quote, urldefrag

from communique.records import Article

WHOLE_WORDS = 12  # a longer quotation is named by its first and last words
ENDS_WORDS = 5


def words_address(article: Article, shown: str, identity: str, base: str | None) -> str | None:
    """An address at which a browser shows the words `shown` of the article.

    None where the article has no address and no reading room is named. `base` is the address of `communique serve`.
    Text fragments are those of https://wicg.github.io/scroll-to-text-fragment/.
    """
    if base:
        return f"{base.rstrip('/')}/articles/{quote(article.id)}#{quote(identity)}"
    url = article.url
    if not url or not url.lower().startswith(("http://", "https://")):
        return None
    fragment = text_fragment(shown)
    page, own = urldefrag("".join(url.split()))
    return f"{page}#{own.partition(':~:')[0]}:~:text={fragment}" if fragment else url


def text_fragment(words: str) -> str:
    """The `text=` part that finds the words; only the first line of them, since a fragment ends with its paragraph."""
    lines = [line for line in words.splitlines() if line.strip()]
    each = lines[0].split() if lines else []
    if len(each) <= WHOLE_WORDS:
        return _encoded(each)
    return f"{_encoded(each[:ENDS_WORDS])},{_encoded(each[-ENDS_WORDS:])}"


def _encoded(words: list[str]) -> str:
    """Percent-encoded, and so are the three characters that have a meaning in fragments: `-`, `,` and `&`."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
