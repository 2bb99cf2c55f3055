"""Which outlet an article is from: what counts as one voice."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from communique.records.article import Article

UNKNOWN_OUTLET = "unknown"


def outlet_of(article: Article) -> str:
    """The site's name, else the host of the address without "www.", else the folder or file it came from; in lower case.

    A document inside a table, feed or archive (`news.jsonl#12`) comes from that file, a file of its own from its folder.
    """
    if article.site and article.site.strip():
        return " ".join(article.site.split()).lower()
    for address in (article.url, article.source):
        host = _host(address or "")
        if host:
            return host
    whole, _, inner = article.source.replace("\\", "/").partition("#")
    if not inner:
        whole, _, inner = whole.rpartition("@") if whole.rpartition("@")[2].isdigit() else (whole, "", "")
    path = PurePosixPath(whole)
    named = path.name if inner or not path.parent.name else path.parent.name
    return (named.partition(".")[0] or named).lower() if named not in ("", "-") else UNKNOWN_OUTLET


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname if address.startswith(("http://", "https://")) else None
    except ValueError:  # an address that is none, e.g. with an unclosed bracket
        return ""
    return (host or "").removeprefix("www.")
