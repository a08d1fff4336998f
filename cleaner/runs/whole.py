"""Files that a user names for results, written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from cleaner.runs import patient


def write_whole(path: Path, data: bytes) -> None:
    """Write beside ``path``, then rename; folders are made, a link stays one, a device or a pipe is written to.

    Raises:
        OSError: it cannot be written; what stood there stands.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    target = path.resolve()
    beside = target.with_name(f".kanwu-{os.getpid()}")
    try:
        beside.write_bytes(data)
        if target.exists():
            _keep_rights(target, beside)
        patient.rename(beside, target)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _keep_rights(target: Path, beside: Path) -> None:
    """To rename asks nothing of the file that is replaced, so it is asked here."""
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    shutil.copymode(target, beside)
