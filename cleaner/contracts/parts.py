"""The promises of a run whose tables are too large for memory: examined batch by batch, then counted together.

A batch holds whole documents, and nearly every promise is about a row, a relation with its figures, or a document
with its rows: it is kept in the whole if it is kept in every batch. The two others, how many rows a promise needs
(``min_applicable``) and which share of them must keep it (``mostly``), are asked of the counts of all batches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.contracts.arrow import arrow_table, frame
from cleaner.contracts.baseline import read_baseline
from cleaner.contracts.context import Known
from cleaner.contracts.data_docs import Validated
from cleaner.contracts.kept import shorten
from cleaner.contracts.run import examined
from cleaner.contracts.suites import Suite, load_suites
from cleaner.contracts.tables import COLUMNS
from cleaner.model import ContractResult, Severity
from cleaner.packs.source import data_folder

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of a promise in some batches, with the counts that the whole is judged by.

    ``least`` rows must be applicable; where ``mostly`` is set, that share of the ``of`` rows with a value must not be
    ``unexpected``.
    """

    result: ContractResult
    least: int = 0
    mostly: float | None = None
    unexpected: int = 0
    of: int = 0

    def as_row(self) -> dict[str, Any]:
        """All of it as JSON can hold it."""
        row = asdict(self)
        row["result"] |= {"severity": self.result.severity.value, "failures": list(self.result.failures)}
        return row

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Measured:
        """The reverse of :meth:`as_row`."""
        stored = row["result"]
        words = {"severity": Severity(stored["severity"]), "failures": tuple(stored["failures"])}
        return cls(**{**row, "result": ContractResult(**{**stored, **words})})


class Examiner:
    """The contracts and suites of a run, read once.

    Raises:
        SuiteError: a suite that cannot be trusted.
        BaselineError: a baseline without a documents.csv of ours.
    """

    def __init__(
        self, rules: Mapping[str, Mapping[str, str]], suites: Iterable[Path], baseline: Path | None
    ) -> None:
        self._rules = rules
        self._suites = load_suites(data_folder("expectations") / "suites", suites)
        self._asked = [_of_any_number(suite) for suite in self._suites]
        self._before = read_baseline(baseline) if baseline is not None else {}

    def examine(self, tables: Mapping[str, pa.Table], base_texts: Mapping[str, str]) -> tuple[Measured, ...]:
        """What became of every promise about the tables of some whole documents.

        Args:
            tables: documents, figures, relations, findings and edits, as :func:`arrow_table` made them.
            base_texts: ``doc`` -> base text.
        """
        given = {**tables, "panel": arrow_table(COLUMNS["panel"], [])}
        frames = {name: frame(name, given[name]) for name in COLUMNS}
        told: list[Validated] = []
        known = Known(base_texts, self._rules, {}, self._before)
        results = examined(frames, known, self._asked, told.append)
        entries = sum(len(suite.entries) + 1 for suite in self._suites)
        found = {one.name: one.result for one in told}
        measured = [m for suite in self._suites for m in (*_measures(suite, found.get(suite.name)), {})]
        shares: list[dict[str, Any]] = [*({} for _ in range(len(results) - entries)), *measured]
        return tuple(Measured(result, **share) for result, share in zip(results, shares, strict=True))


def _of_any_number(suite: Suite) -> Suite:
    """A suite for batches: how many rows a promise needs is asked of all of them together."""
    return replace(suite, entries=tuple(replace(entry, min_applicable=0) for entry in suite.entries))


def _measures(suite: Suite, validated: Any) -> list[dict[str, Any]]:
    """For every entry of a suite what its whole is judged by."""
    told = {} if validated is None else {r.expectation_config.meta["entry"]: r for r in validated.results}
    return [{"least": entry.min_applicable, **_share(told.get(entry.number))} for entry in suite.entries]


def _share(found: Any) -> dict[str, Any]:
    """``mostly`` and its counts, where an expectation asks for a share of its rows."""
    if found is None or "unexpected_count" not in found.result or "element_count" not in found.result:
        return {}
    mostly = found.expectation_config.kwargs.get("mostly")
    if mostly is None or mostly == 1:
        return {}
    of = found.result["element_count"] - (found.result.get("missing_count") or 0)
    return {"mostly": float(mostly), "unexpected": int(found.result["unexpected_count"]), "of": int(of)}


def together(one: Sequence[Measured], other: Sequence[Measured]) -> tuple[Measured, ...]:
    """What two batches gave as that of one: a promise is kept if it was kept in both."""
    if not one or not other:
        return tuple(one or other)
    return tuple(_both(first, second) for first, second in zip(one, other, strict=True))


def _both(one: Measured, other: Measured) -> Measured:
    first, second = one.result, other.result
    told = max(first, second, key=lambda result: result.applicable)
    applied = first.applicable + second.applicable
    result = replace(
        told,
        severity=min((first.severity, second.severity), key=lambda severity: severity.rank),
        success=first.success and second.success,
        applicable=max(first.applicable, second.applicable) if first.name == "suite" else applied,
        failures=shorten([*first.failures, *second.failures]),
        broken=first.broken or second.broken,
    )
    return Measured(
        result,
        max(one.least, other.least),
        other.mostly if one.mostly is None else one.mostly,
        one.unexpected + other.unexpected,
        one.of + other.of,
    )


def settled(measured: Iterable[Measured]) -> tuple[ContractResult, ...]:
    """The results of all batches together, held to the shares and numbers of rows that the promises ask for."""
    return tuple(_settled(one) for one in measured)


def _settled(one: Measured) -> ContractResult:
    result = one.result
    if one.mostly is not None and not result.broken and one.of:
        success = one.of - one.unexpected >= one.mostly * one.of
        result = replace(result, success=success, failures=() if success else result.failures)
    if result.applicable >= one.least:
        return result
    few = f"只有 {result.applicable} 行适用，至少要 {one.least} 行 / fewer applicable rows than required"
    return replace(result, success=False, failures=(few, *result.failures))
