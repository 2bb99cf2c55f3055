"""`communique.toml` → Settings. Without a file everything has a sensible value; a key that means nothing is refused.

# communique.toml
record = "communique.db"       # where the record is kept
actors = "my-actors.yaml"      # actors of your own, added to the codebook's
codebook = ["water.yaml"]      # event types and modes of your own (see codebook/custom.py)
issues = "my-issues.yaml"      # matters of your own on which parties hold positions (see codebook/own_issues.py)
max_characters = 500000        # longer articles are not coded

[mail]                         # for `communique watch run --mail`; the password is in COMMUNIQUE_SMTP_PASSWORD
host = "smtp.example.org"      # the server
port = 587                     # 465 is encrypted from the first byte
user = "ann"                   # without it no password is sent
sender = "Ann Lee <ann@example.org>"  # who the message is from
starttls = true                # encrypt before anything is sent
"""

import hashlib
import json
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from communique.records import ConfigurationError

SETTINGS_FILE = "communique.toml"


class MailSettings(BaseModel):
    """The user's mail server. It has no part in the coding, and the password is never kept in a file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field(min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    user: str | None = Field(default=None, min_length=1)
    sender: str = Field(min_length=3)
    starttls: bool = True


class Settings(BaseModel):
    """All that a user can set. `actors`, `codebook` and `issues` are relative to the settings file.

    Only what changes the coding is hashed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    record: Path = Path("communique.db")
    actors: Path | None = None
    codebook: tuple[Path, ...] = ()
    issues: Path | None = None
    max_characters: int = Field(default=500_000, ge=1)
    mail: MailSettings | None = None

    def described(self) -> str:
        """What of it decides the coding, as JSON with sorted keys: the user's files stand in it by their SHA-256."""
        content = self.actors_content()
        told: dict[str, int | str | list[str] | None] = {
            "actors": hashlib.sha256(content).hexdigest() if content is not None else None,
            "max_characters": self.max_characters,
        }
        if self.codebook:
            told["codebook"] = [hashlib.sha256(each).hexdigest() for each in self.codebook_contents()]
        issues = self.issues_content()
        if issues is not None:
            told["issues"] = hashlib.sha256(issues).hexdigest()
        return json.dumps(told, sort_keys=True)

    def issues_content(self) -> bytes | None:
        """The bytes of the user's file of issues, None without one. Raises ConfigurationError when it cannot be read."""
        return None if self.issues is None else _bytes_of(self.issues, "issues")

    def codebook_contents(self) -> tuple[bytes, ...]:
        """The bytes of the user's codebook files. Raises ConfigurationError for one that cannot be read."""
        return tuple(_bytes_of(path, "codebook") for path in self.codebook)

    def actors_content(self) -> bytes | None:
        """The bytes of the user's file of actors, None without one. Raises ConfigurationError when it cannot be read."""
        if self.actors is None:
            return None
        return _bytes_of(self.actors, "actors")


def load_settings(path: Path | None = None) -> Settings:
    """The settings in `path`, or in communique.toml of the working folder if there is one. Raises ConfigurationError."""
    place = path or Path(SETTINGS_FILE)
    if path is None and not place.is_file():
        return Settings()
    try:
        found = tomllib.loads(place.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(
            f"{place}: cannot be read ({error.strerror}); check the path of the settings"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{place}: is not valid TOML ({error}); correct the line named") from error
    try:
        settings = Settings.model_validate(found)
    except ValidationError as error:
        raise ConfigurationError(f"{place}: {_first_fault(error)}") from error
    return settings.model_copy(
        update={
            "actors": settings.actors and place.parent / settings.actors,
            "codebook": tuple(place.parent / each for each in settings.codebook),
            "issues": settings.issues and place.parent / settings.issues,
        }
    )


def _bytes_of(path: Path, key: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"{path}: cannot be read ({error.strerror}); correct `{key}` in {SETTINGS_FILE}"
        ) from error


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        known = (
            MailSettings.model_fields if len(fault["loc"]) > 1 and fault["loc"][0] == "mail" else Settings.model_fields
        )
        return f"`{key}` is no setting; known are {', '.join(known)}"
    if fault["type"] == "missing":
        return f"`{key}` is missing; write it down"
    return f"`{key}` cannot be {fault['input']!r} ({fault['msg'].lower()}); correct it or leave it out"
