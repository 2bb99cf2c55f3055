"""Statements → what was said: one sentence for one utterance, however many articles quote it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from communique.brief.asking import Asked
from communique.brief.digest import Sentence
from communique.brief.phrasing import day_words, heard, load_phrases, opened
from communique.brief.sourcing import Sourcing
from communique.export.gathering import chunked
from communique.records import Statement, StatementKind
from communique.store import Record

WORD = re.compile(r"\w+")
SAME = 0.6  # share of the shorter utterance's words that stand in the longer one
RECENT = 200  # utterances of one speaker, the latest, among which a report's own is sought
FEWEST_WORDS = 4  # shorter ones ("yes") are the same only when equal


class _Utterance:
    """What one speaker said, as one or more articles quote it."""

    def __init__(self, statement: Statement, words: frozenset[str]) -> None:
        self.told = [statement]
        self.words = words

    def same(self, words: frozenset[str]) -> bool:
        fewer = min(len(self.words), len(words))
        if fewer < FEWEST_WORDS:
            return self.words == words
        return len(self.words & words) >= SAME * fewer


def said(record: Record, asked: Asked) -> Iterator[Sentence]:
    """A sentence for each utterance of a known speaker in the period."""
    spoken = (each for each in record.iter_statements(asked.filters()) if each.speaker is not None)
    by_speaker: dict[str, list[_Utterance]] = defaultdict(list)
    for part in chunked(spoken):
        articles = record.articles_by_id(each.article_id for each in part)
        for statement in part:
            article = articles.get(statement.article_id)
            if statement.speaker is None or article is None:
                continue
            text = " ".join(article.quote(span) for span in statement.content)
            words = frozenset(WORD.findall(text.lower()))
            own = by_speaker[statement.speaker.actor_id]
            known = next((each for each in own[-RECENT:] if each.same(words)), None)
            if known is None:
                own.append(_Utterance(statement, words))
            else:
                known.told.append(statement)
                known.words |= words
    utterances = (each for own in by_speaker.values() for each in own)
    for group in chunked(utterances, lambda each: len(each.told)):
        sourcing = Sourcing(record, asked, [each for utterance in group for each in utterance.told])
        for utterance in group:
            sentence = _sentence(utterance.told, sourcing, asked)
            if sentence is not None:
                yield sentence


def _sentence(told: list[Statement], sourcing: Sourcing, asked: Asked) -> Sentence | None:
    best = max(told, key=lambda each: _worth(each, sourcing))
    words = sourcing.words(best)
    if best.speaker is None or words is None:
        return None
    days = [day for each in told if (day := _day(each, sourcing)) is not None]
    if not days and not asked.within(None):
        return None
    whom = sourcing.name(best.addressee.actor_id) if best.addressee else None
    clause = load_phrases().speech(best.act, best.negated, sourcing.name(best.speaker.actor_id), whom)
    own = best.date.dates if best.date else None
    opening = f"On {day_words(days[0], year=not asked.one_year)}, " if own and days else ""
    reporter = f", as {load_phrases().name(sourcing.name(best.reported_by.actor_id))} told" if best.reported_by else ""
    articles = len({each.article_id for each in told})
    outlets = {sourcing.outlet(each.article_id) for each in told if not sourcing.is_copy(each.article_id)}
    voices = max(1, len(outlets))
    return Sentence(
        text=f"{opened(opening + clause)}{reporter}{heard(articles, voices)}",
        words=(words,),
        keys=tuple(f"said:{each.id}" for each in told),
        voices=voices,
        day=max(days, default=None),
    )


def _worth(each: Statement, sourcing: Sourcing) -> tuple[bool, bool, int, str]:
    """Rather an original than a copy, rather quoted than paraphrased, rather more than less."""
    length = sum(span.end - span.start for span in each.content)
    return not sourcing.is_copy(each.article_id), each.kind is not StatementKind.INDIRECT, length, each.id


def _day(each: Statement, sourcing: Sourcing) -> date | None:
    """The day it was said, else that on which it was published."""
    dates = each.date.dates if each.date else None
    own = (dates.earliest or dates.latest) if dates else None
    return own or sourcing.day(each.article_id)
