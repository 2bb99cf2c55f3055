"""The installed command: an interrupt while the program is still being loaded ends it as quietly as a later one."""

import os
import sys


def main() -> None:
    """Loads and runs the command line; exit status 130 after Ctrl-C."""
    try:
        from communique.cli.main import main as run
    except KeyboardInterrupt:
        sys.stderr.write("communique: stopped by Ctrl-C\n")
        sys.stderr.flush()
        os._exit(130)
    run()
