"""What a named expectation is, before Great Expectations is imported.

A policy looks at the rows of one table and says which of them it is about, and which break it. It is plain
Python on dictionaries; :mod:`cleaner.contracts.expectations` gives each policy its class for Great
Expectations, and the suites in ``expectations/suites`` say how grave a breach is and how much is tolerated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.contracts.context import IDS
from cleaner.contracts.promises import Judgement

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Policy:
    """A named expectation about the rows of ``table``.

    ``judge`` gives None for a row that the policy is not about, an empty string for one that keeps it, else
    what is wrong. ``undecided`` tells rows that it would be about if they could be decided from the text.
    ``covers`` are the relation types that the policy speaks for.
    """

    name: str
    table: str
    judge: Callable[[Row], Judgement]
    zh: str
    en: str
    covers: tuple[str, ...] = ()

    def undecided(self, row: Row) -> bool:
        """Whether a row is of a covered type, without a verdict that decides it."""
        return row.get("type") in self.covers and not row["claim"].decided


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a policy found: rows it was about, rows it could not decide, and a sentence for each breach."""

    applicable: int
    undecided: int
    failures: tuple[str, ...]

    @property
    def kept(self) -> int:
        """Applicable rows that keep the policy."""
        return self.applicable - len(self.failures)


def apply_policy(policy: Policy, rows: Sequence[Row]) -> Ledger:
    """Judge every row."""
    judged = [(row, policy.judge(row)) for row in rows]
    about = [(row, wrong) for row, wrong in judged if wrong is not None]
    failures = tuple(f"{name_of(policy.table, row)}：{wrong}" for row, wrong in about if wrong)
    return Ledger(len(about), sum(policy.undecided(row) for row in rows), failures)


def name_of(table: str, row: Row) -> str:
    """A row's document and id, as sentences name it."""
    row_id = row.get(IDS[table])
    return str(row["doc"]) if table == "documents" else f"{row['doc']} {row_id}"
