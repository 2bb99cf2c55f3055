"""A user's own files, of actors, event types and issues → what the stages take; parsed once for each state of a file."""

from functools import lru_cache
from pathlib import Path

from communique.codebook.actors import ActorEntry, load_user_actors
from communique.codebook.custom import CustomLabel, load_custom
from communique.codebook.issues import Issue, load_issues
from communique.codebook.own_issues import load_own_issues, with_own
from communique.records import ConfigurationError
from communique.run.settings import Settings


def own_actors(settings: Settings) -> tuple[ActorEntry, ...]:
    """The user's actors, none without a file. Raises ConfigurationError naming the file, the entry and the remedy."""
    content = settings.actors_content()
    return () if content is None or settings.actors is None else _actors(settings.actors, content)


def own_labels(settings: Settings) -> tuple[CustomLabel, ...]:
    """The user's event types and modes, in the order of the settings. Raises ConfigurationError, also for a name given twice."""
    labels = tuple(map(_label, settings.codebook, settings.codebook_contents()))
    for number, label in enumerate(labels):
        twin = next((each for each in labels[:number] if each.name == label.name), None)
        if twin is not None:
            raise ConfigurationError(
                f"{label.source}: {label.name} is defined in {twin.source} too; rename one of them"
            )
    return labels


def issues_of(settings: Settings) -> tuple[Issue, ...]:
    """The issues to be found: the user's before the codebook's. Raises ConfigurationError and CodebookError."""
    content = settings.issues_content()
    return load_issues() if content is None or settings.issues is None else _issues(settings.issues, content)


@lru_cache(maxsize=4)
def _issues(path: Path, content: bytes) -> tuple[Issue, ...]:
    return with_own(load_own_issues(path))


@lru_cache(maxsize=4)
def _actors(path: Path, content: bytes) -> tuple[ActorEntry, ...]:
    """`content` only tells one state of the file from another."""
    return load_user_actors(path)


@lru_cache(maxsize=32)
def _label(path: Path, content: bytes) -> CustomLabel:
    return load_custom(path)
