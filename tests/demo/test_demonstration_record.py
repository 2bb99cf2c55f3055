"""The demonstration record is whole: every article can be read and cleaned, and the gold quotes what stands in it."""

import gzip
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

import communique
from communique.clean import clean
from communique.evaluate.linked_gold import LinkedGold, load_linked_gold
from communique.evaluate.linked_record import by_key
from communique.evaluate.locating import Locator
from communique.read import read_paths
from communique.records import BlockKind, CodedArticle, Page

FOLDER = Path(communique.__file__).parent / "demo"
MAKER = Path(__file__).parents[2] / "scripts" / "demo_record" / "make_record.py"
NOT_ENGLISH, ONLY_FURNITURE = "oslo-postponed-french", "furniture-only"


@pytest.fixture(scope="module")
def gold() -> LinkedGold:
    return load_linked_gold(FOLDER)


@pytest.fixture(scope="module")
def articles(gold: LinkedGold) -> dict[str, CodedArticle]:
    """The cleaned articles by their keys."""
    pages = [each for each in read_paths([str(FOLDER / "record")]) if isinstance(each, Page)]
    return by_key(gold, FOLDER / "record", [CodedArticle(page=page, article=clean(page)) for page in pages])


def test_every_article_is_read_in_its_form(gold: LinkedGold, articles: dict[str, CodedArticle]) -> None:
    assert list(articles) == list(gold.articles)
    forms = {place.file.partition("/")[0] for place in gold.articles.values()}
    assert forms == {"pages", "feeds", "wire", "tables", "texts", "archive"}


def test_every_article_tells_its_day(gold: LinkedGold, articles: dict[str, CodedArticle]) -> None:
    days = {key: each.article.published.day for key, each in articles.items() if each.article.published}
    assert days == {key: place.day for key, place in gold.articles.items() if key != ONLY_FURNITURE}


def test_articles_are_short_and_english_but_for_those_that_are_to_be_set_aside(
    articles: dict[str, CodedArticle],
) -> None:
    assert [key for key, each in articles.items() if each.article.language != "en"] == [NOT_ENGLISH]
    for key, each in articles.items():
        kept = [block for block in each.article.blocks if block.kind is not BlockKind.FURNITURE]
        words = sum(len(each.article.quote(block.span).split()) for block in kept)
        assert words <= 330, key
        assert words >= 60 or key == ONLY_FURNITURE, key


def test_gold_quotes_what_is_coded_of_the_articles(gold: LinkedGold, articles: dict[str, CodedArticle]) -> None:
    for event in gold.events:
        for member in event.members:
            for key in member.articles:
                locator = Locator(articles[key].article)
                missing = [words for words in member.words if not locator.coded(words)]
                assert not missing, (event.id, key)


def test_an_event_has_two_voices_or_a_look_alike(gold: LinkedGold) -> None:
    voice = {key: group[0] for group in gold.copies for key in group}
    for event in gold.events:
        members = [key for member in event.members for key in member.articles]
        assert len(members) == len(set(members)), event.id
        assert len({voice.get(key, key) for key in members}) > 1 or event.apart, event.id


def test_agreements_name_articles_that_report_the_event(gold: LinkedGold) -> None:
    reports = {event.id: {key for member in event.members for key in member.articles} for event in gold.events}
    for each in gold.agreement:
        assert {key for value in each.values for key in value.articles} <= reports[each.event], each.event


def test_the_record_is_what_its_manuscripts_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not MAKER.exists():
        pytest.skip("the manuscripts are in the source tree only")
    maker = _module(MAKER)
    monkeypatch.setattr(maker, "DEMO", tmp_path)
    maker.main()
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(FOLDER) for path in (FOLDER / "record").rglob("*") if path.is_file()}
    assert made == kept | {Path("articles.yaml")}
    for name in made:
        assert _content(tmp_path / name) == _content(FOLDER / name), name


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_record", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_record"] = module
    spec.loader.exec_module(module)
    return module


def _content(path: Path) -> bytes:
    """The bytes, unpacked: two versions of zlib may pack the same bytes otherwise."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
