"""A user's own file of actors → what `find_cast` takes as `user_actors`; read once for each state of the file."""

from functools import lru_cache
from typing import Any

from communique.records import ConfigurationError
from communique.run.settings import Settings


def load_user_actors(settings: Settings) -> tuple[Any, ...]:
    """The user's actors, none without a file. Raises ConfigurationError naming the file and the fault."""
    content = settings.actors_content()
    if content is None:
        return ()
    return _parsed(content, str(settings.actors))


@lru_cache(maxsize=4)
def _parsed(content: bytes, name: str) -> tuple[Any, ...]:
    raise ConfigurationError(f"{name}: own actors cannot be read yet; leave `actors` out of the settings")
