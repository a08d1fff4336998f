"""rules/panel -> the indicators of a panel: canonical names, aliases, units, and how their growth is published.

One file one indicator, and one file with the words that stand around names. Data only: a person adds an
indicator by adding a file, here or in a folder of their own. An unknown key, a broken pattern and a name that two
indicators claim are errors with file and line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import regex
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cleaner.packs.errors import PackError
from cleaner.packs.relations import RelationType, load_relations
from cleaner.packs.source import State, data_folder, line_of, read_folder, state_of

Growth = Literal["nominal", "real", "revised"]
Observed = Literal["flow", "stock", "rate", "change"]
Better = Literal["higher", "lower"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _IndicatorFile(_Strict):
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=2)
    name_en: str = Field(min_length=2)
    aliases: list[str] = Field(default_factory=list)
    unit: str = Field(min_length=1)
    other_units: list[str] = Field(default_factory=list)
    observed: Observed
    growth: Growth
    revised: bool
    better: Better = "higher"
    exclusions: list[str] = Field(default_factory=list)
    note: str = ""
    note_en: str = ""


class _WordsFile(_Strict):
    lead: list[str]
    tail: list[str]
    narrower: list[str]
    part_year: list[str]
    years: list[str]
    total: list[str]
    aimed: list[str]
    comparable: list[str]
    nominal: list[str]
    falls: list[str]
    change: list[str]
    base_year: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One quantity that reports print year after year.

    ``unit`` is the one that a panel holds its levels in; figures in units that convert into it (公斤, 斤, 吨)
    are converted, those in ``other_units`` make a series of their own. ``observed`` is a flow, a stock, a rate (its
    level is a percentage) or a change (only its growth is ever printed).
    ``growth`` says what a printed rate of growth is over: the printed level of the year before (``nominal``),
    constant prices (``real``), or a base that was revised meanwhile (``revised``). ``revised`` says that published
    levels are themselves revised later. ``better`` is the direction in which a target is exceeded.
    """

    id: str
    name: str
    name_en: str
    names: tuple[str, ...]
    unit: str
    other_units: tuple[str, ...]
    observed: Observed
    growth: Growth
    revised: bool
    better: Better
    veto: regex.Pattern[str] | None
    note: str
    note_en: str
    path: Path


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled alternatives of rules/panel/words.yaml; each is searched in the text around a figure."""

    lead: str
    tail: regex.Pattern[str]
    narrower: regex.Pattern[str]
    part_year: regex.Pattern[str]
    years: regex.Pattern[str]
    total: regex.Pattern[str]
    aimed: regex.Pattern[str]
    comparable: regex.Pattern[str]
    nominal: regex.Pattern[str]
    falls: regex.Pattern[str]
    change: regex.Pattern[str]
    base_year: regex.Pattern[str]


def indicators(folders: tuple[Path, ...] = ()) -> tuple[Indicator, ...]:
    """The shipped indicators and those of ``folders``, by id. A file of the user takes the place of a shipped id.

    Raises:
        PackError: a file is wrong, or two indicators claim one name.
    """
    return _read_indicators(folders, tuple(map(state_of, folders)))


@lru_cache(maxsize=4)
def _read_indicators(folders: tuple[Path, ...], _states: tuple[State, ...]) -> tuple[Indicator, ...]:
    """The indicators as the files in ``folders`` stand now."""
    shipped = load_indicators([data_folder("rules") / "panel" / "indicators"])
    merged = {i.id: i for i in (*shipped, *load_indicators(folders))}
    found = tuple(merged[id_] for id_ in sorted(merged))
    _refuse_shared_names(found)
    return found


def load_indicators(folders: Iterable[Path]) -> tuple[Indicator, ...]:
    """Read every indicator file of ``folders``.

    Raises:
        PackError: with the file and line of the first mistake; a folder without any indicator.
    """
    found: list[Indicator] = []
    for folder in folders:
        read = read_folder(folder)
        if not read.files:
            raise PackError(folder, 1, "no indicator file", "one .yaml for each indicator")
        found += [_indicator(raw, folder / name) for name, raw in read.files.items()]
        read.passed()
    return tuple(found)


@cache
def panel_words() -> Words:
    """The words around names of indicators.

    Raises:
        PackError: the file is wrong.
    """
    path = data_folder("rules") / "panel" / "words.yaml"
    read = read_folder(path.parent)
    raw = _shaped(read.files[path.name], path, _WordsFile).model_dump()
    lists = {key: _alternatives(path, [key], value) for key, value in raw.items() if isinstance(value, list)}
    patterns = {key: regex.compile(value) for key, value in lists.items() if key not in {"lead", "tail"}}
    tail, base = regex.compile(f"(?:{lists['tail']})$"), regex.compile(raw["base_year"])
    read.passed()
    return Words(lead=lists["lead"], tail=tail, base_year=base, **patterns)


@cache
def panel_relations() -> Mapping[str, RelationType]:
    """The relation types that hold between reports, by name: the grammar of rules/relations.

    An example is several reports, separated by ``‖``, each ``year of its figures：sentence``.

    Raises:
        PackError: a file is wrong.
    """
    return load_relations(data_folder("rules") / "panel" / "relations")


def _indicator(given: Any, path: Path) -> Indicator:
    raw = _shaped(given, path, _IndicatorFile)
    if raw.id != path.stem:
        raise PackError(path, line_of(path, ["id"]), f"id: {raw.id}", f"the file's name, '{path.stem}'")
    veto = _alternatives(path, ["exclusions"], raw.exclusions) if raw.exclusions else ""
    return Indicator(
        id=raw.id,
        name=raw.name,
        name_en=raw.name_en,
        names=tuple(dict.fromkeys([raw.name, *raw.aliases])),
        unit=raw.unit,
        other_units=tuple(raw.other_units),
        observed=raw.observed,
        growth=raw.growth,
        revised=raw.revised,
        better=raw.better,
        veto=regex.compile(veto) if veto else None,
        note=raw.note,
        note_en=raw.note_en,
        path=path,
    )


File = TypeVar("File", bound=_Strict)


def _shaped(given: Any, path: Path, shape: type[File]) -> File:
    try:
        return shape.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = [step for step in first["loc"] if isinstance(step, str | int)]
        found = f"{'.'.join(map(str, where)) or 'the file'}: {first['msg']}"
        raise PackError(path, line_of(path, where), found, "a file as docs/panel.md describes it") from error


def _alternatives(path: Path, where: list[str | int], patterns: Sequence[str]) -> str:
    """One pattern out of several, longer ones first."""
    for index, pattern in enumerate(patterns):
        try:
            regex.compile(pattern)
        except regex.error as error:
            line = line_of(path, [*where, index])
            raise PackError(
                path, line, f"pattern {pattern!r}: {error}", "a pattern of the regex module"
            ) from error
    return "|".join(sorted(patterns, key=lambda p: (-len(p), p)))


def _refuse_shared_names(found: Iterable[Indicator]) -> None:
    taken: dict[str, Indicator] = {}
    for indicator in found:
        for name in indicator.names:
            other = taken.setdefault(name, indicator)
            if other is not indicator:
                line = line_of(indicator.path, ["aliases"])
                raise PackError(
                    indicator.path, line, f"'{name}', a name of {other.id}", "a name of one indicator"
                )
