"""Rules x document -> clean text and ledger, run to a fixed point (DESIGN sections 2 and 4)."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cleaner.engine.apply import apply_edits
from cleaner.engine.chain import CHAIN
from cleaner.engine.deciding import Deciding
from cleaner.engine.guards import Protected, breaks_digits, protected_ranges
from cleaner.engine.ledger import CleanPlaces, Frame, applied_rows, finish, row, safety_of
from cleaner.engine.methods import RuleTimeout, propose
from cleaner.engine.protected import repeated_names, with_shipped_names
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.engine.settle import Proposal, settle
from cleaner.engine.trigger import AdmitAll, Trigger, trigger_for
from cleaner.engine.view import View
from cleaner.model import Block, BlockType, Cleaned, Document, Edit, OffsetMap, hull
from cleaner.offsets import Span
from cleaner.packs.grammar import Rule
from cleaner.reading.blocks import Known, in_sections

MAX_PASSES = 4
MAX_ROUNDS = 16
"""Passes of the chain, and rounds of one stage, before rules are said to fight."""
_FIGHTERS = 4
"""In how many of the last rounds a rule must have fired to be named as one that fights."""


class Fight(Exception):  # noqa: N818 (an event of the rules, named after what happened)
    """Rules that undo each other's work: no fixed point was reached."""

    def __init__(self, rules: Sequence[str]) -> None:
        super().__init__(", ".join(rules))
        self.rules = tuple(rules)


@dataclass(frozen=True, slots=True)
class _Quiet:
    """A stage that found nothing to apply when ``applied`` edits had been made, and what it noted."""

    applied: int
    pending: tuple[Edit, ...]


@dataclass
class _Run:
    """The state of one document on its way through the chain."""

    document: Document
    rules: RuleSet
    settings: Settings
    trigger: Trigger
    view: View
    offsets: OffsetMap
    base_blocks: tuple[Block, ...]
    deciding: Deciding | None = None
    applied: list[Edit] = field(default_factory=list)
    pending: list[Edit] = field(default_factory=list)
    lost: list[tuple[Edit, str]] = field(default_factory=list)
    last_rules: Counter[str] = field(default_factory=Counter)
    known: Known = field(default_factory=dict)
    quiet: dict[str, _Quiet] = field(default_factory=dict)


def restore(
    document: Document, rules: RuleSet, settings: Settings, trigger: Trigger | None = None
) -> Cleaned:
    """Restore one document.

    A rule that exceeds its time limit loses all its edits in this document and is named in ``problems``;
    rules that fight are named and leave the document as it was.
    """
    settings = with_shipped_names(settings)
    problems: list[str] = []
    while True:
        run = _start(document, rules, settings, trigger or trigger_for(rules))
        try:
            _to_fixed_point(run)
        except RuleTimeout as timeout:
            problems.append(
                f"{document.doc}: {timeout.rule} took longer than {settings.time_limit} s and was left out"
            )
            rules = rules.without(timeout.rule)
            continue
        except Fight as fight:
            names = ", ".join(fight.rules)
            problems.append(
                f"{document.doc}: rules that undo each other: {names}; the document was left as it was"
            )
            run = _start(document, rules, settings, trigger or trigger_for(rules))
        return _cleaned(run, tuple(problems))


def _start(document: Document, rules: RuleSet, settings: Settings, trigger: Trigger) -> _Run:
    known: Known = {}
    view = View.of(document.text, document, settings.protected, settings.reorder, known)
    offsets = OffsetMap.identity(len(document.text))
    deciding = Deciding(settings.decisions, document.text) if settings.decisions else None
    return _Run(document, rules, settings, trigger, view, offsets, view.blocks, deciding, known=known)


def _to_fixed_point(run: _Run) -> None:
    for number in range(1, MAX_PASSES + 1):
        run.last_rules.clear()
        run.pending.clear()
        for stage in CHAIN:
            _run_stage(run, stage, number)
        if not run.last_rules:
            return
    raise Fight(sorted(run.last_rules))


def _run_stage(run: _Run, stage: str, number: int) -> None:
    rules = run.rules.by_stage.get(stage, ())
    if not rules or _is_quiet(run, stage, number):
        return
    fired: list[set[str]] = []
    for _ in range(MAX_ROUNDS):
        frame = Frame(stage, number, run.view, run.offsets)
        noted = len(run.pending)
        winners = _round(run, rules, frame)
        if not winners:
            run.quiet[stage] = _Quiet(len(run.applied), tuple(run.pending[noted:]))
            return
        _apply(run, winners, frame)
        fired.append({w.rule.id for w in winners})
    raise Fight(sorted(set().union(*fired[-_FIGHTERS:])))


def _is_quiet(run: _Run, stage: str, number: int) -> bool:
    """Whether a stage met this very text in the pass before: then it finds, and notes, what it found there."""
    before = run.quiet.get(stage)
    if before is None or before.applied != len(run.applied) or isinstance(run.trigger, AdmitAll):
        return False
    run.pending += [replace(edit, pass_=number) for edit in before.pending]
    return True


