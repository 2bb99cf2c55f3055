"""A web address → the network addresses that may be connected to, or why none may.

A feed that anybody can write must not make this program look into the network it runs in. So what is checked is not the name but
the numbers it stands for, in every spelling, and the connection goes to the very number that was checked.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]  # host and port → numbers; raises OSError

SCHEMES = frozenset({"http", "https"})
METADATA = frozenset(map(ipaddress.ip_address, ("168.63.129.16", "192.0.0.192", "169.254.169.254", "fd00:ec2::254")))
NOT_PUBLIC = tuple(  # by IANA's registries of special addresses; Python's own list depends on its version
    map(
        ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "100::/64", "3fff::/20", "5f00::/16")
    )
)
HOST = re.compile(r"[a-z0-9_.:-]+(?:%[a-z0-9_.-]+)?")
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits
MAX_ADDRESS = 4_000  # characters


class FetchError(Exception):
    """Nothing was fetched; `cause` and `remedy` are for a Problem."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(f"{cause}; {remedy}")
        self.cause = cause
        self.remedy = remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to send a request: `url` without fragment, `host` as the server is to be called, `numbers` to connect to."""

    url: httpx.URL
    host: str
    port: int
    numbers: tuple[str, ...]

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt is for."""
        return f"{self.url.scheme}://{self.host}:{self.port}"


def is_address(text: str) -> bool:
    """True for what has a scheme, as no file name does."""
    scheme, sign, _ = text.partition("://")
    return bool(sign) and scheme.replace("+", "").isalnum()


def shown(address: str) -> str:
    """The address without the name and password that it may hold: it stands in messages and in the record."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if "@" not in parts.netloc:
        return address
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def checked_target(address: str, resolve: Resolve, *, allow_private: bool) -> Target:
    """Raises FetchError when the address is none, or leads to where nobody may be sent."""
    if len(address) > MAX_ADDRESS:
        raise FetchError(f"is an address of more than {MAX_ADDRESS:,} characters", "give a shorter one")
    try:
        url = httpx.URL(address.strip()).copy_with(fragment=None)
        host = url.raw_host.decode("ascii").strip("[]").rstrip(".").lower()
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError(f"is no valid address ({' '.join(str(error).split())[:80]})", "correct it") from error
    if url.scheme not in SCHEMES:
        raise FetchError(f"is no web address (its scheme is {url.scheme or 'missing'})", "give one with http or https")
    if not host:
        raise FetchError("is no web address (it names no host)", "give the whole address")
    if not HOST.fullmatch(host):
        raise FetchError("is no valid address (its host has signs that no host has)", "correct it")
    if url.userinfo:
        raise FetchError(
            "holds a name or password, which would stand in the record", "fetch it yourself and read the file"
        )
    port = url.port or (443 if url.scheme == "https" else 80)
    numbers = _numbers(host, port, resolve)
    for number in numbers:
        what = refused_kind(number)
        if what is not None and not allow_private:
            raise FetchError(
                f"leads to {what} ({host}{'' if str(number) == host else f' is {number}'})",
                "if it is a server of your own, add --allow-private",
            )
    return Target(url=url, host=host, port=port, numbers=tuple(map(str, numbers)))


def refused_kind(number: Address) -> str | None:
    """What kind of address it is when it is none of the public internet's, None when it is."""
    inner = _inside(number)
    if inner is not None:
        return refused_kind(inner)
    if number in METADATA:
        return "a cloud's metadata address"
    if number.is_loopback:
        return "a loopback address"
    if number.is_link_local:
        return "a link-local address"
    if number.is_multicast:
        return "a multicast address"
    if number.is_unspecified:
        return "an unspecified address"
    if (
        not number.is_global
        or any(number in network for network in NOT_PUBLIC)
        or (number.version == 6 and number.is_site_local)
    ):
        return "a private address"
    return "a reserved address" if number.is_reserved else None


def _inside(number: Address) -> Address | None:
    """The IPv4 address that an IPv6 address wraps: mapped, compatible, 6to4, Teredo, or translated by a gateway."""
    if number.version == 4:
        return None
    if number.ipv4_mapped is not None:
        return number.ipv4_mapped
    if number.sixtofour is not None:
        return number.sixtofour
    if number.teredo is not None:
        return number.teredo[1]
    value = int(number)
    if number in TRANSLATED or 0xFFFF < value <= 0xFFFFFFFF:
        return ipaddress.IPv4Address(value & 0xFFFFFFFF)
    return None


def _numbers(host: str, port: int, resolve: Resolve) -> list[Address]:
    spelled = _spelled_number(host)
    if spelled is not None:
        return [spelled]
    try:
        found = resolve(host, port)
        numbers = [ipaddress.ip_address(each.partition("%")[0]) for each in found]
    except (OSError, UnicodeError, ValueError) as error:
        raise FetchError(f"cannot be found: there is no host {host}", "check the address and the network") from error
    if not numbers:
        raise FetchError(f"cannot be found: there is no host {host}", "check the address and the network")
    return list(dict.fromkeys(numbers))


def _spelled_number(host: str) -> Address | None:
    """A number in any spelling that connecting would take: 127.0.0.1, 2130706433, 0177.1, 0x7f.0.0.1, ::1, fe80::1%eth0."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def system_resolver(host: str, port: int) -> list[str]:
    """The numbers that this machine's resolver gives. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]
