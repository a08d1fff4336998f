"""What a run in parts costs beside the restoring: ``python -m benchmarks.parts [--mb N] [--damaged]``.

A table of reports made of sample sentences goes through each step in a process of its own. Times are of the processor, for
other work on the machine does not change them; memory is the peak of the process that did the step.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from benchmarks.worst_cases import sentences

_SEEDS = Path(__file__).parent.parent / "seeds"


def table(path: Path, size: int, damaged: bool) -> int:
    """Write rows of some 1,500 characters to a .jsonl table of about ``size`` bytes; their characters."""
    rng = random.Random(size)  # noqa: S311 (sample text)
    lines = [line for seed in sorted(_SEEDS.glob("*.txt")) for line in seed.read_text("utf-8").split("\n")]
    paragraphs = [line for line in lines if len(line) > 30]
    written = characters = number = 0
    with path.open("w", encoding="utf-8") as file:
        while written < size:
            text = sentences(1500 + rng.randint(0, 40), between="\n\n")
            if damaged:
                text = "\n\n".join(rng.choices(paragraphs, k=12))
            line = json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n"
            file.write(line)
            written, characters, number = written + len(line.encode()), characters + len(text), number + 1
    return characters


def _read(path: Path, out: Path) -> None:
    from cleaner.reading.batches import read_batches
    from cleaner.reading.rows import Columns
    from cleaner.reading.slices import digest_of

    for piece in _slices(path, out):
        digest_of(piece)
        for _ in read_batches(piece, Columns()):
            pass


def _copy(path: Path, out: Path) -> None:
    from cleaner.reading.batches import read_batches, writer_for
    from cleaner.reading.rows import Columns

    for piece in _slices(path, out):
        writer = writer_for(piece, out / "copy", Columns())
        for batch in read_batches(piece, Columns()):
            writer.write(batch, {d.doc: d.text + "。" for _, d in batch.documents})
        writer.close()


def _slices(path: Path, out: Path) -> Any:
    from cleaner.reading.discover import Found
    from cleaner.reading.slices import slices

    return slices([Found(path, path.name)], 4 << 20, out / "pieces")


def _restore(path: Path, out: Path) -> None:
    """The engine alone, without tables."""
    from cleaner.reading.batches import read_batches
    from cleaner.reading.rows import Columns
    from cleaner.runs.options import Options
    from cleaner.runs.process import process_document, rules_of

    options = Options((), out)
    rules = rules_of(options)
    for piece in _slices(path, out):
        for batch in read_batches(piece, Columns()):
            for _, document in batch.documents:
                process_document(document, rules, options.settings, judging=False)


def _parts(command: str) -> Callable[[Path, Path], None]:
    def made(path: Path, out: Path) -> None:
        from cleaner.runs.execute import execute
        from cleaner.runs.options import Options

        options = Options(
            (str(path),), out / command, command=command, shards=True, shard_bytes=4 << 20, jobs=0
        )
        execute(replace(options, judge=command != "clean", keep_text=command != "figures"))

    return made


def _contracts(path: Path, out: Path) -> None:
    """The promises about the parts of ``run``, examined once more."""
    from cleaner.runs.options import Options
    from cleaner.runs.parts.work import Task, examine_part

    options = Options((str(path),), out / "run", shards=True)
    for number, piece in enumerate(_slices(path, out)):
        examine_part(Task(number, piece, options, out / "run"))


STEPS: dict[str, Callable[[Path, Path], None]] = {
    "read, digest, decode": _read,
    "the same, and every row written anew": _copy,
    "restored, nothing written": _restore,
    "`clean` in parts": _parts("clean"),
    "`figures` in parts": _parts("figures"),
    "`run` in parts, without its promises": _parts("run"),
    "its promises": _contracts,
}


def _timed(step: str, path: str, out: str, answer: Connection) -> None:
    begun = process_time()
    STEPS[step](Path(path), Path(out))
    status = Path("/proc/self/status").read_text("utf-8")
    peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
    answer.send((process_time() - begun, peak))


def main(argv: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parts")
    parser.add_argument("--mb", type=float, default=8.0)
    parser.add_argument("--damaged", action="store_true", help="paragraphs of the seeds, dense with damage")
    given = parser.parse_args(argv)
    context = get_context("spawn")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.jsonl"
        characters = table(path, int(given.mb * 1e6), given.damaged)
        size = path.stat().st_size / 1e6
        print(f"| {size:.1f} MB, {characters:,} characters | s / MB | peak, MB |")
        print("| --- | ---: | ---: |")
        for step in STEPS:
            ours, theirs = context.Pipe()
            process = context.Process(target=_timed, args=(step, str(path), folder, theirs))
            process.start()
            seconds, peak = ours.recv()
            process.join()
            print(f"| {step} | {seconds / size:.2f} | {peak} |", flush=True)
        for name in ("text", "edits", "blocks", "documents", "findings", "figures", "relations"):
            weight = sum(p.stat().st_size for p in (Path(folder) / "run" / name).rglob("*") if p.is_file())
            print(f"| {name} left by `run`: {weight / size / 1e6:.3f} of the input | | |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
