"""What went wrong, in one line, and exit code 2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from cleaner.cli.stdio import say
from cleaner.errors import KanwuError


@contextmanager
def reported() -> Iterator[None]:
    """Turn the errors that a user can cause and mend into a line on stderr and exit code 2."""
    try:
        yield
    except (KanwuError, typer.BadParameter) as error:
        say(f"kanwu: {error}")
        raise typer.Exit(2) from error
