"""Two runs over the same documents: what the second does otherwise. As Markdown and as a page of HTML."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cleaner.reports.html import environment
from cleaner.reports.safe import one_line
from cleaner.reports.summary import escape, table
from cleaner.reports.words import COVERAGE

MOST = 50
"""Changes of one kind that a report spells out; all are counted."""


@dataclass(frozen=True, slots=True)
class Count:
    """Something that both runs counted."""

    name: str
    before: int
    after: int
    new: int = 0
    gone: int = 0

    @property
    def step(self) -> str:
        """The difference with its sign."""
        return f"{self.after - self.before:+d}" if self.after != self.before else "0"

    @property
    def differs(self) -> bool:
        """Whether the runs differ here, be it only in which ones they counted."""
        return bool(self.after != self.before or self.new or self.gone)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that only one of the runs has, or that they have otherwise. ``what`` says it in a line."""

    kind: str
    place: str
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Drift:
    """What differs between two runs, over the documents whose bytes are the same in both.

    ``settings`` are lines about versions, packs and configuration; ``apart`` are documents that only one run read or
    whose bytes differ, with the reason.
    """

    before: str
    after: str
    documents: int
    settings: tuple[str, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    texts: tuple[str, ...] = ()
    edits: tuple[Count, ...] = ()
    edit_changes: tuple[Change, ...] = ()
    findings: tuple[Count, ...] = ()
    finding_changes: tuple[Change, ...] = ()
    figures: tuple[Count, ...] = ()
    figure_changes: tuple[Change, ...] = ()
    coverage: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def same(self) -> bool:
        """Whether the documents of both runs came out the same."""
        counted = (*self.edits, *self.findings, *self.figures)
        return not (any(count.differs for count in counted) or self.texts or self.figure_changes)


def render_drift_markdown(drift: Drift) -> str:
    """The comparison as Markdown, every text of a stranger escaped."""
    return "\n".join(_lines(drift)).rstrip() + "\n"


def _verdict(drift: Drift) -> str:
    if not drift.documents:
        return "没有可比的 nothing to compare"
    if drift.same:
        return "结果相同 the same results"
    return f"净本有变 clean texts that differ: **{len(drift.texts)}**"


def _lines(drift: Drift) -> Iterator[str]:
    yield "# 两次运行之比较 Drift"
    yield ""
    yield f"`{one_line(drift.before)}` → `{one_line(drift.after)}`"
    yield ""
    yield f"**{drift.documents}** 篇字节相同的文件 documents of the same bytes · {_verdict(drift)}"
    yield ""
    yield from _listed("设置 Settings", [escape(line, 300) for line in drift.settings])
    yield from _listed("未比较 Not compared", [f"{escape(doc)}: {why}" for doc, why in drift.apart])
    yield from _counts("改动 Edits by rule", drift.edits)
    yield from _changes(drift.edit_changes)
    yield from _counts("判定 Findings by check", drift.findings)
    yield from _changes(drift.finding_changes)
    yield from _counts("数值 Figures", drift.figures)
    yield from _changes(drift.figure_changes)
    if any(drift.coverage.values()):
        yield "## 核对范围 Coverage"
        yield ""
        rows = (
            (f"{COVERAGE[n].zh} {COVERAGE[n].en}", str(a), str(b), f"{b - a:+d}")
            for n, (a, b) in drift.coverage.items()
        )
        yield from table(("", "前 before", "后 after", "差 step"), rows)


def _listed(head: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"## {head}"
        yield ""
        yield from (f"- {line}" for line in lines[:MOST])
        if len(lines) > MOST:
            yield f"- … and {len(lines) - MOST} more"
        yield ""


def _counts(head: str, counts: Iterable[Count]) -> Iterator[str]:
    differing = [count for count in counts if count.differs]
    if differing:
        yield f"## {head}"
        yield ""
        rows = (
            (escape(c.name), str(c.before), str(c.after), c.step, str(c.new), str(c.gone)) for c in differing
        )
        yield from table(("", "前 before", "后 after", "差 step", "新增 new", "消失 gone"), rows)


def _changes(changes: tuple[Change, ...]) -> Iterator[str]:
    if changes:
        rows = ((c.kind, escape(c.place), escape(c.name), escape(c.what, 200)) for c in changes[:MOST])
        yield from table(("", "位置 place", "", "内容 what"), rows)
        if len(changes) > MOST:
            yield f"… and {len(changes) - MOST} more"
            yield ""


def render_drift_html(drift: Drift) -> str:
    """The comparison as one self-contained page without a script."""
    template = environment().get_template("drift.html.jinja")
    style = environment().get_template("drift.css").render()
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    sections = (
        ("改动 Edits by rule", drift.edits, drift.edit_changes),
        ("判定 Findings by check", drift.findings, drift.finding_changes),
        ("数值 Figures", drift.figures, drift.figure_changes),
    )
    return template.render(
        drift=drift, sections=sections, coverage_words=COVERAGE, most=MOST, style=style, digest=digest
    )
