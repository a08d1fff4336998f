"""A run over inputs of any size: parts made and examined one after the other, then counted together.

What is held in memory is one batch of documents for each process, and the names of the parts.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from cleaner.errors import KanwuError
from cleaner.model import ContractResult, Refusal, RunResult
from cleaner.packs.grammar import Pack
from cleaner.reading.decode import sha256
from cleaner.reading.discover import Found, walk
from cleaner.reading.slices import Slice, digest_of, slices
from cleaner.rows import SCHEMA_VERSION
from cleaner.runs.counts import exit_code_of
from cleaner.runs.decisions import summary
from cleaner.runs.options import Options
from cleaner.runs.outfolder import MARK, is_run
from cleaner.runs.parts.keys import doubled
from cleaner.runs.parts.pool import in_order, processes
from cleaner.runs.parts.store import (
    PIECES,
    RECORDS,
    Record,
    Store,
    assembling,
    part_name,
    read_record,
    sweep,
    taken_over,
    write_record,
)
from cleaner.runs.parts.totals import Totals
from cleaner.runs.parts.work import Task, described, examine_part, make_part
from cleaner.runs.process import all_packs, rule_words, rules_of

Progress = Callable[[Found], None]
Items = Iterator[tuple["Planned", Any]]


class PartsError(KanwuError):
    """Something that was asked for and that a run in parts does not do."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A part to be made, or the record of one that stands already."""

    task: Task
    record: Record | None = None


def execute_parts(options: Options, progress: Progress | None = None) -> RunResult:
    """Run ``options`` part by part and leave OUT; the result holds counts, not documents.

    Raises:
        PartsError: the options ask for what needs all documents at once.
        InputError, PackError, SelectionError, SuiteError, OutError: the run cannot begin or be kept.
    """
    _refuse_what_needs_all(options)
    packs = all_packs(options.packs)
    rules_of(options)
    started = datetime.now(UTC)
    with assembling(options.out) as folder:
        plan = _Plan(options, packs, folder)
        timings = {"process": _timed(lambda: plan.make(progress))}
        timings["contracts"] = _timed(lambda: plan.examine() if _judges(options) else None)
        plan.sweep()
        totals, contracts = plan.gather()
        run = _manifest(options, packs, plan, totals, contracts)
        run |= {"started": started.isoformat(timespec="seconds"), "timings": timings}
        return _leave(folder, run, totals, contracts, rule_words(packs))


def _refuse_what_needs_all(options: Options) -> None:
    for asked, name in (
        (options.panel, "--panel"),
        (options.data_docs, "--data-docs"),
        (options.standing is not None, "a baseline of findings or a waiver"),
    ):
        if asked:
            raise PartsError(
                f"{name} needs all documents together, which a run in parts never has; use --no-shards"
            )
    for given in options.inputs:
        if is_run(Path(given)):
            raise PartsError(f"{given} holds the results of a run; a run in parts reads documents")


def _judges(options: Options) -> bool:
    return options.judge and options.command != "figures"


def _timed(do: Callable[[], None]) -> float:
    begun = perf_counter()
    do()
    return round(perf_counter() - begun, 3)


