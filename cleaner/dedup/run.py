"""``kanwu dedup``: the inputs read once, their paragraphs compared, OUT left; read again only where copies are dropped."""

from __future__ import annotations

import platform
import shutil
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import accumulate, islice, pairwise
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol, TypeVar

from cleaner.dedup.drop import Copy, Dropper
from cleaner.dedup.find import Cluster, Member, clusters, rows
from cleaner.dedup.gather import Ask, Corpus, Gathered, gather, together
from cleaner.dedup.paragraphs import LEAST
from cleaner.dedup.tables import Duplicates
from cleaner.dedup.tally import Tally, render
from cleaner.engine.settings import Settings
from cleaner.errors import KanwuError
from cleaner.model import Refusal
from cleaner.reading.decode import sha256
from cleaner.reading.discover import Found, walk
from cleaner.reading.rows import Columns
from cleaner.reading.slices import Slice, digest_of, slices
from cleaner.rows import SCHEMA_VERSION
from cleaner.runs.options import Options
from cleaner.runs.outfolder import building
from cleaner.runs.parts.pool import in_order, processes
from cleaner.runs.parts.store import PIECES, RECORDS, WORK, Record, part_name, write_record
from cleaner.runs.parts.totals import LISTED
from cleaner.runs.parts.work import Task, make_part

THRESHOLD = 0.85
FAIL_ON = ("never", "exact", "near")

Progress = Callable[[Found], None]


