"""The texts that a careless repair cannot end: ``python -m benchmarks.worst_cases [--size N] [--limit SECONDS]``.

Every case is restored at a size and at four times that size (in characters), each in a process of its own with a
limit. A repair that is linear takes four times as long; ``exponent`` is that of the size by which the time grew (1 is
linear, 2 quadratic), ``slowest`` the rule that took most of the larger run, with its own factor, ``peak`` the memory of
the larger one. The last case is a rule of a user that backtracks without end: it must be stopped by its time limit and
named, and the other rules must go on. ``--line MB`` asks something else: what ``kanwu clean`` takes for a file of so many
megabytes in one line, text and ledger written. Exit code 1: a case took more than its bound.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import NamedTuple

GROWTH = 4
STEEPEST = 1.3
"""The largest exponent that still passes: one, and room for caches and the noise of a shared machine (four times the
text in 6.1 times the time)."""
WARM = 5000
"""Characters of the same text that are restored first, so that tables are read and patterns compiled."""
TOO_SHORT = 5.0
"""Seconds below which an exponent tells more of the machine than of the engine."""
SECONDS_PER_MILLION = 300.0
"""The longest time that a million characters of the worst kind may take."""
BYTES_PER_CHARACTER = 1500
"""The most memory that a character of the worst kind may take, above what the engine takes anyway."""
ENGINE = 400 << 20
ENDLESS = "a rule without end"
TIME_LIMIT = 2.0
LINE_PEAK = 2 << 30
"""The most memory that a process of ``kanwu clean`` may take for one line of 100 MB."""
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


class Measured(NamedTuple):
    """Seconds of processor time in all and by rule, the peak of memory in bytes, and what the engine said of rules it stopped."""

    seconds: float
    by_rule: Counter[str]
    peak: int
    problems: tuple[str, ...]


def _timed(text: str, answer: Connection, packs: tuple[str, ...]) -> None:
    """Restore ``text``; send what was measured."""
    from cleaner.api import rules_for
    from cleaner.engine import restore as engine
    from cleaner.engine.settings import Settings
    from cleaner.model import Document

    by_rule: Counter[str] = Counter()
    propose = engine.propose

    def watched(rule, view, limit):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        started = process_time()
        try:
            return list(propose(rule, view, limit))
        finally:
            by_rule[rule.id] += process_time() - started

    settings = Settings(time_limit=TIME_LIMIT if packs else 600)
    rules = rules_for(settings, packs)
    engine.restore(Document("warm.txt", text[:WARM]), rules, settings)
    engine.propose = watched  # type: ignore[assignment]
    started = process_time()
    cleaned = engine.restore(Document("worst.txt", text), rules, settings)
    seconds = process_time() - started
    by_rule["(engine)"] = seconds - sum(by_rule.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    answer.send((seconds, by_rule, peak, cleaned.problems))


def measured(text: str, limit: float, packs: tuple[str, ...] = ()) -> Measured | None:
    """What restoring ``text`` took, or None where the limit was reached."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_timed, args=(text, theirs, packs))
    process.start()
    theirs.close()
    try:
        return Measured(*ours.recv()) if ours.poll(limit) else None
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
        return f"| {name} | — | — | over {limit:.0f} s | | |", False
    exponent = math.log(four.seconds / one.seconds, GROWTH)
    kept = (
        (exponent <= STEEPEST or four.seconds < TOO_SHORT)
        and four.seconds <= SECONDS_PER_MILLION * size * GROWTH / 1e6
        and four.peak <= ENGINE + BYTES_PER_CHARACTER * size * GROWTH
    )
    rule, seconds = four.by_rule.most_common(1)[0]
    slowest = f"`{rule}` {seconds:.1f} s, ×{seconds / max(one.by_rule[rule], 0.01):.1f}"
    mark = "" if kept else " **over**"
    return (
        f"| {name} | {one.seconds:.1f} | {four.seconds:.1f} | {exponent:.2f}{mark} | {four.peak >> 20} MB | {slowest} |",
        kept,
    )


