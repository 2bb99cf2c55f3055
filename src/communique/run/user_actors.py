"""A user's own file of actors → what `find_cast` takes as `user_actors`; parsed once for each state of the file."""

from functools import lru_cache
from pathlib import Path

from communique.codebook.actors import ActorEntry, load_user_actors
from communique.run.settings import Settings


def own_actors(settings: Settings) -> tuple[ActorEntry, ...]:
    """The user's actors, none without a file. Raises ConfigurationError naming the file, the entry and the remedy."""
    content = settings.actors_content()
    return () if content is None or settings.actors is None else _parsed(settings.actors, content)


@lru_cache(maxsize=4)
def _parsed(path: Path, content: bytes) -> tuple[ActorEntry, ...]:
    """`content` only tells one state of the file from another."""
    return load_user_actors(path)
