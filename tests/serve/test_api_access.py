"""Tokens, cookies, one-time links: who may do what."""

import pytest

from communique.serve.access import Access, Level
from communique.serve.entering import local
from communique.serve.rates import Rate, Rates

READ, WRITE = "r" * 20, "w" * 20


def access(read: str | None = READ, write: str | None = WRITE, now: float = 1000.0) -> Access:
    return Access(read_token=read, write_token=write, clock=lambda: now)


def test_tokens_give_their_level() -> None:
    found = [access().level_of(token) for token in (READ, WRITE, "", READ[:-1], "é")]
    assert found == [Level.READ, Level.WRITE, Level.NONE, Level.NONE, Level.NONE]


def test_without_a_read_token_everybody_reads_and_nobody_writes() -> None:
    visitor = access(read=None, write=None).visitor(None, None)
    assert (visitor.level, visitor.may_write) == (Level.READ, False)


@pytest.mark.parametrize(
    ("header", "level"),
    [
        (f"Bearer {WRITE}", Level.WRITE),
        (f"bearer  {READ}", Level.READ),
        (f"Basic {WRITE}", Level.NONE),
        ("Bearer", Level.NONE),
        (WRITE, Level.NONE),
    ],
)
def test_authorization_header(header: str, level: Level) -> None:
    assert access().visitor(header, None).level is level


def test_a_cookie_keeps_level_and_name_and_has_a_word_for_forms() -> None:
    gate = access()
    cookie = gate.cookie(Level.WRITE, "  Ada Holm ")
    visitor = gate.visitor(None, cookie)
    assert (visitor.level, visitor.name, visitor.by_cookie) == (Level.WRITE, "Ada Holm", True)
    assert visitor.csrf
    assert visitor.csrf != gate.visitor(None, gate.cookie(Level.WRITE)).csrf


def test_a_cookie_that_was_changed_or_is_another_servers_or_old_is_none() -> None:
    cookie = access().cookie(Level.READ)
    body, _, signature = cookie.partition(".")
    forged = [
        access().cookie(Level.WRITE).partition(".")[0] + "." + signature,
        body,
        body + ".",
        body + "." + signature[:-1] + ("0" if signature[-1] != "0" else "1"),
        "x" * 5000,
        "é.é",
        access(write="another token of ours").cookie(Level.WRITE),
    ]
    assert {access().visitor(None, each).level for each in forged} == {Level.NONE}
    assert access(now=1000.0 + 15 * 24 * 3600).visitor(None, cookie).level is Level.NONE
    assert access().visitor(None, cookie).level is Level.READ


def test_sessions_outlive_a_restart_only_with_configured_tokens() -> None:
    cookie = access().cookie(Level.READ)
    assert access().visitor(None, cookie).by_cookie
    free = access(read=None, write=None)
    assert not access(read=None, write=None).visitor(None, free.cookie(Level.READ)).by_cookie


def test_a_one_time_code_works_once() -> None:
    gate = access()
    code = gate.one_time_code()
    assert [gate.redeem(code), gate.redeem(code), gate.redeem("other")] == [Level.WRITE, Level.NONE, Level.NONE]
    reading = access(write=None)
    assert reading.redeem(reading.one_time_code()) is Level.READ


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a\nb", "javascript:x"]
)
def test_nobody_is_led_elsewhere(address: str) -> None:
    assert local(address) == "/"


def test_local_addresses_are_kept() -> None:
    assert local("/timeline?actor=A&type=B") == "/timeline?actor=A&type=B"


def test_rates_allow_a_burst_then_make_wait() -> None:
    now = [0.0]
    rates = Rates({"read": Rate(2.0, 3)}, clock=lambda: now[0])
    assert [rates.wait("a", "read") for _ in range(4)] == [0, 0, 0, 1]
    assert rates.wait("b", "read") == 0
    now[0] = 0.5
    assert [rates.wait("a", "read"), rates.wait("a", "read")] == [0, 1]
    assert rates.wait("a", "unbounded") == 0


def test_rates_forget_the_clients_that_asked_longest_ago() -> None:
    rates = Rates({"read": Rate(0.001, 1)}, clock=lambda: 0.0)
    assert rates.wait("first", "read") == 0
    for number in range(10_000):
        rates.wait(str(number), "read")
    assert rates.wait("first", "read") == 0
