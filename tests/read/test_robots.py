"""robots.txt: whose group counts, which rule wins."""

import pytest

from communique.read.robots import read_robots

ROBOTS = """
# for everybody
User-agent: *
Disallow: /private/
Disallow: /*.pdf$
Allow: /private/open
Crawl-delay: 5

User-agent: OtherBot
User-agent: Communique/2.0
Disallow: /ours
Disallow: /a%2Fb
Disallow: /search?*q=
"""


@pytest.mark.parametrize(
    ("name", "path", "allowed"),
    [
        ("somebody", "/news/1", True),
        ("somebody", "/private/1", False),
        ("somebody", "/private/open/1", True),
        ("somebody", "/paper.pdf", False),
        ("somebody", "/paper.pdf?page=2", True),
        ("somebody", "/robots.txt", True),
        ("communique", "/private/1", True),
        ("communique", "/ours/1", False),
        ("communique", "/our", True),
        ("communique", "/%6Furs", False),
        ("communique", "/a%2fb", False),
        ("communique", "/a/b", True),
        ("communique", "/search?x=1&q=2", False),
    ],
)
def test_rules(name: str, path: str, allowed: bool) -> None:
    assert read_robots(ROBOTS, name).allows(path) is allowed


def test_delays() -> None:
    assert read_robots(ROBOTS, "somebody").delay_s == 5.0
    assert read_robots(ROBOTS, "communique").delay_s is None
    assert read_robots("User-agent: *\nCrawl-delay: 86400", "communique").delay_s == 60.0
    assert read_robots("User-agent: *\nCrawl-delay: soon\nCrawl-delay: -1", "communique").delay_s is None


@pytest.mark.parametrize("text", ["", "<html>", "Disallow: /", "User-agent: *\nDisallow:", "User-agent: communique"])
def test_nothing_forbidden(text: str) -> None:
    assert read_robots(text, "communique").allows("/anything")


def test_many_stars_are_matched_at_once() -> None:
    robots = read_robots("User-agent: *\nDisallow: /" + "*a" * 500 + "$", "communique")
    assert robots.allows("/" + "a" * 499 + "b" * 2_000)
    assert not robots.allows("/" + "a" * 600)
