"""Overlaps: earlier start, then longer, then rule id. A group is taken whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.model import Candidate
from cleaner.packs.grammar import Rule


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate with the rule that made it."""

    rule: Rule
    candidate: Candidate

    @property
    def key(self) -> tuple[int, int, str, int]:
        """The order in which proposals are settled."""
        c = self.candidate
        return (c.start, c.start - c.end, self.rule.id, 0)

    @property
    def group(self) -> str:
        """The group, unique among rules; empty for an edit that stands alone."""
        return f"{self.rule.id}:{self.candidate.group}" if self.candidate.group else ""


@dataclass(frozen=True, slots=True)
class Settled:
    """Proposals that won, in text order, and those that lost with the winner they lost to."""

    winners: tuple[Proposal, ...]
    losers: tuple[tuple[Proposal, Proposal], ...]


def _collides(left: Candidate, right: Candidate) -> bool:
    """Whether two candidates, left one first, cannot both be applied to one text."""
    if left.start == left.end:
        return left.start == right.start and right.start == right.end
    return right.start < left.end


def settle(proposals: Sequence[Proposal]) -> Settled:
    """Choose among ``proposals``; groups that lose a member are withdrawn and the rest settled again."""
    pool = sorted(proposals, key=lambda p: p.key)
    lost: list[tuple[Proposal, Proposal]] = []
    while True:
        winners, losers = _greedy(pool)
        broken = {loser.group for loser, _ in losers if loser.group}
        lost += losers
        if not broken:
            return Settled(tuple(winners), tuple(lost))
        gone = {id(loser) for loser, _ in losers}
        pool = [p for p in pool if p.group not in broken and id(p) not in gone]


def _greedy(pool: Sequence[Proposal]) -> tuple[list[Proposal], list[tuple[Proposal, Proposal]]]:
    winners: list[Proposal] = []
    losers: list[tuple[Proposal, Proposal]] = []
    for proposal in pool:
        last = winners[-1] if winners else None
        if last is not None and _collides(last.candidate, proposal.candidate):
            if proposal.candidate != last.candidate:
                losers.append((proposal, last))
        else:
            winners.append(proposal)
    return winners, losers
