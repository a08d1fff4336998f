"""Files -> Rules. One bad file stops the run: a rule that is dropped in silence is a rule that lies."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import regex
from pydantic import BaseModel, ValidationError

from cleaner.packs.errors import PackError
from cleaner.packs.grammar import (
    ALLOWED,
    REQUIRED,
    Entry,
    Examples,
    Method,
    Pack,
    PackFile,
    Rule,
    RuleFile,
)
from cleaner.packs.marks import MarkError, read_marks
from cleaner.packs.source import data_folder, line_of, read_folder
from cleaner.terms import Evidence, Safety

_Model = TypeVar("_Model", bound=BaseModel)
_METHOD_KEYS = sorted({key for keys in ALLOWED.values() for key in keys})
_BEST_SAFETY = {
    Evidence.FORM: Safety.CERTAIN,
    Evidence.WITNESS: Safety.CERTAIN,
    Evidence.INTERNAL: Safety.PROBABLE,
    Evidence.EXTERNAL: Safety.PROBABLE,
    Evidence.REASONING: Safety.DOUBTFUL,
}


class FolderError(PackError):
    """A folder of packs that is none: there is no line to name."""

    def __str__(self) -> str:
        return f"{self.path}: found {self.found}; expected {self.expected}. {self.remedy}"


def shipped_packs() -> tuple[Pack, ...]:
    """The packs that come with Kanwu, sorted by name."""
    return load_packs([data_folder("rules")])


def load_packs(folders: Iterable[Path], shipped: bool = True) -> tuple[Pack, ...]:
    """All packs under ``folders``; a folder is a pack itself (it holds pack.yaml) or a folder of packs.

    Raises:
        PackError: a file is wrong, two packs have one name, or a folder holds no pack.
    """
    found: dict[str, Pack] = {}
    for folder in folders:
        for path in _pack_files(folder):
            pack = load_pack(path.parent, shipped)
            if pack.name in found:
                raise PackError(path, 1, f"a second pack named '{pack.name}'", "pack names that are unique")
            found[pack.name] = pack
    return tuple(found[name] for name in sorted(found))


def _pack_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        found = "a file" if folder.exists() else "no such folder"
        remedy = "Look at --packs, or at packs in the configuration."
        raise FolderError(folder, 1, found, "a pack, or a folder of packs", remedy)
    if (folder / "pack.yaml").is_file():
        return [folder / "pack.yaml"]
    files = sorted(folder.glob("*/pack.yaml"))
    if not files:
        raise PackError(
            folder,
            1,
            "no pack.yaml",
            "a pack, or a folder of packs",
            "Each pack is a folder with a pack.yaml.",
        )
    _refuse_stray(folder.glob("*.y*ml"), "a file beside the packs", "a rule file in the folder of its pack")
    return files


def _refuse_stray(paths: Iterable[Path], found: str, expected: str) -> None:
    """A file that looks like a rule and would not be read is a mistake, not a comment."""
    for path in sorted(paths):
        if path.suffix in (".yaml", ".yml"):
            raise PackError(path, 1, found, expected, "Move or rename it.")


def load_pack(folder: Path, shipped: bool = True) -> Pack:
    """Read one pack folder.

    Raises:
        PackError: pack.yaml or a rule file is wrong.
    """
    head_path = folder / "pack.yaml"
    _refuse_stray(folder.glob("*.yml"), "a file named .yml", "a file named .yaml")
    read = read_folder(folder, first=head_path.name)
    head = _validated(PackFile, read.files[head_path.name], head_path)
    if head.name != folder.name:
        raise _error(head_path, ["name"], f"name: {head.name}", f"the folder's name, '{folder.name}'")
    rules = tuple(
        _checked_rule(raw, folder / name, head, read.known)
        for name, raw in read.files.items()
        if name != head_path.name
    )
    read.passed()
    return Pack(
        name=head.name,
        title=head.title,
        title_en=head.title_en,
        purpose=head.purpose,
        purpose_en=head.purpose_en,
        stage=head.stage.value,
        sources=tuple(head.sources),
        rules=rules,
        digest=read.digest,
        path=folder,
        shipped=shipped,
    )


def _checked_rule(given: Any, path: Path, pack: PackFile, known: bool) -> Rule:
    """The rule of one file of ``pack``; patterns of files that are ``known`` need not be compiled to be sound.

    Raises:
        PackError: with the line of the first mistake.
    """
    raw = _validated(RuleFile, given, path)
    _check_names(raw, pack, path)
    _check_method(raw, path)
    _check_safety(raw, path)
    if not known:
        _check_patterns(raw, path)
        _check_marks(raw, path)
    return _rule(raw, pack, path)


def _rule(raw: RuleFile, pack: PackFile, path: Path) -> Rule:
    return Rule(
        id=raw.id,
        pack=pack.name,
        stage=pack.stage.value,
        title=raw.title,
        title_en=raw.title_en,
        edit=raw.edit,
        by=raw.by,
        safety=raw.safety,
        evidence=raw.evidence,
        rationale=raw.rationale,
        rationale_en=raw.rationale_en,
        examples=Examples(tuple(raw.examples.fires), raw.examples.silent, raw.examples.limits),
        path=path,
        since=raw.since,
        scope=frozenset(raw.scope),
        safety_note=raw.safety_note,
        digits=raw.digits,
        match=raw.match,
        unless=_as_tuple(raw.unless),
        replace=raw.replace if raw.replace is not None else "",
        entries=tuple(Entry(**entry.model_dump()) for entry in raw.entries),
        map=raw.map,
        config=raw.config,
        protect=tuple(raw.protect),
        code=raw.code,
        parameters=raw.parameters,
        see_also=tuple(raw.see_also),
        source=_as_tuple(raw.source),
        places=tuple(pack.places),
    )


def _check_marks(raw: RuleFile, path: Path) -> None:
    places: list[tuple[list[str | int], str]] = []
    for index, text in enumerate(raw.examples.fires):
        places.append((["examples", "fires", index], text))
    for name in ("silent", "limits"):
        places += [(["examples", name, text], text) for text in getattr(raw.examples, name)]
    for location, text in places:
        try:
            read_marks(text)
        except MarkError as error:
            raise _error(path, location, str(error), "⟦before→after⟧ around each edit") from error


def _as_tuple(value: str | Sequence[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(value)


def _error(
    path: Path, location: Sequence[str | int], found: str, expected: str, remedy: str = ""
) -> PackError:
    return PackError(path, line_of(path, location), found, expected, remedy)


def _validated(model: type[_Model], raw: Any, path: Path) -> _Model:
    if not isinstance(raw, dict):
        raise PackError(path, 1, "no mapping of keys", "the keys of a rule or pack file")
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise _translated(model, error, path) from error


def _translated(model: type[BaseModel], error: ValidationError, path: Path) -> PackError:
    """The first of pydantic's complaints, in the words of the house."""
    first = error.errors()[0]
    location = list(first["loc"])
    name = ".".join(str(step) for step in location)
    if first["type"] == "extra_forbidden":
        known = list(model.model_fields) if len(location) == 1 else []
        near = difflib.get_close_matches(str(location[-1]), known, n=1)
        remedy = f"Did you mean '{near[0]}'?" if near else "Remove it."
        return _error(path, location, f"unknown key '{name}'", "a key of the grammar", remedy)
    if first["type"] == "missing":
        return _error(path, location[:-1], f"no '{name}'", f"the key '{name}'", "Add it.")
    if first["type"] == "too_short":
        least, given = first["ctx"]["min_length"], first["ctx"]["actual_length"]
        return _error(
            path, location, f"{name} with {given} of them", f"at least {least}", "Add what is missing."
        )
    value = first.get("input")
    shown = (
        repr(value) if isinstance(value, str | int | float | bool) or value is None else type(value).__name__
    )
    return _error(path, location, f"{name}: {shown}", first["msg"].removeprefix("Input should be "))