class DedupError(KanwuError):
    """Inputs that changed while they were compared."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a comparison.

    ``least`` is the length of a paragraph that is compared, in characters without white space; ``threshold`` how alike
    near copies are, 1 for exact copies alone. ``drop`` writes the texts without the copies. ``fail_on`` is ``never``, or
    the kind of copy for which the exit code is 1: ``exact``, or ``near`` for either.
    """

    inputs: tuple[str, ...]
    out: Path
    threshold: float = THRESHOLD
    least: int = LEAST
    drop: bool = False
    fail_on: str = "never"
    encoding: str | None = None
    text_field: str = "text"
    id_field: str | None = None
    jobs: int = 1
    shard_bytes: int = 16 << 20
    lang: str = "zh"

    @property
    def options(self) -> Options:
        """The same as the parts of a run know it."""
        return Options(
            inputs=self.inputs,
            out=self.out,
            command="dedup",
            settings=Settings(),
            encoding=self.encoding,
            text_field=self.text_field,
            id_field=self.id_field,
            judge=False,
            lang=self.lang,
            shards=True,
            shard_bytes=self.shard_bytes,
        )

    def as_config(self) -> dict[str, Any]:
        """The configuration of run.json."""
        asked = {"threshold": self.threshold, "min_length": self.least, "drop": self.drop}
        return {**self.options.as_config(), **asked, "fail_on": self.fail_on}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was counted, what could not be read, and run.json."""

    tally: Tally
    refusals: tuple[Refusal, ...]
    run: dict[str, Any]


def execute_dedup(asked: Asked, progress: Progress | None = None) -> Outcome:
    """Compare the paragraphs of the inputs and leave OUT.

    Raises:
        InputError, OutError: it cannot begin or be kept.
        DedupError: an input changed meanwhile.
    """
    started, clock = datetime.now(UTC), [perf_counter()]
    with building(asked.out) as folder, ExitStack() as opened:
        work = folder / WORK
        work.mkdir()
        pool = opened.enter_context(processes(asked.jobs, pandas=False)) if asked.jobs > 1 else None
        over = _Over(asked, pool, folder)
        gathered = list(over.each(gather, over.asks(work), progress))
        clock.append(perf_counter())
        refusals = tuple(refusal for one in gathered for refusal in one.refusals)
        tally = Tally.of(gathered)
        corpus = together(gathered, [texts_path(work, one.number) for one in gathered])
        going = _written(folder, corpus, tally, asked)
        clock.append(perf_counter())
        if asked.drop:
            _drop(over, corpus, gathered, going)
        clock.append(perf_counter())
        for scratch in (WORK, PIECES):
            shutil.rmtree(folder / scratch, ignore_errors=True)
        laps = {name: round(b - a, 3) for name, (a, b) in zip(_LAPS, pairwise(clock), strict=True)}
        run = _manifest(asked, tally, refusals, len(gathered), laps)
        return _leave(folder, {**run, "started": started.isoformat(timespec="seconds")}, tally, refusals)


_LAPS = ("read", "compare", "drop")


class _WithPiece(Protocol):
    @property
    def piece(self) -> Slice:
        """The slice of the inputs that it is about."""


Given = TypeVar("Given", bound=_WithPiece)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Over:
    """Slices done one after the other, or by the processes of a pool; unpacked pieces are removed behind them."""

    asked: Asked
    pool: ProcessPoolExecutor | None
    folder: Path

    def pieces(self) -> Iterator[Slice]:
        """The slices of the inputs, the same each time."""
        return slices(walk(self.asked.inputs, self.asked.out), self.asked.shard_bytes, self.folder / PIECES)

    def each(
        self, function: Callable[[Given], Result], given: Iterable[Given], progress: Progress | None = None
    ) -> Iterator[Result]:
        """What ``function`` makes of each of ``given``, in order."""
        for one, result in in_order(self.pool, self.asked.jobs, function, given):
            if one.piece.beside is not None:
                one.piece.beside.unlink(missing_ok=True)
            if progress is not None:
                progress(one.piece.table)
            yield result

    def asks(self, work: Path) -> Iterator[Ask]:
        """The slices, to be gathered."""
        asked = self.asked
        columns = Columns(asked.text_field, asked.id_field, bare=True)
        for number, piece in enumerate(self.pieces()):
            yield Ask(number, piece, columns, asked.encoding, asked.least, texts_path(work, number))


def texts_path(work: Path, number: int) -> Path:
    """Where the texts of a slice lie while they are compared."""
    return work / f"{part_name(number)}.texts"


@dataclass(slots=True)
class _Going:
    """The copies that are to be dropped, by where they stand among all paragraphs."""

    asked: bool
    members: list[Member]

    def add(self, cluster: Cluster) -> None:
        if self.asked:
            self.members += (member for member in cluster.members if not member.kind.stays)

    def within(self, corpus: Corpus, low: int, high: int) -> dict[str, list[Copy]]:
        """The copies among the paragraphs ``low`` to ``high``, by document; ``members`` are sorted."""
        found: dict[str, list[Copy]] = defaultdict(list)
        first = bisect_left(self.members, low, key=lambda member: member.at)
        for member in islice(self.members, first, None):
            if member.at >= high:
                break
            found[corpus.docs[int(corpus.doc[member.at])]].append(
                Copy(
                    int(corpus.line[member.at]),
                    member.kind,
                    corpus.docs[int(corpus.doc[member.of])],
                    int(corpus.line[member.of]),
                    member.similarity,
                )
            )
        return found


def _written(folder: Path, corpus: Corpus, tally: Tally, asked: Asked) -> _Going:
    """Write the tables, count what is in them, keep what is to go."""
    going = _Going(asked.drop, [])
    with Duplicates(folder) as tables, closing(corpus.texts):
        for cluster in clusters(corpus, asked.threshold):
            made = list(rows(corpus, cluster))
            tables.write(made)
            tally.count(cluster, made)
            going.add(cluster)
    going.members.sort(key=lambda member: member.at)
    return going


@dataclass(frozen=True, slots=True)
class _Part:
    """A part to be written without its copies; ``digest`` is what its slice had when it was compared."""

    task: Task
    digest: str
    copies: dict[str, list[Copy]]

    @property
    def piece(self) -> Slice:
        return self.task.piece


def _drop(over: _Over, corpus: Corpus, gathered: Sequence[Gathered], going: _Going) -> None:
    """Write every part of the inputs without its copies, with its ledger and its record."""
    (over.folder / RECORDS).mkdir()
    bounds = list(accumulate((len(one.own) for one in gathered), initial=0))
    parts = (
        _Part(
            Task(number, piece, over.asked.options, over.folder),
            gathered[number].digest if number < len(gathered) else "",
            going.within(corpus, *bounds[number : number + 2]) if number < len(gathered) else {},
        )
        for number, piece in enumerate(over.pieces())
    )
    for record in over.each(without_copies, parts):
        key = sha256(f"dedup\0{record['part']}\0{record['digest']}".encode())
        write_record(over.folder, part_name(record["part"]), {"key": key, **record})


def without_copies(part: _Part) -> Record:
    """Make a part.

    Raises:
        DedupError: its slice is not what was compared.
    """
    digest = digest_of(part.piece)
    if digest != part.digest:
        raise DedupError(f"{part.piece.table.doc} changed while it was compared; run it again")
    return make_part(replace(part.task, digest=digest), Dropper(part.copies))


def _manifest(
    asked: Asked, tally: Tally, refusals: Sequence[Refusal], parts: int, timings: dict[str, float]
) -> dict[str, Any]:
    told = [{"doc": refusal.doc, "reason": refusal.reason} for refusal in refusals]
    return {
        "schema_version": SCHEMA_VERSION,
        "product": "kanwu",
        "version": version("kanwu"),
        "python": platform.python_version(),
        "packs": {},
        "opencc": version("opencc"),
        "config": asked.as_config(),
        "inputs": [],
        "counts": {**tally.counts, "refused": len(refusals)},
        "timings": timings,
        "problems": [],
        "refusals": told[:LISTED],
        "exit_code": 2 if refusals else int(tally.fails(asked.fail_on)),
        **({"parts": {"count": parts, "kept": 0}} if asked.drop else {}),
    }


def _leave(folder: Path, run: dict[str, Any], tally: Tally, refusals: tuple[Refusal, ...]) -> Outcome:
    """Write the summary, and run.json, which names the digests of tables, summary and records."""
    from cleaner.reports.json_report import render_run

    (folder / "summary.md").write_text(render(tally, refusals, run), "utf-8", newline="\n")
    files = sorted([*folder.glob("duplicates.*"), folder / "summary.md", *(folder / RECORDS).glob("*.json")])
    outputs = [{"path": p.relative_to(folder).as_posix(), "sha256": sha256(p.read_bytes())} for p in files]
    run = {**run, "outputs": outputs, "finished": datetime.now(UTC).isoformat(timespec="seconds")}
    (folder / "run.json").write_text(render_run(run), "utf-8", newline="\n")
    return Outcome(tally, refusals, run)
