"""``python -m benchmarks.speed.run [--size BYTES] [--rounds N] [--out FILE] [--against FILE]``; ``make bench``.

All subjects take turns on the same text, round by round, after one warm-up, so that a slow minute of the machine
meets all of them; the median of the rounds counts. Ratios are what can be compared; megabytes a second are of
one machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from benchmarks.speed import subjects
from benchmarks.speed.growth import growth
from benchmarks.speed.subjects import Subject
from benchmarks.speed.table import render
from benchmarks.speed.texts import ROOT, all_texts, megabytes
from cleaner.engine.view import View
from cleaner.packs.grammar import Method

ROUNDS = 7
SIZE = 1_500_000
_COPIES = 5
"""How many times the text goes into the file that processes share: less of it is their start."""
_BURN = 3_000_000
_PASSES_ON = "5 % damaged"
_PACKAGES = ("autocorrect-py", "ftfy", "opencc", "regex", "google-re2", "numpy", "kanwu")


def timed(
    contestants: Mapping[str, Subject],
    texts: Sequence[str],
    rounds: int,
    clock: Callable[[], float] = process_time,
) -> dict[str, float]:
    """Median seconds of every subject; they take turns.

    One thread of one process is timed by the processor time it used, which is what it would take on a machine
    of its own; files, which other processes work on, by the ``clock`` on the wall.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds + 1):
        for name, run in contestants.items():
            started = clock()
            run(texts)
            if number:
                seconds[name].append(clock() - started)
    return {name: median(times) for name, times in seconds.items()}


def burn(count: int = _BURN) -> int:
    """A loop of pure Python: what the machine gives a process."""
    total = 0
    for number in range(count):
        total += number & 7
    return total


def burn_scaling(rounds: int) -> float:
    """How much more two processes burn than one in the same time: the ceiling for ``--jobs 2`` here and now."""
    one, two = [], []
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(burn, [1000, 1000]))
        for _ in range(rounds):
            started = perf_counter()
            pool.submit(burn).result()
            one.append(perf_counter() - started)
            started = perf_counter()
            list(pool.map(burn, [_BURN, _BURN]))
            two.append(perf_counter() - started)
    return 2 * median(one) / median(two)


def measure(size: int, rounds: int, names: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """The figures of a run so far, in megabytes a second, after each text and at the end."""
    texts = {name: given for name, given in all_texts(size).items() if not names or name in names}
    speeds: dict[str, dict[str, float]] = {}
    found: dict[str, Any] = {"machine": _machine(size, rounds), "speeds": speeds}
    for name, given in texts.items():
        print(f"{name} …", file=sys.stderr, flush=True)
        contestants: dict[str, Subject] = {
            subjects.CHAIN: subjects.chain,
            subjects.ENGINE: subjects.engine,
            subjects.FIGURES: subjects.figures(given),
            **subjects.peers(),
        }
        speeds[name] = _per_second(timed(contestants, given, rounds), megabytes(given))
        yield found
    if _PASSES_ON in texts:
        found["files"] = _files(texts[_PASSES_ON] * _COPIES, rounds)
        found["growth"] = _growth(texts[_PASSES_ON], rounds)
        found["passes"] = _passes(texts[_PASSES_ON], rounds)
    yield found


def _per_second(seconds: Mapping[str, float], size: float) -> dict[str, float]:
    return {name: round(size / time, 4) for name, time in seconds.items()}


def _files(texts: Sequence[str], rounds: int) -> dict[str, Any]:
    """From a file of rows to a file of rows, by one process and by two."""
    with TemporaryDirectory() as folder:
        path = subjects.jsonl(texts, Path(folder))
        contestants = {
            subjects.END_TO_END: subjects.end_to_end(path),
            f"{subjects.END_TO_END}, --jobs 2": subjects.end_to_end(path, jobs=2),
        }
        if "autocorrect-py" in subjects.peers():
            contestants[subjects.PEER_END_TO_END] = subjects.peer_end_to_end(path)
        speeds = _per_second(timed(contestants, texts, max(1, rounds // 2), perf_counter), megabytes(texts))
    return {"speeds": speeds, "burn scaling of two processes": round(burn_scaling(rounds), 2)}


def _growth(texts: Sequence[str], rounds: int) -> dict[str, float]:
    """The chain with ever more rules made to order, on the same text."""
    return _per_second(timed(growth(), texts, max(1, rounds // 2)), megabytes(texts))


def _passes(texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Every structural repair by itself, slowest first."""
    views = [View.of(document.text, document) for document in subjects.documents(texts)]
    repairs = {r.id: subjects.document_pass(r, views) for r in subjects.rules() if r.by is Method.CODE}
    found = _per_second(timed(repairs, texts, max(1, rounds // 2)), megabytes(texts))
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _machine(size: int, rounds: int) -> dict[str, Any]:
    return {
        "size": size,
        "rounds": rounds,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "rules": sum(1 for _ in subjects.rules()),
        "versions": {name: _version(name) for name in _PACKAGES},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def main(argv: Sequence[str]) -> int:
    """Measure, write the figures, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.run")
    parser.add_argument("--size", type=int, default=SIZE, help="bytes of each text")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--text", action="append", default=[], help="only this text; may be given again")
    parser.add_argument("--out", type=Path, default=Path("bench-speed.json"))
    parser.add_argument("--against", type=Path, help="figures of an earlier run, to compare with")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    given = parser.parse_args(argv)
    earlier = json.loads(given.against.read_text("utf-8")) if given.against else None
    for found in measure(given.size, given.rounds, given.text):
        given.out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    table = render(found, earlier)
    print(table)
    if given.write:
        _put(ROOT / "docs" / "performance.md", table)
    return 0


_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"


def _put(page: Path, table: str) -> None:
    head, rest = page.read_text("utf-8").split(_BEGIN)
    page.write_text(f"{head}{_BEGIN}\n\n{table}\n{_END}{rest.split(_END)[1]}", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
