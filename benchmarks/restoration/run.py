"""The restoration benchmark: planted damage of every class, restored, scored, held against the floors.

    python benchmarks/restoration/run.py [--short] [--classes a,b] [--jobs N] [--out FILE]

Reads the clean reports of ``$KANWU_SHARED/corpus`` (default ``../shared`` beside the project), if there are any,
and the truth of the seeds. Prints one table a set, writes the figures as JSON. Exit code 1 if a class lies below
its floor, or below its known shortfall.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cases import COLUMNS, UNTOUCHED, Case, run_case
from ruamel.yaml import YAML
from score import Score

ROOT = Path(__file__).resolve().parents[2]
FLOORS = Path(__file__).with_name("floors.yaml")
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
    """The sets of documents by name, each as its cases."""
    reports, seeds = corpus(), truths()
    if short:
        name, chosen = ("corpus-short", spread(reports, SHORT)) if reports else ("seeds-short", seeds)
        return {name: [Case(path, column) for path in chosen for column in COLUMNS]}
    found = {"seeds": [Case(p, c, seed) for p in seeds for c in COLUMNS for seed in range(REPEATS)]}
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


def read_floors() -> dict[str, Any]:
    """Floors, and known shortfalls by set and class."""
    loaded: dict[str, Any] = YAML(typ="safe").load(FLOORS.read_text("utf-8"))
    return loaded


def misses(name: str, scores: Mapping[str, Score], floors: Mapping[str, Any]) -> Iterator[str]:
    """What lies below its floor or its recorded shortfall, and shortfalls that are none any more."""
    known = (floors.get("shortfalls") or {}).get(name, {})
    for column, figures in scores.items():
        if figures.problems or figures.undeclared:
            yield f"{column}: {figures.problems} problems, {figures.undeclared} digits undeclared"
        if column == UNTOUCHED and figures.substance:
            yield f"{column}: {figures.substance} Han characters, digits or paragraph marks edited"
        for measure_name, floor in floors["floors"].get(column, {}).items():
            value, today = getattr(figures, measure_name), known.get(column, {}).get(measure_name)
            if today is None and value < floor:
                yield f"{column}: {measure_name} {value:.4f} is below its floor {floor}"
            elif today is not None and value < today:
                yield f"{column}: {measure_name} fell to {value:.4f}; it was {today} (floor {floor})"
            elif today is not None and value >= floor:
                yield f"{column}: {measure_name} {value:.4f} reaches its floor {floor}; take it off the shortfalls"


def table(scores: Mapping[str, Score], floors: Mapping[str, Any]) -> Iterator[str]:
    """One line a class: figures with their floors."""
    yield f"{'class':20}{'plants':>8}{'restored':>10}{'floor':>8}{'precision':>11}{'floor':>8}{'harm/10k':>10}{'digits':>8}"
    for column, found in scores.items():
        if column == UNTOUCHED:
            edits = (
                f"{found.edited} characters edited, {found.substance} of them Han, digits or paragraph marks"
            )
            yield f"{column:20}{edits}; {found.undeclared} digits undeclared"
            continue
        floor = floors["floors"].get(column, {})
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
    parser.add_argument(
        "--out", type=Path, default=Path("bench-restore.json"), help="where the figures go, as JSON"
    )
    given = parser.parse_args(arguments)
    floors, failed, written = read_floors(), False, {}
    wanted = set(given.classes.split(",")) if given.classes else set(COLUMNS)
    for name, cases in sets(given.short).items():
        scores = measure([c for c in cases if c.column in wanted], given.jobs)
        documents = len({case.path for case in cases})
        print(f"\n{name}: {documents} documents", *table(scores, floors), sep="\n")
        for miss in misses(name, scores, floors):
            failed = True
            print(f"  ! {miss}")
        written[name] = as_json(scores)
    given.out.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
