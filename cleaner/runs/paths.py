"""Paths as files name each other: with slashes, from the folder of the file that names."""

from __future__ import annotations

import os
from pathlib import Path


def seen_from(path: Path, folder: Path) -> str:
    """``path`` as seen from ``folder``; whole where no way leads there, from one drive to another."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.resolve().as_posix()
