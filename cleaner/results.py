"""What the verbs give back: the nouns of the model, which also show themselves in a notebook and become tables."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from cleaner.model import Cleaned, DocumentResult, RunResult

if TYPE_CHECKING:
    import pandas as pd

FRAMES = ("edits", "findings", "figures", "relations")
"""The tables of a result."""


class Restored(Cleaned):
    """A restored text that a notebook shows as base and clean text side by side."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from cleaner.reports.cell import render_cell

        return render_cell(self)

    def frame(self) -> pd.DataFrame:
        """The ledger as a DataFrame, columns as in edits.jsonl."""
        return _frame(DocumentResult(self), "edits")


class Judged(DocumentResult):
    """A judged text that a notebook shows: edits side by side, findings, coverage."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from cleaner.reports.cell import render_cell

        return render_cell(self)

    def frame(self, table: str) -> pd.DataFrame:
        """``edits``, ``findings``, ``figures`` or ``relations`` as a DataFrame, columns as in OUT.

        Decimals are ``Decimal``; an offset counts code points of the base text.

        Raises:
            ValueError: another table.
        """
        return _frame(self, table)


def restored(cleaned: Cleaned) -> Restored:
    """``cleaned`` with a face."""
    return Restored(**{field.name: getattr(cleaned, field.name) for field in fields(Cleaned)})


def judged(result: DocumentResult) -> Judged:
    """``result`` with a face."""
    return Judged(**{field.name: getattr(result, field.name) for field in fields(DocumentResult)})


def _frame(result: DocumentResult, table: str) -> pd.DataFrame:
    from cleaner.contracts.tables import frames

    if table not in FRAMES:
        message = f"no table '{table}'; there are {', '.join(FRAMES)}"
        raise ValueError(message)
    return frames(RunResult((result,)))[table]