def endless(size: int, limit: float) -> tuple[str, bool]:
    """The line of the rule that backtracks without end: with it a text takes a few times its limit more, however long it is."""
    text = CASES["one sentence repeated, a line each"](size) + "\n\n" + "".join(_WORDS) + "。"
    with TemporaryDirectory() as folder:
        pack = Path(folder) / "endless"
        pack.mkdir()
        (pack / "pack.yaml").write_text(_PACK, "utf-8")
        (pack / "nested.yaml").write_text(_NESTED, "utf-8")
        without, stopped = measured(text, limit), measured(text, limit, (str(pack),))
    if without is None or stopped is None:
        return f"| {ENDLESS} | — | — | over {limit:.0f} s | | |", False
    named = [problem for problem in stopped.problems if "endless/nested" in problem]
    kept = (
        len(named) == 1 == len(stopped.problems) and stopped.seconds <= 3 * without.seconds + 4 * TIME_LIMIT
    )
    told = f"{stopped.peak >> 20} MB | stopped and named" if named else "| not named"
    mark = "" if kept else " **over**"
    seconds = f"{without.seconds:.1f} | {stopped.seconds:.1f}{mark}"
    return f"| {ENDLESS} (without, with) | {seconds} | | {told} |", kept


def one_line(size: float) -> tuple[str, bool]:
    """The line of the command over one line of ``size`` MB; the memory is that of the process that took the most."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "line.txt"
        path.write_text(sentences(int(size * 1e6 / BYTES_IN_A_CHARACTER)) + "\n", "utf-8")
        written = path.stat().st_size / 1e6
        command = [sys.executable, "-m", "cleaner", "clean", str(path), "-o", str(Path(folder) / "out"), "-q"]
        code = subprocess.run(command, check=False).returncode  # noqa: S603 (our own command)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak, seconds = used.ru_maxrss * 1024, used.ru_utime + used.ru_stime
    kept = code == 0 and peak <= LINE_PEAK * max(1.0, written / 100)
    mark = "" if kept else " **over**"
    return f"| `kanwu clean`, {written:.0f} MB in one line | {seconds:.0f} s | {peak >> 20} MB{mark} |", kept


BYTES_IN_A_CHARACTER = 2.83
"""Of the sample sentences, which hold some digits."""
_PACK = """\
name: endless
title: 样例
title_en: sample
purpose: 供测量。
purpose_en: To be measured.
stage: wording
"""
_NESTED = """\
id: endless/nested
title: 层层回溯
title_en: nested repetition
edit: substitute
by: regex
safety: certain
evidence: form
since: 0.1.0
rationale: 供测量。
rationale_en: To be measured.
match: '(?:\\p{Han}|\\p{Han}{2})+(?![\\p{Han}\\p{P}0-9]|$)'
replace: '甲'
examples:
  fires: ['⟦丙丁→甲⟧A']
  silent:
    '丙': 短
    '甲': 短
"""


def main(argv: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worst_cases")
    parser.add_argument("--size", type=int, default=250_000)
    parser.add_argument("--limit", type=float, default=600.0)
    parser.add_argument("--case", choices=[*CASES, ENDLESS], action="append")
    parser.add_argument("--line", type=float, metavar="MB", help="one file of one line, through the command")
    given = parser.parse_args(argv)
    if given.line:
        line, good = one_line(given.line)
        print(line)
        return 0 if good else 1
    print(f"| case | {given.size:,} characters, s | {given.size * GROWTH:,}, s | exponent | peak | slowest |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    kept = True
    for name in given.case or [*CASES, ENDLESS]:
        line, good = (
            endless(given.size, given.limit) if name == ENDLESS else row(name, given.size, given.limit)
        )
        kept = kept and good
        print(line, flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
