"""The decisions of readers laid over what the rules propose, one round at a time.

In a text that was cleaned already the words around a place may have changed. There a decision is recognised by
likeness, and then it can only hold back: what was rejected stays as it was, what a reader wrote stays written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from rapidfuzz.distance import LCSseq

from cleaner.engine.decisions import (
    CONTEXT,
    DECIDED,
    Choice,
    Decision,
    Decisions,
    Key,
    Series,
    Surroundings,
    named,
    squeezed,
)
from cleaner.engine.guards import Protected
from cleaner.engine.ledger import Frame, base_reading
from cleaner.engine.settle import Proposal
from cleaner.model import Candidate
from cleaner.offsets import Span
from cleaner.packs.grammar import Rule
from cleaner.terms import Evidence, Safety

_ALIKE = 0.75
"""What was decided about is recognised in a cleaned text if so much is still there: six characters of eight."""
_LOOK = 6 * CONTEXT
"""So far the text is searched for the characters of a side, for blank ones do not count."""


class Ruling(StrEnum):
    """What decisions make of a proposal; None where they say nothing."""

    CARRY_OUT = "carry out"
    CARRY_OUT_SERIES = "carry out, but for protected names"
    HOLD_BACK = "hold back"
    DONE = "done already"


@dataclass(frozen=True, slots=True)
class Ruled:
    """The proposals of a round as readers decided them, and the ruling on each."""

    proposals: tuple[Proposal, ...]
    rulings: tuple[Ruling | None, ...]

    def over(self, reasons: Sequence[str | None]) -> list[str | None]:
        """The engine's ``reasons`` to withhold, with what readers decided laid over them."""
        forced = [
            p.candidate
            for p, ruling, own in zip(self.proposals, self.rulings, reasons, strict=True)
            if _is_forced(ruling, own)
        ]
        taken = _Taken(forced)
        return [
            _reason(p, ruling, own, taken)
            for p, ruling, own in zip(self.proposals, self.rulings, reasons, strict=True)
        ]


def _is_forced(ruling: Ruling | None, own: str | None) -> bool:
    if ruling is Ruling.CARRY_OUT_SERIES:
        return own != "protected"
    return ruling is Ruling.CARRY_OUT


def _reason(proposal: Proposal, ruling: Ruling | None, own: str | None, taken: _Taken) -> str | None:
    if ruling is Ruling.HOLD_BACK:
        return DECIDED
    if _is_forced(ruling, own):
        return None
    return DECIDED if own is None and taken.by_another(proposal.candidate) else own


class _Taken:
    """Where decided edits stand in the text of a round: nothing else may be done there."""

    def __init__(self, forced: Sequence[Candidate]) -> None:
        self._forced = sorted(forced, key=lambda c: c.start)

    def by_another(self, candidate: Candidate) -> bool:
        return any(_collide(c, candidate) for c in self._forced)


def _collide(one: Candidate, other: Candidate) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start == other.start and one.end == other.end
    return one.start < other.end and other.start < one.end


class Deciding:
    """The decisions of a run at work on one document."""

    def __init__(self, decisions: Decisions, base: str) -> None:
        self._decisions = decisions
        self._around = Surroundings(base)
        self._places: dict[Key, Span | None] = {}
        self._rules: dict[str, Rule] = {}
        self._written = [d for d in decisions.written if self._place(d) is not None or _standing(d, base)]

    def rule_on(self, proposals: Sequence[Proposal], frame: Frame) -> Ruled:
        """Lay the decisions over what the rules propose in one round; what they left behind is not proposed again."""
        written = Protected(self._written_ranges(frame), frame.view.text) if self._written else None
        turned: list[Proposal] = []
        rulings: list[Ruling | None] = []
        for proposal in proposals:
            at = _At(proposal, frame)
            decision, ruling = self._ruling(at)
            if ruling is not Ruling.CARRY_OUT and written is not None and written.touched_by(proposal):
                ruling = Ruling.DONE
            if ruling is Ruling.DONE:
                continue
            turned.append(self._turned(proposal, decision) if decision and ruling else proposal)
            rulings.append(ruling)
        return Ruled(*_with_groups(turned, rulings, self))

    def _ruling(self, at: _At) -> tuple[Decision | None, Ruling | None]:
        exact = self._exact(at)
        if exact is not None:
            return exact, self._carried(exact, at, Ruling.CARRY_OUT)
        if self._is_over(at):
            return None, Ruling.HOLD_BACK
        series = self._decisions.by_key.get((*at.series, "", "", 0))
        if series is not None:
            return series, self._carried(series, at, Ruling.CARRY_OUT_SERIES)
        return None, None

    def _exact(self, at: _At) -> Decision | None:
        """The decision about this change at this place; none of a move can be rewritten."""
        known = self._decisions
        if at.series[1:] not in known.changes or self._around.sides(at.spans) not in known.sides:
            return None
        sides = self._around.of(at.spans)
        found = known.by_key.get((*at.series, *sides))
        if found is None:
            found = known.rejected_at.get(("", *at.series[1:], *sides))
        return None if found and found.choice is Choice.EDIT and at.proposal.group else found

    def _carried(self, decision: Decision, at: _At, ruling: Ruling) -> Ruling:
        if decision.choice in (Choice.REJECT, Choice.NEVER):
            return Ruling.HOLD_BACK
        return Ruling.DONE if at.holds(decision.outcome) else ruling

    def _is_over(self, at: _At) -> bool:
        """Whether the change was rejected here, or would take back what was accepted."""
        known, after = self._decisions, at.proposal.candidate.after
        asked = [(known.rejected, (name, after)) for name in {named(at.before), named(at.seen)}]
        asked = [
            (where, change)
            for where, change in (*asked, (known.accepted, (at.seen, after)))
            if change in where
        ]
        if asked:
            places = (at.sides, self._around.sides(at.spans))
            if any(self._is_here(d, at) for where, change in asked for d in where.near(change, *places)):
                return True
        return self._is_long_rejected(at)

    def _is_long_rejected(self, at: _At) -> bool:
        """Whether the removal or move of a long text was rejected, in which other edits were made since."""
        after = at.proposal.candidate.after
        if len(at.seen) < CONTEXT:
            return False
        return any(
            _resembles(named(d.before), named(at.seen))
            and (d.after == after or _resembles(d.after, after))
            and (self._place(d) is None or self._is_here(d, at))
            for d in self._decisions.long_rejected
        )

    def _is_here(self, decision: Decision, at: _At) -> bool:
        place = self._place(decision)
        if place is None:
            return _alike(decision, at.sides)
        return any(_meet(place, span) for span in at.spans)

    def _place(self, decision: Decision) -> Span | None:
        if decision.key not in self._places:
            self._places[decision.key] = self._around.find(decision)
        return self._places[decision.key]

    def _written_ranges(self, frame: Frame) -> list[tuple[int, int]]:
        """Where what readers wrote stands in the text of a round."""
        text = frame.view.text
        found: set[tuple[int, int]] = set()
        for decision in self._written:
            place = self._place(decision)
            if place is None:
                found.update(_standing(decision, text))
                continue
            now = frame.offsets.to_clean(place.start, place.end)
            if text[now.start : now.end] == decision.text:
                found.add((now.start, now.end))
        return sorted(found)

    def _turned(self, proposal: Proposal, decision: Decision) -> Proposal:
        """A proposal as the reader decided it: a second witness to the text, and said to be one."""
        if decision.choice in (Choice.REJECT, Choice.NEVER):
            return proposal
        after = proposal.candidate.after if proposal.group else decision.outcome
        return Proposal(self.witnessed(proposal.rule), replace(proposal.candidate, after=after, safety=None))

    def witnessed(self, rule: Rule) -> Rule:
        """A rule whose edit a reader took upon himself; one object for each, as edits of one rule are folded."""
        if rule.id not in self._rules:
            self._rules[rule.id] = replace(
                rule,
                safety=Safety.CERTAIN,
                evidence=Evidence.WITNESS,
                safety_set_by=DECIDED,
                digits="may-change",
            )
        return self._rules[rule.id]


