"""rules/relations/<type>.yaml -> relation types: what a claim between figures is, and when it is made.

The files hold the words that trigger a reading, the words that forbid it, the severity of a contradiction
and the examples that the test suite runs. An unknown key is an error with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cleaner.packs.errors import PackError
from cleaner.packs.source import data_folder, line_of, read_folder, read_yaml
from cleaner.terms import Severity

Family = Literal["equality", "inequality", "textual"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ExamplesFile(_Strict):
    consistent: list[str] = Field(default_factory=list)
    inconsistent: list[str] = Field(default_factory=list)
    undecidable: list[str] = Field(default_factory=list)


class _RelationFile(_Strict):
    id: str = Field(pattern=r"^relation/[a-z_]+$")
    title: str = Field(min_length=2)
    title_en: str = Field(min_length=2)
    formula: str = Field(min_length=1)
    trigger: dict[str, list[str]] = Field(min_length=1)
    family: Family
    severity: Severity
    exclusions: list[str] = Field(default_factory=list)
    rationale: str = Field(min_length=4)
    rationale_en: str = Field(min_length=4)
    examples: _ExamplesFile
    mutation: str = Field(default="", pattern="^$|⟦.*→.*⟧")


@dataclass(frozen=True, slots=True)
class RelationType:
    """One kind of claim that links figures, as its file declares it.

    ``trigger`` and ``exclusions`` are patterns of the re module: the first open a reading, a match of
    the second between the members closes it. ``severity`` is that of a contradiction with a certain reading.
    ``examples`` maps a verdict to sentences; ``mutation`` is a sentence with one ⟦right→wrong⟧.
    """

    name: str
    title: str
    title_en: str
    formula: str
    trigger: Mapping[str, tuple[str, ...]]
    family: Family
    severity: Severity
    exclusions: tuple[str, ...]
    rationale: str
    rationale_en: str
    examples: Mapping[str, tuple[str, ...]]
    mutation: str
    path: Path
    fragments: Mapping[str, str]
    veto: re.Pattern[str] | None

    @property
    def check(self) -> str:
        """The name of its findings, ``relation/<type>``."""
        return f"relation/{self.name}"

    def words(self, key: str) -> str:
        """The alternatives of one trigger as a pattern fragment, longest first.

        Raises:
            KeyError: the file declares no such trigger.
        """
        return self.fragments[key]

    def excluded(self, text: str) -> bool:
        """Whether one of the exclusions stands in ``text``."""
        return self.veto is not None and self.veto.search(text) is not None


@cache
def relation_types() -> Mapping[str, RelationType]:
    """The shipped relation types by name.

    Raises:
        PackError: a file is wrong.
        FileNotFoundError: the installation is broken.
    """
    return load_relations(data_folder("rules") / "relations")


def load_relations(folder: Path) -> Mapping[str, RelationType]:
    """Read every relation file of ``folder``, sorted by name.

    Raises:
        PackError: with the file and line of the first mistake.
    """
    read = read_folder(folder)
    types = [_checked_relation(raw, folder / name, read.known) for name, raw in read.files.items()]
    read.passed()
    return {kind.name: kind for kind in types}


def load_relation(path: Path) -> RelationType:
    """Read one relation file.

    Raises:
        PackError: with the line of the first mistake.
    """
    return _checked_relation(read_yaml(path), path, known=False)


def _checked_relation(given: Any, path: Path, known: bool) -> RelationType:
    """The relation of one file; patterns of a file that is ``known`` need not be compiled to be sound."""
    raw = _validated(given, path)
    name = raw.id.removeprefix("relation/")
    if name != path.stem:
        raise PackError(
            path, line_of(path, ["id"]), f"id: {raw.id}", f"the file's name, 'relation/{path.stem}'"
        )
    if not known:
        _check_patterns(raw, path)
    return RelationType(
        name=name,
        title=raw.title,
        title_en=raw.title_en,
        formula=raw.formula,
        trigger={key: tuple(words) for key, words in raw.trigger.items()},
        family=raw.family,
        severity=raw.severity,
        exclusions=tuple(raw.exclusions),
        rationale=raw.rationale,
        rationale_en=raw.rationale_en,
        examples={key: tuple(values) for key, values in raw.examples.model_dump().items()},
        mutation=raw.mutation,
        path=path,
        fragments={key: _either(words) for key, words in raw.trigger.items()},
        veto=re.compile(_either(raw.exclusions)) if raw.exclusions else None,
    )


def _either(words: Sequence[str]) -> str:
    """Alternatives as one fragment; longer words first, so that 达到 is not read as 达."""
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"


def _validated(given: Any, path: Path) -> _RelationFile:
    try:
        return _RelationFile.model_validate(given)
    except ValidationError as error:
        # A misspelt key is both unknown and missing: the line of the unknown one is where to look.
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        location = list(first["loc"])
        name = ".".join(str(step) for step in location) or "the file"
        if first["type"] == "extra_forbidden":
            raise PackError(
                path, line_of(path, location), f"unknown key '{name}'", "a key of the grammar"
            ) from error
        if first["type"] == "missing":
            raise PackError(
                path, line_of(path, location[:-1]), f"no '{name}'", f"the key '{name}'"
            ) from error
        raise PackError(
            path, line_of(path, location), name, first["msg"].removeprefix("Input should be ")
        ) from error


def _check_patterns(raw: _RelationFile, path: Path) -> None:
    places: list[tuple[list[str | int], str]] = [
        (["trigger", key, index], word)
        for key, words in raw.trigger.items()
        for index, word in enumerate(words)
    ]
    places += [(["exclusions", index], word) for index, word in enumerate(raw.exclusions)]
    for location, pattern in places:
        try:
            re.compile(pattern)
        except re.error as error:
            found = f"pattern {pattern!r}: {error}"
            raise PackError(path, line_of(path, location), found, "a pattern of the re module") from error
