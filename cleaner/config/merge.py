"""The settings in force: the command line over the file over the defaults, each with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.config.errors import shown
from cleaner.config.load import Config
from cleaner.config.schema import PATHS, ConfigFile, OverrideFile
from cleaner.runs.overrides import Override
from cleaner.runs.standing import Waiver
from cleaner.terms import Safety

DEFAULTS: Mapping[str, Any] = {
    "level": "probable",
    "select": [],
    "ignore": [],
    "safety": {},
    "protect": [],
    "protect_file": None,
    "decisions": None,
    "reorder": False,
    "packs": [],
    "encoding": None,
    "text_field": "text",
    "id_field": None,
    "jobs": 1,
    "lang": "zh",
}
"""What holds for every command that restores, whether or not it has an option for it."""
_EMPTY = ("suites", "indicators", "report")
"""Lists that some commands have; without one they are empty."""
_ADDED = ("protect",)
"""Lists of the command line that are added to those of the file: to name one thing must not expose another."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and where it comes from: ``default``, ``command line``, a variable, or ``file:line``."""

    value: Any
    source: str


def effective(
    given: Mapping[str, Any], named: Mapping[str, str], config: Config | None
) -> dict[str, Setting]:
    """The settings of a command.

    Args:
        given: its arguments by name, defaults among them.
        named: those that the user gave, with the place: ``command line`` or a variable.
        config: the file in force, if there is one.

    Returns:
        By name: everything in ``DEFAULTS``, and every key of the file that the command has an option for.
    """
    names = [*DEFAULTS, *(n for n in ConfigFile.model_fields if n in given and n not in DEFAULTS)]
    return {name: _setting(name, given, named, config) for name in names}


def _setting(name: str, given: Mapping[str, Any], named: Mapping[str, str], config: Config | None) -> Setting:
    value: Any = given.get(name)
    written = _written(name, config)
    if name not in named:
        default = DEFAULTS.get(name, [] if name in _EMPTY else None)
        return written or Setting(default if value in (None, ()) else value, "default")
    if written and name in _ADDED:
        return Setting([*written.value, *value], f"{written.source}, {named[name]}")
    return Setting(value, named[name])


def _written(name: str, config: Config | None) -> Setting | None:
    """What the file says, paths seen from its folder."""
    value = getattr(config.values, name) if config else None
    if config is None or value is None:
        return None
    if name == "report":
        value = [_seen_from(config.folder, report) for report in value]
    if name in PATHS:
        value = [config.folder / v for v in value] if isinstance(value, list) else config.folder / value
    return Setting(value, f"{shown(config.path)}:{config.line(name.replace('_', '-'))}")


def waivers(config: Config | None) -> tuple[Waiver, ...]:
    """The waivers of the file, each with its place in it."""
    if config is None:
        return ()
    return tuple(
        Waiver(
            reason=entry.reason,
            place=f"{shown(config.path)}:{config.line('waivers', number)}",
            check=entry.check,
            fingerprint=entry.fingerprint,
            patterns=tuple(entry.paths),
            folder=config.folder,
        )
        for number, entry in enumerate(config.values.waivers)
    )


def _seen_from(folder: Path, report: str) -> str:
    """``FORMAT=PATH`` with its path seen from ``folder``."""
    name, equals, path = report.partition("=")
    return f"{name}={folder / path}" if equals else report


def overrides(named: Mapping[str, str], config: Config | None) -> tuple[Override, ...]:
    """The overrides of the file; what was named on the command line holds for all documents."""
    if config is None:
        return ()
    return tuple(_override(entry, named, config.folder) for entry in config.values.overrides)


def _override(entry: OverrideFile, named: Mapping[str, str], folder: Path) -> Override:
    return Override(
        folder=folder,
        patterns=tuple(entry.paths),
        level=Safety(entry.level) if entry.level and "level" not in named else None,
        select=tuple(entry.select) if entry.select is not None and "select" not in named else None,
        ignore=tuple(entry.ignore or ()),
        protect=tuple(entry.protect or ()),
        reorder=None if "reorder" in named else entry.reorder,
        safety=entry.safety or {},
    )
