"""The closed grammar of rules: methods, scopes, keys. An unknown key is an error with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from cleaner.terms import BlockType, EditKind, Evidence, Safety


class Stage(StrEnum):
    """The stages of the chain that a pack may belong to, in the order in which they run."""

    GLYPH = "glyph"
    MARKUP = "markup"
    FURNITURE = "furniture"
    REFLOW = "reflow"
    REPEATS = "repeats"
    STITCH = "stitch"
    SCRIPT = "script"
    SPACING = "spacing"
    PUNCTUATION = "punctuation"
    WORDING = "wording"


class Method(StrEnum):
    """How a rule finds its matches: the closed list of ``by``."""

    REGEX = "regex"
    LEXICON = "lexicon"
    CHARS = "chars"
    OPENCC = "opencc"
    CODE = "code"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class EntryFile(_Strict):
    """One line of a lexicon: what stands, what should stand, and the contexts in which that is so."""

    wrong: str = Field(min_length=1)
    right: str
    left: str = ""
    right_context: str = ""
    unless: str = ""
    source: str = ""


class ExamplesFile(_Strict):
    """The three kinds of example: when the rule fires, when it holds its tongue, and what it cannot do."""

    fires: list[str] = Field(min_length=1)
    silent: dict[str, str] = Field(min_length=2)
    limits: dict[str, str] = Field(default_factory=dict)


class RuleFile(_Strict):
    """The keys of a rule file, as written."""

    id: str = Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")
    title: str = Field(min_length=2)
    title_en: str = Field(min_length=2)
    edit: EditKind
    by: Method
    safety: Safety
    evidence: Evidence
    scope: list[BlockType] = Field(default_factory=list)
    since: str = Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")
    rationale: str = Field(min_length=4)
    rationale_en: str = Field(min_length=4)
    safety_note: str = ""
    digits: Literal["", "may-change", "removes"] = ""
    match: str = ""
    unless: str | list[str] = ""
    replace: str | dict[str, str] | None = None
    entries: list[EntryFile] = Field(default_factory=list)
    map: dict[str, str] = Field(default_factory=dict)
    config: str = ""
    protect: list[str] = Field(default_factory=list)
    code: str = ""
    parameters: dict[str, Any] = Field(default_factory=dict)
    examples: ExamplesFile
    see_also: list[str] = Field(default_factory=list)
    source: str | list[str] = ""


class PackFile(_Strict):
    """The keys of a pack.yaml, as written."""

    name: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    title_en: str
    purpose: str
    purpose_en: str
    stage: Stage
    sources: list[str] = Field(default_factory=list)
    places: list[str] = Field(default_factory=list)


REQUIRED: Mapping[Method, tuple[str, ...]] = {
    Method.REGEX: ("match", "replace"),
    Method.LEXICON: ("entries",),
    Method.CHARS: ("map",),
    Method.OPENCC: ("config",),
    Method.CODE: ("code",),
}
"""Which keys a method needs."""

ALLOWED: Mapping[Method, tuple[str, ...]] = {
    Method.REGEX: ("match", "unless", "replace"),
    Method.LEXICON: ("entries", "unless"),
    Method.CHARS: ("map", "unless"),
    Method.OPENCC: ("config", "protect", "parameters"),
    Method.CODE: ("code", "parameters"),
}
"""Which of the method keys a method reads; another one would be silently without effect."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon, ready to use."""

    wrong: str
    right: str
    left: str = ""
    right_context: str = ""
    unless: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples of a rule, marks unread (see ``cleaner.packs.marks``)."""

    fires: tuple[str, ...]
    silent: Mapping[str, str]
    limits: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule of a pack, checked and ready for the engine.

    ``scope`` empty means every block. ``places`` limits the rule to documents that name one of them.
    ``safety_set_by`` names the configuration that raised or lowered ``safety``.
    """

    id: str
    pack: str
    stage: str
    title: str
    title_en: str
    edit: EditKind
    by: Method
    safety: Safety
    evidence: Evidence
    rationale: str
    rationale_en: str
    examples: Examples
    path: Path
    since: str = "0.1.0"
    scope: frozenset[BlockType] = frozenset()
    safety_note: str = ""
    digits: str = ""
    match: str = ""
    unless: tuple[str, ...] = ()
    replace: str | Mapping[str, str] = ""
    entries: tuple[Entry, ...] = ()
    map: Mapping[str, str] = field(default_factory=dict)
    config: str = ""
    protect: tuple[str, ...] = ()
    code: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    see_also: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    safety_set_by: str | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of rules of one stage, with the digest of its files."""

    name: str
    title: str
    title_en: str
    purpose: str
    purpose_en: str
    stage: str
    sources: tuple[str, ...]
    rules: tuple[Rule, ...]
    digest: str
    path: Path
    shipped: bool = True
