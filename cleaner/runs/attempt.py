"""Documents through the whole, some at a time: what files, processes and Spark partitions have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.model import Document, DocumentResult, Refusal, RunResult
from cleaner.reading.discover import Found
from cleaner.runs.options import Options
from cleaner.runs.process import process_document, rules_of

if TYPE_CHECKING:
    import pyarrow as pa

Rows = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Attempted:
    """A document that was processed, with its rows by table."""

    result: DocumentResult
    rows: Rows


class Attempts:
    """Processes documents with the rules of ``options``; the rules are read once for each group of settings."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._settings: Settings | None = None
        self._rules: RuleSet | None = None

    def attempt(self, document: Document, found: Found | None = None) -> Attempted | Refusal:
        """Process one document. One that makes Kanwu fail is refused and named; the others go on.

        Args:
            document: the document.
            found: its file, which the settings may depend on.
        """
        options = self._options.for_file(found) if found is not None else self._options
        rules = self._rules_for(options)
        try:
            result = process_document(document, rules, options.settings, options.judge)
            return Attempted(result, rows_of(result))
        except Exception as error:  # one document among millions must not end the run
            reason = f"Kanwu failed on it, and it stays as it was: {type(error).__name__}: {error}"
            return Refusal(document.doc, reason)

    def _rules_for(self, options: Options) -> RuleSet:
        if self._rules is None or self._settings != options.settings:
            self._settings, self._rules = options.settings, rules_of(options)
        return self._rules


def rows_of(result: DocumentResult) -> Rows:
    """The rows of one document in every table, blocks too.

    Raises:
        TableError: a value that no table can hold.
    """
    from cleaner.contracts.tables import rows
    from cleaner.reports.jsonl import block_rows

    alone = RunResult((result,))
    return {**rows(alone), "blocks": list(block_rows(alone))}


def columns() -> dict[str, Mapping[str, str]]:
    """The tables of documents, with their columns."""
    from cleaner.contracts.arrow import BLOCKS
    from cleaner.contracts.tables import COLUMNS

    return {**{name: kinds for name, kinds in COLUMNS.items() if name != "panel"}, "blocks": BLOCKS}


def tables_of(attempted: Iterable[Attempted]) -> dict[str, pa.Table]:
    """The tables of some documents, in their order; every table is there, with or without rows."""
    from cleaner.contracts.arrow import arrow_table

    done = tuple(attempted)
    return {
        name: arrow_table(kinds, [row for one in done for row in one.rows[name]])
        for name, kinds in columns().items()
    }
