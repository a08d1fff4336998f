"""The pandera models of a run's tables: columns, types, words, ids, and the promises of their rows.

Each function builds its model once, importing pandera then (half a second). A model describes a frame *in
context* (:mod:`cleaner.contracts.context`): the columns of the written table, in their order, followed by
those it is judged with. ``strict`` and ``ordered``: a column too many, missing or out of place fails.

There is no ``from __future__ import annotations`` here: pandera reads the types of a model at run time, and a
string would be looked up in this module, where the late import has put nothing.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from cleaner.contracts.claims import CLAIMS
from cleaner.contracts.context import cells
from cleaner.contracts.late import hidden
from cleaner.contracts.panel_promises import PANEL_PROMISES
from cleaner.contracts.promises import PROMISES, Promise
from cleaner.contracts.words import COMPARATORS, KINDS, RELATION_TYPES, STATUSES
from cleaner.terms import By, EditKind, Evidence, Reason, Safety, Severity, State, Verdict

if TYPE_CHECKING:
    import pandas as pd


def model(table: str) -> Any:
    """The pandera model class of ``table``: documents, figures, relations, findings, edits or panel.

    pandera looks for pandas on Spark, which no model here is for and which takes seconds to find.
    """
    with hidden("pyspark.pandas"):
        return _MODELS[table]()


def promises(table: str) -> tuple[Promise, ...]:
    """The row promises that the model of ``table`` checks."""
    own = {"relations": CLAIMS, "panel": PANEL_PROMISES}
    return own[table] if table in own else PROMISES[table]


def judgements(frame: "pd.DataFrame", promise: Promise) -> list[str | None]:
    """What ``promise`` says of every row: None not applicable, empty kept, else what is wrong."""
    return [promise.judge(*row) for row in cells(frame, promise.columns)]


def _checks(table: str) -> dict[str, Any]:
    """The promises of a table as pandera dataframe checks, by name."""
    import pandera.pandas as pa

    return {
        promise.name: pa.dataframe_check(name=promise.name, error=promise.title)(_check(promise))
        for promise in promises(table)
    }


def _check(promise: Promise) -> Callable[[Any, "pd.DataFrame"], "pd.Series"]:
    def kept(_cls: Any, frame: "pd.DataFrame") -> "pd.Series":
        import pandas as pd

        return pd.Series([not wrong for wrong in judgements(frame, promise)], index=frame.index, dtype=bool)

    return kept


def _is_list(values: "pd.Series") -> "pd.Series":
    return values.map(lambda value: isinstance(value, list))


def _is_decimal(values: "pd.Series") -> "pd.Series":
    from decimal import Decimal

    return values.map(lambda value: isinstance(value, Decimal) and value.is_finite())


def _closed(name: str, base: type, table: str) -> Any:
    """``base`` with the row promises of ``table`` added as checks."""
    return type(name, (base,), {"__module__": __name__, "__doc__": base.__doc__, **_checks(table)})


@cache
def documents_model() -> Any:
    """documents.csv: one row a document; ``doc`` is its id."""
    import pandera.pandas as pa
    from pandera.typing import Series

    class Documents(pa.DataFrameModel):
        """A document: what was read, and how much was found in it."""

        doc: Series[str] = pa.Field(unique=True, str_length={"min_value": 1})
        sha256: Series[str] = pa.Field(str_matches=r"^([0-9a-f]{64})?$")
        encoding: Series[str] = pa.Field(str_length={"min_value": 1})
        title: Series[str]
        place: Series[str]
        year: Series[str]
        characters: Series[int] = pa.Field(ge=0)
        edits: Series[int] = pa.Field(ge=0)
        findings: Series[int] = pa.Field(ge=0)
        figures: Series[int] = pa.Field(ge=0)
        coverage: Series[object]
        counted: Series[object]
        edits_per_thousand: Series[float] = pa.Field(nullable=True, ge=0)
        checkable: Series[float] = pa.Field(nullable=True, in_range={"min_value": 0, "max_value": 1})
        before: Series[object] = pa.Field(nullable=True)

        class Config:
            strict, ordered = True, True

    return _closed("DocumentsInContext", Documents, "documents")


@cache
def figures_model() -> Any:
    """figures.csv and .parquet: one row a numeral; (doc, figure_id) is its id."""
    import pandera.pandas as pa
    from pandera.typing import Series

    class Figures(pa.DataFrameModel):
        """A figure: where it stands, what it says, how precisely."""

        doc: Series[str]
        figure_id: Series[str] = pa.Field(str_length={"min_value": 1})
        start: Series[int] = pa.Field(ge=0)
        end: Series[int] = pa.Field(ge=0)
        spans: Series[object]
        raw: Series[str] = pa.Field(str_length={"min_value": 1})
        text: Series[str] = pa.Field(str_length={"min_value": 1})
        value: Series[object] = pa.Field(nullable=True)
        lower: Series[object] = pa.Field(nullable=True)
        upper: Series[object] = pa.Field(nullable=True)
        lower_closed: Series[bool]
        upper_closed: Series[bool]
        precision: Series[object] = pa.Field(nullable=True, gt=0)
        scale: Series[int] = pa.Field(ge=1)
        unit: Series[str]
        kind: Series[str] = pa.Field(isin=KINDS)
        nature: Series[str] = pa.Field(str_length={"min_value": 1})
        components: Series[object]
        indicator: Series[str]
        subject: Series[str]
        period: Series[str]
        status: Series[str] = pa.Field(isin=STATUSES)
        comparator: Series[str] = pa.Field(isin=COMPARATORS)
        group: Series[str]
        edited: Series[bool]
        base: Series[object] = pa.Field(nullable=True)
        length: Series[int]

        decimals = pa.check("value", "lower", "upper", "precision", name="decimal")(_decimals)
        lists = pa.check("spans", "components", name="list")(_lists)

        class Config:
            strict, ordered, unique = True, True, ["doc", "figure_id"]

    return _closed("FiguresInContext", Figures, "figures")


@cache
def relations_model() -> Any:
    """relations.csv and .parquet: one row a claim that links figures; (doc, relation_id) is its id."""
    import pandera.pandas as pa
    from pandera.typing import Series

    class Relations(pa.DataFrameModel):
        """A relation: its members, its two intervals, its verdict and why."""

        doc: Series[str]
        relation_id: Series[str] = pa.Field(str_length={"min_value": 1})
        type: Series[str] = pa.Field(isin=RELATION_TYPES)
        members: Series[object]
        computed_lower: Series[object] = pa.Field(nullable=True)
        computed_upper: Series[object] = pa.Field(nullable=True)
        stated_lower: Series[object] = pa.Field(nullable=True)
        stated_upper: Series[object] = pa.Field(nullable=True)
        verdict: Series[str] = pa.Field(isin=[v.value for v in Verdict])
        by: Series[str] = pa.Field(nullable=True, isin=[b.value for b in By])
        reason: Series[str] = pa.Field(nullable=True, isin=[r.value for r in Reason])
        margin: Series[object] = pa.Field(nullable=True)
        repair: Series[str]
        claim: Series[object]

        decimals = pa.check("^(computed|stated)_|^margin$", regex=True, name="decimal")(_decimals)
        lists = pa.check("members", name="list")(_lists)

        class Config:
            strict, ordered, unique = True, True, ["doc", "relation_id"]

    return _closed("RelationsInContext", Relations, "relations")


@cache
def findings_model() -> Any:
    """findings.jsonl: one row a thing said about what was printed; (doc, finding_id) is its id."""
    import pandera.pandas as pa
    from pandera.typing import Series

    class Findings(pa.DataFrameModel):
        """A finding: where, how grave, in which words."""

        finding_id: Series[str] = pa.Field(str_length={"min_value": 1})
        doc: Series[str]
        check: Series[str] = pa.Field(str_length={"min_value": 1})
        severity: Series[str] = pa.Field(isin=[s.value for s in Severity])
        verdict: Series[str] = pa.Field(nullable=True, isin=[v.value for v in Verdict])
        start: Series[int] = pa.Field(ge=0)
        end: Series[int] = pa.Field(ge=0)
        spans: Series[object]
        message: Series[str] = pa.Field(str_length={"min_value": 1})
        message_en: Series[str]
        members: Series[object]
        suggestion: Series[str]
        fingerprint: Series[str]
        state: Series[str] = pa.Field(nullable=True, isin=[s.value for s in State])
        length: Series[int]
        unknown_members: Series[object]

        lists = pa.check("spans", "members", name="list")(_lists)

        class Config:
            strict, ordered, unique = True, True, ["doc", "finding_id"]

    return _closed("FindingsInContext", Findings, "findings")


@cache
def edits_model() -> Any:
    """edits.jsonl: one row of the ledger; (doc, edit_id) is its id."""
    import pandera.pandas as pa
    from pandera.typing import Series

    class Edits(pa.DataFrameModel):
        """An edit: what, where, on which grounds, and how it is taken back."""

        edit_id: Series[str] = pa.Field(str_length={"min_value": 1})
        doc: Series[str]
        rule: Series[str] = pa.Field(str_length={"min_value": 1})
        edit: Series[str] = pa.Field(isin=[k.value for k in EditKind])
        safety: Series[str] = pa.Field(isin=[s.value for s in Safety])
        safety_set_by: Series[str] = pa.Field(nullable=True)
        evidence: Series[str] = pa.Field(isin=[e.value for e in Evidence])
        start: Series[int] = pa.Field(ge=0)
        end: Series[int] = pa.Field(ge=0)
        spans: Series[object]
        before: Series[str]
        after: Series[str]
        applied: Series[bool]
        withheld_by: Series[str] = pa.Field(nullable=True)
        group: Series[str] = pa.Field(nullable=True)
        clean_start: Series[int] = pa.Field(ge=-1)
        clean_end: Series[int] = pa.Field(ge=-1)
        why: Series[str]
        seq: Series[int] = pa.Field(ge=-1)
        stage: Series[str]
        pass_: Series[int] = pa.Field(alias="pass", ge=0)
        stage_start: Series[int] = pa.Field(ge=-1)
        stage_end: Series[int] = pa.Field(ge=-1)
        stage_before: Series[str]
        parts: Series[object]
        base: Series[object] = pa.Field(nullable=True)
        length: Series[int]
        partners: Series[object]
        digits: Series[object] = pa.Field(nullable=True)

        lists = pa.check("spans", "parts", name="list")(_lists)

        class Config:
            strict, ordered, unique = True, True, ["doc", "edit_id"]

    return _closed("EditsInContext", Edits, "edits")


@cache
def panel_model() -> Any:
    """panel.csv and .parquet: one row an observation of an indicator; (doc, figure_id) is its id."""
    import pandera.pandas as pa
    from pandera.typing import Series

    class Panel(pa.DataFrameModel):
        """An observation: which place, year and indicator, which figure of which report."""

        place: Series[str] = pa.Field(str_length={"min_value": 2})
        year: Series[int] = pa.Field(in_range={"min_value": 1900, "max_value": 2100})
        indicator: Series[str] = pa.Field(str_length={"min_value": 2})
        indicator_id: Series[str] = pa.Field(str_matches=r"^[a-z][a-z0-9_]*$")
        measure: Series[str] = pa.Field(isin=("level", "growth"))
        basis: Series[str] = pa.Field(nullable=True, isin=("nominal", "real", "revised"))
        value: Series[object]
        lower: Series[object] = pa.Field(nullable=True)
        upper: Series[object] = pa.Field(nullable=True)
        unit: Series[str] = pa.Field(str_length={"min_value": 1})
        lower_closed: Series[bool]
        upper_closed: Series[bool]
        status: Series[str] = pa.Field(isin=STATUSES)
        comparator: Series[str] = pa.Field(isin=COMPARATORS)
        doubt: Series[str] = pa.Field(nullable=True, isin=[r.value for r in Reason])
        doc: Series[str] = pa.Field(str_length={"min_value": 1})
        report_year: Series[str] = pa.Field(nullable=True, str_matches=r"^[0-9]{4}$")
        figure_id: Series[str] = pa.Field(str_length={"min_value": 1})
        start: Series[int] = pa.Field(ge=0)
        end: Series[int] = pa.Field(ge=0)
        spans: Series[object]
        text: Series[str] = pa.Field(str_length={"min_value": 1})
        length: Series[int]
        printed: Series[object] = pa.Field(nullable=True)

        decimals = pa.check("value", "lower", "upper", name="decimal")(_decimals)
        lists = pa.check("spans", name="list")(_lists)

        class Config:
            strict, ordered, unique = True, True, ["doc", "figure_id"]

    return _closed("PanelInContext", Panel, "panel")


def _decimals(_cls: Any, values: "pd.Series") -> "pd.Series":
    return _is_decimal(values)


def _lists(_cls: Any, values: "pd.Series") -> "pd.Series":
    return _is_list(values)


_MODELS: Mapping[str, Callable[[], Any]] = {
    "documents": documents_model,
    "figures": figures_model,
    "relations": relations_model,
    "findings": findings_model,
    "edits": edits_model,
    "panel": panel_model,
}
