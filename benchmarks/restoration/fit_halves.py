"""Fit how the traits of a joint are weighed: ``python -m benchmarks.restoration.fit_halves [--write]``.

Documents are the clean reports of ``$KANWU_SHARED/corpus`` and the truth of the seeds, with moved blocks planted in
them (of one tail in six nothing is left), and as they are. They go through the stages before ``stitch``; then every
open end with each block near by is one case: it goes on, or it does not. The weights are a ridge logistic regression
over all cases. Reports are taken in folds: the tables that a document is read with are counted without the reports of
its fold, and what is printed for a document was found with weights that were fitted without its fold.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from benchmarks.restoration.cases import UNTOUCHED, Case, damaged, rules
from benchmarks.restoration.run import corpus, truths
from cleaner.engine.chain import CHAIN
from cleaner.engine.repairs import bonds, cohesion, joints, runs, topics, traits
from cleaner.engine.repairs.data import (
    build_bigrams,
    build_bonds,
    build_runs,
    build_sentence_heads,
    build_topics,
)
from cleaner.engine.repairs.halves import LEAD, Half, assigned, believed, halves_in
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.engine.view import View
from cleaner.model import Document

TABLE = Path(traits.__file__).parent / "data" / "halves.txt"
FOLDS = 7
PLANTINGS = {"reports": 3, "seeds": 12}
LOST = 1 / 6
RIDGE = 3.0
BELIEFS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_CONTEXT = 10
_HEAD = """\
# Written by `python -m benchmarks.restoration.fit_halves --write`: the weights of the traits of a joint (natural
# logarithms), fitted on {documents} plantings in 28 work reports of the government and in the truth of the seeds.
"""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Read:
    """A planted document with its joints: (head, tail), whether the one goes on with the other, and their traits."""

    fold: int
    group: str
    sizes: dict[int, int]
    moved: int
    pairs: list[tuple[int, int]]
    goes_on: list[bool]
    traits: list[list[float]]


@contextmanager
def tables_without(left_out: Sequence[Path]) -> Iterator[None]:
    """The tables, counted over the reports that are not ``left_out``, in place of those that ship."""
    texts = [path.read_text("utf-8") for path in corpus() if path not in left_out]
    shipped = resources.files("cleaner.engine.repairs.data")
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path in Path(str(shipped)).glob("*.txt"):
            (folder / path.name).write_bytes(path.read_bytes())
        built = {
            "han_bigrams.txt": build_bigrams.render(build_bigrams.count(texts)),
            "sentence_heads.txt": build_bigrams.render(build_sentence_heads.count(texts), minimum=1),
            "bonds.txt": build_bonds.render(texts),
            "runs.txt": build_runs.render(texts),
            "topics.txt": build_topics.render(texts),
        }
        for table, text in built.items():
            (folder / table).write_text(text, "utf-8")
        with patch.object(resources, "files", lambda _package: folder):
            _forget()
            yield
    _forget()


def _forget() -> None:
    for table in (
        cohesion.corpus_bigrams,
        bonds.bonds,
        joints._corpus_sentences,
        topics._pairs,
        topics.direction,
        runs._shipped,
        runs._seen_inside,
    ):
        table.cache_clear()


def documents(group: str, paths: Sequence[Path], fold: int) -> Iterator[Read]:
    """The plantings of some documents, read with the tables of the moment."""
    for path in paths:
        yield read(Case(path, UNTOUCHED), group, fold)
        for seed in range(PLANTINGS[group]):
            yield read(Case(path, "moved_block", seed + 1000), group, fold)


def read(case: Case, group: str, fold: int) -> Read:
    """One planting, as the stage ``stitch`` finds it."""
    planted = damaged(case)
    before = CHAIN[: CHAIN.index("stitch")]
    chain = RuleSet({stage: found if stage in before else () for stage, found in rules().by_stage.items()})
    text = restore(Document(case.path.name, planted.noisy), chain, Settings()).text
    view = View.of(text, Document(case.path.name, text))
    lost = _lost(view, planted.truth, random.Random(case.seed))  # noqa: S311 (which tails are lost, nothing secret)
    if lost:
        text = "".join(
            "" if i in lost else view.content(b) + "\n\n" for i, b in enumerate(view.blocks)
        ).rstrip("\n")
        view = View.of(text, Document(case.path.name, text))
    return _joints(view, planted.truth, group, fold)


def goes_on(left: str, right: str, truth: str) -> bool:
    """Whether ``right`` goes on with ``left`` in the truth."""
    return left[-_CONTEXT:] + right[:_CONTEXT] in truth


def _lost(view: View, truth: str, rng: random.Random) -> set[int]:
    texts = [view.content(block) for block in view.blocks]
    ends = halves_in(view)
    tails = {
        t for h in ends for t in range(h + 2, min(h + 9, len(texts))) if goes_on(texts[h], texts[t], truth)
    }
    return {tail for tail in sorted(tails) if rng.random() < LOST}


def _joints(view: View, truth: str, group: str, fold: int) -> Read:
    reading = traits.Reading.of(view)
    found = [(head, tail, joint) for head in halves_in(view) for tail, joint in reading.candidates(head)]
    true = [goes_on(reading.content(head), reading.content(tail), truth) for head, tail, _ in found]
    return Read(
        fold,
        group,
        {tail: len(reading.content(tail)) for _, tail, _ in found},
        sum(right and tail > head + 1 for right, (head, tail, _) in zip(true, found, strict=True)),
        [(head, tail) for head, tail, _ in found],
        true,
        [list(joint.values()) for _, _, joint in found],
    )


def names() -> list[str]:
    """The traits, in their order."""
    text = "云泽县稳步前进。全县粮食产\n\n量增长，农民满意。"
    return list(next(traits.Reading.of(View.of(text, Document("a", text))).candidates(0))[1])


def fitted(found: Sequence[Read]) -> Floats:
    """The weights of the traits and the constant, by Newton's method (traits are scaled for the ridge)."""
    rows = np.array([row for read in found for row in read.traits])
    right = np.array([float(goes) for read in found for goes in read.goes_on])
    scale = rows.std(axis=0) + 1e-6
    table = np.c_[rows / scale, np.ones(len(rows))]
    ridge = np.diag([RIDGE] * rows.shape[1] + [1e-6])
    weights = np.zeros(table.shape[1])
    for _ in range(25):
        belief = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (belief - right) + ridge @ weights
        bend = (table * (belief * (1 - belief))[:, None]).T @ table + ridge
        weights -= np.linalg.solve(bend, slope)
    unscaled: Floats = np.r_[weights[:-1] / scale, weights[-1]]
    return unscaled


