"""``kanwu config``: the settings in force as a configuration file, each line with where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cleaner.config.errors import shown
from cleaner.config.load import Config
from cleaner.config.merge import Setting
from cleaner.config.schema import keys_of


def render(settings: Mapping[str, Setting], config: Config | None) -> str:
    """The settings as TOML, sources as comments; what is not set is a comment too."""
    lines = [f"# {shown(config.path)}" if config else "# no configuration file"]
    tables = [(name, s) for name, s in settings.items() if isinstance(s.value, Mapping)]
    plain = [(name, s) for name, s in settings.items() if not isinstance(s.value, Mapping)]
    width = max(len(_line(name, s.value)) for name, s in plain)
    lines += [f"{_line(name, s.value):<{min(width, 40)}}  # {s.source}" for name, s in plain]
    for name, setting in tables:
        if setting.value:
            lines += ["", f"[{name}]  # {setting.source}"]
            lines += [f"{json.dumps(key)} = {_toml(value)}" for key, value in setting.value.items()]
    if config:
        lines += [line for name in ("overrides", "waivers") for line in _repeated(name, config)]
    return "\n".join(lines) + "\n"


def _line(name: str, value: Any) -> str:
    key = name.replace("_", "-")
    return f"# {key} is not set" if value is None else f"{key} = {_toml(value)}"


def _repeated(name: str, config: Config) -> Iterator[str]:
    for number, entry in enumerate(getattr(config.values, name)):
        yield ""
        yield f"[[{name}]]  # {shown(config.path)}:{config.line(name, number)}"
        for key, field in zip(keys_of(type(entry)), type(entry).model_fields, strict=True):
            if field in entry.model_fields_set:
                yield f"{key} = {_toml(getattr(entry, field))}"


def _toml(value: Any) -> str:
    """A value as TOML: its strings are those of JSON, but for one control character that JSON lets stand."""
    if isinstance(value, Path):
        value = shown(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