def _round(run: _Run, rules: Sequence[Rule], frame: Frame) -> tuple[Proposal, ...]:
    """One round of one stage: what every rule proposes, settled. Leaves notes on what was not applied."""
    proposals = [
        Proposal(rule, candidate)
        for rule, view in run.trigger.admit(rules, run.view)
        for candidate in propose(rule, view, run.settings.time_limit)
    ]
    admitted, pending = _admit(run, proposals, frame)
    settled = settle(admitted)
    if settled.winners:
        run.lost += [(row(loser, frame, False), winner.rule.id) for loser, winner in settled.losers]
    else:
        run.pending += pending
    return settled.winners


def _admit(run: _Run, proposals: Sequence[Proposal], frame: Frame) -> tuple[list[Proposal], list[Edit]]:
    """Part what may be applied from what is only recorded: too unsafe, a protected name, an undeclared digit.

    What readers decided about a proposal comes before all of that.
    """
    ruled = run.deciding.rule_on(proposals, frame) if run.deciding else None
    proposals = ruled.proposals if ruled else proposals
    kept_as_is = Protected(protected_ranges(run.view) if proposals else [], run.view.text)
    groups: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        if proposal.group:
            groups.setdefault(proposal.group, []).append(proposal)
    kept = repeated_names(run.view.text, proposals)
    reasons = [_refusal(run, p, groups.get(p.group, []), kept_as_is) for p in proposals]
    reasons = ["protected" if r is None and i in kept else r for i, r in enumerate(reasons)]
    reasons = ruled.over(reasons) if ruled else reasons
    refused = {p.group: r for p, r in zip(proposals, reasons, strict=True) if r is not None and p.group}
    admitted: list[Proposal] = []
    pending: list[Edit] = []
    for proposal, own in zip(proposals, reasons, strict=True):
        reason = own if own is not None else refused.get(proposal.group)
        if reason is None:
            admitted.append(proposal)
        else:
            pending.append(row(proposal, frame, False, reason or None))
    return admitted, pending


def _refusal(run: _Run, proposal: Proposal, group: Sequence[Proposal], protected: Protected) -> str | None:
    """Why a proposal may not be applied: None if it may, "" if it is only doubtful, else who withholds it."""
    if protected.touched_by(proposal):
        return "protected"
    safety = safety_of(proposal)
    if safety.rank == 2:
        return ""
    if breaks_digits(proposal, run.view, group):
        return "digits"
    return "level" if safety.rank > run.settings.level.rank else None


def _apply(run: _Run, winners: tuple[Proposal, ...], frame: Frame) -> None:
    candidates = [w.candidate for w in winners]
    run.applied += applied_rows(winners, frame, len(run.applied))
    text, run.offsets = apply_edits(run.view.text, run.offsets, candidates)
    run.view = View.of(text, run.document, run.settings.protected, run.settings.reorder, run.known)
    run.last_rules.update(w.rule.id for w in winners)


def _cleaned(run: _Run, problems: tuple[str, ...]) -> Cleaned:
    rows = run.applied + run.pending + _withheld(run)
    edits = finish(rows, run.offsets, run.document.doc)
    blocks = typed_blocks(run.view.blocks, run.base_blocks, run.offsets, edits)
    return Cleaned(run.document, run.view.text, edits, run.offsets, blocks, problems)


def typed_blocks(
    blocks: Sequence[Block], base: Sequence[Block], offsets: OffsetMap, edits: Sequence[Edit]
) -> tuple[Block, ...]:
    """Blocks of the clean text with what only the base text told of them: levels of marks, captions set apart."""
    return in_sections(with_marked_levels(with_base_captions(blocks, base, offsets), edits))


def with_base_captions(
    blocks: Sequence[Block], base: Sequence[Block], offsets: OffsetMap
) -> tuple[Block, ...]:
    """Blocks that are captions of the base text stay captions: the blank lines that told them are gone here."""
    captions = {b.start: b.end for b in base if b.type is BlockType.CAPTION}
    starts = sorted(captions)

    def is_caption(block: Block) -> bool:
        span = hull(offsets.to_base(block.start, block.end))
        place = bisect_right(starts, span.start) - 1
        return place >= 0 and span.end <= captions[starts[place]]

    if not captions:
        return tuple(blocks)
    return tuple(b._replace(type=BlockType.CAPTION, level=0) if is_caption(b) else b for b in blocks)


def with_marked_levels(blocks: Sequence[Block], edits: Sequence[Edit]) -> tuple[Block, ...]:
    """Blocks whose heading mark (``##``) was taken away keep its level."""
    levels = {
        e.clean_start: e.before.count("#") for e in edits if e.applied and e.rule == "markup/heading-mark"
    }
    return tuple(
        b._replace(type=BlockType.HEADING, level=levels[b.start]) if levels.get(b.start) else b
        for b in blocks
    )


def _withheld(run: _Run) -> list[Edit]:
    """Losers whose reading still stands at the end, with the rule that won (DESIGN section 2).

    A move that lost a half was withdrawn whole, and half a move tells a reader nothing: it is not listed.
    """
    known = {(e.rule, e.spans, e.after) for e in [*run.applied, *run.pending]}
    kept: list[Edit] = []
    places = CleanPlaces(run.offsets)
    for edit, winner in run.lost:
        key = (edit.rule, edit.spans, edit.after)
        if key in known or not edit.before or edit.group:
            continue
        place = places.of([Span(edit.start, edit.end)])
        if run.view.text[place.start : place.end] == edit.stage_before:
            known.add(key)
            kept.append(replace(edit, withheld_by=winner, stage_start=place.start, stage_end=place.end))
    return kept