class _At:
    """A proposal with the place that it is about."""

    def __init__(self, proposal: Proposal, frame: Frame) -> None:
        c = proposal.candidate
        self.proposal = proposal
        self.frame = frame
        self.spans = frame.offsets.to_base(c.start, c.end)
        self.before = base_reading(frame.view.document.text, self.spans)
        self.seen = frame.view.text[c.start : c.end]
        self.series: Series = (proposal.rule.id, named(self.before), c.after)

    @cached_property
    def sides(self) -> tuple[str, str]:
        """What stands on both sides now."""
        c = self.proposal.candidate
        return _sides(self.frame.view.text, c.start, c.end)

    def holds(self, outcome: str) -> bool:
        """Whether ``outcome`` stands here already, of which what the rule saw is a part."""
        c, text = self.proposal.candidate, self.frame.view.text
        if not outcome or self.proposal.group:
            return False
        room = len(outcome) - len(self.seen) + 1
        starts = (c.start - at for at in range(room) if outcome.startswith(self.seen, at))
        return any(start >= 0 and text.startswith(outcome, start) for start in starts)


def _with_groups(
    proposals: list[Proposal], rulings: list[Ruling | None], deciding: Deciding
) -> tuple[tuple[Proposal, ...], tuple[Ruling | None, ...]]:
    """A group is carried out whole or not at all: what is decided about one of its rows holds for all."""
    decided = {p.group: r for p, r in zip(proposals, rulings, strict=True) if p.group and r is not None}
    for index, proposal in enumerate(proposals):
        ruling = decided.get(proposal.group)
        if ruling is None:
            continue
        if rulings[index] is None and ruling is not Ruling.HOLD_BACK:
            calm = replace(proposal.candidate, safety=None)
            proposals[index] = Proposal(deciding.witnessed(proposal.rule), calm)
        rulings[index] = ruling
    return tuple(proposals), tuple(rulings)


def _meet(one: Span, other: Span) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.overlaps(other)


def _standing(decision: Decision, text: str) -> list[tuple[int, int]]:
    """Where in ``text`` there stands what a reader wrote, by what stands around it."""
    found = []
    start = text.find(decision.text)
    while start >= 0:
        end = start + len(decision.text)
        if _alike(decision, _sides(text, start, end)):
            found.append((start, end))
        start = text.find(decision.text, start + 1)
    return found


def _sides(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands on both sides of a place in the text of a round, white space left out."""
    left, right = text[max(0, start - _LOOK) : start], text[end : end + _LOOK]
    return squeezed(left)[-CONTEXT:], squeezed(right)[:CONTEXT]


def _alike(decision: Decision, sides: tuple[str, str]) -> bool:
    """Whether one side of a place is that of the decision, but for what cleaning may have changed in it."""
    return _resembles(decision.left, sides[0]) or _resembles(decision.right, sides[1])


def _resembles(then: str, now: str) -> bool:
    return bool(then) and LCSseq.normalized_similarity(then, now, score_cutoff=_ALIKE) > 0
