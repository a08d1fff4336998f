"""Suites over Spark DataFrames, through the Spark engine of Great Expectations.

That engine knows columns of plain values. Every built-in expectation of a suite goes through it: sizes, sets, lengths,
missing values, bounds. The named expectations of this project look at a relation with its figures, or at an edit with its
group and the rules, as Python objects; they need whole documents and are examined by ``cleaner.spark.promises`` in the
workers. Which of the two an entry is, is said in its result: none is left out in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.contracts.expectations import great_expectations
from cleaner.contracts.kept import shorten, shown
from cleaner.contracts.policies import POLICIES
from cleaner.contracts.run import suite_entry_result
from cleaner.contracts.suites import Entry, Suite, load_suite
from cleaner.contracts.tables import COLUMNS
from cleaner.errors import KanwuError
from cleaner.model import ContractResult, Severity
from cleaner.packs.source import data_folder

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

PROBLEM = "problem"
_LISTED = 20
_DERIVED: Mapping[str, str] = {
    "edits_per_thousand": "1000D * edits / nullif(characters, 0)",
    "checkable": "{in_equality} / nullif({in_equality} + {in_inequality} + {in_nothing}, 0)",
}
"""Columns that a suite about documents may ask for and that documents.parquet does not have."""
_ELSEWHERE = (
    "须整篇文件，由 promises 检查，不在此列 / it needs whole documents: examined by promises, not here"
)


class SparkSuiteError(KanwuError):
    """A suite that has nothing to say about a DataFrame by itself, or a DataFrame that is not its table."""


def validate(df: DataFrame, suite: str | Path) -> tuple[ContractResult, ...]:
    """What became of every entry of a suite over a DataFrame with the columns of its table.

    Args:
        df: figures, findings, documents, edits or relations, as the verbs of ``cleaner.spark`` give them or as the parts of a
            run hold them. Rows that tell of a ``problem`` are counted and not examined as rows of the table.
        suite: the name of a shipped suite, or a file of your own.

    Raises:
        SuiteError: a suite that cannot be trusted.
        SparkSuiteError: no shipped suite of that name, none of its entries is about plain columns, or a column is missing.
    """
    chosen = load_suite(_path(suite))
    entries = [entry for entry in chosen.entries if entry.type not in POLICIES]
    if not entries:
        wrong = f"every expectation of suite '{chosen.name}' needs whole documents; cleaner.spark.promises examines them"
        raise SparkSuiteError(wrong)
    rows, problems = _rows(df, chosen)
    found = _examined(replace(chosen, entries=tuple(entries)), rows)
    count = rows.count()
    results = [
        _elsewhere(chosen, entry)
        if entry.type in POLICIES
        else suite_entry_result(chosen, entry, found.get(entry.number), count, _failures)
        for entry in chosen.entries
    ]
    return (*results, *([_told(chosen, problems)] if problems else []))


def _path(suite: str | Path) -> Path:
    if isinstance(suite, Path):
        return suite
    folder = data_folder("expectations") / "suites"
    path = folder / f"{suite}.json"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in folder.glob("*.json")))
        raise SparkSuiteError(f"no shipped suite '{suite}'; there are {known}; a file of your own is a Path")
    return path


def _rows(df: DataFrame, suite: Suite) -> tuple[DataFrame, int]:
    """The rows of the table, with the columns that are worked out; and how many told of a problem instead."""
    from pyspark.sql import functions as f

    problems = 0
    if PROBLEM in df.columns:
        problems = df.where(f.col(PROBLEM).isNotNull()).count()
        df = df.where(f.col(PROBLEM).isNull()).drop(PROBLEM)
    missing = [name for name in COLUMNS[suite.table] if name not in df.columns]
    if missing:
        raise SparkSuiteError(
            f"suite '{suite.name}' is about {suite.table}; found no column {', '.join(missing)}"
        )
    if suite.table == "documents":
        counts = {
            name: f"coalesce(cast(get_json_object(coverage, '$.{name}') as double), 0D)"
            for name in ("in_equality", "in_inequality", "in_nothing")
        }
        for name, formula in _DERIVED.items():
            df = df.withColumn(name, f.expr(formula.format(**counts)))
    return df, problems


def _examined(suite: Suite, rows: DataFrame) -> dict[int, Any]:
    """Entry number -> what Great Expectations says of it, or the exception that ended the whole suite."""
    gx = great_expectations()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_spark("kanwu", persist=False).add_dataframe_asset(suite.name)
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch(batch_parameters={"dataframe": rows})
    expectations = gx.ExpectationSuite(name=suite.name)
    for entry in suite.entries:
        expectations.add_expectation(entry.expectation)
    # COMPLETE would bring every row that fails to the driver
    wanted = {"result_format": "SUMMARY", "partial_unexpected_count": _LISTED}
    try:
        validated = batch.validate(expectations, result_format=wanted)
    except Exception as error:  # whatever it was, nothing has been examined
        return {entry.number: error for entry in suite.entries}
    return {result.expectation_config.meta["entry"]: result for result in validated.results}


def _failures(entry: Entry, result: Mapping[str, Any]) -> tuple[str, ...]:
    """The values that fail, without their rows: those stay in the cluster."""
    values = [
        f"{entry.column} = {shown(value)}"
        for value in result.get("partial_unexpected_list") or ()
        if entry.column
    ]
    count = int(result.get("unexpected_count") or 0)
    observed = result.get("observed_value")
    if not values and observed is not None:
        return (f"实为 / observed: {observed}",)
    told = shorten(list(dict.fromkeys(values)) or ["未达到 / not met"])
    return (*told, *([f"共 {count} 行 / {count} rows in all"] if count else []))


def _elsewhere(suite: Suite, entry: Entry) -> ContractResult:
    severity = Severity.INFO
    return ContractResult(
        suite.name, entry.name, severity, True, 0, note=f"{entry.description}；{_ELSEWHERE}"
    )


def _told(suite: Suite, problems: int) -> ContractResult:
    """Documents that no row of the table stands for: what was examined is not the whole."""
    failures = (f"{problems} 行只有 problem / {problems} rows tell of a problem and hold nothing else",)
    return ContractResult(suite.name, PROBLEM, Severity.ERROR, False, problems, failures, broken=True)