class _Plan:
    """The parts of a run, in the order of the inputs."""

    def __init__(self, options: Options, packs: tuple[Pack, ...], folder: Path) -> None:
        self.options, self.folder = options, folder
        self.count = self.kept = 0
        self._settings = _settings_key(options, packs)
        self._stores = [Store(folder)]
        if options.cache and is_run(options.out):
            self._stores.append(Store(options.out))
        self._stores = [store for store in self._stores if store]
        self._fresh = not any(path.name not in (MARK, RECORDS) for path in folder.iterdir())

    def make(self, progress: Progress | None) -> None:
        """Make every part that does not stand yet; what stands of another plan is removed."""
        for number, (planned, record) in enumerate(self._over(make_or_keep, self._planned())):
            if planned.record is None:
                write_record(self.folder, part_name(number), {"key": self._key(record["digest"]), **record})
            else:
                self.kept += 1
            self.count = number + 1
            if progress is not None:
                progress(planned.task.piece.table)
        self._remove_rest()

    def sweep(self) -> None:
        """Remove what an earlier run left in the folder and this one does not have."""
        if not self._fresh:
            examined = ((self.folder / RECORDS) / f"{_examined(number)}.json" for number in range(self.count))
            names = {path.relative_to(self.folder).as_posix() for path in examined if _judges(self.options)}
            sweep(self.folder, Store(self.folder).names() | names)

    def examine(self) -> None:
        """Examine the promises of every part whose results do not stand yet.

        Always in processes of their own: the packages that examine and the engine together take more memory than
        one of the two.
        """
        for planned, results in self._over(examine_or_keep, self._examinable(), apart=True):
            number = planned.task.number
            if planned.record is None:
                key = (read_record(self.folder, part_name(number)) or {})["key"]
                write_record(self.folder, _examined(number), {"key": key, "results": results})

    def gather(self) -> tuple[Totals, tuple[ContractResult, ...]]:
        """All parts counted together."""
        totals = Totals()
        for number in range(self.count):
            totals.add(read_record(self.folder, part_name(number)) or {})
        if self.options.id_field is not None:
            parts = (read_record(self.folder, part_name(number)) or {} for number in range(self.count))
            totals.name(doubled(self.folder, parts))
        records = (read_record(self.folder, _examined(number)) for number in range(self.count))
        return totals, _settled(record for record in records if record)

    def _pieces(self) -> Iterator[Slice]:
        options = self.options
        found: Iterable[Found] = walk(options.inputs, options.out)
        if options.diff_from is not None:
            found = options.among(tuple(found))
        return slices(found, options.shard_bytes, self.folder / PIECES)

    def _planned(self) -> Iterator[Planned]:
        for number, piece in enumerate(self._pieces()):
            task = Task(number, piece, self.options, self.folder)
            if not self._stores:
                yield Planned(task)
                continue
            digest = digest_of(piece)
            yield Planned(replace(task, digest=digest), self._standing(number, piece, self._key(digest)))

    def _examinable(self) -> Iterator[Planned]:
        for number, piece in enumerate(self._pieces()):
            record = read_record(self.folder, part_name(number)) or {}
            task = Task(number, piece, self.options, self.folder, record["digest"])
            standing = read_record(self.folder, _examined(number))
            yield Planned(task, standing if standing and standing["key"] == record["key"] else None)

    def _standing(self, number: int, piece: Slice, key: str) -> Record | None:
        """The record of a part that stands here, or in the run before this one, where that is to be used."""
        for store in self._stores:
            record = store.find(key)
            if record is not None and (store.folder != self.folder or record["part"] == number):
                return self._adopted({**record, "slice": described(piece)}, store, number)
        return None

    def _adopted(self, record: Record, store: Store, number: int) -> Record:
        if store.folder == self.folder:
            write_record(self.folder, part_name(number), record)
            return record
        taken = taken_over(record, store.folder, self.folder, number)
        write_record(self.folder, part_name(number), taken)
        if examined := read_record(store.folder, _examined(record["part"])):
            write_record(self.folder, _examined(number), examined)
        return taken

    def _over(
        self, function: Callable[[Planned], Any], planned: Iterable[Planned], apart: bool = False
    ) -> Items:
        """Each part with what ``function`` gave; its unpacked piece is removed."""
        jobs = max(1, self.options.jobs)
        with ExitStack() as opened:
            pool: ProcessPoolExecutor | None = None
            if self.options.jobs or apart:
                pool = opened.enter_context(processes(jobs, pandas=apart))
            try:
                for one, result in in_order(pool, jobs, function, planned):
                    if one.task.piece.beside is not None:
                        one.task.piece.beside.unlink(missing_ok=True)
                    yield one, result
            except BrokenProcessPool as error:
                raise PartsError(
                    "a process was ended from outside (out of memory?); the parts that are done stay: start the same "
                    "command again, with fewer --jobs"
                ) from error

    def _key(self, digest: str) -> str:
        return hashlib.sha256(f"{self._settings}\0{digest}".encode()).hexdigest()

    def _remove_rest(self) -> None:
        """Parts of a plan that had more of them."""
        for path in (self.folder / RECORDS).glob("*-*.json"):
            if int(path.stem.rpartition("-")[2]) >= self.count:
                path.unlink()


