"""Promises that are examined batch by batch are judged as one."""

from __future__ import annotations

import json

import pytest

from cleaner.contracts.parts import Measured, settled, together
from cleaner.model import ContractResult, Severity


def measured(success=True, applicable=4, failures=(), broken=False, **counts):
    result = ContractResult(
        "suite", "promise", Severity.WARNING, success, applicable, failures, "words", broken
    )
    return Measured(result, **counts)


def whole(*batches):
    found = ()
    for batch in batches:
        found = together(found, (batch,))
    return settled(found)[0]


def test_a_promise_is_kept_if_every_batch_keeps_it_and_rows_add_up():
    assert whole(measured(), measured(applicable=3)).success
    assert whole(measured(), measured(applicable=3)).applicable == 7
    failed = whole(measured(), measured(success=False, failures=("one",)), measured(broken=True))
    assert (failed.success, failed.failures, failed.broken) == (False, ("one",), True)


def test_failures_beyond_those_that_are_spelled_out_are_counted():
    many = tuple(f"row {n}" for n in range(40))
    found = whole(measured(success=False, failures=many), measured(success=False, failures=many))
    assert len(found.failures) == 51
    assert "30" in found.failures[-1]


def test_how_many_rows_are_needed_is_asked_of_all_batches():
    assert whole(measured(applicable=3, least=5), measured(applicable=2, least=5)).success
    few = whole(measured(applicable=3, least=5), measured(applicable=1, least=5))
    assert not few.success
    assert "4" in few.failures[0]


@pytest.mark.parametrize(("unexpected", "success"), [((3, 0), True), ((3, 1), True), ((3, 2), False)])
def test_a_share_is_asked_of_all_batches(unexpected, success):
    """0.8 of twenty rows: four may break it, even if a batch of its own would not pass, or would."""
    batches = [
        measured(success=n <= 2, failures=("one",) if n > 2 else (), mostly=0.8, unexpected=n, of=10)
        for n in unexpected
    ]
    found = whole(*batches)
    assert found.success is success
    assert bool(found.failures) is not success


def test_what_was_measured_comes_back_from_json():
    one = measured(success=False, failures=("a",), least=2, mostly=0.5, unexpected=1, of=3)
    assert Measured.of_row(json.loads(json.dumps(one.as_row()))) == one
