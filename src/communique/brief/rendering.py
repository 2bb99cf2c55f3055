"""A digest → Markdown, HTML, or plain text as the other half of an e-mail message.

Words come from the web: whatever could be markup in them is written so that it is read as text.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from communique.brief.digest import Digest, Section, Words

CLOSING = (
    "Each sentence is put together from the record's values; the quotation is what it stands on. "
    "`communique explain ID` shows more."
)
MARKUP = re.compile(r"([\\`*_\[\]<>#|~&!])")
LIST_START = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)")
NOT_TEXT = re.compile("[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]+")


def markdown(digest: Digest) -> str:
    """CommonMark with a list item for each sentence."""
    return "\n".join(_markdown(digest)) + "\n"


def html(digest: Digest) -> str:
    """A page of its own whose style is in its head, readable in mail programs without it."""
    return _template().render(digest=digest, closing=CLOSING.replace("`", "")) + "\n"


def text(digest: Digest) -> str:
    """Plain text: addresses stand behind their quotations."""
    return "\n".join(_text(digest)) + "\n"


def _markdown(digest: Digest) -> Iterator[str]:
    yield f"# {_escaped(digest.title)}"
    yield ""
    yield f"*{_escaped(digest.period)}*"
    for section in digest.sections:
        yield from ("", f"## {_escaped(section.title)}", "")
        if not section.sentences:
            yield section.empty
        for sentence in section.sentences:
            quotations = "; ".join(_markdown_words(each) for each in sentence.words)
            yield f"- {_escaped(sentence.text)}: {quotations}"
        if section.left:
            all_of_them = f": [all of them]({_target(digest.more)})" if digest.more else ""
            yield from ("", f"and {section.left:,} more{all_of_them}")
    yield from ("", "---", "", CLOSING)


def _markdown_words(words: Words) -> str:
    label = f"{_escaped(words.label)}: " if words.label else ""
    quote = f"[{_escaped(words.quote)}]({_target(words.href)})" if words.href else _escaped(words.quote)
    return f"{label}{quote} ({_escaped(words.source)}, `{words.id}`)"


def _escaped(words: str) -> str:
    """Text in which Markdown finds no markup, on one line."""
    return LIST_START.sub(r"\1\\\2\3", MARKUP.sub(r"\\\1", one_line(words)))


def _target(href: str) -> str:
    """An address that ends where it should end."""
    return "".join(f"%{ord(each):02X}" if each in " ()<>\\\"'" else each for each in one_line(href))


def one_line(words: str) -> str:
    """Without line breaks and other control characters."""
    return " ".join(NOT_TEXT.sub(" ", words).split())


def _text(digest: Digest) -> Iterator[str]:
    yield one_line(digest.title)
    yield digest.period
    for section in digest.sections:
        yield from ("", section.title.upper())
        yield from _text_section(section)
        if section.left:
            yield from ("", f"and {section.left:,} more{f': {digest.more}' if digest.more else ''}")
    yield from ("", "-- ", CLOSING.replace("`", ""))


def _text_section(section: Section) -> Iterator[str]:
    if not section.sentences:
        yield section.empty
    for sentence in section.sentences:
        yield from ("", f"* {one_line(sentence.text)}:")
        for each in sentence.words:
            label = f"{one_line(each.label)}: " if each.label else ""
            yield f"  {label}{one_line(each.quote)}"
            yield f"  ({one_line(each.source)}, {each.id})"
            if each.href:
                yield f"  {one_line(each.href)}"


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    source = (files("communique.brief") / "templates" / "brief.html").read_text(encoding="utf-8")
    return environment.from_string(source)
