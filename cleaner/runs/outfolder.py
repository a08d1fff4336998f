"""OUT: built beside, renamed when whole, replaced only if it is ours."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cleaner.errors import KanwuError
from cleaner.runs import patient

MARK = ".kanwu-partial"
"""Says that a folder under construction is ours, so that the next run may clear what a killed one left."""


class OutError(KanwuError):
    """OUT cannot be written, or holds something that is not ours."""


def refuse_foreign(out: Path) -> None:
    """Check that ``out`` may be replaced: absent, empty, or a folder of an earlier run.

    Raises:
        OutError: it is a file, or a folder without a run.json of ours.
    """
    if not out.exists() and not out.is_symlink():
        return
    if not out.is_dir():
        raise OutError(f"{out} is not a folder; name another with -o")
    if any(out.iterdir()) and not is_run(out):
        raise OutError(
            f"{out} holds files that are not of an earlier run (no run.json of kanwu); name another folder with -o"
        )


def is_run(folder: Path) -> bool:
    """Whether ``folder`` holds a run.json of ours."""
    try:
        return bool(json.loads((folder / "run.json").read_text("utf-8")).get("product") == "kanwu")
    except (OSError, ValueError, AttributeError):
        return False


@contextmanager
def building(out: Path) -> Iterator[Path]:
    """A folder to build a run in; it takes the place of ``out`` when the block ends without an error.

    Raises:
        OutError: ``out`` is not ours, or its parent cannot be written.
    """
    refuse_foreign(out)
    partial = out.with_name(out.name + ".partial")
    try:
        clear_partial(partial)
        partial.mkdir(parents=True)
        (partial / MARK).touch()
    except OSError as error:
        raise OutError(f"cannot write {partial}: {error.strerror}; name another folder with -o") from error
    try:
        yield partial
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    swap(partial, out)


def clear_partial(partial: Path) -> None:
    """Remove what a killed run left in ``partial``.

    Raises:
        OutError: a folder of that name with files that are not ours; it is not touched.
    """
    refuse_foreign_partial(partial)
    if partial.exists():
        shutil.rmtree(partial)


def refuse_foreign_partial(partial: Path) -> None:
    """Check that ``partial`` is absent, empty, or what a killed run left.

    Raises:
        OutError: it is not.
    """
    if partial.exists() and not (partial / MARK).exists() and any(partial.iterdir()):
        raise OutError(f"{partial} is in the way and not ours; move it, or name another folder with -o")


def swap(partial: Path, out: Path) -> None:
    """Put a run that is whole in the place of the one before.

    Raises:
        OutError: it cannot be renamed; the run stays where it was built.
    """
    old = out.with_name(out.name + ".old")
    (partial / MARK).unlink(missing_ok=True)
    try:
        if out.exists():
            if old.exists():
                patient.remove(old)
            patient.rename(out, old)
        patient.rename(partial, out)
    except OSError as error:
        if old.exists() and not out.exists():
            patient.rename(old, out)
        raise OutError(
            f"cannot put {partial} in the place of {out}: {error.strerror}; the new run is whole there"
        ) from error
    shutil.rmtree(old, ignore_errors=True)
