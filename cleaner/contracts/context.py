"""Tables joined with what their promises speak about: base texts, member figures, partners of a move.

The written tables hold only the columns of the interface. To judge a row one has to look at other rows or at
the text, so the frames that are validated carry more columns, which are never written:

=========  =====================================================================================
figures    ``base`` (what stands in the base text at ``spans``), ``length`` (of the base text)
relations  ``claim`` (the row with its member figures and stored intervals)
findings   ``length``, ``unknown_members`` (ids that no figure, edit or relation of the document has)
edits      ``base``, ``length``, ``partners`` (the rows of its group), ``digits`` (what its rule declares)
documents  ``counted`` (rows per table), ``edits_per_thousand``, ``checkable`` (share in an equality),
           ``before`` (its row in an earlier run)
panel      ``length``, ``printed`` (the figure that the row names, None if there is none)
=========  =====================================================================================
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from cleaner.contracts.baseline import Baseline
from cleaner.contracts.intervals import Interval
from cleaner.contracts.operands import Claim, Operand

if TYPE_CHECKING:
    import pandas as pd

Frames = Mapping[str, "pd.DataFrame"]

CONTEXT: Mapping[str, tuple[str, ...]] = {
    "documents": ("counted", "edits_per_thousand", "checkable", "before"),
    "figures": ("base", "length"),
    "relations": ("claim",),
    "findings": ("length", "unknown_members"),
    "edits": ("base", "length", "partners", "digits"),
    "panel": ("length", "printed"),
}
"""Table -> the columns that :func:`in_context` adds."""

IDS: Mapping[str, str] = {
    "documents": "doc",
    "figures": "figure_id",
    "relations": "relation_id",
    "findings": "finding_id",
    "edits": "edit_id",
    "panel": "figure_id",
}
"""Table -> the column that names a row within its document."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the tables.

    ``base_texts`` maps ``doc`` to its base text; ``rules`` gives what each rule declares (its ``digits``);
    ``messages`` what a check said of a relation, by document and relation id; ``before`` the documents of an
    earlier run.
    """

    base_texts: Mapping[str, str]
    rules: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    messages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    before: Baseline = field(default_factory=dict)


def in_context(tables: Frames, known: Known) -> dict[str, pd.DataFrame]:
    """Copies of the frames with the columns of ``CONTEXT``."""
    base_texts = known.base_texts
    figures, edits = tables["figures"], tables["edits"]
    added: dict[str, dict[str, list[Any]]] = {
        "documents": _of_documents(tables, known),
        "figures": _beside_text(figures, base_texts),
        "relations": {"claim": _claims(tables["relations"], figures, known.messages)},
        "findings": {
            "length": _lengths(tables["findings"], base_texts),
            "unknown_members": _unknown_members(tables),
        },
        "edits": {
            **_beside_text(edits, base_texts),
            "partners": _partners(edits),
            "digits": [known.rules.get(rule, {}).get("digits") for rule in edits["rule"]],
        },
    }
    if "panel" in tables:
        panel = tables["panel"]
        added["panel"] = {"length": _lengths(panel, base_texts), "printed": _printed(panel, figures)}
    return {name: _with(frame, added[name]) for name, frame in tables.items()}


def cells(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The cells of some columns, row by row, with None for what is missing."""
    if not columns:
        return iter(())
    return zip(*(_present(frame[column].tolist()) for column in columns), strict=True)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """All rows as dictionaries, with None for what is missing."""
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in cells(frame, names)]


def _present(values: list[Any]) -> list[Any]:
    # NaN differs from itself; pandas.NA answers neither yes nor no, hence the type.
    return [
        None if type(v).__name__ == "NAType" or (isinstance(v, float) and v != v) else v  # noqa: PLR0124
        for v in values
    ]


def _with(frame: pd.DataFrame, added: Mapping[str, list[Any]]) -> pd.DataFrame:
    import pandas as pd

    dtypes = {"length": "int64", "edits_per_thousand": "float64", "checkable": "float64"}
    columns = {
        name: pd.Series(values, dtype=dtypes.get(name, "object"), index=frame.index)
        for name, values in added.items()
    }
    return frame.assign(**columns)


def _lengths(frame: pd.DataFrame, base_texts: Mapping[str, str]) -> list[int]:
    """Length of the base text of every row, -1 where there is none."""
    known = {doc: len(text) for doc, text in base_texts.items()}
    return [known.get(doc, -1) for doc in frame["doc"]]


