"""One shape for everything that can be wrong with a rule, a pack or a suite of examples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import KanwuError


@dataclass(eq=False)
class PackError(KanwuError):
    """A file of a rule pack that cannot be used.

    The message says where (``file:line``), what was found, what was expected and what to do.
    """

    path: Path
    line: int
    found: str
    expected: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}"
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{where}: found {self.found}; expected {self.expected}.{remedy}"
