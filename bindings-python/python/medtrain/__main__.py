"""The ``medtrain`` command."""

from __future__ import annotations

import signal
import sys

from ._medtrain import run_command


def main() -> int:
    """Runs the command with the arguments of this process, and gives its exit status."""
    # The command is not Python: Ctrl-C ends it as it ends any other.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run_command(["medtrain", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
