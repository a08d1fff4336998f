"""The restoration benchmark: planted damage of every class, restored, scored, held against the floors.

    python -m benchmarks.restoration.run [--short] [--classes a,b] [--jobs N] [--record] [--out FILE]

Reads the clean reports of ``$KANWU_SHARED/corpus`` (default ``../shared`` beside the project), if there are any,
and the truth of the seeds. Prints one table a set, writes the figures as JSON. Exit code 1 if a class lies below
its floor, or below its known shortfall.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks.restoration.cases import COLUMNS, UNTOUCHED, Case, run_case
from benchmarks.restoration.score import Score

ROOT = Path(__file__).resolve().parents[2]
FLOORS = Path(__file__).with_name("floors.yaml")
SHORTFALLS = Path(__file__).with_name("shortfalls.yaml")
_HEAD = """\
# Written by `python -m benchmarks.restoration.run --record`: what does not reach its floor yet, with the figure
# that it may not fall below. A figure here only goes up; one that reaches its floor leaves the file.
"""
SHORT = 3
"""Documents of the short form."""
REPEATS = 4
"""Plantings of each seed: five short documents hold few plants."""


def corpus() -> list[Path]:
    """The clean reports, if they are here."""
    shared = Path(os.environ.get("KANWU_SHARED", "../shared"))
    return sorted((ROOT / shared / "corpus").glob("*.txt"))


def truths() -> list[Path]:
    """The truth of the seeds."""
    return sorted((ROOT / "tests" / "gold").glob("*_truth.txt"))


def spread(paths: Sequence[Path], count: int) -> list[Path]:
    """``count`` of ``paths``, evenly spread."""
    return [paths[i * len(paths) // count] for i in range(min(count, len(paths)))]


def sets(short: bool) -> dict[str, list[Case]]:
    """The sets of documents by name, each as its cases. The short form takes reports if they are here, else seeds."""
    reports, seeds = corpus(), truths()
    if short and reports:
        return {"corpus-short": [Case(p, c) for p in spread(reports, SHORT) for c in COLUMNS]}
    if short:
        return {"seeds-short": [Case(p, c) for p in seeds for c in COLUMNS]}
    found = {
        "seeds": [
            Case(p, c, s) for p in seeds for c in COLUMNS for s in range(1 if c == UNTOUCHED else REPEATS)
        ]
    }
    return {"corpus": [Case(p, c) for p in reports for c in COLUMNS], **found} if reports else found


def measure(cases: Sequence[Case], jobs: int = 1) -> dict[str, Score]:
    """The score of every class over ``cases``; the same for any number of jobs."""
    totals: dict[str, Score] = {}
    if jobs > 1:
        with ProcessPoolExecutor(jobs) as pool:
            scores = list(pool.map(run_case, cases, chunksize=4))
    else:
        scores = [run_case(case) for case in cases]
    for case, found in zip(cases, scores, strict=True):
        totals[case.column] = totals.get(case.column, Score()) + found
    return {column: totals[column] for column in COLUMNS if column in totals}


def read_data(path: Path) -> dict[str, Any]:
    """A data file of the benchmark; nothing if it is not there."""
    if not path.exists():
        return {}
    loaded: dict[str, Any] = YAML(typ="safe").load(path.read_text("utf-8")) or {}
    return loaded


def misses(name: str, scores: Mapping[str, Score]) -> Iterator[str]:
    """What lies below its floor or its recorded shortfall in set ``name``, and shortfalls that are none any more."""
    floors, known = read_data(FLOORS), read_data(SHORTFALLS).get(name, {})
    for column, found in scores.items():
        if found.problems or found.undeclared:
            yield f"{column}: {found.problems} problems, {found.undeclared} digits undeclared"
        if column == UNTOUCHED and found.substance:
            yield f"{column}: {found.substance} Han characters, digits or paragraph marks edited"
        for figure, floor in floors.get(column, {}).items():
            said = _judge(getattr(found, figure), floor, known.get(column, {}).get(figure))
            if said:
                yield f"{column}: {figure} {getattr(found, figure):.4f} {said}"


def _judge(value: float, floor: float, today: float | None) -> str:
    if today is None:
        return f"is below its floor {floor}" if value < floor else ""
    if value >= floor:
        return f"reaches its floor {floor}: record it (--record)"
    return f"fell; it was {today}, on the way to {floor}" if value < today else ""


def record(name: str, scores: Mapping[str, Score]) -> None:
    """Write down the shortfalls of set ``name``: new ones, higher figures; never a lower figure."""
    floors, recorded = read_data(FLOORS), read_data(SHORTFALLS)
    known = recorded.setdefault(name, {})
    for column, found in scores.items():
        old = known.pop(column, {})
        short = {
            key: _down(getattr(found, key))
            for key, floor in floors.get(column, {}).items()
            if getattr(found, key) < floor
        }
        if short:
            known[column] = {key: max(value, old.get(key, value)) for key, value in short.items()}
    yaml = YAML()
    yaml.default_flow_style = None
    with SHORTFALLS.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        yaml.dump({key: dict(sorted(value.items())) for key, value in sorted(recorded.items())}, file)


def _down(value: float) -> float:
    return math.floor(value * 1000) / 1000


def table(scores: Mapping[str, Score]) -> Iterator[str]:
    """One line a class: figures with their floors."""
    floors = read_data(FLOORS)
    yield f"{'class':20}{'plants':>8}{'restored':>10}{'floor':>8}{'precision':>11}{'floor':>8}{'harm/10k':>10}{'digits':>8}"
    for column, found in scores.items():
        if column == UNTOUCHED:
            edits = (
                f"{found.edited} characters edited, {found.substance} of them Han, digits or paragraph marks"
            )
            yield f"{column:20}{edits}; {found.undeclared} digits undeclared"
            continue
        floor = floors.get(column, {})
        low = any(getattr(found, key) < least for key, least in floor.items())
        yield (
            f"{column:20}{found.plants:>8}{found.restored:>10.4f}{floor.get('restored', ''):>8}"
            f"{found.precision:>11.4f}{floor.get('precision', ''):>8}{found.harm:>10.2f}{found.digits_harmed:>8}"
            f"{'  below' if low else ''}"
        )


def as_json(scores: Mapping[str, Score]) -> dict[str, Any]:
    """The figures of one set, sums and shares."""
    return {
        column: {
            **asdict(found),
            "restored": round(found.restored, 5),
            "precision": round(found.precision, 5),
            "harm_per_10k": round(found.harm, 4),
            "digits_harmed": found.digits_harmed,
        }
        for column, found in scores.items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; the exit code says whether everything held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument(
        "--short", action="store_true", help="three reports, or the seeds where there are none"
    )
    parser.add_argument("--classes", help="only these, by comma")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--record", action="store_true", help=f"write what falls short to {SHORTFALLS.name}")
    parser.add_argument(
        "--out", type=Path, default=Path("bench-restore.json"), help="where the figures go, as JSON"
    )
    given = parser.parse_args(arguments)
    failed = False
    written: dict[str, Any] = {}
    wanted = set(given.classes.split(",")) if given.classes else set(COLUMNS)
    if unknown := sorted(wanted - set(COLUMNS)):
        parser.error(f"--classes: no class is named {', '.join(unknown)}; there are: {', '.join(COLUMNS)}")
    for name, cases in sets(given.short).items():
        scores = measure([c for c in cases if c.column in wanted], given.jobs)
        documents = len({case.path for case in cases})
        print(f"\n{name}: {documents} documents", *table(scores), sep="\n")
        if given.record:
            record(name, scores)
        for miss in misses(name, scores):
            failed = True
            print(f"  ! {miss}")
        written[name] = as_json(scores)
    given.out.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