def make_or_keep(planned: Planned) -> Record:
    """The record of a part, made if need be."""
    return planned.record or make_part(planned.task)


def examine_or_keep(planned: Planned) -> list[dict[str, Any]]:
    """The results of a part, examined if need be."""
    if planned.record is not None:
        return list(planned.record["results"])
    if digest_of(planned.task.piece) != planned.task.digest:
        raise PartsError(f"{planned.task.piece.table.doc} changed while it was read; run it again")
    return examine_part(planned.task)


def _examined(number: int) -> str:
    return f"contracts-{number:06d}"


def _settings_key(options: Options, packs: Iterable[Pack]) -> str:
    """A digest of all that the parts of a run depend on beside their inputs."""
    aside = ("fail_on", "lang", "shard_bytes", "shards", "diff_from")
    config = {name: value for name, value in options.as_config().items() if name not in aside}
    files = [path for path in (*options.suites, *_tables_of(options.baseline)) if path.is_file()]
    known = {
        "schema": SCHEMA_VERSION,
        **{name: version(name) for name in ("kanwu", "opencc", "pyarrow", "regex")},
        "packs": {pack.name: pack.digest for pack in packs},
        "config": config,
        "files": [sha256(path.read_bytes()) for path in files],
    }
    return sha256(json.dumps(known, sort_keys=True, default=str).encode())


def _tables_of(baseline: Path | None) -> tuple[Path, ...]:
    return (baseline / "documents.csv",) if baseline is not None else ()


def _settled(records: Iterable[Record]) -> tuple[ContractResult, ...]:
    """What became of every promise in all parts together."""
    from cleaner.contracts.parts import Measured, settled, together

    found: tuple[Measured, ...] = ()
    for record in records:
        found = together(found, tuple(Measured.of_row(row) for row in record["results"]))
    return settled(found)


def _manifest(
    options: Options,
    packs: tuple[Pack, ...],
    plan: _Plan,
    totals: Totals,
    contracts: tuple[ContractResult, ...],
) -> dict[str, Any]:
    decisions = options.settings.decisions
    return {
        "schema_version": SCHEMA_VERSION,
        "product": "kanwu",
        "version": version("kanwu"),
        "python": platform.python_version(),
        "packs": {pack.name: pack.digest for pack in packs},
        "opencc": version("opencc"),
        "config": options.as_config(),
        "inputs": [],
        "counts": dict(totals.counts),
        "problems": totals.problems,
        "refusals": totals.refusals,
        "parts": {"count": plan.count, "kept": plan.kept},
        "exit_code": exit_code_of(totals.counts, contracts, options.fail_on),
        **({"decisions": summary(decisions, totals.decided)} if decisions else {}),
    }


def _leave(
    folder: Path,
    run: dict[str, Any],
    totals: Totals,
    contracts: tuple[ContractResult, ...],
    rules: dict[str, dict[str, str]],
) -> RunResult:
    """Write the summary and run.json, which names the digests of the records; they name those of the rest."""
    from cleaner.reports.json_report import render_run
    from cleaner.reports.parts_page import render_parts_html
    from cleaner.reports.parts_summary import render_parts

    result = RunResult(
        documents=(),
        refusals=tuple(Refusal(**refusal) for refusal in totals.refusals),
        contracts=contracts,
        run=run,
        rules=rules,
    )
    counted = totals.as_row()
    pages = {"summary.md": render_parts(counted, contracts, run)}
    if run["config"]["command"] in ("run", "check"):
        pages["report.html"] = render_parts_html(counted, result)
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    files = sorted([*(folder / RECORDS).glob("*.json"), *(folder / name for name in pages)])
    run["outputs"] = [
        {"path": path.relative_to(folder).as_posix(), "sha256": sha256(path.read_bytes())} for path in files
    ]
    run["finished"] = datetime.now(UTC).isoformat(timespec="seconds")
    (folder / "run.json").write_text(render_run(run), "utf-8", newline="\n")
    return replace(result, run=run)
