"""Renaming and removing where another program may hold a file for a moment.

On Windows a scanner, an indexer or an editor that has a file open makes a rename fail with a sharing violation; a
moment later it succeeds. Elsewhere a refusal is final.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from time import sleep

PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between one try and the next, three in all: longer than a scanner holds a small file."""
LOCKS = os.name == "nt"
"""Whether an open file cannot be renamed here."""


def rename(source: Path, target: Path) -> None:
    """Rename ``source`` to ``target``, which is replaced if it is a file.

    Raises:
        OSError: still refused after the last try.
    """
    _insist(lambda: source.replace(target))


def remove(folder: Path) -> None:
    """Remove a folder and all in it.

    Raises:
        OSError: still refused after the last try.
    """
    _insist(lambda: shutil.rmtree(folder))


def _insist(act: Callable[[], object]) -> None:
    for pause in PAUSES if LOCKS else ():
        try:
            act()
        except PermissionError:
            sleep(pause)
        else:
            return
    act()
