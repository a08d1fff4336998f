"""The texts that a careless repair cannot end: ``python -m benchmarks.worst_cases [--size N] [--limit SECONDS]``.

Every case is restored at a size and at four times that size (in characters), each in a process of its own with a
limit. A repair that is linear takes four times as long; ``factor`` is what was measured, ``slowest`` the rule
that took most of the larger run, with its own factor. Exit code 1: a case took more than its bound.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import perf_counter

GROWTH = 4
MOST = 6.0
"""The largest factor that still passes: four, and room for caches and the noise of a shared machine."""
SECONDS_PER_MILLION = 300.0
"""The longest time that a million characters of the worst kind may take."""
SENTENCE = "云泽县持续优化营商环境，推行一网通办，办件时间压缩六成。"
_WORDS = [
    "全县",
    "各乡镇",
    "坚持",
    "推进",
    "落实",
    "优化",
    "建成",
    "新增",
    "改造",
    "治理",
    "发展",
    "农业",
    "工业",
    "水利",
    "道路",
    "学校",
    "医院",
    "项目",
    "产业",
    "园区",
    "群众",
    "企业",
    "河道",
    "林地",
    "耕地",
    "粮食",
    "养老",
    "就业",
    "教育",
    "生态",
    "环境",
    "服务",
    "机制",
    "能力",
    "质量",
    "水平",
    "成效",
    "明显",
    "持续",
    "稳步",
]


def sentences(size: int, comma: str = "，", between: str = "") -> str:
    """Different sentences of about ``size`` characters, on one line."""
    rng = random.Random(size)  # noqa: S311 (sample text)
    made, length = [], 0
    while length < size:
        clauses = ["".join(rng.choices(_WORDS, k=rng.randint(3, 6))) for _ in range(rng.randint(2, 4))]
        made.append(comma.join(clauses) + f"{rng.randint(2, 999)}个。" + between)
        length += len(made[-1])
    return "".join(made)


def near_duplicates(size: int) -> str:
    """Short paragraphs, each of some twenty characters that differ from others by a number or a word."""
    rng = random.Random(size)  # noqa: S311 (sample text)
    lines = (
        f"{rng.choice(_WORDS)}{rng.choice(_WORDS)}项目建设进展顺利，完成投资{rng.randint(1, 99)}万元。"
        for _ in range(size // 24)
    )
    return "\n\n".join(lines)


CASES: dict[str, Callable[[int], str]] = {
    "one sentence repeated, one line": lambda size: SENTENCE * (size // len(SENTENCE)),
    "one sentence repeated, a line each": lambda size: (SENTENCE + "\n\n") * (size // (len(SENTENCE) + 2)),
    "one long line": sentences,
    "a space between all characters": lambda size: " ".join(sentences(size // 2, between="\n")),
    "all commas half-width": lambda size: sentences(size, comma=",", between="\n\n"),
    "wrapped every thirty characters": lambda size: "\n".join(
        text[i : i + 30] for text in [sentences(size)] for i in range(0, len(text), 30)
    ),
    "short paragraphs, near duplicates": near_duplicates,
}


def _timed(text: str, answer: Connection) -> None:
    """Restore ``text``; send seconds in all and by rule."""
    from cleaner.api import rules_for
    from cleaner.engine import restore as engine
    from cleaner.engine.settings import Settings
    from cleaner.model import Document

    by_rule: Counter[str] = Counter()
    propose = engine.propose

    def watched(rule, view, limit):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        started = perf_counter()
        found = propose(rule, view, limit)
        by_rule[rule.id] += perf_counter() - started
        return found

    rules = rules_for(Settings())
    engine.restore(Document("warm.txt", SENTENCE), rules, Settings())
    engine.propose = watched  # type: ignore[assignment]
    started = perf_counter()
    engine.restore(Document("worst.txt", text), rules, Settings(time_limit=600))
    seconds = perf_counter() - started
    by_rule["(engine)"] = seconds - sum(by_rule.values())
    answer.send((seconds, by_rule))


def measured(text: str, limit: float) -> tuple[float, Counter[str]] | None:
    """Seconds in all and by rule, or None where the limit was reached."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_timed, args=(text, theirs))
    process.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(limit) else None
    except EOFError:
        return None
    finally:
        process.terminate()
        process.join()


def row(name: str, size: int, limit: float) -> tuple[str, bool]:
    """A line of the table, and whether the case keeps its bounds."""
    make = CASES[name]
    one, four = (measured(make(n), limit) for n in (size, size * GROWTH))
    if one is None or four is None:
        return f"| {name} | — | — | over {limit:.0f} s | |", False
    factor, bound = four[0] / one[0], SECONDS_PER_MILLION * size * GROWTH / 1e6
    rule, seconds = four[1].most_common(1)[0]
    slowest = f"`{rule}` {seconds:.1f} s, ×{seconds / max(one[1][rule], 0.01):.1f}"
    kept = factor <= MOST and four[0] <= bound
    mark = "" if kept else " **over**"
    return f"| {name} | {one[0]:.1f} | {four[0]:.1f} | ×{factor:.1f}{mark} | {slowest} |", kept


def main(argv: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worst_cases")
    parser.add_argument("--size", type=int, default=250_000)
    parser.add_argument("--limit", type=float, default=600.0)
    parser.add_argument("--case", choices=list(CASES), action="append")
    given = parser.parse_args(argv)
    print(f"| case | {given.size:,} characters, s | {given.size * GROWTH:,}, s | factor | slowest |")
    print("| --- | ---: | ---: | ---: | --- |")
    kept = True
    for name in given.case or CASES:
        line, good = row(name, given.size, given.limit)
        kept = kept and good
        print(line, flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
