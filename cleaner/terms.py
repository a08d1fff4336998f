"""The vocabulary: closed lists of words that rules, ledgers and tables share."""

from __future__ import annotations

from enum import StrEnum


class EditKind(StrEnum):
    """The five kinds of edit of textual criticism; there is no sixth."""

    SUBSTITUTE = "substitute"
    SUPPLY = "supply"
    DELETE = "delete"
    TRANSPOSE = "transpose"
    MOVE = "move"


class Evidence(StrEnum):
    """What an edit rests on: its face, a second reading, this document, the world, or reasoning."""

    FORM = "form"
    WITNESS = "witness"
    INTERNAL = "internal"
    EXTERNAL = "external"
    REASONING = "reasoning"


class Safety(StrEnum):
    """How far an edit may be trusted: applied silently, applied and noted, or only shown."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    DOUBTFUL = "doubtful"

    @property
    def rank(self) -> int:
        """0 for certain, 1 for probable, 2 for doubtful."""
        return list(Safety).index(self)


class BlockType(StrEnum):
    """The unit of scope of a rule: what a line of the document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    FURNITURE = "furniture"
    NOTE = "note"
    SIGNATURE = "signature"
    TABLE_CELL = "table_cell"


class Severity(StrEnum):
    """How much a finding weighs; Great Expectations' ``critical`` is ``error`` here."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for error, 1 for warning, 2 for info."""
        return list(Severity).index(self)


class Verdict(StrEnum):
    """What confronting a relation with its figures gave."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    UNDECIDABLE = "undecidable"
    NOT_APPLICABLE = "not_applicable"


class State(StrEnum):
    """Where a finding comes from, when the same checks run on the base text and on the clean text."""

    INTRODUCED = "introduced"
    INHERITED = "inherited"


class By(StrEnum):
    """Under which reading of the printed digits a verdict holds."""

    EXACT = "exact"
    ROUNDING = "rounding"
    TRUNCATION = "truncation"


class Reason(StrEnum):
    """Why a relation cannot be decided from the text: the closed list of DESIGN section 6."""

    BASE_UNKNOWN = "base_unknown"
    SUBSET_NOT_SAID = "subset_not_said"
    OTHER_YEAR = "other_year"
    NOMINAL_VS_REAL = "nominal_vs_real"
    SCOPE_CHANGED = "scope_changed"
    OUTSIDE_KNOWLEDGE = "outside_knowledge"
    SECOND_READING = "second_reading"
