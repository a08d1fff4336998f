"""Kanwu restores OCR-read Chinese public documents and judges whether their figures agree.

Five verbs: ``read``, ``clean``, ``extract``, ``confront``, ``report``. They are imported on first use, so
that ``import cleaner`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.api import clean, confront, extract, read, report

__all__ = ["clean", "confront", "extract", "read", "report"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        message = f"module 'cleaner' has no attribute '{name}'"
        raise AttributeError(message)
    return getattr(import_module("cleaner.api"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
