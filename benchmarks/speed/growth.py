"""Rule sets made to order: does a text take longer because there are more rules?"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.speed.subjects import Subject, documents, rules
from cleaner.engine.repairs.cohesion import corpus_bigrams
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.packs.grammar import Method

SIZES = (150, 500, 2000)


def made(count: int) -> RuleSet:
    """``count`` rules by pattern: a word that is misread, in a context of its own; few of them ever fire."""
    rng = random.Random(count)  # noqa: S311 (sample rules)
    words = sorted(corpus_bigrams().pairs)
    model = next(rule for rule in rules() if rule.by is Method.REGEX and rule.stage == "wording")
    found = []
    for number in range(count):
        left, wrong, right = (rng.choice(words) for _ in range(3))
        match = rf"(?<=[\p{{Han}}，]{left[0]}){wrong[::-1]}{right}(?![{left}])"
        found.append(
            replace(model, id=f"made/rule-{number}", match=match, unless=(), replace=wrong, scope=frozenset())
        )
    return RuleSet.of(found)


def growth() -> dict[str, Subject]:
    """A subject for every size: the chain with that many rules and no others."""
    return {str(size): _with(made(size)) for size in SIZES}


def _with(chosen: RuleSet) -> Subject:
    def run(texts: Sequence[str]) -> None:
        for document in documents(texts):
            restore(document, chosen, Settings())

    return run
