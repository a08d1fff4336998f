"""UTF-8 on every console, results to stdout, messages to stderr."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TextIO

from cleaner.errors import KanwuError
from cleaner.reports.safe import one_line


class StdoutError(KanwuError):
    """Stdout takes nothing: a full disk behind it, or no one who reads."""


def utf8(stream: TextIO) -> None:
    """Write UTF-8 whatever the console's code page is; what it cannot show is escaped."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(message: str) -> None:
    """One line to stderr, whatever a file is called."""
    print(one_line(message), file=sys.stderr)


def put(data: str | bytes) -> None:
    """Text or bytes to stdout, all of it before this returns.

    Raises:
        StdoutError: it cannot be written.
    """
    try:
        if isinstance(data, bytes):
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
        else:
            sys.stdout.write(data)
        sys.stdout.flush()
    except OSError as error:
        _leave_stdout()
        message = f"cannot write stdout: {error.strerror}; make room, or send it elsewhere"
        raise StdoutError(message) from error


def _leave_stdout() -> None:
    """What is still held goes nowhere: else Python would try once more at its end, and fail with a traceback."""
    with suppress(OSError):  # a stream of a test has no number
        number = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
