"""Everything a run promises, examined: table contracts, then suites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from cleaner.checks.panel import Panel
from cleaner.contracts.baseline import read_baseline
from cleaner.contracts.context import IDS, Frames, Known, in_context
from cleaner.contracts.data_docs import Record, Validated
from cleaner.contracts.expectations import great_expectations
from cleaner.contracts.kept import shorten, shown, table_results
from cleaner.contracts.suites import Entry, Suite, load_suites
from cleaner.contracts.tables import frames
from cleaner.model import ContractResult, RunResult, Severity
from cleaner.packs.source import data_folder

SEVERITY = {"critical": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO}
"""Great Expectations' word -> ours."""


def validate(
    result: RunResult,
    base_texts: Mapping[str, str],
    suites_dir: Path | None = None,
    extra_suites: Iterable[Path] = (),
    baseline: Path | None = None,
    panel: Panel | None = None,
    record: Record | None = None,
) -> tuple[ContractResult, ...]:
    """Examine the tables of a run against their contracts and against every suite.

    Args:
        result: the run.
        base_texts: ``doc`` -> base text, which ``raw`` and ``before`` are compared with.
        suites_dir: folder of suites; by default the shipped ones.
        extra_suites: more suite files, examined after those.
        baseline: what an earlier run left, to compare with; without it drift is not applicable.
        panel: the panel of the run, if it was asked for; without it a suite about it has no row.
        record: is given every suite with the result object of Great Expectations, for its own site.

    Returns:
        One result for each promise, kept or not, in a fixed order. A promise that no row was about succeeds
        with ``applicable`` 0 and says "not applicable" in its note. A promise that could not be examined
        fails as an error with ``broken``, and so does a table that breaks its contract.

    Raises:
        SuiteError: a suite that cannot be trusted; nothing is examined then.
        TableError: a value that the tables cannot hold.
        BaselineError: a baseline without a documents.csv of ours.
    """
    suites = load_suites(suites_dir or data_folder("expectations") / "suites", extra_suites)
    before = read_baseline(baseline) if baseline is not None else {}
    known = Known(base_texts, result.rules, _messages(result), before)
    tables = frames(result, panel or Panel((), (), ()))
    return examined(tables, known, suites, record, with_panel=panel is not None)


def examined(
    tables: Frames,
    known: Known,
    suites: Iterable[Suite],
    record: Record | None = None,
    with_panel: bool = False,
) -> tuple[ContractResult, ...]:
    """What became of every promise about ``tables``; the contract of the panel counts ``with_panel`` only."""
    joined = in_context(tables, known)
    kept = {name: table for name, table in joined.items() if name != "panel" or with_panel}
    return (*table_results(kept), *suite_results(suites, joined, record))


def _messages(result: RunResult) -> dict[tuple[str, str], str]:
    """What the checks said of relations, in both languages."""
    return {
        (relation.doc, relation.relation_id): f"{relation.message} / {relation.message_en}"
        for document in result.documents
        for relation in document.relations
        if relation.message
    }


def suite_results(
    suites: Iterable[Suite], tables: Frames, record: Record | None = None
) -> Iterator[ContractResult]:
    """What became of every entry of every suite, in the order of the files."""
    context = great_expectations().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("kanwu")
    for suite in suites:
        asset = source.add_dataframe_asset(suite.name)
        definition = asset.add_batch_definition_whole_dataframe("all")
        batch = definition.get_batch(batch_parameters={"dataframe": tables[suite.table]})
        found = _examined(suite, batch, record)
        rows = len(tables[suite.table])
        results = [suite_entry_result(suite, e, found.get(e.number), rows, _failures) for e in suite.entries]
        yield from results
        yield _summary(suite, results)


def _examined(suite: Suite, batch: Any, record: Record | None) -> dict[int, Any]:
    """Entry number -> what Great Expectations says of it, or the exception that ended the whole suite."""
    gx = great_expectations()
    expectations = gx.ExpectationSuite(name=suite.name)
    for entry in suite.entries:
        expectations.add_expectation(entry.expectation)
    wanted = {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": list(dict.fromkeys(("doc", IDS[suite.table]))),
    }
    try:
        validated = batch.validate(expectations, result_format=wanted)
    except Exception as error:  # whatever it was, nothing has been examined
        return {entry.number: error for entry in suite.entries}
    if record is not None:
        record(Validated(suite.name, suite.table, expectations, deepcopy(validated)))
    return {result.expectation_config.meta["entry"]: result for result in validated.results}


