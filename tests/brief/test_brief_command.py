"""`communique brief` and `communique watch` as a person or a cron line starts them."""

import email
import json
from collections.abc import Iterator
from datetime import date
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from awkward import linked_event
from handmade import LATER_RUN, coded_article
from test_brief_mailing import Post, free_port

from communique.brief import watches
from communique.cli.main import run
from communique.records import Links, StorageError
from communique.store import Record


class Called:
    """Runs a command in the working folder."""

    def __init__(self, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        self._captured = capfdbinary

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        out, err = self._captured.readouterr()
        return code, out.decode(), err.decode()


@pytest.fixture
def command(
    talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Called:
    monkeypatch.chdir(tmp_path)
    for name in ("COMMUNIQUE_RECORD", "COMMUNIQUE_SETTINGS", "COMMUNIQUE_SMTP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    return Called(capfdbinary)


@pytest.fixture
def post(command: Called) -> Iterator[Post]:
    """A mail server, and settings that name it."""
    made = Post()
    port = free_port()
    controller = Controller(made, hostname="127.0.0.1", port=port)
    controller.start()
    Path("communique.toml").write_text(
        f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsender = "ann@example.org"\nstarttls = false\n'
    )
    yield made
    controller.stop()


def test_formats_and_files(command: Called) -> None:
    code, out, _ = command("brief", "--since", "2031-02", "--until", "2031-03-06")
    assert code == 0
    assert out.startswith("# Brief\n")
    assert "- On 3 March, Norland and Sudria met in Port Vell" in out
    code, out, _ = command(
        "brief", "--since", "2031-02", "--until", "2031-03-06", "--format", "html", "--out", "brief.html"
    )
    assert (code, out) == (0, "")
    assert Path("brief.html").read_text().startswith("<!DOCTYPE html>")
    code, out, _ = command("brief", "--since", "2031-02", "--until", "2031-03-06", "--format", "eml")
    assert email.message_from_string(out, policy=default)["Subject"] == "Brief, 1 February 2031 to 6 March 2031"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (["--since", "soon"], "'soon' is no day"),
        (["--since", "2031-03", "--until", "2031-02"], "is later than --until"),
        (["--base", "javascript:alert(1)"], "is no address"),
        (["--about", " "], "names nothing"),
        (["--out", "no/such/folder/x.md"], "cannot be written"),
    ],
)
def test_mistakes_are_told_in_one_line(command: Called, wrong: list[str], told: str) -> None:
    code, out, err = command("brief", *wrong)
    assert code in (1, 2)
    assert out == ""
    assert told in err.splitlines()[-1]


def test_a_watch_tells_only_what_is_new(command: Called, talks: Path) -> None:
    assert command("watch", "add", "sudria", "--about", "Sudria", "--since", "2031-02")[0] == 0
    code, out, _ = command("watch", "run", "sudria")
    assert code == 0
    assert out.startswith("# sudria: what is new\n")
    assert "Sudria demanded" in out
    for _ in range(2):
        code, out, err = command("watch", "run")
        assert (code, out, err) == (0, "", "")
    event = linked_event(coded_article("later.txt", published=date(2031, 3, 8)).claims[1])
    with Record.open(talks, create=True) as record:
        record.add(coded_article("later.txt", published=date(2031, 3, 8)), LATER_RUN)
        record.replace_links((), Links(events=(event,)))
    code, out, _ = command("watch", "run")
    assert code == 0
    assert "What happened" in out
    assert event.claims[0] in out
    assert "What changed" not in out
    assert "What is disputed" not in out
    assert command("watch", "run")[1] == ""


def test_from_now_and_names(command: Called) -> None:
    assert command("watch", "add", "quiet", "--from-now")[0] == 0
    assert command("watch", "run", "quiet")[:2] == (0, "")
    code, _, err = command("watch", "add", "quiet")
    assert code == 1
    assert "there is 'quiet' already" in err
    code, out, _ = command("watch", "list")
    assert "quiet" in out
    assert "everything" in out
    code, _, err = command("watch", "run", "loud")
    assert code == 1
    assert "no watch is called 'loud'; there are quiet" in err
    assert command("watch", "add", "../x")[0] == 1
    assert command("watch", "remove", "quiet")[0] == 0
    assert "There are no watches" in command("watch", "list")[2]


def test_mail_goes_once_and_a_failure_tells_it_again(command: Called, post: Post) -> None:
    command("watch", "add", "sudria", "--about", "Sudria", "--mail", "bob@example.org")
    post.full = True
    code, out, err = command("watch", "run")
    assert (code, out) == (1, "")
    assert "552 mailbox is full" in err
    post.full = False
    assert command("watch", "run")[:2] == (0, "")
    assert command("watch", "run")[:2] == (0, "")
    (got,) = post.got
    assert got.rcpt_tos == ["bob@example.org"]
    assert isinstance(got.content, bytes)
    read = email.message_from_bytes(got.content, policy=default)
    assert read["Subject"].startswith("sudria: what is new, ")


def test_who_is_refused_does_not_make_the_others_get_it_twice(command: Called, post: Post) -> None:
    command("watch", "add", "all")
    code, _, err = command("watch", "run", "--mail", "bob@example.org", "--mail", "x@refused.example")
    assert code == 1
    assert "the others have it" in err
    assert command("watch", "run", "--mail", "bob@example.org")[0] == 0
    assert len(post.got) == 1


def test_mail_needs_settings(command: Called) -> None:
    command("watch", "add", "all")
    code, _, err = command("watch", "run", "--mail", "bob@example.org")
    assert code == 1
    assert "write [mail] with host and sender" in err
    code, _, err = command("watch", "run", "--mail", "bob@example.org\nBcc: x@example.org")
    assert code == 1
    assert "is no mail address" in err
    Path("communique.toml").write_text('[mail]\nhost = "h"\nsender = "a@b.org"\npassword = "x"\n')
    code, _, err = command("watch", "run")
    assert code == 1
    assert "`mail.password` is no setting; known are host, port, user, sender, starttls" in err
    Path("communique.toml").write_text('[mail]\nhost = "h"\n')
    assert "`mail.sender` is missing" in command("watch", "run")[2]


def test_the_file_is_whole_or_said_to_be_damaged(command: Called, talks: Path) -> None:
    path = watches.watches_path(talks)
    assert watches.load(path) == {}
    command("watch", "add", "all", "--since", "7d")
    assert watches.load(path)["all"].since == "7d"
    assert [each.name for each in path.parent.glob(".*.part")] == []
    for damaged in ("{", "[]", json.dumps({"version": 2, "watches": []}), json.dumps({"version": 1, "watches": [{}]})):
        path.write_text(damaged)
        with pytest.raises(StorageError, match=r"watches\.json"):
            watches.load(path)


def test_settings_of_mail_have_no_part_in_the_coding() -> None:
    from communique.run.settings import MailSettings, Settings

    mail = MailSettings(host="h", sender="a@b.org")
    assert Settings(mail=mail).described() == Settings().described()
