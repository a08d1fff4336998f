"""The nouns of Kanwu: frozen data, no I/O, no regular expressions.

Every offset that leaves the engine counts code points of the *base text*, ``start`` inclusive and
``end`` exclusive. Offsets of another frame carry the frame in their name: ``stage_start`` (the text
a rule saw), ``clean_start`` (the clean text).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NamedTuple

from cleaner.offsets import OffsetMap, Piece, Span, hull
from cleaner.terms import (
    BlockType,
    By,
    EditKind,
    Evidence,
    Reason,
    Safety,
    Severity,
    State,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Document:
    """A base text and what is needed to write it back byte for byte.

    ``text`` has line feeds only as line ends; ``line_ends`` names what stood in the bytes. ``format`` is the
    suffix without its dot: ``txt`` or ``md`` decide which markup is residue.
    """

    doc: str
    text: str
    sha256: str = ""
    encoding: str = "utf-8"
    bom: bytes = b""
    line_ends: str = "\n"
    format: str = "txt"
    title: str = "unknown"
    place: str = "unknown"
    year: str = "unknown"
    meta: Mapping[str, Any] = field(default_factory=dict)


class Block(NamedTuple):
    """One line of a text with its type. Offsets are in the frame of the text that was cut up.

    ``level`` is the depth of a heading (1 for the title) and 0 elsewhere; ``section`` is the index of
    the nearest heading block above, -1 before the first.
    """

    type: BlockType
    start: int
    end: int
    level: int = 0
    section: int = -1
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An edit that a rule proposes, in the frame of the text that the rule saw.

    Candidates of one rule that share a ``group`` are applied whole or not at all (the two halves of a
    move). ``safety`` overrides the rule's own only downwards.
    """

    start: int
    end: int
    after: str
    why: str = ""
    group: str = ""
    safety: Safety | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A row of the ledger: one recorded change, applied or not, and its grounds.

    ``start``, ``end``, ``spans`` and the ranges of ``parts`` are in the base text; ``stage_*`` in the text
    just before this edit, when edits are replayed by ``seq``; ``clean_*`` in the clean text (-1 when the
    edit was not applied and its place is gone). A folded row stands for several edits of one rule:
    ``parts`` lists them as (start, end, before, after) in base offsets.
    """

    edit_id: str
    doc: str
    rule: str
    edit: EditKind
    safety: Safety
    evidence: Evidence
    spans: tuple[Span, ...]
    before: str
    after: str
    applied: bool
    withheld_by: str | None = None
    group: str | None = None
    clean_start: int = -1
    clean_end: int = -1
    why: str = ""
    seq: int = -1
    stage: str = ""
    pass_: int = 0
    stage_start: int = -1
    stage_end: int = -1
    stage_before: str = ""
    parts: tuple[tuple[int, int, str, str], ...] = ()
    safety_set_by: str | None = None

    @property
    def start(self) -> int:
        """Start of the hull of ``spans`` in the base text."""
        return hull(self.spans).start

    @property
    def end(self) -> int:
        """End of the hull of ``spans`` in the base text."""
        return hull(self.spans).end


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check says about what was printed. Findings never change the text.

    ``spans`` are in the base text; ``members`` are ids of figures or edits that take part. ``state`` says
    whether an edit made it (``introduced``) or the print has it (``inherited``); None where nobody asked.
    """

    finding_id: str
    doc: str
    check: str
    severity: Severity
    spans: tuple[Span, ...]
    message: str
    message_en: str = ""
    verdict: Verdict | None = None
    members: tuple[str, ...] = ()
    suggestion: str = ""
    fingerprint: str = ""
    state: State | None = None

    @property
    def start(self) -> int:
        """Start of the first span in the base text."""
        return hull(self.spans).start

    @property
    def end(self) -> int:
        """End of the last span in the base text."""
        return hull(self.spans).end


