"""OUT: built beside, renamed when whole, replaced only if it is ours."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cleaner.errors import KanwuError
from cleaner.runs import patient

MARK = ".kanwu-partial"
"""Says that a folder under construction is ours, so that the next run may clear what a killed one left."""
OLD_MARK = ".kanwu-old"
"""Says that a folder beside OUT is the run before, set aside by us, and may go."""


class OutError(KanwuError):
    """OUT cannot be written, or holds something that is not ours."""


def refuse_foreign(out: Path) -> None:
    """Check that ``out`` may be replaced: absent, empty, or a folder of an earlier run.

    Raises:
        OutError: it is a file, a folder without a run.json of ours or without a name (``.``), or something that is
            not ours stands where the run before is set aside.
    """
    if out.name in ("", ".."):
        raise OutError(
            f"a run replaces its folder as a whole, and {out} cannot be; name a folder inside it with -o"
        )
    _refuse_in_the_way(_beside(out, ".old"), OLD_MARK)
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


def _beside(out: Path, suffix: str) -> Path:
    """The neighbour of ``out``; of the folder that it leads to, where it is a link: a link stays one."""
    real = out.resolve() if out.is_symlink() else out
    return real.with_name(real.name + suffix)


def _refuse_in_the_way(folder: Path, mark: str) -> None:
    """Check that ``folder`` is absent or carries our mark."""
    present = folder.exists() or folder.is_symlink()
    if present and (folder.is_symlink() or not (folder / mark).exists()):
        raise OutError(f"{folder} is in the way and not ours; move it, or name another folder with -o")


@contextmanager
def building(out: Path) -> Iterator[Path]:
    """A folder to build a run in; it takes the place of ``out`` when the block ends without an error.

    Raises:
        OutError: ``out`` is not ours, its parent cannot be written, or another run is at work on it.
    """
    with claimed(out) as partial:
        try:
            empty(partial)
            yield partial
        except BaseException:
            _discard(partial, MARK)
            raise
        swap(partial, out)


@contextmanager
def claimed(out: Path) -> Iterator[Path]:
    """``OUT.partial``, with what a killed run left in it, for this process alone.

    Raises:
        OutError: ``out`` or the folder is not ours, it cannot be written, or another run is at work in it.
    """
    refuse_foreign(out)
    partial = _beside(out, ".partial")
    try:
        if partial.is_symlink() or (partial.exists() and any(partial.iterdir())):
            _refuse_in_the_way(partial, MARK)
        partial.mkdir(parents=True, exist_ok=True)
        (partial / MARK).touch()
    except OSError as error:
        raise OutError(f"cannot write {partial}: {error.strerror}; name another folder with -o") from error
    with _alone(partial / MARK):
        yield partial


@contextmanager
def _alone(mark: Path) -> Iterator[None]:
    """Hold a lock that ends with the process; where the system has none, two runs are not kept apart."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    busy = OutError(f"another run is at work in {mark.parent}; wait for it, or name another -o")
    try:
        held = mark.open("r+", encoding="utf-8")
    except FileNotFoundError as error:  # the other run ended in between, and its mark went with it
        raise busy from error
    with held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise busy from error
        except OSError:  # a file system without locks
            pass
        if not _is_same(held.fileno(), mark):
            raise busy
        yield


def _is_same(held: int, mark: Path) -> bool:
    """Whether the file that is held is still the one of that name."""
    try:
        return os.path.samestat(os.fstat(held), mark.stat())
    except FileNotFoundError:
        return False


def empty(folder: Path, mark: str = MARK) -> None:
    """Remove all in ``folder`` but its mark, which a lock may hang on.

    Raises:
        OutError: something in it cannot be removed.
    """
    try:
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != mark:
                path.unlink()
    except OSError as error:
        raise OutError(f"cannot clear {folder}: {error.strerror}; remove it") from error


def swap(partial: Path, out: Path) -> None:
    """Put a run that is whole in the place of the one before; a link in the place of ``out`` stays, and leads to it.

    Raises:
        OutError: it cannot be renamed; the run stays where it was built, and the one before where it was.
    """
    old, real = _beside(out, ".old"), _beside(out, "")
    _refuse_in_the_way(old, OLD_MARK)
    aside = False
    try:
        if real.exists():
            if old.exists():
                patient.remove(old)
            (real / OLD_MARK).touch()
            patient.rename(real, old)
            aside = True
        patient.rename(partial, real)
    except OSError as error:
        with suppress(OSError):
            if aside:
                patient.rename(old, real)
            (real / OLD_MARK).unlink(missing_ok=True)
        why = error.strerror or error
        raise OutError(
            f"cannot put {partial} in the place of {out}: {why}; the new run is whole there"
        ) from error
    (real / MARK).unlink(missing_ok=True)
    _discard(old, OLD_MARK)


def _discard(folder: Path, mark: str) -> None:
    """Remove a folder, its mark last: what a killed process leaves of it is still known to be ours."""
    with suppress(OutError):
        empty(folder, mark)
    shutil.rmtree(folder, ignore_errors=True)
