"""Overlaps: earlier start, longer, rule id; groups whole or not at all."""

from __future__ import annotations

from types import SimpleNamespace

from cleaner.engine.settle import Proposal, settle
from cleaner.model import Candidate


def proposal(rule, start, end, after="x", group=""):
    return Proposal(SimpleNamespace(id=rule), Candidate(start, end, after, group=group))


def won(*proposals):
    return [(p.rule.id, p.candidate.start) for p in settle(proposals).winners]


def test_the_earlier_start_wins():
    assert won(proposal("b", 0, 3), proposal("a", 2, 4)) == [("b", 0)]


def test_of_one_start_the_longer_wins():
    assert won(proposal("a", 0, 2), proposal("b", 0, 3)) == [("b", 0)]


def test_of_one_range_the_lower_rule_id_wins():
    assert won(proposal("b", 0, 2, "y"), proposal("a", 0, 2)) == [("a", 0)]


def test_neighbours_do_not_collide():
    assert won(proposal("a", 0, 2), proposal("b", 2, 4)) == [("a", 0), ("b", 2)]


def test_two_insertions_at_one_place_collide():
    assert won(proposal("a", 2, 2), proposal("b", 2, 2, "y")) == [("a", 2)]


def test_a_group_that_loses_a_member_is_withdrawn_and_frees_its_place():
    found = won(
        proposal("a", 0, 4),
        proposal("b", 2, 6, "", "move"),
        proposal("b", 9, 9, "text", "move"),
        proposal("c", 9, 11),
    )
    assert found == [("a", 0), ("c", 9)]


def test_losers_are_kept_with_their_winner():
    settled = settle([proposal("a", 0, 3), proposal("b", 1, 2)])
    assert [(lost.rule.id, winner.rule.id) for lost, winner in settled.losers] == [("b", "a")]
