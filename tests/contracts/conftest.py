"""A small run, built by hand about an invented county: every test breaks one thing in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from cleaner.model import (
    Cleaned,
    Document,
    DocumentResult,
    Edit,
    EditKind,
    Evidence,
    Figure,
    Finding,
    OffsetMap,
    Relation,
    RunResult,
    Safety,
    Severity,
    Span,
    Verdict,
)

TEXT = (
    "云泽县三次产业结构比为18.2：46.3：35.4。全县财政支出20.0亿元，其中民生支出16.7亿元，占83.5%。"
    "经营主体达到4200户，净增200户，增长5.0%。全县有58个项目，已完工31个，完工率53.4%。"
)
DOC = "云泽/2023.txt"


def figure(number: int, raw: str, value: str, unit: str, precision: str | None, **more: Any) -> Figure:
    """A figure of ``TEXT``; exact without a precision."""
    start, amount = TEXT.index(raw), Decimal(value)
    half = Decimal(precision) / 2 if precision else Decimal(0)
    words: dict[str, Any] = {
        "kind": "level",
        "nature": "level",
        "indicator": "指标",
        "period": "2023",
        **more,
    }
    return Figure(
        figure_id=f"F{number}",
        doc=DOC,
        spans=(Span(start, start + len(raw)),),
        raw=raw,
        text=raw,
        value=amount,
        lower=amount - half,
        upper=amount + half,
        precision=Decimal(precision) if precision else None,
        unit=unit,
        **words,
    )


SHARE = {"kind": "share", "nature": "share"}
FIGURES = (
    figure(0, "18.2", "18.2", "%", "0.1", **SHARE),
    figure(1, "46.3", "46.3", "%", "0.1", **SHARE),
    figure(2, "35.4", "35.4", "%", "0.1", **SHARE),
    figure(3, "20.0亿元", "2.00E+9", "元", "1E+7", scale=10**8),
    figure(4, "16.7亿元", "1.67E+9", "元", "1E+7", scale=10**8),
    figure(5, "83.5%", "83.5", "%", "0.1", **SHARE),
    figure(6, "4200户", "4200", "户", None),
    figure(7, "200户", "200", "户", None, nature="change"),
    figure(8, "5.0%", "5.0", "%", "0.1", kind="growth_rate", nature="growth_rate"),
    figure(9, "58个", "58", "个", None, kind="count", nature="count"),
    figure(10, "31个", "31", "个", None, kind="count", nature="count"),
)


def relation(number: int, kind: str, members: str, **more: Any) -> Relation:
    """A relation between figures given by their numbers."""
    words: dict[str, Any] = {"verdict": Verdict.CONSISTENT, **more}
    return Relation(f"R{number}", DOC, kind, tuple(f"F{n}" for n in members.split()), **words)


HUNDRED = {"stated_lower": Decimal(100), "stated_upper": Decimal(100)}
RELATIONS = (
    relation(
        *(0, "parts_sum_to_whole", "0 1 2"),
        **HUNDRED,
        computed_lower=Decimal("99.75"),
        computed_upper=Decimal("100.05"),
    ),
    relation(1, "share_of_total", "4 3 5"),
    relation(2, "growth_vs_levels", "6 7 8"),
    relation(3, "subset_le_total", "10 9"),
)
EDIT = Edit(
    edit_id="E0",
    doc=DOC,
    rule="wording/doubled-word",
    edit=EditKind.DELETE,
    safety=Safety.CERTAIN,
    evidence=Evidence.FORM,
    spans=(Span(0, 3),),
    before="云泽县",
    after="",
    applied=True,
    why="重复",
    seq=0,
    stage="wording",
    stage_start=0,
    stage_end=3,
    stage_before="云泽县",
)
FINDING = Finding(
    finding_id="N0",
    doc=DOC,
    check="relations/share_of_total",
    severity=Severity.WARNING,
    spans=(Span(3, 9),),
    message="占比与部分不合",
    message_en="the share does not fit",
    members=("F4", "R1"),
)


@dataclass(frozen=True)
class Small:
    """The parts of a run of one document; ``with_`` replaces some, ``result`` puts them together."""

    figures: tuple[Figure, ...] = FIGURES
    relations: tuple[Relation, ...] = RELATIONS
    findings: tuple[Finding, ...] = (FINDING,)
    edits: tuple[Edit, ...] = (EDIT,)
    coverage: dict[str, int] | None = None
    rules: dict[str, dict[str, str]] | None = None
    text: str = TEXT
    doc: str = DOC

    def with_(self, **parts: Any) -> Small:
        """A copy with other parts."""
        return replace(self, **parts)

    def with_figure(self, number: int, **changes: Any) -> Small:
        """A copy with one figure changed."""
        return replace(self, figures=_changed(self.figures, number, changes))

    def with_relation(self, number: int, **changes: Any) -> Small:
        """A copy with one relation changed."""
        return replace(self, relations=_changed(self.relations, number, changes))

    def with_edit(self, **changes: Any) -> Small:
        """A copy whose only edit is changed."""
        return replace(self, edits=_changed(self.edits, 0, changes))

    @property
    def texts(self) -> dict[str, str]:
        """The base texts by document."""
        return {self.doc: self.text}

    @property
    def result(self) -> RunResult:
        """The run."""
        document = Document(
            self.doc, self.text, sha256="0" * 64, title="云泽县政府工作报告", place="云泽县", year="2023"
        )
        cleaned = Cleaned(document, self.text, self.edits, OffsetMap.identity(len(self.text)), ())
        coverage = {"in_equality": 8, "in_inequality": 3} if self.coverage is None else self.coverage
        found = DocumentResult(cleaned, self.figures, self.relations, self.findings, coverage)
        return RunResult((found,), rules=self.rules or {})


def _changed(rows: tuple[Any, ...], number: int, changes: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(replace(row, **changes) if i == number else row for i, row in enumerate(rows))


@pytest.fixture
def small() -> Small:
    """A run in which everything agrees."""
    return Small()


@pytest.fixture
def nothing() -> RunResult:
    """A run that read no document."""
    return RunResult(())
