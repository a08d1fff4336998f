"""The examples and mutations of rules/relations run through the real extractor."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import regex

from cleaner.model import Severity, Verdict
from cleaner.packs.relations import relation_types

TYPES = relation_types()
EXAMPLES = [
    pytest.param(name, verdict, sentence, id=f"{name}-{verdict}-{number}")
    for name, kind in TYPES.items()
    for verdict, sentences in kind.examples.items()
    for number, sentence in enumerate(sentences)
]
MUTATIONS = [pytest.param(name, kind.mutation, id=name) for name, kind in TYPES.items() if kind.mutation]
WITHOUT_A_SECOND_SIDE = {"implied_total"}
"""Types that only keep what a share implies: no digit contradicts them."""
_MARK = regex.compile("⟦(.*?)→(.*?)⟧")


@pytest.mark.parametrize(("name", "verdict", "sentence"), EXAMPLES)
def test_example(judge: Callable, name: str, verdict: str, sentence: str) -> None:
    _, relations, findings = judge(sentence)
    verdicts = {r.verdict for r in relations if r.type == name}
    if name == "unit_indicator_fit" and verdict == "consistent":
        assert not verdicts
        return
    assert Verdict(verdict) in verdicts
    accused = [f for f in findings if f.severity is Severity.ERROR]
    assert bool(accused) == (verdict == "inconsistent" and TYPES[name].severity is Severity.ERROR)


@pytest.mark.parametrize(("name", "sentence"), MUTATIONS)
def test_planted_wrong_digit_is_found(judge: Callable, name: str, sentence: str) -> None:
    right, wrong = _MARK.sub(r"\1", sentence), _MARK.sub(r"\2", sentence)
    check = TYPES[name].check
    assert check not in {f.check for f in judge(right)[2]}
    assert check in {f.check for f in judge(wrong)[2]}


@pytest.mark.parametrize("name", TYPES)
def test_every_type_that_can_accuse_shows_that_it_does(name: str) -> None:
    kind = TYPES[name]
    assert kind.mutation or name in WITHOUT_A_SECOND_SIDE
    assert kind.examples["inconsistent"] or kind.severity in {Severity.INFO, Severity.WARNING}
