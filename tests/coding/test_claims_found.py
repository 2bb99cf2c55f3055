"""Claims of short texts through all stages: the cases of claims/*/*.yaml, and properties that hold for every one of them.

A case: `text` (one paragraph a line), `published` (a day, optional), `expected` claims, `absent` (types that must not be
claimed as occurred or ongoing; `any` for all of them), `only` (nothing but the expected claims), `comment`. An expected claim gives
any of type, meeting_type, modes (all of them), actor and recipient (all and no others; [] for none), status (any of them), date
(TIMEX3 value), asserted_by, words (in the trigger). An actor is part of a name, an ISO country code for whoever acts for that
country, or code/SECTOR. In known_failures each case says what is right, and `why` it
fails today; one that passes must move.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from bare_texts import coded

from communique.records import Actor, Claim, Role

FOLDER = Path(__file__).parent / "claims"
FIELDS = {"type", "meeting_type", "modes", "actor", "recipient", "status", "date", "asserted_by", "words"}
KEYS = {"text", "published", "expected", "absent", "only", "comment", "why"}
DONE = {"occurred", "ongoing"}
TYPES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
STATUSES = {
    "occurred", "ongoing", "scheduled", "demanded", "threatened", "hypothetical", "denied", "asked", "historical",
}  # fmt: skip


def listed(*folders: str) -> list[dict[str, Any]]:
    """All cases of some folders, each with its place."""
    found: list[dict[str, Any]] = []
    for folder in folders:
        for path in sorted((FOLDER / folder).glob("*.yaml")):
            for case in yaml.safe_load(path.read_text(encoding="utf-8")) or ():
                found.append({**case, "place": f"{folder}/{path.stem}: {case['comment']}"})
    return found


SOUND = listed("in_the_wild", "synthetic", "negative")
FAILING = listed("known_failures")


class Reading:
    """The claims of one case, compared with what is expected."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.case = case
        self.article = coded(case["text"], case.get("published"))
        self.actors = {actor.id: actor for actor in self.article.actors}

    def check(self) -> None:
        """Raises AssertionError that tells what was found instead."""
        left = list(self.article.claims)
        for expected in self.case.get("expected", ()):
            fitting = [claim for claim in left if self.fits(claim, expected)]
            assert fitting, f"{expected} is not among {self.told()}"
            left.remove(fitting[0])
        absent = self.case.get("absent", ())
        done = [claim for claim in self.article.claims if claim.status in DONE]
        wrong = [claim.type for claim in done if claim.type in absent or "any" in absent]
        assert not wrong, f"{wrong} done in {self.told()}"
        if self.case.get("only"):
            assert not left, f"more than expected in {self.told()}"

    def fits(self, claim: Claim, expected: dict[str, Any]) -> bool:
        text = self.article.article.text
        given: dict[str, Callable[[Any], bool]] = {
            "type": lambda value: claim.type in _several(value),
            "meeting_type": lambda value: claim.meeting_type == value,
            "modes": lambda value: set(_several(value)) <= set(claim.modes),
            "status": lambda value: claim.status in _several(value),
            "date": lambda value: (claim.date.value if claim.date else None) == value,
            "words": lambda value: claim.trigger.of(text) in value,
            "actor": lambda value: self.same(claim.actors, _several(value)),
            "recipient": lambda value: self.same(claim.recipients, _several(value)),
            "asserted_by": lambda value: self.same(claim.asserted_by, _several(value)),
        }
        return all(given[field](value) for field, value in expected.items())

    def same(self, roles: tuple[Role, ...], wanted: list[str]) -> bool:
        """Every wanted actor has a role, and every role is wanted."""
        found = [self.actors[role.actor_id] for role in roles]
        return all(any(_is(actor, name) for actor in found) for name in wanted) and all(
            any(_is(actor, name) for name in wanted) for actor in found
        )

    def told(self) -> str:
        """The claims in one line each."""
        return "\n  ".join(["the claims", *(self._told(claim) for claim in self.article.claims)])

    def _told(self, claim: Claim) -> str:
        def names(roles: tuple[Role, ...]) -> str:
            found = [self.actors[role.actor_id] for role in roles]
            return "+".join(f"{each.name}({each.country}/{','.join(each.sectors)})" for each in found) or "nobody"

        sort = f"{claim.type}{list(claim.modes)} {claim.status} {claim.meeting_type or ''}"
        when = claim.date.value if claim.date else "undated"
        trigger = claim.trigger.of(self.article.article.text)
        by = f" by {names(claim.asserted_by)}" if claim.asserted_by else ""
        return f"{sort} '{trigger}': {names(claim.actors)} → {names(claim.recipients)} {when}{by}"


