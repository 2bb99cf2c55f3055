"""Tokens and cookies → what a visitor may do: nothing, read, or write too.

Programs send `Authorization: Bearer TOKEN`. Browsers exchange the token once, by a form or a link that works a single time, for
a signed cookie; a form sent with the cookie must also bring the word (`csrf`) that only our own pages know.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

COOKIE = "communique_session"
SESSION_SECONDS = 14 * 24 * 3600
LONGEST_COOKIE = 1024
LONGEST_NAME = 80
ANONYMOUS = "reader"
FEED_KEY_LENGTH = 32


class Level(IntEnum):
    """What somebody may do; each level includes those below it."""

    NONE = 0
    READ = 1
    WRITE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """`name` is how judgements are signed; `csrf` the word that forms must bring (empty without a cookie)."""

    level: Level
    name: str = ANONYMOUS
    by_cookie: bool = False
    csrf: str = ""

    @property
    def may_write(self) -> bool:
        """True for who may change the record."""
        return self.level >= Level.WRITE


NOBODY = Visitor(level=Level.NONE)


class Access:
    """Who may do what. Without a read token everybody may read; without a write token nobody may write."""

    def __init__(
        self, *, read_token: str | None, write_token: str | None, clock: Callable[[], float] = time.time
    ) -> None:
        self._read = read_token
        self._write = write_token
        self._clock = clock
        told = json.dumps(["communique session", read_token, write_token]).encode()
        self._key = hashlib.sha256(told).digest() if read_token or write_token else secrets.token_bytes(32)
        self._links: set[str] = set()

    @property
    def writable(self) -> bool:
        """True when the server was started for writing."""
        return self._write is not None

    @property
    def needs_token_to_read(self) -> bool:
        """True when reading needs a token too."""
        return self._read is not None

    def level_of(self, token: str) -> Level:
        """What a token allows. Compared in constant time, so that it cannot be guessed letter by letter."""
        if self._write is not None and _equal(token, self._write):
            return Level.WRITE
        if self._read is not None and _equal(token, self._read):
            return Level.READ
        return Level.NONE

    def visitor(self, authorization: str | None, cookie: str | None) -> Visitor:
        """Who sends these headers; a wrong token counts as none."""
        floor = Level.NONE if self.needs_token_to_read else Level.READ
        if authorization is not None:
            scheme, _, token = authorization.partition(" ")
            level = self.level_of(token.strip()) if scheme.lower() == "bearer" else Level.NONE
            return Visitor(level=max(level, floor), name="api")
        found = self._opened(cookie) if cookie else None
        if found is None or cookie is None:
            return Visitor(level=floor)
        level, name = found
        return Visitor(level=max(level, floor), name=name, by_cookie=True, csrf=self._signed("csrf", cookie))

    def cookie(self, level: Level, name: str = "") -> str:
        """A cookie's value for somebody who has shown a token."""
        told = {"level": int(level), "name": name.strip()[:LONGEST_NAME] or ANONYMOUS, "nonce": secrets.token_hex(8)}
        told["until"] = int(self._clock()) + SESSION_SECONDS
        body = (
            base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
        )  # a sign that cookies would quote
        return f"{body}.{self._signed('session', body)}"

    def one_time_code(self) -> str:
        """A code that opens one session with all that this server allows."""
        code = secrets.token_urlsafe(24)
        self._links.add(code)
        return code

    def redeem(self, code: str) -> Level:
        """What a one-time code allows; it is used up by this."""
        try:
            self._links.remove(code)
        except KeyError:
            return Level.NONE
        return Level.WRITE if self.writable else Level.READ

    @property
    def feed_key(self) -> str:
        """What the address of a feed brings instead of a token, for programs that know no other way; empty if none is needed.

        It opens feeds only, and changes when the token does.
        """
        return self._signed("feed", "")[:FEED_KEY_LENGTH] if self.needs_token_to_read else ""

    def opens_feeds(self, key: str) -> bool:
        """True for the key of this server's feeds."""
        return self.needs_token_to_read and _equal(key, self.feed_key)

    def _opened(self, cookie: str) -> tuple[Level, str] | None:
        body, _, signature = cookie.partition(".")
        if len(cookie) > LONGEST_COOKIE or not _equal(signature, self._signed("session", body)):
            return None
        try:
            told = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        except (ValueError, binascii.Error):
            return None
        if told["until"] < self._clock():
            return None
        return Level(told["level"]), str(told["name"])

    def _signed(self, purpose: str, value: str) -> str:
        return hmac.new(self._key, f"{purpose}:{value}".encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()


def _equal(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())
