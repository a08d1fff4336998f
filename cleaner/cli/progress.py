"""How far a run is: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from cleaner.cli.stdio import say
from cleaner.errors import KanwuError
from cleaner.reading.discover import Found, discover
from cleaner.reports.safe import one_line
from cleaner.runs.outfolder import is_run

if TYPE_CHECKING:
    from cleaner.runs.execute import Progress

EVERY = 10.0
"""Seconds between two plain lines: a short run says nothing, a log of a long one stays readable."""


@contextmanager
def progress(
    inputs: Sequence[str], out: Path, quiet: bool, in_parts: bool = False
) -> Iterator[Progress | None]:
    """What a run over ``inputs`` may call after each file, or each part; None where nobody wants to know.

    How many parts there will be is known to no one before the inputs are read.
    """
    if quiet:
        yield None
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with _bar(None if in_parts else _expected(inputs, out)) as advance:
            yield advance
    else:
        yield lines(None if in_parts else _expected(inputs, out), say)


def lines(
    expected: int | None, tell: Callable[[str], None], clock: Callable[[], float] = monotonic
) -> Progress:
    """A progress that tells a line at most every ``EVERY`` seconds."""
    done, last = 0, clock()
    total = "" if expected is None else f"/{expected}"

    def advance(found: Found) -> None:
        nonlocal done, last
        done += 1
        if clock() - last >= EVERY:
            last = clock()
            tell(f"kanwu: {done}{total} {one_line(found.doc)}")

    return advance


def _expected(inputs: Sequence[str], out: Path) -> int | None:
    """How many files there are to do; None where that is for the run itself to complain about."""
    try:
        return len(discover([given for given in inputs if not is_run(Path(given))], out))
    except KanwuError:
        return None


@contextmanager
def _bar(expected: int | None) -> Iterator[Progress]:
    """A bar that goes when the work is done; rich leaves its colours out where NO_COLOR is set."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=expected)

        def advance(found: Found) -> None:
            bar.update(task, advance=1, description=one_line(found.doc, 60))

        yield advance
