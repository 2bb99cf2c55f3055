"""Issues proposed from positions that none covers."""

from communique.link.proposing import Uncovered, propose_issues

TOLLS = (
    Uncovered(id="p1", article_id="a1", side="country:GHA", words="the bridge toll at Senchi"),
    Uncovered(id="p2", article_id="a2", side="country:GHA", words="bridge tolls"),
    Uncovered(id="p3", article_id="a3", side="country:TGO", words="a bridge toll for lorries"),
    Uncovered(id="p4", article_id="a3", side="country:TGO", words="an apology of Ghana"),
    Uncovered(id="p5", article_id="a4", side="country:TGO", words="the quarantined goats"),
    Uncovered(id="p6", article_id="a4", side="country:BEN", words="goats"),
)


def test_a_matter_that_recurs_is_proposed_with_the_words_that_find_it() -> None:
    (found,) = propose_issues(TOLLS)
    assert found.name == "bridge toll"
    assert {"bridge toll", "bridge tolls"} <= set(found.words)
    assert found.positions == ("p1", "p2", "p3")
    assert (found.articles, found.sides) == (3, 2)


def test_one_article_or_its_copies_alone_propose_nothing() -> None:
    alone = [Uncovered(id=f"p{number}", article_id="a1", side="country:GHA", words="the toll") for number in range(9)]
    assert propose_issues(alone) == ()


def test_the_order_does_not_matter_and_the_number_is_kept_to() -> None:
    goats = Uncovered(id="p7", article_id="a5", side="country:BEN", words="the goats of Benin")
    assert propose_issues((*TOLLS, goats)) == propose_issues((goats, *reversed(TOLLS)))
    assert len(propose_issues((*TOLLS, goats))) == 2
    assert len(propose_issues((*TOLLS, goats), most=1)) == 1


def test_names_of_countries_and_words_of_asking_are_no_matter() -> None:
    told = [
        Uncovered(id=f"p{number}", article_id=f"a{number}", side="country:GHA", words=words)
        for number, words in enumerate(["a demand of Ghana", "the demand from Ghana", "Ghanaian demands"])
    ]
    assert propose_issues(told) == ()
