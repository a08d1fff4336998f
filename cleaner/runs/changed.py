"""Which files changed since a commit: what ``--diff-from`` restricts a run to."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from cleaner.errors import KanwuError


class GitError(KanwuError):
    """git is not there, the inputs are in no repository, or there is no such commit."""


def changed(ref: str, inputs: Iterable[str]) -> frozenset[Path]:
    """Files that differ from where the branch left ``ref``: committed since, changed, or not yet known to git.

    Args:
        ref: a commit, branch or tag.
        inputs: files or folders; those of several repositories are asked apart.

    Raises:
        GitError: git cannot say.
    """
    found: set[Path] = set()
    for root in {_root(_folder(Path(given))) for given in inputs}:
        base = _git(root, "merge-base", "--end-of-options", ref, "HEAD").strip()
        names = _git(root, "diff", "--name-only", "--no-renames", "-z", base, "--")
        others = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
        found |= {(root / name).resolve() for name in (names + others).split("\0") if name}
    return frozenset(found)


def _folder(given: Path) -> Path:
    return next(place for place in (given, *given.absolute().parents) if place.is_dir())


def _root(folder: Path) -> Path:
    return Path(_git(folder, "rev-parse", "--show-toplevel").rstrip("\n"))


def _git(folder: Path, *command: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 (no shell; a ref cannot be taken for an option)
            ["git", "-C", str(folder), *command],  # noqa: S607 (the user's git)
            capture_output=True,
            check=True,
        )
    except FileNotFoundError as error:
        message = "--diff-from asks git, and there is none; install it, or leave the option out"
        raise GitError(message) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip() or "the two have no commit in common"
        message = f"--diff-from: git {command[0]}: {said} (a shallow clone? fetch the whole history)"
        raise GitError(message) from error
    return done.stdout.decode("utf-8", "surrogateescape")
