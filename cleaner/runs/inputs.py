"""What a command reads, and that none of it is a place for results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from cleaner.errors import KanwuError
from cleaner.reading.discover import SUFFIXES, suffix_of, walk
from cleaner.runs.baseline import names_of
from cleaner.runs.outfolder import is_run
from cleaner.runs.undo import read_run


class PlaceError(KanwuError):
    """A file for results would take the place of an input."""


def refuse_inputs(named: Iterable[tuple[str, Path]], read: Iterable[Path]) -> None:
    """Check that no path for results is the same file as one that is read.

    Args:
        named: paths for results, each with the option it stands behind, as the user wrote it.
        read: what is read; looked through only if one of the paths is there.

    Raises:
        PlaceError: one is.
    """
    there = {_identity(path): option for option, path in named if path.exists()}
    if not there:
        return
    for path in read:
        with suppress(OSError):  # what is not there cannot be overwritten
            if (option := there.get(_identity(path))) is not None:
                raise PlaceError(
                    f"{option}: it is one of the inputs, which are not written to; name another file"
                )


def _identity(path: Path) -> tuple[int, int]:
    """What two names of one file have in common, through links and whatever the case of their letters."""
    found = path.stat()
    return found.st_dev, found.st_ino


def read_by(inputs: Sequence[str], out: Path | None) -> Iterator[Path]:
    """The files that a command over ``inputs`` reads: those named, documents below folders, earlier runs.

    Raises:
        InputError: nothing to read, or two files of one name.
    """
    runs = [given for given in inputs if is_run(Path(given))]
    for run in runs:
        yield from files_of_run(Path(run))
    files = [given for given in inputs if Path(given).is_file()]
    yield from map(Path, files)
    rest = [given for given in inputs if given not in runs and given not in files]
    if rest:
        yield from (found.path for found in walk(rest, out) if suffix_of(found.path) in SUFFIXES)


def files_of_run(out: Path) -> Iterator[Path]:
    """What an earlier run left in ``out``, and the documents that it read.

    Raises:
        UndoError: a run of another version.
    """
    run = read_run(out)
    yield out / "run.json"
    yield from (out / output["path"] for output in run["outputs"])
    for entry in run["inputs"]:
        yield Path(names_of(entry, out)[entry["doc"]])
