"""Furniture, foreign fragments, times and actor mentions of one article against an annotator's.

A furniture line counts when it stands in the article's text and every place where it is a line of its own was set aside.
A time counts when a found expression overlaps it and has its value; any other found time is wrong. A form of an actor's
name counts when more of its places resolve to that actor than to another.
"""

from communique.evaluate.assignment import assign
from communique.evaluate.casting import Casting
from communique.evaluate.expected import Expected
from communique.evaluate.locating import Locator, mostly_shared, plain
from communique.evaluate.section import SectionScore
from communique.records import BlockKind, CodedArticle


def score_furniture(expected: Expected, coded: CodedArticle, locator: Locator) -> SectionScore:
    """Wrong are the blocks set aside that hold a passage which the annotator read as article."""
    errors = []
    for quote in expected.article.not_article:
        places = locator.everywhere(quote)
        lines = [place for place in places if locator.is_line(place)] or places
        kept = [place for place in lines if not locator.in_furniture(place)]
        if not places:
            errors.append(f"furniture lost, neither coded nor kept: {quote!r}")
        elif kept:
            errors.append(f"furniture not set aside: {quote!r}")
    missed = len(errors)
    read = [span for quote, after in expected.quotes() if (span := locator.first(quote, after))]
    aside = [block for block in coded.article.blocks if block.kind is BlockKind.FURNITURE]
    wrong = [block for block in aside if any(locator.in_furniture(span) and block.span.overlaps(span) for span in read)]
    errors += [f"article set aside as {block.reason}: {coded.article.quote(block.span)!r}" for block in wrong]
    total = len(expected.article.not_article)
    return SectionScore(found=total - missed, expected=total, wrong=len(wrong), errors=tuple(errors))


def score_fragments(expected: Expected, coded: CodedArticle, locator: Locator) -> SectionScore:
    """Found with most of their characters and the right language; every other fragment is wrong."""
    produced = coded.article.fragments
    wanted = expected.article.foreign_fragments
    places = [locator.first(each.quote) for each in wanted]
    pairs = assign(
        [
            [
                n
                for n, each in enumerate(produced)
                if place and mostly_shared(place, each.span) and each.language == want.language
            ]
            for want, place in zip(wanted, places, strict=True)
        ]
    )
    errors = [f"fragment missed: {each.quote!r} ({each.language})" for n, each in enumerate(wanted) if n not in pairs]
    wrong = [each for n, each in enumerate(produced) if n not in pairs.values()]
    errors += [f"fragment wrong: {coded.article.quote(each.span)!r} as {each.language}" for each in wrong]
    return SectionScore(found=len(pairs), expected=len(wanted), wrong=len(wrong), errors=tuple(errors))


def score_times(expected: Expected, coded: CodedArticle, locator: Locator) -> SectionScore:
    """Overlap and equal value; a wrong `type` or `mod` is listed but does not decide."""
    produced = [each for each in coded.times if not locator.in_furniture(each.span)]
    wanted = sorted(expected.times, key=lambda each: each.optional)
    places = [locator.first(each.quote, each.after) for each in wanted]
    overlapping = [[n for n, each in enumerate(produced) if place and place.overlaps(each.span)] for place in places]
    pairs = assign(
        [[n for n in near if produced[n].value == want.value] for want, near in zip(wanted, overlapping, strict=True)]
    )
    errors, neutral = [], set(pairs.values())
    for number, want in enumerate(wanted):
        if want.optional:
            neutral.update(overlapping[number])
        elif number not in pairs:
            got = ", ".join(
                f"{coded.article.quote(produced[n].span)!r} = {produced[n].value}" for n in overlapping[number]
            )
            errors.append(f"time missed: {want.quote!r} = {want.value}" + (f"; got {got}" if got else ""))
        elif want.mod and produced[pairs[number]].mod != want.mod:
            errors.append(f"time {want.quote!r}: mod {produced[pairs[number]].mod} instead of {want.mod} (not counted)")
    wrong = [each for n, each in enumerate(produced) if n not in neutral]
    errors += [f"time wrong: {coded.article.quote(each.span)!r} = {each.value}" for each in wrong]
    found = sum(1 for number in pairs if not wanted[number].optional)
    total = sum(1 for each in wanted if not each.optional)
    return SectionScore(found=found, expected=total, wrong=len(wrong), errors=tuple(errors))


def score_actors(expected: Expected, casting: Casting) -> SectionScore:
    """One entry per listed form; wrong are the pairs of a form and another actor that some place of it resolves to."""
    errors: list[str] = []
    found = total = wrong = 0
    for wanted in expected.actors:
        for form in wanted.mentions:
            places = casting.places[wanted.name, form]
            right = misread = 0
            others: set[str] = set()
            for place in places:
                if any(casting.same(wanted.name, each) for each in casting.produced_at(place)):
                    right += 1
                elif elsewhere := casting.produced_at(place, whole=True):
                    misread += 1
                    others.update(casting.described(each) for each in elsewhere)
            total += not wanted.optional
            if right and right >= misread:
                found += not wanted.optional
            elif not wanted.optional:
                reason = (
                    f"read as {', '.join(sorted(others))}" if others else "unresolved" if places else "not in the text"
                )
                errors.append(f"actor missed: {plain(form)!r} is {wanted.name}; {reason}")
            if others and not wanted.optional:
                wrong += len(others)
                if right >= misread:
                    errors.append(
                        f"actor wrong: {plain(form)!r} is {wanted.name}; also read as {', '.join(sorted(others))}"
                    )
    return SectionScore(found=found, expected=total, wrong=wrong, errors=tuple(errors))
