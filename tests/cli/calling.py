"""What the fixture `command` is: arguments in; exit code, standard output and standard error out."""

from collections.abc import Callable

Command = Callable[..., tuple[int, str, str]]
