"""`communique.toml` → Settings. Without a file everything has a sensible value; a key that means nothing is refused.

# communique.toml
record = "communique.db"       # where the record is kept
actors = "my-actors.yaml"      # actors of your own, added to the codebook's
max_characters = 500000        # longer articles are not coded
"""

import hashlib
import json
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from communique.records import ConfigurationError

SETTINGS_FILE = "communique.toml"


class Settings(BaseModel):
    """All that a user can set. `actors` is taken relative to the settings file; only what changes the coding is hashed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    record: Path = Path("communique.db")
    actors: Path | None = None
    max_characters: int = Field(default=500_000, ge=1)

    def described(self) -> str:
        """What of it decides the coding, as JSON with sorted keys: the file of actors stands in it by its SHA-256."""
        content = self.actors_content()
        hashed = hashlib.sha256(content).hexdigest() if content is not None else None
        return json.dumps({"actors": hashed, "max_characters": self.max_characters}, sort_keys=True)

    def actors_content(self) -> bytes | None:
        """The bytes of the user's file of actors, None without one. Raises ConfigurationError when it cannot be read."""
        if self.actors is None:
            return None
        try:
            return self.actors.read_bytes()
        except OSError as error:
            raise ConfigurationError(
                f"{self.actors}: the file of actors cannot be read ({error.strerror}); correct `actors` in {SETTINGS_FILE}"
            ) from error


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
    beside = settings.actors and place.parent / settings.actors
    return settings.model_copy(update={"actors": beside})


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f"`{key}` is no setting; known are {', '.join(Settings.model_fields)}"
    return f"`{key}` cannot be {fault['input']!r} ({fault['msg'].lower()}); correct it or leave it out"