def _several(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _is(actor: Actor, name: str) -> bool:
    if name in actor.sectors:
        return True
    code, _, sector = name.partition("/")
    if len(code) == 3 and code.isupper() and actor.country is not None:
        return actor.country == code and (not sector or sector in actor.sectors)
    named = [actor.name, actor.organization or "", actor.title or ""]
    return any(name.lower() in each.lower() for each in named)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["place"]) for case in SOUND])
def test_case(case: dict[str, Any]) -> None:
    Reading(case).check()


@pytest.mark.parametrize("case", [pytest.param(case, id=case["place"]) for case in FAILING])
@pytest.mark.xfail(strict=True, raises=AssertionError, reason="known failure: move the case when it passes")
def test_known_failure(case: dict[str, Any]) -> None:
    Reading(case).check()


def test_every_case_is_well_formed_and_can_fail() -> None:
    places = [case["place"] for case in (*SOUND, *FAILING)]
    assert len(set(places)) == len(places)
    assert len({case["text"] for case in (*SOUND, *FAILING)}) == len(places)
    for case in (*SOUND, *FAILING):
        assert set(case) <= KEYS | {"place"}, case["place"]
        assert case.get("expected") or case.get("absent") or case.get("only"), case["place"]
        for expected in case.get("expected", ()):
            assert {"type"} < set(expected) <= FIELDS, case["place"]
            assert set(_several(expected["type"])) <= TYPES, case["place"]
            assert set(_several(expected.get("status", ()))) <= STATUSES, case["place"]
            assert all(word in case["text"] for word in _several(expected.get("words", ()))), case["place"]
        assert set(case.get("absent", ())) <= TYPES | {"any"}, case["place"]
        assert ("why" in case) == (case in FAILING), case["place"]


def test_the_cases_cover_every_type_and_status() -> None:
    expected = [each for case in SOUND for each in case.get("expected", ())]
    types = [name for each in expected for name in _several(each["type"])]
    statuses = [name for each in expected for name in _several(each.get("status", ()))]
    assert {name: types.count(name) for name in TYPES if types.count(name) < 2} == {}
    assert STATUSES - set(statuses) == set()


@pytest.mark.parametrize("case", [pytest.param(case, id=case["place"]) for case in (*SOUND, *FAILING)])
def test_every_claim_stands_on_its_words(case: dict[str, Any]) -> None:
    result = coded(case["text"], case.get("published"))
    known = {actor.id for actor in result.actors}
    for claim in result.claims:
        assert claim.evidence
        roles = (*claim.actors, *claim.recipients, *claim.asserted_by)
        assert {role.actor_id for role in roles} <= known
        spans = [claim.trigger, *claim.evidence, claim.status_span, claim.condition, claim.content]
        spans += [role.span for role in roles]
        for span in spans:
            assert span is None or (span.article_id == result.article.id and span.of(case["text"]).strip())
        assert all(0.0 <= decision.confidence <= 1.0 for decision in claim.decisions)
        assert {"type", "status", "actors"} <= {decision.field for decision in claim.decisions}
    assert len({claim.id for claim in result.claims}) == len(result.claims)


def test_a_second_coding_is_the_same() -> None:
    case = SOUND[0]
    first = coded(case["text"], case.get("published"))
    coded.cache_clear()
    assert coded(case["text"], case.get("published")) == first
