"""Settings that differ for some of the documents, by the path of their file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from cleaner.engine.settings import Settings
from cleaner.terms import Safety


@dataclass(frozen=True, slots=True)
class Override:
    """What is otherwise for files under ``folder`` whose path from there fits one of ``patterns``.

    ``level``, ``select`` and ``reorder`` take the place of what holds for all; None leaves it. ``ignore``,
    ``protect`` and ``safety`` are added to it.
    """

    folder: Path
    patterns: tuple[str, ...]
    level: Safety | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    protect: tuple[str, ...] = ()
    reorder: bool | None = None
    safety: Mapping[str, Safety] = field(default_factory=dict)

    def fits(self, path: Path) -> bool:
        """Whether the override is about the file at ``path``."""
        return fits(path, self.folder, self.patterns)

    def over(self, settings: Settings) -> Settings:
        """``settings`` with this override laid over them."""
        return replace(
            settings,
            level=self.level or settings.level,
            select=settings.select if self.select is None else self.select,
            ignore=(*settings.ignore, *self.ignore),
            protected=settings.protected.union(self.protect),
            reorder=settings.reorder if self.reorder is None else self.reorder,
            safety={**settings.safety, **self.safety},
        )


def settings_for(path: Path, settings: Settings, overrides: Sequence[Override]) -> Settings:
    """The settings of one file: every override that fits, in order, over those that hold for all."""
    for override in overrides:
        if override.fits(path):
            settings = override.over(settings)
    return settings


def fits(path: Path, folder: Path, patterns: Sequence[str]) -> bool:
    """Whether ``path``, seen from ``folder``, fits one of ``patterns``; outside of ``folder`` nothing does.

    ``*`` and ``?`` stop at a slash, ``**`` does not. A pattern without a slash, but for one at its end, fits a name
    in any folder, and one that fits a folder fits all in it.
    """
    try:
        seen = path.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return False
    return any(_compiled(pattern).fullmatch(seen) for pattern in patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    anchored = pattern.strip("/")
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", anchored)
    made = "".join(_WILD.get(part, re.escape(part)) for part in parts)
    lead = "" if "/" in pattern.rstrip("/") else "(?:.*/)?"
    return re.compile(f"{lead}{made}(?:/.*)?", re.S)


_WILD = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
