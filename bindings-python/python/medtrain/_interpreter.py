"""One interpreter of a process uses medtrain: the compiled part makes objects of the classes of the first that imports it."""

from __future__ import annotations

import importlib

from ._medtrain import claim


def _current() -> int:
    """The interpreter that runs this; 0 is the main one."""
    for name in ("_interpreters", "_xxsubinterpreters"):
        try:
            current = importlib.import_module(name).get_current()
        except ImportError:
            continue
        return int(current[0] if isinstance(current, tuple) else current)
    return 0


if not claim(_current()):
    raise ImportError("medtrain is used by another interpreter of this process: let one of them ask for the others, or use processes")
