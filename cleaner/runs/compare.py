"""Two OUT folders, read back and held against each other: what a new rule or version does to a corpus."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cleaner.errors import KanwuError
from cleaner.reports.drift import Change, Count, Drift
from cleaner.reports.safe import one_line
from cleaner.reports.words import COVERAGE
from cleaner.runs.undo import read_run

Row = Mapping[str, Any]
_COMPARED = ("value", "unit", "kind", "indicator", "subject", "period", "status", "comparator")
"""What a figure at one place may be read as otherwise."""
_CONTEXT = 12


class CompareError(KanwuError):
    """Runs that cannot be compared."""


@dataclass
class _Run:
    """The files of one OUT."""

    out: Path

    @cached_property
    def manifest(self) -> Row:
        return read_run(self.out)

    @cached_property
    def digests(self) -> dict[str, str]:
        """Document -> digest of its bytes; of a row of a table that of its text."""
        inputs = {entry["doc"]: entry["sha256"] for entry in self.manifest["inputs"] if not entry["rows"]}
        return {**inputs, **{row["doc"]: row["sha256"] for row in self.table("documents")}}

    def outputs(self) -> dict[str, str]:
        """Document -> digest of its clean text."""
        return {entry["doc"]: entry["output_sha256"] for entry in self.manifest["inputs"]}

    def lines(self, name: str) -> list[Row]:
        """The rows of a .jsonl file.

        Raises:
            CompareError: the run was made in parts, and has none.
        """
        path = self.out / name
        if not path.is_file():
            message = (
                f"{self.out} holds no {name}: a run of figures, or one in parts (make it with --no-shards)"
            )
            raise CompareError(message)
        return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]

    def table(self, name: str) -> list[Row]:
        """The rows of a .csv file; none where the command of the run leaves none."""
        path = self.out / f"{name}.csv"
        if not path.is_file():
            return []
        return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))

    def clean(self, doc: str) -> str:
        """The clean text of a document, empty where it is not there as UTF-8."""
        try:
            return (self.out / "text" / doc).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return ""


def compare(before: Path, after: Path) -> Drift:
    """What the run in ``after`` does otherwise than that in ``before``.

    Counts and changes are over the documents that both read from the same bytes; the others are named.

    Raises:
        UndoError: one of them is no run of ours, or of another schema.
        CompareError: one of them was made in parts.
    """
    a, b = _Run(before), _Run(after)
    same = {doc for doc, digest in a.digests.items() if b.digests.get(doc) == digest}
    texts = tuple(sorted(d for d in same if a.outputs().get(d) != b.outputs().get(d)))
    edits = _both(a.lines("edits.jsonl"), b.lines("edits.jsonl"), same)
    findings = _both(a.lines("findings.jsonl"), b.lines("findings.jsonl"), same)
    figures, figure_changes = _figures(*_both(a.table("figures"), b.table("figures"), same))
    return Drift(
        before=str(before),
        after=str(after),
        documents=len(same),
        settings=tuple(_settings(a.manifest, b.manifest)),
        apart=tuple(_apart(a.digests, b.digests)),
        texts=texts,
        edits=_counted(*edits, _edit_group, _edit_key),
        edit_changes=tuple(_changed(*edits, _edit_key, _edit_change(a, b))),
        findings=_counted(*findings, _finding_group, _finding_key),
        finding_changes=tuple(_changed(*findings, _finding_key, _finding_change)),
        figures=figures,
        figure_changes=figure_changes,
        coverage=_coverage(*_both(a.table("documents"), b.table("documents"), same)),
    )


def _both(a: Iterable[Row], b: Iterable[Row], same: set[str]) -> tuple[list[Row], list[Row]]:
    return [row for row in a if row["doc"] in same], [row for row in b if row["doc"] in same]


def _settings(a: Row, b: Row) -> Iterator[str]:
    if a["version"] != b["version"]:
        yield f"version: {a['version']} → {b['version']}"
    for name in sorted({*a["packs"], *b["packs"]}):
        first, second = a["packs"].get(name), b["packs"].get(name)
        if first != second:
            yield f"pack {name}: " + ("new" if first is None else "gone" if second is None else "changed")
    first, second = _flat(a["config"]), _flat(b["config"])
    for name in sorted({*first, *second}):
        if first.get(name) != second.get(name):
            step = [json.dumps(config.get(name), ensure_ascii=False) for config in (first, second)]
            yield f"{name}: {' → '.join(step)}"


def _flat(config: Row) -> dict[str, Any]:
    return {**{k: v for k, v in config.items() if k != "settings"}, **config.get("settings", {})}


def _apart(a: Mapping[str, str], b: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for doc in sorted({*a, *b}):
        if a.get(doc) != b.get(doc):
            yield (
                doc,
                "只在后者 only after"
                if doc not in a
                else "只在前者 only before"
                if doc not in b
                else "字节不同 other bytes",
            )


def _edit_group(row: Row) -> str:
    return f"{row['rule']} ({'applied' if row['applied'] else 'shown'})"


def _edit_key(row: Row) -> tuple[Any, ...]:
    return row["doc"], row["rule"], row["start"], row["end"], row["before"], row["after"], row["applied"]


def _edit_change(a: _Run, b: _Run) -> Callable[[Row, str], Change]:
    texts: dict[tuple[str, str], str] = {}

    def described(row: Row, kind: str) -> Change:
        text = texts.setdefault((kind, row["doc"]), (b if kind.endswith("new") else a).clean(row["doc"]))
        start, end = row["clean_start"], row["clean_end"]
        left = text[max(0, start - _CONTEXT) : start] if row["applied"] and start >= 0 else ""
        right = text[end : end + _CONTEXT] if row["applied"] and start >= 0 else ""
        what = f"{left}⟦{row['before']}→{row['after']}⟧{right}"
        return Change(kind, f"{row['doc']}@{row['start']}", _edit_group(row), one_line(what))

    return described


def _finding_group(row: Row) -> str:
    return f"{row['check']} ({row['severity']})"


def _finding_key(row: Row) -> tuple[Any, ...]:
    return row["doc"], row["check"], row["severity"], row["fingerprint"]


def _finding_change(row: Row, kind: str) -> Change:
    return Change(kind, f"{row['doc']}@{row['start']}", _finding_group(row), one_line(row["message"]))


def _counted(
    a: list[Row], b: list[Row], group: Callable[[Row], str], key: Callable[[Row], tuple[Any, ...]]
) -> tuple[Count, ...]:
    first, second = Counter(map(group, a)), Counter(map(group, b))
    gone, new = (Counter(map(group, rows)) for rows in _differing(a, b, key))
    return tuple(
        Count(name, first[name], second[name], new[name], gone[name]) for name in sorted({*first, *second})
    )


def _differing(
    a: list[Row], b: list[Row], key: Callable[[Row], tuple[Any, ...]]
) -> tuple[list[Row], list[Row]]:
    """Rows that only the first has, and that only the second has; equal rows are counted off against each other."""
    return _without(a, Counter(map(key, b)), key), _without(b, Counter(map(key, a)), key)


def _without(rows: list[Row], others: Counter[Any], key: Callable[[Row], tuple[Any, ...]]) -> list[Row]:
    left = []
    for row in rows:
        if others[key(row)] > 0:
            others[key(row)] -= 1
        else:
            left.append(row)
    return left


def _changed(
    a: list[Row], b: list[Row], key: Callable[[Row], tuple[Any, ...]], said: Callable[[Row, str], Change]
) -> Iterator[Change]:
    gone, new = _differing(a, b, key)
    yield from (said(row, "新增 new") for row in new)
    yield from (said(row, "消失 gone") for row in gone)


def _figures(a: list[Row], b: list[Row]) -> tuple[tuple[Count, ...], tuple[Change, ...]]:
    """How many figures there are, and those that stand at one place and are read otherwise."""
    first, second = ({(r["doc"], r["start"], r["end"]): r for r in rows} for rows in (a, b))
    count = Count(
        "figures", len(a), len(b), len(second.keys() - first.keys()), len(first.keys() - second.keys())
    )
    changes = [
        Change("改读 read otherwise", f"{doc}@{start}", first[doc, start, end]["text"], "; ".join(steps))
        for doc, start, end in first.keys() & second.keys()
        if (steps := _steps(first[doc, start, end], second[doc, start, end]))
    ]
    lone = [("新增 new", second[k]) for k in second.keys() - first.keys()]
    lone += [("消失 gone", first[k]) for k in first.keys() - second.keys()]
    changes += [
        Change(kind, f"{r['doc']}@{r['start']}", r["text"], f"{r['indicator']} {r['unit']}")
        for kind, r in lone
    ]
    return (count,), tuple(sorted(changes, key=lambda c: (c.kind, c.place, c.what)))


def _steps(a: Row, b: Row) -> list[str]:
    return [f"{name}: {a[name] or '–'} → {b[name] or '–'}" for name in _COMPARED if a[name] != b[name]]


def _coverage(a: list[Row], b: list[Row]) -> dict[str, tuple[int, int]]:
    first, second = (Counter[str](), Counter[str]())
    for counts, rows in ((first, a), (second, b)):
        for row in rows:
            counts.update(json.loads(row["coverage"]))
    return {name: (first[name], second[name]) for name in COVERAGE} if a or b else {}