def _beside_text(frame: pd.DataFrame, base_texts: Mapping[str, str]) -> dict[str, list[Any]]:
    base = [
        None if doc not in base_texts else "".join(base_texts[doc][start:end] for start, end in spans)
        for doc, spans in cells(frame, ("doc", "spans"))
    ]
    return {"base": base, "length": _lengths(frame, base_texts)}


_OPERAND = tuple(field.name for field in fields(Operand))


def _operands(figures: pd.DataFrame) -> dict[tuple[str, str], Operand]:
    return {
        (doc, operand[0]): Operand(*operand)
        for (doc,), operand in zip(cells(figures, ("doc",)), cells(figures, _OPERAND), strict=True)
    }


def _owner(doc: str, member: str) -> tuple[str, str]:
    """The document and id that a member names: its own document's, or another's as ``doc#figure_id``."""
    other, mark, figure_id = member.rpartition("#")
    return (other, figure_id) if mark else (doc, member)


def _printed(panel: pd.DataFrame, figures: pd.DataFrame) -> list[dict[str, Any] | None]:
    wanted = ("doc", "figure_id", "spans", "text", "value", "unit", "status", "comparator")
    known = {(row[0], row[1]): dict(zip(wanted, row, strict=True)) for row in cells(figures, wanted)}
    return [known.get((doc, figure_id)) for doc, figure_id in cells(panel, ("doc", "figure_id"))]


def _claims(
    relations: pd.DataFrame, figures: pd.DataFrame, messages: Mapping[tuple[str, str], str]
) -> list[Claim]:
    known = _operands(figures)
    stored = ("doc", "relation_id", "type", "members", "by", "verdict")
    return [
        Claim(
            kind=kind,
            operands=tuple(known.get(_owner(doc, member)) for member in members),
            computed=computed,
            stated=stated,
            by=by,
            verdict=verdict,
            message=messages.get((doc, relation_id), ""),
        )
        for (doc, relation_id, kind, members, by, verdict), computed, stated in zip(
            cells(relations, stored),
            _intervals(relations, "computed"),
            _intervals(relations, "stated"),
            strict=True,
        )
    ]


def _intervals(relations: pd.DataFrame, side: str) -> list[Interval | None]:
    bounds = cells(relations, (f"{side}_lower", f"{side}_upper"))
    return [None if low is None and high is None else Interval.of(low, high) for low, high in bounds]


def _unknown_members(tables: Frames) -> list[list[str]]:
    known = {
        (doc, row_id)
        for name in ("figures", "edits", "relations")
        for doc, row_id in cells(tables[name], ("doc", IDS[name]))
    }
    return [
        [member for member in members if _owner(doc, member) not in known]
        for doc, members in cells(tables["findings"], ("doc", "members"))
    ]


def _partners(edits: pd.DataFrame) -> list[tuple[dict[str, Any], ...]]:
    """For every row of a group all rows of that group, itself included; () for an edit that stands alone."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    keys = list(cells(edits, ("doc", "group")))
    wanted = ("applied", "stage_before", "after", "before")
    for key, row in zip(keys, cells(edits, wanted), strict=True):
        if key[1]:
            groups[key].append(dict(zip(wanted, row, strict=True)))
    return [tuple(groups[key]) if key[1] else () for key in keys]


def _of_documents(tables: Frames, known: Known) -> dict[str, list[Any]]:
    counted = {name: Counter(tables[name]["doc"]) for name in ("figures", "findings")}
    counted["edits"] = Counter(doc for doc, applied in cells(tables["edits"], ("doc", "applied")) if applied)
    documents = tables["documents"]
    lengths = _lengths(documents, known.base_texts)
    return {
        "counted": [
            {"characters": length, **{name: count[doc] for name, count in counted.items()}}
            for doc, length in zip(documents["doc"], lengths, strict=True)
        ],
        "edits_per_thousand": [
            1000 * edits / characters if characters else float("nan")
            for edits, characters in cells(documents, ("edits", "characters"))
        ],
        "checkable": [_checkable(coverage) for (coverage,) in cells(documents, ("coverage",))],
        "before": [known.before.get(doc) for doc in documents["doc"]],
    }


def _checkable(coverage: Mapping[str, int]) -> float:
    """Share of the figures that stand in an equality; missing for a document without figures."""
    counts = [coverage.get(key, 0) for key in ("in_equality", "in_inequality", "in_nothing")]
    return counts[0] / sum(counts) if sum(counts) else float("nan")


def listed(items: Iterable[object]) -> str:
    """Things one after the other, for a sentence."""
    return "、".join(str(item) for item in items)
