"""What the reports of one event agree and disagree about, with voices counted once."""

from datetime import date, timedelta

from made_reports_of import DAY, event_of, pair, told

from communique.records import FieldAgreement, LinkedEvent, Status

FIRST, SECOND, THIRD = ("wire", "courier", "post")


def field(event: LinkedEvent, name: str) -> FieldAgreement:
    return next(each for each in event.fields if each.field == name)


def versions(event: LinkedEvent, name: str) -> list[tuple[str, int]]:
    return [(each.value, each.voices) for each in field(event, name).values]


def test_durations_agree_within_their_precision() -> None:
    event = event_of(
        told("They talked for 7.5 hours.", outlet=FIRST),
        told("They talked for almost eight hours.", outlet=SECOND),
        told("They talked for four hours.", outlet=THIRD),
    )
    assert versions(event, "duration") == [("7.5 hours", 2), ("4 hours", 1)]
    assert event.disputed == ("duration",)


def test_tolls_that_differ_stand_side_by_side() -> None:
    event = event_of(
        told("12 people were killed.", "ASSAULT", outlet=FIRST),
        told("At least 20 people were killed.", "ASSAULT", outlet=SECOND),
        told("A dozen people were killed.", "ASSAULT", outlet=THIRD),
    )
    assert versions(event, "deaths") == [("12", 2), ("at least 20", 1)]


def test_one_outlet_is_one_voice_however_often_it_tells() -> None:
    event = event_of(
        told("12 people were killed.", "ASSAULT", outlet=FIRST),
        told("12 people were killed there.", "ASSAULT", outlet=FIRST),
        told("14 people were killed.", "ASSAULT", outlet=SECOND),
        told("14 people died.", "ASSAULT", outlet=THIRD),
    )
    assert versions(event, "deaths") == [("14", 2), ("12", 1)]
    assert (event.articles, event.voices) == (4, 3)


def test_a_denial_dissents_from_the_status() -> None:
    event = event_of(
        told("They met.", outlet=FIRST),
        told("They met.", outlet=SECOND, status=Status.HISTORICAL),
        told("They did not meet.", outlet=THIRD, status=Status.DENIED),
    )
    assert versions(event, "status") == [("occurred", 2), ("denied", 1)]
    assert event.status is Status.OCCURRED


def test_a_day_supports_its_month_and_narrows_it() -> None:
    event = event_of(
        told("They met.", month=date(2031, 5, 1)),
        told("They met.", on=date(2031, 5, 3)),
        told("They met."),
        told("They met.", on=date(2031, 5, 4)),
    )
    assert versions(event, "date") == [("2031-05-03", 2), ("2031-05-04", 1)]
    assert event.dates is not None
    assert (event.dates.earliest, event.dates.latest) == (date(2031, 5, 3), date(2031, 5, 3))


def test_an_event_without_a_date_is_given_none() -> None:
    event = event_of(told("They met."), told("They met."))
    assert event.dates is None
    assert "date" not in [each.field for each in event.fields]


def test_a_town_supports_its_country() -> None:
    event = event_of(
        told("They met.", place="Lomé", country="TGO"),
        told("They met.", country="TGO"),
        told("They met.", place="Accra", country="GHA"),
    )
    assert versions(event, "place") == [("Lomé", 2), ("Accra", 1)]
    assert (event.place, event.country) == ("Lomé", "TGO")


def test_parties_are_one_for_each_side_the_best_supported_first() -> None:
    event = event_of(
        told("They met.", "CONSULT", ["GHA"], ["Afi:TGO"]),
        told("They met.", "CONSULT", ["Afi:TGO", "GHA"]),
        told("They met.", "CONSULT", ["Afi:TGO", "BEN"]),
    )
    assert event.actors == ("actor-Afi", "actor-GHA", "actor-BEN")
    assert event.recipients == ()


def test_another_attacker_is_a_dispute_and_an_unnamed_one_is_none() -> None:
    event = event_of(
        told("They shelled it.", "ASSAULT", ["GHA"], ["TGO"]),
        told("They shelled it.", "ASSAULT", ["gunmen"], ["TGO"]),
        told("They shelled it.", "ASSAULT", ["BEN"], ["TGO"]),
        told("They shelled it.", "ASSAULT", ["GHA"], ["TGO"]),
    )
    assert versions(event, "actors") == [("actor-GHA", 2), ("actor-BEN", 1)]
    assert event.disputed == ("actors",)


def test_of_names_for_unknown_people_the_first_is_kept() -> None:
    event = event_of(
        told("They seized them.", "COERCE", ["GHA"], ["workers"]), told("They seized them.", "COERCE", ["GHA"], ["men"])
    )
    assert event.recipients == ("actor-workers",)
    assert event.disputed == ()


def test_manners_that_exclude_each_other() -> None:
    event = event_of(
        told("They struck it.", "ASSAULT", modes=["aerial"]),
        told("They struck it.", "ASSAULT", modes=["drone", "aerial"]),
        told("They struck it.", "ASSAULT", modes=["firearms"]),
    )
    assert [value for value, _ in versions(event, "modes")] == ["aerial,drone", "firearms"]
    assert event.modes == ("aerial", "drone")


def test_claims_stand_by_day_then_article_and_the_first_gives_the_id() -> None:
    late, early = told("They met.", name="a"), told("They met.", name="b", published=DAY - timedelta(days=1))
    undated = told("They met.", name="0", published=None)
    event = event_of(late, early, undated)
    assert event.claims == ("claim-b", "claim-a", "claim-0")
    assert event.id == event_of(early).id


def test_a_claim_of_which_a_person_is_unsure_has_no_voice() -> None:
    one, other = told("They met.", outlet=FIRST, name="u1"), told("They met.", outlet=SECOND, name="u2")
    event = event_of(one, other, doubted=frozenset([pair(one, other)]))
    assert (event.articles, event.voices) == (2, 1)
    assert versions(event, "status") == [("occurred", 1)]
