"""The rule tester: every example of a rule runs, every guard must bear load."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.model import Cleaned, Document, Edit
from cleaner.packs.grammar import Rule
from cleaner.packs.marks import Expected, read_marks
from cleaner.terms import EditKind


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that did not hold: which rule, which kind of example, what happened."""

    rule: str
    kind: str
    example: str
    message: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.kind}: {self.example[:60]!r}: {self.message}"


def run_alone(rule: Rule, text: str) -> Cleaned:
    """Restore ``text`` with one rule, its places taken as named."""
    rules = RuleSet.of([replace(rule, places=())])
    return restore(Document(doc="example.txt", text=text), rules, Settings())


def observed(cleaned: Cleaned) -> tuple[Expected, ...]:
    """The edits a rule made or proposed, in the frame of the example."""
    found: list[Expected] = []
    for edit in cleaned.edits:
        found += _flat(edit)
    return tuple(sorted(found))


def _flat(edit: Edit) -> list[Expected]:
    if edit.parts:
        return [Expected(*part) for part in edit.parts]
    return [Expected(edit.start, edit.end, edit.before, edit.after)]


def test_rule(rule: Rule) -> Iterator[Failure]:
    """All examples of one rule, and the mutation of its guards."""
    yield from _fires(rule)
    yield from _silent(rule)
    yield from _limits(rule)
    yield from _guards(rule)


test_rule.__test__ = False  # type: ignore[attr-defined]  # pytest must not collect it


def _fires(rule: Rule) -> Iterator[Failure]:
    for example in rule.examples.fires:
        marked = read_marks(example)
        if not marked.edits:
            yield Failure(rule.id, "fires", example, "no mark; write what should change as ⟦before→after⟧")
            continue
        cleaned = run_alone(rule, marked.text)
        seen = observed(cleaned)
        if seen != tuple(sorted(marked.edits)):
            yield Failure(rule.id, "fires", example, f"expected {_show(marked.edits)}, got {_show(seen)}")
        elif any(e.applied for e in cleaned.edits) and rule.edit is not EditKind.MOVE:
            yield from _is_fixed(rule, example, cleaned.text, marked.restored)


def _is_fixed(rule: Rule, example: str, text: str, restored: str) -> Iterator[Failure]:
    if text != restored:
        yield Failure(rule.id, "fires", example, f"the edits are right but the text is {text!r}")
    again = [e for e in run_alone(rule, text).edits if e.applied]
    if again:
        yield Failure(rule.id, "fires", example, f"a second run edits again: {_show(_flat(again[0]))}")


def _silent(rule: Rule) -> Iterator[Failure]:
    restored = {read_marks(e).restored for e in rule.examples.fires}
    texts = {text.replace("⏎", "\n") for text in rule.examples.silent}
    for text, reason in rule.examples.silent.items():
        seen = observed(run_alone(rule, text.replace("⏎", "\n")))
        if seen:
            yield Failure(rule.id, "silent", text, f"fired {_show(seen)} although: {reason}")
    if not restored & texts:
        message = "no silent example is the already correct text of a fires example"
        yield Failure(rule.id, "silent", "", message)


def _limits(rule: Rule) -> Iterator[Failure]:
    for example, reason in rule.examples.limits.items():
        marked = read_marks(example)
        if not marked.edits:
            yield Failure(rule.id, "limits", example, "no mark; write what should change as ⟦before→after⟧")
        elif observed(run_alone(rule, marked.text)) == tuple(sorted(marked.edits)):
            yield Failure(rule.id, "limits", example, f"now works; move it to fires (it said: {reason})")


def _guards(rule: Rule) -> Iterator[Failure]:
    """Drop each ``unless`` in turn: some silent example must then fire, or the guard is dead weight."""
    for index, guard in enumerate(rule.unless):
        bare = replace(rule, unless=rule.unless[:index] + rule.unless[index + 1 :])
        texts = [text.replace("⏎", "\n") for text in rule.examples.silent]
        if not any(observed(run_alone(bare, text)) for text in texts):
            yield Failure(
                rule.id, "unless", guard, "bears no load: without it every silent example still holds"
            )


def _show(edits: tuple[Expected, ...] | list[Expected]) -> str:
    return ", ".join(f"{e.start}–{e.end} ⟦{e.before}→{e.after}⟧" for e in edits) or "nothing"
