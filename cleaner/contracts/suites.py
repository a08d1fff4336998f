"""Suite files -> expectations, strictly: one bad entry stops the run.

Great Expectations itself loads a suite with a misspelt expectation by dropping that entry, and an empty suite
passes. Here every mistake is a :class:`SuiteError` that names the file, the entry, what was expected and the
nearest known name.

A suite is a UTF-8 JSON file::

    {"name": "relations",
     "meta": {"table": "relations", "about": "…", "about_en": "…"},
     "expectations": [
       {"type": "expect_shares_to_sum_to_whole",
        "kwargs": {"mostly": 1.0, "min_applicable": 0},
        "severity": "critical", "description": "…", "notes": "…", "meta": {}}]}

``meta.table`` names the table that the suite is about. Severities are Great Expectations' ``critical`` (an
error here), ``warning`` and ``info``. An entry of a built-in expectation may carry ``min_applicable`` in its
``meta``; the named expectations take it as a keyword. There are no ids: the file is what a reviewer reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from cleaner.contracts.context import CONTEXT
from cleaner.contracts.expectations import great_expectations, install
from cleaner.contracts.policies import POLICIES
from cleaner.contracts.tables import COLUMNS
from cleaner.errors import KanwuError

SEVERITIES = ("critical", "warning", "info")
SUITE_KEYS = ("name", "meta", "expectations", "notes")
SUITE_META_KEYS = ("table", "about", "about_en")
ENTRY_KEYS = ("type", "kwargs", "severity", "description", "notes", "meta")
ENTRY_META_KEYS = ("min_applicable",)
_ENVELOPE = ("id", "rendered_content", "batch_id", "windows", "catch_exceptions", "result_format")
"""Fields of every expectation that say how it is reported; a suite has no business with them."""

_COLUMN_KEYS = ("column", "column_A", "column_B", "column_list", "column_set")


class SuiteError(KanwuError):
    """A suite that cannot be trusted to check what it says."""

    def __init__(self, path: Path, entry: int | None, wrong: str, expected: str, nearest: str = "") -> None:
        """``entry`` counts from 1; None speaks of the file as a whole."""
        self.path, self.entry, self.wrong, self.expected, self.nearest = path, entry, wrong, expected, nearest
        place = f"{path}: " if entry is None else f"{path}: entry {entry}: "
        hint = f"; did you mean '{nearest}'?" if nearest else ""
        super().__init__(f"{place}{wrong}; expected {expected}{hint}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One expectation of a suite; ``expectation`` is the object of Great Expectations."""

    number: int
    type: str
    column: str
    severity: str
    description: str
    min_applicable: int
    expectation: Any

    @property
    def name(self) -> str:
        """The expectation type with its column where it has one."""
        return f"{self.type}({self.column})" if self.column else self.type


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite that was read whole: as many entries as its file has."""

    name: str
    table: str
    path: Path
    entries: tuple[Entry, ...]


def load_suites(folder: Path, extra: Iterable[Path] = ()) -> tuple[Suite, ...]:
    """All suites of a folder in the order of their names, then the ``extra`` files.

    Raises:
        SuiteError: a bad suite, no suite at all, or two suites of one name.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise SuiteError(folder, None, "no suite in this folder", "at least one .json file")
    suites = tuple(load_suite(path) for path in (*paths, *extra))
    seen: dict[str, Path] = {}
    for suite in suites:
        if suite.name in seen:
            wrong = f"a second suite named '{suite.name}' (the first is {seen[suite.name]})"
            raise SuiteError(suite.path, None, wrong, "a name of its own")
        seen[suite.name] = suite.path
    return suites


def load_suite(path: Path) -> Suite:
    """Read and check one suite file; imports Great Expectations.

    Raises:
        SuiteError: anything that would make the suite check less than it says.
    """
    raw = _read(path)
    _keys(path, None, raw, SUITE_KEYS, required=("name", "meta", "expectations"))
    meta = _mapping(path, None, "meta", raw["meta"])
    _keys(path, None, meta, SUITE_META_KEYS, required=("table",))
    table = _one_of(path, None, "table", meta["table"], tuple(COLUMNS))
    if not isinstance(raw["name"], str) or not raw["name"]:
        raise SuiteError(path, None, f"name {raw['name']!r}", "a string")
    entries = raw["expectations"]
    if not isinstance(entries, list) or not entries:
        raise SuiteError(path, None, "a suite without expectations passes everything", "at least one entry")
    _no_twins(path, entries)
    return Suite(
        raw["name"], table, path, tuple(_entry(path, i, table, e) for i, e in enumerate(entries, start=1))
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = json.loads(path.read_text("utf-8"), object_pairs_hook=_no_repeats(path))
    except OSError as error:
        raise SuiteError(path, None, f"{error.strerror}", "a readable file") from error
    except UnicodeDecodeError as error:
        raise SuiteError(path, None, f"bytes that are not UTF-8 at {error.start}", "UTF-8") from error
    except json.JSONDecodeError as error:
        wrong = f"line {error.lineno} column {error.colno}: {error.msg}"
        raise SuiteError(path, None, wrong, "JSON") from error
    return _mapping(path, None, "the suite", raw)


def _no_repeats(path: Path) -> Any:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in found]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise SuiteError(path, None, f"the key '{twice}' stands twice in one object", "every key once")
        return dict(found)

    return pairs


