"""The table contracts of a run: pandera models -> ``ContractResult`` rows, one sentence for each bad row.

Validation is lazy, so one run reports everything. Two habits of pandera are undone here: a row check that
fails is reported once for every column of the row, and a check is named by its ``error`` text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from cleaner.contracts.context import IDS, Frames
from cleaner.contracts.models import judgements, model, promises
from cleaner.contracts.promises import Promise
from cleaner.model import ContractResult, Severity

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 50
"""So many bad rows are spelled out; the rest are counted."""

SOURCE = "pandera"
_COLUMNS_ZH, _COLUMNS_EN = "列、类型、用词与编号", "columns, types, words and ids"


def table_results(frames: Frames) -> Iterator[ContractResult]:
    """What became of every promise of every table, the kept ones included.

    ``frames`` are in context. A broken table contract is an error that leaves the run broken: what was
    computed from such a table is not to be trusted.
    """
    for table, frame in frames.items():
        failures = _failures(table, frame)
        yield _result(f"{table}.columns", f"{_COLUMNS_ZH} / {_COLUMNS_EN}", len(frame), failures[""])
        for promise in promises(table):
            yield _promise_result(table, frame, promise, failures[promise.name])


def _promise_result(table: str, frame: pd.DataFrame, promise: Promise, bad: list[str]) -> ContractResult:
    applicable = 0
    if not any(sentence.startswith(_CRASHED) for sentence in bad):
        applicable = sum(wrong is not None for wrong in judgements(frame, promise))
    return _result(f"{table}.{promise.name}", promise.title, applicable, bad)


def _result(name: str, title: str, applicable: int, bad: list[str]) -> ContractResult:
    return ContractResult(
        source=SOURCE,
        name=name,
        severity=Severity.ERROR,
        success=not bad,
        applicable=applicable,
        failures=shorten(bad),
        note=title if applicable or bad else f"{title}；不适用：没有这样的行 / not applicable: no such row",
        broken=bool(bad),
    )


def shorten(sentences: list[str]) -> tuple[str, ...]:
    """The first sentences, and how many more there are."""
    more = len(sentences) - SHOWN
    tail = [f"……另有 {more} 处 / and {more} more"] if more > 0 else []
    return (*sentences[:SHOWN], *tail)


_CRASHED = "检查未能运行 / the check could not run: "


def _failures(table: str, frame: pd.DataFrame) -> Mapping[str, list[str]]:
    """Promise name -> sentences; under the empty name what is wrong with columns, types, words and ids."""
    from pandera.errors import SchemaErrors

    found: dict[str, list[str]] = defaultdict(list)
    try:
        model(table).validate(frame, lazy=True)
    except SchemaErrors as errors:
        by_name = {promise.name: promise for promise in promises(table)}
        for error in errors.schema_errors:
            promise = by_name.get(getattr(error.check, "name", ""))
            if promise is None:
                found[""] += _of_columns(table, frame, error)
            else:
                found[promise.name] += _of_promise(table, frame, promise, error)
    except Exception as error:  # a model that could not run has kept nothing
        found[""].append(f"{table}：{_CRASHED}{error!r}")
    return found


def _of_promise(table: str, frame: pd.DataFrame, promise: Promise, error: Any) -> list[str]:
    """One sentence for each row that breaks a promise."""
    if error.reason_code is not None and error.reason_code.name == "CHECK_ERROR":
        return [f"{_CRASHED}{_cases(error)}"]
    names = _row_names(table, frame)
    judged = zip(names, judgements(frame, promise), strict=True)
    return [f"{name}：{wrong}" for name, wrong in judged if wrong]


def _of_columns(table: str, frame: pd.DataFrame, error: Any) -> list[str]:
    """One sentence for each row and column that fails; one for the table where no row is to blame."""
    what = _what(error)
    cases = error.failure_cases
    if not hasattr(cases, "to_dict") or "index" not in cases or cases["index"].isna().all():
        return [f"{table}：{what}：{_cases(error)}"]
    names = dict(zip(frame.index, _row_names(table, frame), strict=True))
    rows: dict[Any, list[str]] = defaultdict(list)
    for case in cases.to_dict("records"):
        rows[case["index"]].append(shown(case["failure_case"]))
    return [f"{names.get(index, table)}：{what}：{', '.join(cells)}" for index, cells in rows.items()]


def shown(cell: Any) -> str:
    """A cell as a reader knows it: 0.0, and not np.float64(0.0)."""
    return repr(cell.item() if hasattr(cell, "item") else cell)


def _what(error: Any) -> str:
    """The column and the rule that it breaks."""
    column = getattr(error.schema, "name", None)
    check = getattr(error.check, "error", None) or getattr(error.check, "name", None) or error.check
    if error.reason_code is not None and error.reason_code.name == "DUPLICATES":
        return "编号重复 / an id that is not unique"
    return f"列 {column} / column {column}: {check}"


def _cases(error: Any) -> str:
    cases = error.failure_cases
    if hasattr(cases, "to_dict"):
        return ", ".join(str(case) for case in cases["failure_case"].tolist()[:SHOWN])
    return str(cases)


def _row_names(table: str, frame: pd.DataFrame) -> list[str]:
    """``doc id`` of every row; the row's number where these columns are missing."""
    wanted = list(dict.fromkeys(("doc", IDS[table])))
    if any(column not in frame for column in wanted):
        return [f"{table} #{number}" for number in range(len(frame))]
    return [" ".join(str(cell) for cell in row) for row in frame[wanted].itertuples(index=False)]
