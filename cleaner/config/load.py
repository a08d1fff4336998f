"""A configuration file -> checked values. One wrong key stops the run: a key without effect is a key that lies."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from cleaner.config.errors import ConfigError
from cleaner.config.find import find, read
from cleaner.config.lines import line_of
from cleaner.config.schema import ConfigFile, OverrideFile, WaiverFile, keys_of

_TABLES: dict[str, type[BaseModel]] = {"overrides": OverrideFile, "waivers": WaiverFile}


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration file, checked. ``prefix`` is where its table stands in the file."""

    path: Path
    text: str
    prefix: tuple[str, ...]
    values: ConfigFile

    @property
    def folder(self) -> Path:
        """The folder that paths in the file are seen from."""
        return self.path.parent

    def line(self, *location: str | int, value: object = None) -> int:
        """The line of a key."""
        return line_of(self.text, (*self.prefix, *location), value)

    def error(
        self, location: Sequence[str | int], found: str, expected: str, remedy: str = ""
    ) -> ConfigError:
        """An error at a key; the last step may be a string of the key's array."""
        *keys, last = location
        line = self.line(*location) if isinstance(last, int) else self.line(*keys, last, value=last)
        return ConfigError(self.path, line, found, expected, remedy)


def configuration(inputs: Sequence[str], named: Path | None = None) -> Config | None:
    """The configuration in force for ``inputs``: the file that was named, else the nearest one upward.

    Raises:
        ConfigError: it is wrong, with file and line.
    """
    path = named if named is not None else find(inputs)
    return None if path is None else load(path)


def load(path: Path) -> Config:
    """Read and check a configuration file.

    Raises:
        ConfigError: the first mistake in it, with its line; for an unknown key the nearest known one.
    """
    text, table, prefix = read(path)
    try:
        values = ConfigFile.model_validate(table)
    except ValidationError as error:
        raise _translated(error, path, text, prefix) from error
    return Config(path, text, prefix, values)


def _translated(error: ValidationError, path: Path, text: str, prefix: tuple[str, ...]) -> ConfigError:
    """The first of pydantic's complaints, in the words of the house; unknown keys first."""
    first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
    location = list(first["loc"])
    line, name = line_of(text, (*prefix, *location)), ".".join(str(step) for step in location)
    if first["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(location[-1]), _known(location), n=1)
        remedy = f"Did you mean '{near[0]}'?" if near else "Remove it."
        return ConfigError(path, line, f"unknown key '{name}'", "a key of the configuration", remedy)
    if first["type"] == "missing":
        return ConfigError(path, line, f"no '{location[-1]}'", f"the key '{name}'", "Add it.")
    shown = first["input"] if isinstance(first["input"], str | int | float) else type(first["input"]).__name__
    expected = first["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    return ConfigError(path, line, f"{name}: {shown!r}", expected)


def _known(location: Sequence[Any]) -> list[str]:
    return keys_of(_TABLES.get(str(location[0]), ConfigFile) if len(location) > 1 else ConfigFile)
