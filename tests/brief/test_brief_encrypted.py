"""STARTTLS with a real server: a certificate that is not trusted stops the message, one that is lets it and the password pass."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from test_brief_mailing import ANN, BOB, Post, authenticate, free_port, made_for
from turning import WHOLE

from communique.brief.composing import compose
from communique.brief.mailing import MailServer, send
from communique.records import ConfigurationError
from communique.store import Record

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine's own, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    made += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(made, check=True, capture_output=True)
    return cert, key


@pytest.fixture
def encrypted(certificate: tuple[Path, Path]) -> Iterator[tuple[Post, MailServer]]:
    """A server that takes nothing before STARTTLS and a password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    post, port = Post(), free_port()
    running = Controller(
        post,
        hostname="127.0.0.1",
        port=port,
        tls_context=context,
        require_starttls=True,
        authenticator=authenticate,
        auth_required=True,
    )
    running.start()
    yield post, MailServer(host="127.0.0.1", port=port, sender=ANN, user="ann", timeout_s=10)
    running.stop()


def test_trusted_certificate(
    record: Record,
    encrypted: tuple[Post, MailServer],
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    post, server = encrypted
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    send(made_for(compose(record, WHOLE), BOB), server, "secret")
    assert [each.rcpt_tos for each in post.got] == [[BOB]]


def test_certificate_that_nobody_vouches_for(record: Record, encrypted: tuple[Post, MailServer]) -> None:
    post, server = encrypted
    with pytest.raises(ConfigurationError, match=r"no encrypted line to 127\.0\.0\.1"):
        send(made_for(compose(record, WHOLE), BOB), server, "secret")
    with pytest.raises(ConfigurationError, match=r"mail: 127\.0\.0\.1"):
        send(made_for(compose(record, WHOLE), BOB), replace(server, user=None, starttls=False), None)
    assert post.got == []
