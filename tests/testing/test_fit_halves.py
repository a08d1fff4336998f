"""The fit of the weights of a joint: the sign that the cases give, and what counts as going on."""

from __future__ import annotations

from benchmarks.restoration.fit_halves import Read, chosen, fitted, goes_on, names
from cleaner.engine.repairs.traits import weights


def case(first, second, *, right):
    """One head with two tails: the first trait speaks for a tail, the second says nothing."""
    return Read(0, "reports", {2: 50, 3: 60}, 1, [(0, 2), (0, 3)], [right, not right], [first, second])


READS = [case([2.0, 1.0], [-1.0, 1.0], right=True), case([-2.0, 0.0], [1.0, 0.0], right=False)] * 20


def test_what_goes_on_is_weighed_up_and_what_does_not_is_weighed_down():
    found = fitted(READS)
    assert found[0] > 0.5
    assert abs(found[1]) < found[0]
    moves = [move for read in READS for move in chosen(read, found)]
    assert all(right for _, right, _ in moves)
    assert {size for _, _, size in moves} == {50, 60}


def test_a_document_without_open_ends_moves_nothing():
    assert list(chosen(Read(0, "seeds", {}, 0, [], [], []), fitted(READS))) == []


def test_what_goes_on_stands_so_in_the_truth():
    truth = "云泽县粮食产量稳步增长，农民满意。\n青岗县道路畅通，出行便利。"
    assert goes_on("云泽县粮食产", "量稳步增长，农民满意。", truth)
    assert not goes_on("云泽县粮食产", "青岗县道路畅通，出行便利。", truth)


def test_the_table_holds_the_traits_in_their_order():
    assert [*names(), "constant"] == list(weights())
