"""UTF-8 on every console, and messages to stderr."""

from __future__ import annotations

import io
import sys
from typing import TextIO


def utf8(stream: TextIO) -> None:
    """Write UTF-8 whatever the console's code page is; what it cannot show is escaped."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(message: str) -> None:
    """One line to stderr."""
    print(message, file=sys.stderr)
