"""A digest → an e-mail message, and the message → the user's own mail server.

Plain text and HTML stand side by side in it (multipart/alternative, RFC 2046). A password is never sent over a line that others
can read. Every failure is a ConfigurationError of one line.
"""

import hashlib
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from communique.brief.digest import Digest
from communique.brief.rendering import html, one_line, text
from communique.records import ConfigurationError

TIMEOUT_S = 30.0
TLS_PORT = 465  # encrypted from the first byte: RFC 8314, section 3.3
HERE = ("localhost", "127.0.0.1", "::1")
PASSWORD = "COMMUNIQUE_SMTP_PASSWORD"


class PartlyRefusedError(ConfigurationError):
    """Some recipients have the message, others were refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """As [mail] of communique.toml has it. `user` None: the server asks for no password."""

    host: str
    port: int
    sender: str
    user: str | None = None
    starttls: bool = True
    timeout_s: float = TIMEOUT_S

    @property
    def name(self) -> str:
        """Host and port."""
        return f"{self.host}:{self.port}"


def message(
    digest: Digest, *, sender: str, to: Sequence[str], when: datetime, subject: str | None = None
) -> EmailMessage:
    """The digest as a message; `when` has a time zone. Raises ConfigurationError for an address that is none."""
    made = EmailMessage(policy=SMTP.clone(max_line_length=78))
    made["Subject"] = one_line(subject or f"{digest.title}, {digest.period}")
    made["From"] = address(sender)
    if to:
        made["To"] = [address(each) for each in to]
    made["Date"] = format_datetime(when)
    plain, page = text(digest), html(digest)
    identity = hashlib.sha256("\n".join((when.isoformat(), *to, plain)).encode(errors="replace")).hexdigest()[:32]
    made["Message-ID"] = f"<{identity}@{address(sender).domain}>"
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: nothing answers it by itself
    made.set_content(plain, cte="quoted-printable")
    made.add_alternative(page, subtype="html", cte="quoted-printable")
    return made


def address(text: str) -> Address:
    """`ann@example.org` or `Ann Lee <ann@example.org>`. Raises ConfigurationError."""
    name, bracket, rest = text.strip().rpartition("<")
    own = rest.removesuffix(">") if bracket else text.strip()
    try:
        if not text.isprintable() or bool(bracket) != rest.endswith(">") or any(each in own for each in " ,;<>"):
            raise ValueError
        made = Address(display_name=name.strip().strip('"'), addr_spec=own)
    except (ValueError, IndexError, MessageError) as error:
        raise ConfigurationError(f"{text!r}: is no mail address; write name@example.org") from error
    if not made.username or not made.domain:
        raise ConfigurationError(f"{text!r}: is no mail address; write name@example.org")
    return made


def send(made: EmailMessage, server: MailServer, password: str | None) -> None:
    """Hands the message to the server, to all who stand in To. Raises ConfigurationError when not all of them get it,
    and its child PartlyRefusedError when some do."""
    encrypted = server.starttls or server.port == TLS_PORT
    if server.user is not None and not password:
        raise ConfigurationError(f"mail: {server.name} wants a password for {server.user}; set {PASSWORD}")
    if server.user is not None and not encrypted and server.host not in HERE:
        raise ConfigurationError(
            f"mail: a password would go to {server.name} unencrypted; set starttls = true in [mail]"
        )
    try:
        with _connected(server) as connection:
            if server.starttls and server.port != TLS_PORT:
                connection.starttls(context=ssl.create_default_context())
            if server.user is not None and password:
                connection.login(server.user, password)
            refused = connection.send_message(made)
    except smtplib.SMTPAuthenticationError as error:
        raise ConfigurationError(
            f"mail: {server.name} refuses user {server.user} ({_told(error)}); correct `user` in [mail] or {PASSWORD}"
        ) from error
    except smtplib.SMTPRecipientsRefused as error:
        raise _refusal(server, error.recipients) from error
    except smtplib.SMTPSenderRefused as error:
        raise ConfigurationError(
            f"mail: {server.name} refuses the sender {error.sender} ({_told(error)}); correct `sender` in [mail]"
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise ConfigurationError(
            f"mail: {server.name} cannot do that ({error}); correct `starttls` or `user` in [mail]"
        ) from error
    except smtplib.SMTPResponseException as error:
        raise ConfigurationError(
            f"mail: {server.name} refuses the message ({_told(error)}); ask who runs it"
        ) from error
    except ssl.SSLError as error:
        raise ConfigurationError(
            f"mail: no encrypted line to {server.name} ({error.reason or error}); correct `host`, `port` or `starttls` in [mail]"
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        reason = one_line(str(error)) or type(error).__name__
        raise ConfigurationError(
            f"mail: cannot reach {server.name} ({reason}); correct `host` and `port` in [mail]"
        ) from error
    if refused:
        raise _refusal(server, refused, some=True)


def _connected(server: MailServer) -> smtplib.SMTP:
    if server.port == TLS_PORT:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout_s, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=server.timeout_s)


def _refusal(server: MailServer, refused: dict[str, tuple[int, bytes]], *, some: bool = False) -> ConfigurationError:
    kind = PartlyRefusedError if some else ConfigurationError
    named = "; ".join(f"{each} ({code} {_decoded(said)})" for each, (code, said) in sorted(refused.items()))
    beside = "; the others have it" if some else ""
    return kind(f"mail: {server.name} does not take it for {named}{beside}; correct --mail")


def _told(error: smtplib.SMTPResponseException) -> str:
    return f"{error.smtp_code} {_decoded(error.smtp_error)}"


def _decoded(said: bytes | str) -> str:
    return one_line(said.decode("utf-8", "replace") if isinstance(said, bytes) else said)
