"""Where the shipped data lies (checkout, editable install, wheel), and YAML with line numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from cleaner.packs.errors import PackError


@cache
def data_folder(name: str) -> Path:
    """Folder of shipped data, ``rules`` or ``expectations``.

    A wheel carries it inside the package; a checkout (and an editable install) has it beside the package.

    Raises:
        FileNotFoundError: the installation is broken.
    """
    package = Path(__file__).resolve().parent.parent
    for candidate in (package / "_data" / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    message = f"the shipped folder '{name}' is missing beside {package}: reinstall kanwu"
    raise FileNotFoundError(message)


def read_yaml(path: Path) -> Any:
    """Parse one YAML 1.2 file.

    Raises:
        PackError: the file is not UTF-8, or not YAML, with the line of the mistake.
    """
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise PackError(path, 1, "bytes that are not UTF-8", "a UTF-8 file", "Save it as UTF-8.") from error
    try:
        return YAML(typ="safe").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        found = str(error.problem or error.context).split("\n")[0].removeprefix("found ")
        raise PackError(path, line, found, "valid YAML 1.2") from error


def line_of(path: Path, location: Sequence[str | int]) -> int:
    """Line (from 1) of the key or item at ``location`` in a YAML file; the nearest parent where it is absent."""
    node: Any = YAML(typ="rt").load(path.read_text("utf-8"))
    line = 1
    for step in location:
        try:
            position = node.lc.key(step) if isinstance(step, str) else node.lc.item(step)
            line, node = position[0] + 1, node[step]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line
