"""Where the shipped data lies (checkout, editable install, wheel), and YAML with line numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cleaner.packs.cache import Parsed, digest_of, keep, recall
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


State = tuple[Path, tuple[tuple[str, int, int, int], ...]]
"""Where a folder lies, and its YAML files with inode, size and time."""


def state_of(folder: Path) -> State:
    """What tells a folder from another of that name, and from itself before its files, or those one below, changed."""
    paths = sorted([*folder.glob("*.yaml"), *folder.glob("*/*.yaml")])
    seen = ((path, path.stat()) for path in paths)
    return folder.resolve(), tuple((str(p), s.st_ino, s.st_size, s.st_mtime_ns) for p, s in seen)


@dataclass(frozen=True, slots=True)
class YamlFolder:
    """The YAML files of a folder, parsed; ``digest`` is of their names and bytes.

    ``known`` says that they passed the checks of an earlier run of the same version, see :meth:`passed`.
    """

    files: Parsed
    digest: str
    known: bool

    def passed(self) -> None:
        """Keep the parsed files for later runs; to be called when all checks of their contents have passed."""
        if not self.known:
            keep(self.digest, self.files)


def read_folder(folder: Path, first: str = "") -> YamlFolder:
    """Parse every .yaml file of ``folder``, sorted by name but for ``first``, which leads.

    Raises:
        PackError: a file is not UTF-8, or not YAML, with the line of the first mistake.
    """
    paths = sorted(folder.glob("*.yaml"), key=lambda path: (path.name != first, path))
    data = {path.name: path.read_bytes() for path in paths}
    digest = digest_of(data)
    kept = recall(digest)
    if kept is not None and kept.keys() == data.keys():
        return YamlFolder(kept, digest, True)
    return YamlFolder({path.name: _parse(path, data[path.name]) for path in paths}, digest, False)


def read_yaml(path: Path) -> Any:
    """Parse one YAML 1.2 file, without the cache.

    Raises:
        PackError: the file is not UTF-8, or not YAML, with the line of the mistake.
    """
    return _parse(path, path.read_bytes())


def _parse(path: Path, data: bytes) -> Any:
    # The parser is only imported where nothing is kept: it takes longer to load than a kept folder.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    try:
        text = data.decode("utf-8")
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
    from ruamel.yaml import YAML

    node: Any = YAML(typ="rt").load(path.read_text("utf-8"))
    line = 1
    for step in location:
        try:
            position = node.lc.key(step) if isinstance(step, str) else node.lc.item(step)
            line, node = position[0] + 1, node[step]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line
