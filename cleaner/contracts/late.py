"""Modules that are imported when something in them is asked for, and not before; modules that are not to be found."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import LazyLoader, find_spec
from types import ModuleType


class _Late(MetaPathFinder):
    """Finds the modules of ``names``, to be loaded on their first use."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = set(names)

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 (the protocol of finders)
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if fullname not in self._names:
            return None
        self._names.discard(fullname)  # the search below comes here again
        spec = find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


@contextmanager
def late(*names: str) -> Iterator[None]:
    """While this holds, ``import`` of ``names`` binds modules that load themselves when an attribute is asked for.

    For packages that import large others on top and need them for few things. What was imported before stays as it is.
    """
    with _asked_first(_Late(names)):
        yield


class _Hidden(MetaPathFinder):
    """Says of the modules of ``names`` that they are not installed."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = frozenset(names)

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname in self._names:
            raise ModuleNotFoundError(fullname)


@contextmanager
def hidden(*names: str) -> Iterator[None]:
    """While this holds, ``import`` of ``names`` fails as if they were not installed, but for what was imported before."""
    with _asked_first(_Hidden(names)):
        yield


@contextmanager
def _asked_first(finder: MetaPathFinder) -> Iterator[None]:
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
