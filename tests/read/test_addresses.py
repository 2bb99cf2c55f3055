"""Which network addresses are refused, in which spelling."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.read.addresses import FetchError, checked_target, is_address, refused_kind, shown

PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]


def resolve(host: str, port: int) -> list[str]:
    names = {
        "inside.example": ["10.1.2.3"],
        "half.example": [PUBLIC[0], "192.168.0.7"],
        "six.example": ["fe80::1%eth0"],
        "metadata.example": ["169.254.169.254"],
    }
    if host == "nowhere.example":
        raise OSError("no such host")
    return names.get(host, PUBLIC)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0x7f.1",
        "0.0.0.0",
        "10.0.0.8",
        "172.16.4.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "198.18.0.1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:a9fe:a9fe]",
        "[::7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:1:1:1:1:80ff:fffe]",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[fec0::1]",
        "[ff02::1]",
        "[2001:db8::1]",
        "127.0.0.1.",
        "inside.example",
        "half.example",
        "six.example",
        "metadata.example",
        "INSIDE.example.",
    ],
)
def test_refused_unless_allowed(host: str) -> None:
    for address in (f"http://{host}/", f"https://{host}:8080/a?b#c"):
        with pytest.raises(FetchError) as refused:
            checked_target(address, resolve, allow_private=False)
        assert refused.value.cause.startswith("leads to a") or "valid address" in refused.value.cause
        assert "\n" not in str(refused.value)
        if refused.value.cause.startswith("leads to"):
            checked_target(address, resolve, allow_private=True)


@pytest.mark.parametrize(
    ("address", "cause"),
    [
        ("ftp://harbour.example/", "its scheme is ftp"),
        ("file:///etc/passwd", "its scheme is file"),
        ("http:///path", "names no host"),
        ("http://user:secret@harbour.example/", "holds a name or password"),
        ("http://nowhere.example/", "there is no host nowhere.example"),
        ("http://[broken/", "no valid address"),
        ("http://a" + "b" * 5_000, "more than 4,000 characters"),
    ],
)
def test_what_is_no_web_address(address: str, cause: str) -> None:
    with pytest.raises(FetchError) as refused:
        checked_target(address, resolve, allow_private=True)
    assert cause in refused.value.cause
    assert "secret" not in str(refused.value)


def test_public_addresses_are_connected_to_by_number() -> None:
    target = checked_target("https://Harbour.example:8443/a%20b?c=d#part", resolve, allow_private=False)
    assert (target.host, target.port, target.numbers) == ("harbour.example", 8443, tuple(PUBLIC))
    assert str(target.url) == "https://harbour.example:8443/a%20b?c=d"
    assert target.origin == "https://harbour.example:8443"


def test_telling_addresses_from_files() -> None:
    assert [is_address(each) for each in ("http://a/", "ftp://a", "a/b.html", "C:\\a", "://", "a b://c")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]
    assert shown("https://me:secret@a.example/b?c") == "https://a.example/b?c"


@given(st.ip_addresses(v=4))
def test_a_wrapped_number_is_judged_as_the_number_itself(number: ipaddress.IPv4Address) -> None:
    mapped = ipaddress.IPv6Address(f"::ffff:{number}")
    assert refused_kind(mapped) == refused_kind(number)
    if number.is_private or number.is_loopback or number.is_link_local or number.is_multicast:
        assert refused_kind(number) is not None