@dataclass(frozen=True, slots=True)
class Figure:
    """A numeral with what it counts. ``spans`` are in the base text, ``clean_start``/``clean_end`` in the clean text.

    ``raw`` is what stands in the base text at ``spans`` (several ranges where something was removed from
    between its digits); ``text`` is the restored numeral that ``value`` is read from. ``value``,
    ``lower`` and ``upper`` are multiplied out (2.7万亩 is 27000 亩); ``precision`` is one unit of the last
    written digit, multiplied out, and None for an exact count.
    """

    figure_id: str
    doc: str
    spans: tuple[Span, ...]
    raw: str
    text: str
    value: Decimal | None
    lower: Decimal | None = None
    upper: Decimal | None = None
    lower_closed: bool = True
    upper_closed: bool = True
    precision: Decimal | None = None
    scale: int = 1
    unit: str = ""
    kind: str = "count"
    nature: str = "count"
    components: tuple[Decimal, ...] = ()
    indicator: str = ""
    subject: str = ""
    period: str = ""
    status: str = "actual"
    comparator: str = "="
    group: str = ""
    edited: bool = False
    clean_start: int = -1
    clean_end: int = -1
    block: int = -1

    @property
    def start(self) -> int:
        """Start of the hull of ``spans`` in the base text."""
        return hull(self.spans).start

    @property
    def end(self) -> int:
        """End of the hull of ``spans`` in the base text."""
        return hull(self.spans).end


@dataclass(frozen=True, slots=True)
class Relation:
    """A claim that links figures, and what confronting it gave.

    ``members`` are figure ids in the order of the formula; ``spans`` is where the claim stands, in the
    base text. ``computed_*`` is the interval that the formula gives, ``stated_*`` the printed one.
    ``certain`` says whether the reading of the claim is certain: without it an empty intersection is
    ``undecidable``, never ``inconsistent``.
    """

    relation_id: str
    doc: str
    type: str
    members: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    certain: bool = True
    reason: Reason | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    computed_lower: Decimal | None = None
    computed_upper: Decimal | None = None
    stated_lower: Decimal | None = None
    stated_upper: Decimal | None = None
    verdict: Verdict | None = None
    by: By | None = None
    margin: Decimal | None = None
    repair: str = ""
    severity: Severity = Severity.ERROR
    message: str = ""
    message_en: str = ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What restoring one document gave: clean text, ledger, offset map, typed blocks of the clean text.

    ``blocks`` are in the frame of the clean text. ``problems`` names rules that were stopped (a time limit)
    or that fought; a run with problems exits 2.
    """

    document: Document
    text: str
    edits: tuple[Edit, ...]
    offsets: OffsetMap
    blocks: tuple[Block, ...]
    problems: tuple[str, ...] = ()

    @property
    def applied(self) -> tuple[Edit, ...]:
        """The edits that made the clean text."""
        return tuple(e for e in self.edits if e.applied)


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """Everything a run knows of one document.

    ``coverage`` counts figures: ``in_equality``, ``in_inequality``, ``in_nothing``, ``not_understood``.
    ``fixed`` are findings that the base text gives and the clean text does not.
    """

    cleaned: Cleaned
    figures: tuple[Figure, ...] = ()
    relations: tuple[Relation, ...] = ()
    findings: tuple[Finding, ...] = ()
    coverage: Mapping[str, int] = field(default_factory=dict)
    fixed: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that could not be read, and why: a run with refusals exits 2."""

    doc: str
    reason: str


@dataclass(frozen=True, slots=True)
class ContractResult:
    """One promise of a table contract or suite, and whether it was kept.

    ``source`` is ``pandera`` or the name of a suite; ``applicable`` counts the rows or relations that the
    promise was about; ``failures`` are sentences for a reader. ``broken`` says that the promise could not be
    examined at all (a crash, a table that breaks its contract): a run with such a result exits 2.
    """

    source: str
    name: str
    severity: Severity
    success: bool
    applicable: int
    failures: tuple[str, ...] = ()
    note: str = ""
    broken: bool = False


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run found, in memory: the one argument of every report format."""

    documents: tuple[DocumentResult, ...]
    refusals: tuple[Refusal, ...] = ()
    contracts: tuple[ContractResult, ...] = ()
    run: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


__all__ = [
    "Block",
    "BlockType",
    "By",
    "Candidate",
    "Cleaned",
    "ContractResult",
    "Document",
    "DocumentResult",
    "Edit",
    "EditKind",
    "Evidence",
    "Figure",
    "Finding",
    "OffsetMap",
    "Piece",
    "Reason",
    "Refusal",
    "Relation",
    "RunResult",
    "Safety",
    "Severity",
    "Span",
    "State",
    "Verdict",
    "hull",
    "replace",
]