def _check_names(raw: RuleFile, pack: PackFile, path: Path) -> None:
    expected = f"{pack.name}/{path.stem}"
    if raw.id != expected:
        raise _error(
            path, ["id"], f"id: {raw.id}", f"pack and file name, '{expected}'", "Rename one of them."
        )


def _check_method(raw: RuleFile, path: Path) -> None:
    given = raw.model_fields_set
    for key in REQUIRED[raw.by]:
        if key not in given:
            raise _error(path, ["by"], f"by: {raw.by} without '{key}'", f"the key '{key}'", "Add it.")
    for key in _METHOD_KEYS:
        if key in given and key not in ALLOWED[raw.by]:
            reads = ", ".join(ALLOWED[raw.by])
            raise _error(
                path, [key], f"'{key}' in a rule by {raw.by}", f"only {reads}", "It would have no effect."
            )


def _check_safety(raw: RuleFile, path: Path) -> None:
    best = _BEST_SAFETY[raw.evidence]
    if raw.safety.rank < best.rank:
        raise _error(
            path,
            ["safety"],
            f"safety: {raw.safety} on evidence: {raw.evidence}",
            f"at most {best}",
            "certain needs form or witness; reasoning is always doubtful.",
        )


def _check_patterns(raw: RuleFile, path: Path) -> None:
    places: list[tuple[list[str | int], str]] = [(["match"], raw.match)]
    places += [(["unless"], pattern) for pattern in _as_tuple(raw.unless)]
    for index, entry in enumerate(raw.entries):
        for key in ("left", "right_context", "unless"):
            places.append((["entries", index, key], getattr(entry, key)))
    for location, pattern in places:
        try:
            regex.compile(pattern)
        except regex.error as error:
            raise _error(
                path, location, f"pattern {pattern!r}: {error}", "a pattern of the regex module"
            ) from error
    if raw.by is Method.REGEX and not raw.match:
        raise _error(path, ["match"], "an empty match", "a pattern")
