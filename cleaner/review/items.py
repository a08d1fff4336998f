"""The ledger of a run as items that a reader may decide about."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.engine.decisions import Choice, Decision, Decisions, Surroundings, squeezed
from cleaner.engine.guards import digits
from cleaner.model import Edit
from cleaner.packs.errors import PackError
from cleaner.reports.places import Places
from cleaner.reports.review import Item, Mate, Other
from cleaner.runs.decisions import Change, Outcomes, changes_of, is_decided, row_of
from cleaner.runs.process import all_packs, rule_words
from cleaner.runs.texts import Told, documents_of
from cleaner.runs.undo import read_run

_SHOWN = 60
"""So many characters of the base text stand on each side of a change."""
_NEAR = 8
"""So many characters of its line in the clean text stand on each side of an example."""
_LONGEST = 30
"""A longer text is a passage and no word: no rule of a lexicon is made of it."""


def items_of(out: Path, decisions: Decisions, applied: bool = False) -> Iterator[Item]:
    """What a run doubted or withheld, and what was decided before; with ``applied`` all else that it did, too.

    Raises:
        UndoError: OUT is no run, left no texts, or was edited since.
    """
    outcomes = Outcomes(decisions)
    for told in documents_of(out):
        yield from _Document(told, outcomes).items(applied)


def name_of(out: Path) -> str:
    """A name of the inputs of a run, the same for every run of them."""
    run = read_run(out)
    told = "\n".join(sorted(f"{e['doc']} {e['sha256']}" for e in run["inputs"])) or out.name
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def words_of(out: Path) -> Mapping[str, Mapping[str, str]]:
    """What the rules of a run say of themselves; the shipped ones where its own packs are no longer there."""
    named_packs = tuple(Path(pack) for pack in read_run(out)["config"].get("packs", ()))
    try:
        packs = all_packs(named_packs)
    except PackError:
        packs = all_packs(())
    kept = ("title", "title_en", "rationale", "rationale_en")
    return {rule: {key: words[key] for key in kept} for rule, words in rule_words(packs).items()}


@dataclass(frozen=True, slots=True)
class _Row:
    edit: Edit
    change: Change
    decision: Decision | None

    @property
    def start(self) -> int:
        return min(s.start for s in self.change.spans)

    @property
    def end(self) -> int:
        return max(s.end for s in self.change.spans)


class _Document:
    """One document with what is looked up in it for every item."""

    def __init__(self, told: Told, outcomes: Outcomes) -> None:
        self._told, self._outcomes = told, outcomes
        self._places = Places(told.base)
        self._around = Surroundings(told.base)

    def items(self, applied: bool) -> Iterator[Item]:
        rows = [row for edit in self._told.edits if _is_shown(edit, applied) for row in self._rows(edit)]
        if not rows:
            return
        nearby = _Nearby(self._told.edits)
        for group in _grouped(rows):
            yield self._item(group, nearby)

    def _rows(self, edit: Edit) -> Iterator[_Row]:
        for change in changes_of(edit):
            sides = self._around.of(change.spans) if is_decided(edit) else None
            yield _Row(edit, change, self._outcomes.of(edit, change, sides) if sides else None)

    def _item(self, group: Sequence[_Row], nearby: _Nearby) -> Item:
        row = max(group, key=lambda r: len(squeezed(r.change.before)))
        edit, key = row.edit, self._key(row)
        near = self._near(edit) if not edit.parts else ("", "")
        return Item(
            doc=self._told.doc,
            line=self._places.line(row.start),
            key={name: value for name, value in row_of(key).items() if name != "decision"},
            edit=edit.edit.value,
            safety=edit.safety.value,
            evidence=edit.evidence.value,
            state=_state(edit),
            withheld_by=edit.withheld_by or "",
            why=edit.why,
            **self._shown(row),
            near=near,
            digits=digits("".join(r.change.before for r in group))
            != digits("".join(r.change.after for r in group)),
            rulable=len(group) == 1 and not edit.group and _is_rulable(key),
            mates=tuple(self._mate(other) for other in group if other is not row),
            others=tuple(nearby.of(row)) if len(group) == 1 else (),
        )

    def _key(self, row: _Row) -> Decision:
        """The change as its rule proposed it; which decision it gets is for the page to say."""
        change, left_right = row.change, self._around.of(row.change.spans)
        after = row.decision.after if row.decision else change.after
        edit = row.edit
        seen = edit.stage_before if not edit.parts else change.before
        other = seen if seen != change.before else ""
        return Decision(edit.rule, change.before, after, Choice.ACCEPT, *left_right, seen=other)

    def _shown(self, row: _Row) -> dict[str, str]:
        base = self._told.base
        return {
            "left": base[max(0, row.start - _SHOWN) : row.start],
            "right": base[row.end : row.end + _SHOWN],
        }

    def _near(self, edit: Edit) -> tuple[str, str]:
        clean, start, end = self._told.clean, edit.clean_start, edit.clean_end
        if start < 0:
            return ("", "")
        left = clean[max(0, start - _NEAR) : start].rpartition("\n")[2]
        return left, clean[end : end + _NEAR].partition("\n")[0]

    def _mate(self, row: _Row) -> Mate:
        change = row.change
        return Mate(
            self._places.line(row.start), before=change.before, after=change.after, **self._shown(row)
        )


def _is_shown(edit: Edit, applied: bool) -> bool:
    return applied or not edit.applied or is_decided(edit)


def _state(edit: Edit) -> str:
    if edit.applied:
        return "applied"
    return "withheld" if edit.withheld_by else "doubtful"


def _is_rulable(key: Decision) -> bool:
    """Whether a lexicon can hold the change: some characters of one line, or what is to stand between two."""
    text = key.seen or key.before
    if "\n" in text + key.after or len(text) > _LONGEST or len(key.after) > _LONGEST:
        return False
    return bool(squeezed(text) or squeezed(key.after))


def _grouped(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    """Rows that are carried out together, in the order of the first of them."""
    groups: dict[tuple[Any, ...], list[_Row]] = {}
    for number, row in enumerate(rows):
        edit = row.edit
        name = (edit.group, edit.stage, edit.pass_, edit.applied) if edit.group else (number,)
        groups.setdefault(name, []).append(row)
    yield from groups.values()


class _Nearby:
    """What else was proposed, by its place in the base text."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        alone = (e for e in edits if not e.group and not e.parts and e.start < e.end)
        self._edits = sorted(alone, key=lambda e: e.start)
        self._starts = [e.start for e in self._edits]
        self._widest = max((e.end - e.start for e in self._edits), default=0)

    def of(self, row: _Row) -> Iterator[Other]:
        """Other results for the place of ``row``."""
        told = {row.change.after}
        index = bisect_left(self._starts, row.end)
        while index and self._starts[index - 1] > row.start - self._widest:
            index -= 1
            edit = self._edits[index]
            if edit.end > row.start and edit.after not in told:
                told.add(edit.after)
                yield Other(edit.rule, edit.after)
