"""decisions.jsonl: what readers decided, one JSON object a line, sorted and without doubles, so that git can merge it.

A line is known by its content (see ``cleaner.engine.decisions``), and two lines of one key that say different things are
an error: after a merge a person must say which holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.engine.decisions import DECIDED, Choice, Decision, Decisions, Key, Surroundings, named
from cleaner.errors import KanwuError
from cleaner.model import Cleaned, Edit
from cleaner.offsets import Span
from cleaner.runs import patient

_REQUIRED = ("rule", "before", "after", "decision")
_TEXTS = ("rule", "before", "after", "left", "right", "decision", "text", "seen")
_KEYS = (*_TEXTS, "occurrence")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class DecisionError(KanwuError):
    """A file of decisions that cannot be read or written, with its line and what to do."""


def row_of(decision: Decision) -> dict[str, Any]:
    """The object of a line; what is empty or as usual is left out."""
    row: dict[str, Any] = {"rule": decision.rule, "before": decision.before, "after": decision.after}
    row |= {"left": decision.left, "right": decision.right}
    row |= {"occurrence": decision.occurrence} if decision.occurrence > 1 else {}
    row |= {"decision": decision.choice.value}
    row |= {"text": decision.text} if decision.choice is Choice.EDIT else {}
    return row | ({"seen": decision.seen} if decision.seen else {})


def decision_of(row: Any) -> Decision:
    """The decision of an object.

    Raises:
        ValueError: it is none; the message says what was found and what was expected.
    """
    if not isinstance(row, dict):
        raise ValueError(f"found {_shown(row)}; expected an object with {', '.join(_REQUIRED)}")
    for key in row:
        if key not in _KEYS:
            raise ValueError(f"found the key '{key}'; expected {', '.join(_KEYS)}")
    for key in (*_REQUIRED, *(k for k in _TEXTS if k in row)):
        if not isinstance(row.get(key), str):
            raise ValueError(f"found {key}: {_shown(row.get(key))}; expected a text")
    number = row.get("occurrence", 1)
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise ValueError(f"found occurrence: {_shown(number)}; expected a number from 1")
    if row["decision"] not in list(Choice):
        raise ValueError(f"found decision: {_shown(row['decision'])}; expected one of {', '.join(Choice)}")
    choice = Choice(row["decision"])
    if (choice is Choice.EDIT) != ("text" in row):
        raise ValueError(f"found decision: {choice}; expected 'text' with edit, and with no other")
    texts = {key: row.get(key, "") for key in ("left", "right", "text", "seen")}
    return Decision(row["rule"], row["before"], row["after"], choice, occurrence=number, **texts)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:40]}…"


def parse_decisions(text: str, name: str) -> Decisions:
    """The decisions of a file's text; ``name`` is what errors call it.

    Raises:
        DecisionError: a line that is no decision, or two that contradict each other.
    """
    found: dict[Key, tuple[int, Decision]] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        decision = _parsed(line, f"{name}:{number}")
        known, other = found.setdefault(decision.key, (number, decision))
        if (other.choice, other.text) != (decision.choice, decision.text):
            message = (
                f"{name}:{number}: decides '{decision.choice}' about a change on which line {known} decides "
                f"'{other.choice}'; keep one of the two lines"
            )
            raise DecisionError(message)
    return Decisions(tuple(sorted((d for _, d in found.values()), key=lambda d: d.key)))


def _parsed(line: str, place: str) -> Decision:
    if line.startswith(_CONFLICT):
        raise DecisionError(f"{place}: found the mark of a merge conflict; keep the lines of both sides")
    try:
        return decision_of(json.loads(line))
    except json.JSONDecodeError as error:
        raise DecisionError(f"{place}: found no JSON ({error}); expected one object a line") from error
    except ValueError as error:
        raise DecisionError(f"{place}: {error}; mend the line or delete it") from error


def read_decisions(path: Path) -> Decisions:
    """The decisions in a file.

    Raises:
        DecisionError: it cannot be read, or a line is wrong.
    """
    try:
        return parse_decisions(path.read_text("utf-8"), str(path))
    except OSError as error:
        raise DecisionError(f"{path}: {error.strerror}; `kanwu review OUT` makes such a file") from error
    except UnicodeDecodeError as error:
        raise DecisionError(f"{path}: found bytes that are not UTF-8; save it as UTF-8") from error


def rendered(decisions: Decisions) -> str:
    """The text of a file of decisions."""
    ordered = sorted(decisions.entries, key=lambda d: d.key)
    return "".join(f"{rendered_line(d)}\n" for d in ordered)


def rendered_line(decision: Decision) -> str:
    """The line of a decision."""
    return json.dumps(row_of(decision), ensure_ascii=False)


def write_decisions(path: Path, decisions: Decisions) -> None:
    """Write a file of decisions: beside its place, then renamed.

    Raises:
        DecisionError: it cannot be written; what stood there stands.
    """
    beside = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(rendered(decisions), "utf-8", newline="\n")
        patient.rename(beside, path)
    except OSError as error:
        raise DecisionError(f"cannot write {path}: {error.strerror}; name another file") from error


def digest_of(decisions: Decisions) -> str:
    """A digest of what was decided, whatever the order of the lines was."""
    return hashlib.sha256(rendered(decisions).encode()).hexdigest()


class Outcomes:
    """Which decision a row of the ledger comes from, told by what it left there."""

    def __init__(self, decisions: Decisions) -> None:
        self._by_result = {_result(d): d for d in decisions.entries}

    def of(self, edit: Edit, change: Change, sides: tuple[str, str, int]) -> Decision | None:
        """The decision behind one change of a decided row: that about the place before that about the series."""
        before = named(change.before)
        place = (edit.rule if edit.applied else "", before, change.after, *sides)
        series = (not edit.applied, edit.rule, before, change.after)
        return self._by_result.get(place) or self._by_result.get(series)


_Result = tuple[Any, ...]


def _result(decision: Decision) -> _Result:
    """What a decision leaves in the ledger: a rejection binds every rule, so it names none."""
    if decision.is_series:
        return (decision.choice is Choice.NEVER, *decision.series)
    sides = (decision.left, decision.right, decision.occurrence)
    if decision.choice is Choice.REJECT:
        return ("", *decision.series[1:], *sides)
    return (decision.rule, decision.series[1], decision.outcome, *sides)


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit did at one place: several stand in one row where damage is dense."""

    spans: tuple[Span, ...]
    before: str
    after: str


