"""`communique serve` as a person starts it: what it prints, how it ends, and each way it refuses in one line."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from reading_room import make_record

from communique.cli.serve import address_of, is_loopback

PROGRAM = (sys.executable, "-c", "from communique.cli.entry import main; main()", "serve")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("COMMUNIQUE_")}


@contextmanager
def served(*options: str, told: dict[str, str] | None = None) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The running server and the lines it printed before it answered."""
    process = subprocess.Popen(
        [*PROGRAM, "--port", "0", *options], stderr=subprocess.PIPE, text=True, env=ENVIRONMENT | (told or {})
    )
    assert process.stderr is not None
    try:
        lines = [process.stderr.readline().rstrip()]
        count = 3 if "--write" in options else 2 if told else 1
        lines += [process.stderr.readline().rstrip() for _ in range(count - 1)]
        yield process, lines
    finally:
        process.kill()
        process.wait(10)


def refused(*options: str, told: dict[str, str] | None = None) -> str:
    """The line with which it ends at once."""
    ended = subprocess.run(
        [*PROGRAM, *options], capture_output=True, text=True, env=ENVIRONMENT | (told or {}), timeout=60
    )
    assert ended.returncode == 1, ended.stderr
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == 1, ended.stderr
    assert "Traceback" not in ended.stderr
    return lines[0]


def test_it_prints_its_address_answers_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    place = make_record(tmp_path / "talks.db")
    with served("--record", str(place)) as (process, lines):
        address = re.search(r"http://127\.0\.0\.1:\d+/", lines[0])
        assert address is not None, lines
        with urlopen(f"{address[0]}api/claims?limit=1", timeout=20) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0, errors
    assert errors == ""


def test_with_write_it_makes_a_record_and_prints_a_token_that_writes(tmp_path: Path) -> None:
    place = tmp_path / "new.db"
    with served("--record", str(place), "--write") as (_, lines):
        address = re.search(r"http://127\.0\.0\.1:\d+/", lines[0])
        token = lines[1].partition("token for writing: ")[2]
        assert address is not None
        assert len(token) >= 32
        assert "/enter/" in lines[2]
        asked = Request(f"{address[0]}api/judgements", data=b"{}", method="POST")
        for header, status in ((None, 401), (f"Bearer {token}", 422)):
            if header:
                asked.add_header("Authorization", header)
                asked.add_header("Content-Type", "application/json")
            with pytest.raises(HTTPError) as raised:
                urlopen(asked, timeout=20)
            assert raised.value.code == status
    assert place.exists()


def test_with_a_token_in_the_environment_reading_needs_it(tmp_path: Path) -> None:
    place = make_record(tmp_path / "talks.db")
    token = "a token of sixteen".replace(" ", "-")
    with served("--record", str(place), told={"COMMUNIQUE_TOKEN": token}) as (_, lines):
        address = re.search(r"http://127\.0\.0\.1:\d+/", lines[0])
        assert address is not None
        assert token not in "".join(lines)
        with pytest.raises(HTTPError) as raised:
            urlopen(f"{address[0]}api/claims", timeout=20)
        assert raised.value.code == 401
        asked = Request(f"{address[0]}api/claims", headers={"Authorization": f"Bearer {token}"})
        with urlopen(asked, timeout=20) as answer:
            assert answer.status == 200


def test_there_must_be_a_record(tmp_path: Path) -> None:
    place = tmp_path / "nothing.db"
    assert "there is no record here yet" in refused("--record", str(place), "--port", "0")
    assert not place.exists()


def test_others_reach_it_only_with_a_token(tmp_path: Path) -> None:
    place = make_record(tmp_path / "talks.db")
    line = refused("--record", str(place), "--host", "0.0.0.0", "--port", "0")
    assert "COMMUNIQUE_TOKEN" in line
    line = refused("--record", str(place), "--port", "0", told={"COMMUNIQUE_TOKEN": "short"})
    assert "16" in line


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    place = make_record(tmp_path / "talks.db")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        line = refused("--record", str(place), "--port", port)
    assert port in line
    assert "--port" in line


def test_a_host_that_is_none(tmp_path: Path) -> None:
    place = make_record(tmp_path / "talks.db")
    told = {"COMMUNIQUE_TOKEN": "a-token-of-sixteen-letters"}
    assert "--host nowhere.invalid" in refused("--record", str(place), "--host", "nowhere.invalid", told=told)


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False),
     ("192.168.1.5", False), ("news.example", False)],
)  # fmt: skip
def test_what_only_this_machine_reaches(host: str, local: bool) -> None:
    assert is_loopback(host) is local


def test_addresses_to_open() -> None:
    assert address_of("::1", 8000) == "http://[::1]:8000/"
    assert address_of("0.0.0.0", 80) == "http://localhost:80/"