def _summary(suite: Suite, results: Sequence[ContractResult]) -> ContractResult:
    """How many entries of a suite were about anything: a suite that was about nothing says so."""
    applied = sum(result.applicable > 0 for result in results)
    note = f"{len(results)} 项中 {applied} 项适用 / {applied} of {len(results)} expectations applied"
    return ContractResult(suite.name, "suite", Severity.INFO, True, applied, note=note)


Failures = Callable[[Entry, Mapping[str, Any]], tuple[str, ...]]
"""What an expectation that was not met says for a reader, from its result."""


def suite_entry_result(
    suite: Suite, entry: Entry, found: Any, rows: int, failures: Failures
) -> ContractResult:
    """What became of an entry over a table of so many ``rows``, from what Great Expectations found or failed with."""
    if found is None or isinstance(found, Exception):
        return _crashed(suite, entry, str(found or "no result came back"))
    crash = _crash(found.exception_info)
    if crash:
        return _crashed(suite, entry, crash)
    result = found.result
    applicable = _applicable(result, rows)
    success = bool(found.success) and applicable >= entry.min_applicable
    few = (
        [f"只有 {applicable} 行适用，至少要 {entry.min_applicable} 行 / fewer applicable rows than required"]
        if applicable < entry.min_applicable
        else []
    )
    return ContractResult(
        source=suite.name,
        name=entry.name,
        severity=SEVERITY[entry.severity],
        success=success,
        applicable=applicable,
        failures=() if success else (*few, *failures(entry, result)),
        note=_note(entry, applicable, result.get("undecided", 0)),
    )


def _applicable(result: Mapping[str, Any], rows: int) -> int:
    """Rows that an expectation looked at: those with a value, for one about a column."""
    if "applicable" in result:
        return int(result["applicable"])
    return int(result.get("element_count", rows)) - int(result.get("missing_count") or 0)


def _failures(entry: Entry, result: Mapping[str, Any]) -> tuple[str, ...]:
    if "failures" in result:
        more = result["unexpected_count"] - len(result["failures"])
        return (*result["failures"], *([f"……另有 {more} 处 / and {more} more"] if more > 0 else []))
    values = [_row(case, entry.column) for case in result.get("unexpected_index_list") or ()]
    observed = result.get("observed_value")
    if not values and observed is not None:
        values = [f"实为 / observed: {observed}"]
    return shorten(values or ["未达到 / not met"])


def _row(case: Mapping[str, Any], column: str) -> str:
    """``doc id：column = value`` of an unexpected row."""
    name = " ".join(str(cell) for key, cell in case.items() if key != column)
    return f"{name}：{column} = {shown(case.get(column))}"


def _note(entry: Entry, applicable: int, undecided: int) -> str:
    """The entry's own words, and plainly whether it was about anything."""
    notes = [entry.description] if entry.description else []
    if applicable == 0 and undecided:
        notes.append(
            f"不适用：{undecided} 条均无法判定 / not applicable: none of {undecided} could be decided"
        )
    elif applicable == 0:
        notes.append("不适用：没有这样的行 / not applicable: no such row")
    elif undecided:
        notes.append(f"另有 {undecided} 条无法判定 / {undecided} more could not be decided")
    return "；".join(notes)


def _crash(info: Any) -> str:
    """The message of an exception inside an expectation; empty if there was none.

    Great Expectations keeps it flat for a crash of the expectation, and by metric id for one of a metric.
    """
    if not info:
        return ""
    flat = [info] if "raised_exception" in info else list(info.values())
    messages = [str(one.get("exception_message")) for one in flat if one.get("raised_exception")]
    return "; ".join(dict.fromkeys(messages))


def _crashed(suite: Suite, entry: Entry, message: str) -> ContractResult:
    """A promise that could not be examined is an error, whatever its own severity."""
    return ContractResult(
        source=suite.name,
        name=entry.name,
        severity=Severity.ERROR,
        success=False,
        applicable=0,
        failures=(f"未能检查 / could not be examined: {message}",),
        note=entry.description,
        broken=True,
    )