def _no_twins(path: Path, entries: Sequence[Any]) -> None:
    """Great Expectations merges identical entries silently; here they are a mistake."""
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            continue
        key = json.dumps([entry.get("type"), entry.get("kwargs", {})], sort_keys=True)
        if key in seen:
            wrong = f"the same expectation as entry {seen[key]} ({entry.get('type')})"
            raise SuiteError(path, number, wrong, "every expectation once")
        seen[key] = number


def _entry(path: Path, number: int, table: str, raw: Any) -> Entry:
    entry = _mapping(path, number, "an entry", raw)
    _keys(path, number, entry, ENTRY_KEYS, required=("type", "severity"))
    severity = _one_of(path, number, "severity", entry["severity"], SEVERITIES)
    kwargs = _mapping(path, number, "kwargs", entry.get("kwargs", {}))
    meta = _mapping(path, number, "meta", entry.get("meta", {}))
    _keys(path, number, meta, ENTRY_META_KEYS)
    expectation_class = _class(path, number, table, entry["type"])
    _known_keywords(path, number, entry["type"], expectation_class, kwargs)
    _known_columns(path, number, table, kwargs)
    return Entry(
        number=number,
        type=entry["type"],
        column=str(kwargs.get("column", "")),
        severity=severity,
        description=str(entry.get("description", "")),
        min_applicable=_count(path, number, kwargs.get("min_applicable", meta.get("min_applicable", 0))),
        expectation=_build(path, number, expectation_class, kwargs, {**entry, "meta": {"entry": number}}),
    )


def _class(path: Path, number: int, table: str, kind: Any) -> Any:
    """The class of an expectation type, among the named ones and those of Great Expectations."""
    install()
    from great_expectations.expectations.registry import list_registered_expectation_implementations

    known = sorted({*POLICIES, *list_registered_expectation_implementations()})
    _one_of(path, number, "expectation type", kind, known, "one of this project or of Great Expectations")
    policy = POLICIES.get(kind)
    if policy is not None and policy.table != table:
        raise SuiteError(path, number, f"{kind} in a suite about {table}", f"a suite about {policy.table}")
    if policy is not None:
        return install()[kind]
    from great_expectations.expectations.registry import get_expectation_impl

    return get_expectation_impl(kind)


def _known_keywords(path: Path, number: int, kind: str, found: Any, kwargs: Mapping[str, Any]) -> None:
    """The keywords of an expectation are the fields that say what it checks, not those of its envelope."""
    envelope = {*ENTRY_KEYS, *_ENVELOPE}
    known = sorted(set(found.__fields__) - envelope)
    for name in kwargs:
        if name not in known:
            wrong = f"{kind} has no keyword '{name}'"
            raise SuiteError(path, number, wrong, f"one of {', '.join(known)}", _nearest(name, known))


def _known_columns(path: Path, number: int, table: str, kwargs: Mapping[str, Any]) -> None:
    known = (*COLUMNS[table], *CONTEXT[table])
    for key in _COLUMN_KEYS:
        named = kwargs.get(key, [])
        for column in [named] if isinstance(named, str) else named:
            _one_of(path, number, f"{key} of {table}", column, known, f"a column of {table}")


def _build(path: Path, number: int, found: Any, kwargs: Mapping[str, Any], entry: Mapping[str, Any]) -> Any:
    great_expectations()
    from great_expectations.compatibility.pydantic import ValidationError

    words = {key: entry[key] for key in ("severity", "description", "notes", "meta") if key in entry}
    try:
        return found(**kwargs, **words)
    except (ValidationError, TypeError, ValueError) as error:
        wrong = f"bad kwargs for {entry['type']}: {_flat(error)}"
        raise SuiteError(path, number, wrong, "the keywords it takes, with values of their type") from error


def _flat(error: Exception) -> str:
    """The message of a validation error on one line: ``mostly: ensure this value is …``."""
    errors = getattr(error, "errors", None)
    if callable(errors):
        return "; ".join(f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in errors())
    return " ".join(str(error).split())


def _keys(
    path: Path,
    number: int | None,
    found: Mapping[str, Any],
    known: Sequence[str],
    required: Sequence[str] = (),
) -> None:
    for key in found:
        if key not in known:
            nearest = _nearest(key, known)
            raise SuiteError(path, number, f"unknown key '{key}'", f"one of {', '.join(known)}", nearest)
    for key in required:
        if key not in found:
            raise SuiteError(path, number, f"no key '{key}'", f"the keys {', '.join(required)}")


def _mapping(path: Path, number: int | None, what: str, found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise SuiteError(path, number, f"{what} is {found!r}", "an object in braces")
    return found


def _one_of(
    path: Path, number: int | None, what: str, found: Any, known: Sequence[str], expected: str = ""
) -> str:
    if isinstance(found, str) and found in known:
        return found
    nearest = _nearest(str(found), known)
    raise SuiteError(
        path, number, f"unknown {what} '{found}'", expected or f"one of {', '.join(known)}", nearest
    )


def _count(path: Path, number: int, found: Any) -> int:
    if isinstance(found, bool) or not isinstance(found, int) or found < 0:
        raise SuiteError(path, number, f"min_applicable {found!r}", "a whole number from 0")
    return found


def _nearest(word: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), "")