def changes_of(edit: Edit) -> Iterator[Change]:
    """The changes that a row of the ledger stands for."""
    if not edit.parts:
        yield Change(edit.spans, edit.before, edit.after)
    for start, end, before, after in edit.parts:
        yield Change((Span(start, end),), before, after)


def is_decided(edit: Edit) -> bool:
    """Whether a row of the ledger comes from a decision."""
    return DECIDED in (edit.withheld_by, edit.safety_set_by)


def carried_out(cleaned: Cleaned, decisions: Decisions) -> Iterator[Decision]:
    """The decisions that left a row in the ledger of a document, applied or withheld."""
    rows = [e for e in cleaned.edits if is_decided(e)]
    if not rows:
        return
    around, outcomes = Surroundings(cleaned.document.text), Outcomes(decisions)
    for edit in rows:
        for change in changes_of(edit):
            decision = outcomes.of(edit, change, around.of(change.spans))
            if decision is not None:
                yield decision


def summary(decisions: Decisions, used: Container[str]) -> Mapping[str, Any]:
    """What run.json says: how many decisions there were, their digest, and which lines are not among ``used``."""
    unused = [row_of(d) for d in decisions.entries if rendered_line(d) not in used]
    return {"entries": len(decisions.entries), "sha256": digest_of(decisions), "unused": unused}
