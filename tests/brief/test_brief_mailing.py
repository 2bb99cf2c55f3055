"""Messages are what mail programs take, and a real mail server on this machine gets them or says why not."""

import email
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from markdown_it import MarkdownIt
from turning import WHOLE

from communique.brief.composing import compose
from communique.brief.digest import Digest, Section, Sentence, Words
from communique.brief.mailing import MailServer, PartlyRefusedError, address, message, send
from communique.brief.rendering import html, markdown, text
from communique.records import ConfigurationError
from communique.store import Record

WHEN = datetime(2031, 3, 6, 7, 0, tzinfo=UTC)
ANN, BOB = "ann@example.org", "bob@example.org"
EVIL = "<script>alert(1)</script>\r\nBcc: everybody@example.org [x](javascript:alert(1)) <img src=x>"


class Post:
    """What the server was given; it refuses everybody at refused.example, and all messages if `full`."""

    def __init__(self) -> None:
        self.got: list[Envelope] = []
        self.full = False

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]) -> str:
        if to.endswith("@refused.example"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.full:
            return "552 mailbox is full"
        self.got.append(envelope)
        return "250 taken"


def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, told: object) -> AuthResult:
    right = isinstance(told, LoginPassword) and (told.login, told.password) == (b"ann", b"secret")
    return AuthResult(success=right, handled=False)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


Start = Callable[..., tuple[Post, MailServer]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts mail servers and stops them again."""
    running: list[Controller] = []

    def started(**options: object) -> tuple[Post, MailServer]:
        post = Post()
        port = free_port()
        made = Controller(post, hostname="127.0.0.1", port=port, **options)  # type: ignore[arg-type]
        made.start()
        running.append(made)
        return post, MailServer(host="127.0.0.1", port=port, sender=ANN, starttls=False, timeout_s=10)

    yield started
    for each in running:
        each.stop()


@pytest.fixture
def digest(record: Record) -> Digest:
    return compose(record, WHOLE)


def made_for(digest: Digest, *to: str) -> EmailMessage:
    return message(digest, sender="Ann Lee <ann@example.org>", to=to, when=WHEN)


def test_message_has_text_and_page(digest: Digest) -> None:
    read = email.message_from_bytes(made_for(digest, BOB).as_bytes(), policy=default)
    assert read.get_content_type() == "multipart/alternative"
    plain, page = read.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == text(digest)
    assert page.get_content().replace("\r\n", "\n") == html(digest)
    assert read["Subject"] == "Brief, 1 February 2031 to 6 March 2031"
    assert (str(read["From"]), str(read["To"])) == ("Ann Lee <ann@example.org>", BOB)
    assert read["Message-ID"] == made_for(digest, BOB)["Message-ID"]
    assert not read.defects
    assert max(map(len, made_for(digest, BOB).as_bytes().split(b"\r\n"))) <= 998


def test_server_gets_it(digest: Digest, start: Start) -> None:
    post, server = start()
    send(made_for(digest, BOB, "Cem <cem@example.org>"), server, None)
    (got,) = post.got
    assert (got.mail_from, got.rcpt_tos) == (ANN, [BOB, "cem@example.org"])
    assert isinstance(got.content, bytes)
    assert b"What happened" in got.content


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_password_is_asked_for_and_checked(digest: Digest, start: Start) -> None:
    post, server = start(authenticator=authenticate, auth_required=True, auth_require_tls=False)
    known = replace(server, user="ann")
    send(made_for(digest, BOB), known, "secret")
    assert len(post.got) == 1
    with pytest.raises(ConfigurationError, match=r"refuses user ann \(535 .*COMMUNIQUE_SMTP_PASSWORD"):
        send(made_for(digest, BOB), known, "wrong")
    with pytest.raises(ConfigurationError, match="wants a password for ann; set COMMUNIQUE_SMTP_PASSWORD"):
        send(made_for(digest, BOB), known, None)
    with pytest.raises(ConfigurationError, match=r"refuses the sender ann@example.org"):
        send(made_for(digest, BOB), server, None)
    assert len(post.got) == 1


def test_password_never_goes_over_an_open_line(digest: Digest) -> None:
    away = MailServer(host="mail.example.org", port=25, sender=ANN, user="ann", starttls=False)
    with pytest.raises(ConfigurationError, match="unencrypted; set starttls = true"):
        send(made_for(digest, BOB), away, "secret")


def test_refusals_are_told_with_the_recipient(digest: Digest, start: Start) -> None:
    post, server = start()
    with pytest.raises(
        ConfigurationError, match=r"x@refused.example \(550 no such mailbox\); correct --mail"
    ) as all_of_them:
        send(made_for(digest, "x@refused.example"), server, None)
    assert not isinstance(all_of_them.value, PartlyRefusedError)
    with pytest.raises(PartlyRefusedError, match="the others have it"):
        send(made_for(digest, BOB, "x@refused.example"), server, None)
    assert [each.rcpt_tos for each in post.got] == [[BOB]]
    post.full = True
    with pytest.raises(ConfigurationError, match=r"refuses the message \(552 mailbox is full\)"):
        send(made_for(digest, BOB), server, None)


def test_server_that_is_not_there_or_does_not_encrypt(digest: Digest, start: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=rf"cannot reach 127.0.0.1:{port} .*correct `host` and `port`"):
            send(made_for(digest, BOB), MailServer(host="127.0.0.1", port=port, sender=ANN, starttls=False), None)
        taken.listen()  # takes the call and says nothing
        silent = MailServer(host="127.0.0.1", port=port, sender=ANN, starttls=False, timeout_s=0.2)
        with pytest.raises(ConfigurationError, match=r"cannot reach .*timed out"):
            send(made_for(digest, BOB), silent, None)
    _, server = start()
    with pytest.raises(ConfigurationError, match=r"cannot do that .*correct `starttls`"):
        send(made_for(digest, BOB), replace(server, starttls=True), None)


@pytest.mark.parametrize(
    "wrong",
    ["", "ann", "ann@", "@example.org", "a@b.org\nBcc: c@d.org", "a@b.org, c@d.org", "Ann <a@b.org", "a b@c.org"],
)
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(ConfigurationError, match="is no mail address"):
        address(wrong)


def test_words_of_the_web_stay_words() -> None:
    words = Words(quote=EVIL, id="claim-1", source=EVIL, href='https://x.example/") onclick="(', label=EVIL)
    sentence = Sentence(text=EVIL, words=(words,), keys=("k",))
    evil = Digest(
        title=EVIL, period="today", about=(), sections=(Section(title="What", empty="", sentences=(sentence,)),)
    )
    page = html(evil)
    assert "<script>" not in page
    assert "<img" not in page
    assert 'onclick="' not in page
    written = markdown(evil)
    shown = MarkdownIt("commonmark").render(written)
    assert "<script" not in shown
    assert "<img" not in shown
    assert 'javascript:alert(1)"' not in shown
    assert shown.count("<a ") == 1
    assert shown.count("<li>") == 1
    sent = email.message_from_bytes(message(evil, sender=ANN, to=[BOB], when=WHEN).as_bytes(), policy=default)
    assert sent["Bcc"] is None
    assert "Bcc: everybody" in sent["Subject"]