def chosen(found: Read, weights: Floats) -> Iterator[tuple[float, bool, int]]:
    """The pairs of a document without a rival: belief, whether it is right, characters moved."""
    if not found.pairs:
        return
    odds = np.array(found.traits) @ weights[:-1] + weights[-1]
    halves = [Half(h, t, float(w)) for (h, t), w in zip(found.pairs, odds, strict=True)]
    true = {pair for pair, goes in zip(found.pairs, found.goes_on, strict=True) if goes}
    for half in assigned(believed(halves)):
        if half.tail > half.head + 1 and half.belief >= LEAD * half.rival:
            yield half.belief, (half.head, half.tail) in true, found.sizes[half.tail]


def report(found: Sequence[Read], weights: Sequence[Floats]) -> Iterator[str]:
    """For each belief the share of tails found, and the share of moves that are right, each with weights of its fold."""
    for group in PLANTINGS:
        reads = [r for r in found if r.group == group]
        moves = [move for r in reads for move in chosen(r, weights[r.fold])]
        for least in BELIEFS:
            sure = [(right, size) for belief, right, size in moves if belief >= least]
            hits, total = sum(right for right, _ in sure), sum(r.moved for r in reads)
            size = sum(size for right, size in sure if right) / max(1, sum(size for _, size in sure))
            yield (
                f"{group:8} belief {least}: {hits} of {total} found ({hits / total:.3f}), "
                f"{hits / max(1, len(sure)):.4f} of {len(sure)} right, {size:.4f} of the characters moved"
            )


def gather() -> list[Read]:
    """Every planting, read with tables that do not know it."""
    found: list[Read] = []
    for fold in range(FOLDS):
        left_out = corpus()[fold::FOLDS]
        with tables_without(left_out):
            found += documents("reports", left_out, fold)
            found += documents("seeds", truths()[fold : fold + 1], fold)
        print(f"fold {fold + 1} of {FOLDS}: {len(found)} plantings", file=sys.stderr)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print what weights that do not know a document find in it, and write the table if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name}")
    given = parser.parse_args(arguments)
    found = gather()
    without = [fitted([r for r in found if r.fold != fold]) for fold in range(FOLDS)]
    print(*report(found, without), sep="\n")
    weights = fitted(found)
    rows = [f"{name}\t{weight:.3f}\n" for name, weight in zip([*names(), "constant"], weights, strict=True)]
    if given.write:
        TABLE.write_text(_HEAD.format(documents=len(found)) + "".join(rows), "utf-8")
    else:
        print(*rows, sep="", end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
