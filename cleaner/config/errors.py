"""What can be wrong with a configuration file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import KanwuError


@dataclass(eq=False)
class ConfigError(KanwuError):
    """A configuration that cannot be used: where (``file:line``), what was found, what was expected, what to do."""

    path: Path
    line: int
    found: str
    expected: str
    remedy: str = ""

    def __str__(self) -> str:
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{shown(self.path)}:{self.line}: found {self.found}; expected {self.expected}.{remedy}"


def shown(path: Path) -> str:
    """A path as a reader knows it: from the folder they are in, if it lies there."""
    try:
        return path.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return path.as_posix()
