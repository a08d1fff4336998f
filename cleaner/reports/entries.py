"""The apparatus (校勘记): one entry for each edit, applied or only shown, with its grounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from cleaner.model import Edit, EditKind, Safety
from cleaner.reports.anchors import Anchors
from cleaner.reports.places import Places
from cleaner.reports.safe import one_line, visible
from cleaner.reports.words import EVIDENCE, KIND, SAFETY, Word, word

_CONTEXT = 8
_LONG = 120
_PARTS = 3
_MATES = 4
MOVED_TO = Word("移至", "moved to")
MOVED_FROM = Word("移自", "moved from")


class Mate(NamedTuple):
    """Another row of the same group: its anchor, its place, and how it is related."""

    anchor: str
    place: str
    way: Word


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the apparatus, ready to print; every text is plain and shows what is hidden.

    ``rule_anchor`` leads to the rule's reasons; ``mates`` are the other rows of the same group; ``note``
    says why an edit is only shown.
    """

    anchor: str
    place: str
    kind: Word
    safety_key: str
    safety: Word
    evidence: Word
    rule: str
    rule_anchor: str
    left: str
    before: str
    after: str
    right: str
    why: str
    more: int
    applied: bool
    note: Word | None = None
    set_by: str = ""
    mates: tuple[Mate, ...] = ()


def entries(
    edits: Sequence[Edit],
    text: str,
    places: Places,
    rule_anchors: Mapping[str, str],
    naming: tuple[Anchors, str],
) -> list[Entry]:
    """Entries in the order of ``edits``; ``naming`` gives anchors and the key of the document."""
    anchors, key = naming
    made = [
        _entry(edit, text, places, rule_anchors.get(edit.rule, ""), anchors.of("e", key, edit.edit_id))
        for edit in edits
    ]
    groups: dict[str, list[tuple[Edit, Entry]]] = {}
    for edit, entry in zip(edits, made, strict=True):
        if edit.group:
            groups.setdefault(edit.group, []).append((edit, entry))
    return [
        _with_mates(edit, entry, groups[edit.group]) if edit.group else entry
        for edit, entry in zip(edits, made, strict=True)
    ]


def _with_mates(edit: Edit, entry: Entry, group: Sequence[tuple[Edit, Entry]]) -> Entry:
    others = [(e, other) for e, other in group[: _MATES + 1] if other.anchor != entry.anchor]
    return replace(entry, mates=tuple(Mate(o.anchor, o.place, _way(edit, e)) for e, o in others))


def _way(edit: Edit, other: Edit) -> Word:
    """How one row of a group is related to another: a text that moved was taken from here and put in there."""
    if edit.edit is EditKind.MOVE and other.edit is EditKind.MOVE:
        if edit.before.strip() and other.after:
            return MOVED_TO
        if edit.after and other.before.strip():
            return MOVED_FROM
    return Word("同组", "same group")


def _entry(edit: Edit, text: str, places: Places, rule_anchor: str, anchor: str) -> Entry:
    before, after, more = _change(edit)
    return Entry(
        anchor=anchor,
        place=places.label(edit.start),
        kind=word(KIND, edit.edit.value),
        safety_key=edit.safety.value,
        safety=word(SAFETY, edit.safety.value),
        evidence=word(EVIDENCE, edit.evidence.value),
        rule=visible(edit.rule),
        rule_anchor=rule_anchor,
        left=one_line(text[max(0, edit.start - _CONTEXT) : edit.start]),
        before=before,
        after=after,
        right=one_line(text[edit.end : edit.end + _CONTEXT]),
        why=visible(edit.why),
        more=more,
        applied=edit.applied,
        note=None if edit.applied else _why_shown(edit),
        set_by=visible(edit.safety_set_by or ""),
    )


def _change(edit: Edit) -> tuple[str, str, int]:
    """What stood and what stands; of a folded row the first parts, and how many more there are."""
    if not edit.parts:
        return _middle(edit.before), _middle(edit.after), 0
    first = edit.parts[:_PARTS]
    before = " ‖ ".join(_middle(part[2]) for part in first)
    return before, " ‖ ".join(_middle(part[3]) for part in first), len(edit.parts) - len(first)


def _middle(text: str) -> str:
    """A long text by its two ends and its length; the whole stands in the side-by-side view."""
    if len(text) <= _LONG:
        return one_line(text)
    return f"{one_line(text[:60])}…（{len(text)} 字）…{one_line(text[-30:])}"


def _why_shown(edit: Edit) -> Word:
    if edit.withheld_by == "decision":
        return Word("读者裁定不改", "a reader decided against it")
    if edit.withheld_by:
        name = visible(edit.withheld_by)
        return Word(f"让位于 {name}", f"gave way to {name}")
    if edit.safety is Safety.DOUBTFUL:
        return Word("存疑，只列不改", "doubtful: shown, not applied")
    return Word("低于本次所用等级，只列不改", "below the level of this run: shown, not applied")
