"""A run: every input processed, judged, reported; OUT replaced when all of it is whole."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from cleaner.model import ContractResult, RunResult
from cleaner.packs.grammar import Pack
from cleaner.reading.decode import sha256
from cleaner.reading.discover import Found, discover
from cleaner.rows import SCHEMA_VERSION
from cleaner.runs.counts import counts, exit_code
from cleaner.runs.decisions import carried_out, rendered_line, summary
from cleaner.runs.options import Options
from cleaner.runs.outfolder import building, is_run, refuse_foreign
from cleaner.runs.parts.choose import wants_parts
from cleaner.runs.paths import seen_from
from cleaner.runs.process import Processed, all_packs, process_all, rule_words, rules_of
from cleaner.runs.standing import counting

if TYPE_CHECKING:
    from cleaner.checks.panel import Panel
    from cleaner.contracts.data_docs import Validated

Progress = Callable[[Found], None]


def execute(options: Options, progress: Progress | None = None) -> RunResult:
    """Run ``options`` and leave OUT. The exit code stands in ``result.run["exit_code"]``.

    Raises:
        InputError, PackError, SelectionError, SuiteError, OutError: the run cannot begin or be kept; nothing is lost.
    """
    refuse_foreign(options.out)
    if wants_parts(options):
        from cleaner.runs.parts.run import execute_parts

        return execute_parts(options, progress)
    runs = tuple(
        Path(given) for given in options.inputs if options.command == "check" and is_run(Path(given))
    )
    rest = tuple(given for given in options.inputs if Path(given) not in runs)
    files = options.among(discover(rest, options.out)) if rest else ()
    packs = all_packs(options.packs)
    rules_of(options)
    clock = _Clock()
    processed = [*_judged_again(runs), *_watched(process_all(files, options), progress)]
    clock.lap("process")
    result = _result(processed, packs, options)
    panel = _panel(result, options)
    if panel is not None:
        result = _with_panel(result, panel)
        clock.lap("panel")
    validated: list[Validated] = []
    if options.judge and (processed or options.diff_from is None):
        result = replace(result, contracts=_contracts(result, options, panel, validated))
        clock.lap("contracts")
    with building(options.out) as folder:
        if options.data_docs:
            _write_site(folder, validated, clock)
        return _leave(folder, result, processed, packs, options, clock, panel)


class _Clock:
    """Seconds by phase of a run."""

    def __init__(self) -> None:
        self.started = datetime.now(UTC)
        self.timings: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, name: str) -> None:
        now = perf_counter()
        self.timings[name] = round(now - self._last, 3)
        self._last = now


def _judged_again(runs: Iterable[Path]) -> list[Processed]:
    """The clean texts of earlier runs, judged; nothing of that is imported where there are none."""
    if not (chosen := tuple(runs)):
        return []
    from cleaner.runs.reload import judge_again

    return [processed for run in chosen for processed in judge_again(run)]


def _watched(processed: Iterator[Processed], progress: Progress | None) -> Iterator[Processed]:
    for item in processed:
        if progress is not None:
            progress(item.found)
        yield item


def _result(processed: list[Processed], packs: tuple[Pack, ...], options: Options) -> RunResult:
    return RunResult(
        documents=tuple(d for p in processed for d in p.documents),
        refusals=tuple(p.refusal for p in processed if p.refusal is not None),
        run={"product": "kanwu", "version": version("kanwu"), "config": options.as_config()},
        rules=rule_words(packs),
    )


def _panel(result: RunResult, options: Options) -> Panel | None:
    """The documents of the run read together, where that was asked for."""
    if not options.panel:
        return None
    from cleaner.checks.panel import build
    from cleaner.packs.indicators import indicators

    return build(result.documents, indicators(options.indicators))


def _with_panel(result: RunResult, panel: Panel) -> RunResult:
    from cleaner.checks.panel import with_panel

    return replace(result, documents=with_panel(result.documents, panel))


def _contracts(
    result: RunResult, options: Options, panel: Panel | None, validated: list[Validated]
) -> tuple[ContractResult, ...]:
    """The promises of the run; ``validated`` gets what the site of Great Expectations is built from."""
    from cleaner.contracts.run import validate

    texts = {d.cleaned.document.doc: d.cleaned.document.text for d in result.documents}
    record = validated.append if options.data_docs else None
    return validate(
        result, texts, extra_suites=options.suites, baseline=options.baseline, panel=panel, record=record
    )


def _write_site(folder: Path, validated: list[Validated], clock: _Clock) -> None:
    from cleaner.contracts.data_docs import write_site

    write_site(folder / "data_docs", validated, clock.started)
    clock.lap("data_docs")


def _leave(
    folder: Path,
    result: RunResult,
    processed: list[Processed],
    packs: tuple[Pack, ...],
    options: Options,
    clock: _Clock,
    panel: Panel | None,
) -> RunResult:
    """Write everything of a run into ``folder``; run.json last, for it names the digests of the rest."""
    inputs = [_write_text(folder, p, options) for p in processed if p.source is not None]
    run = _manifest(result, inputs, packs, options, clock)
    result = replace(result, run=run)
    write_reports(folder, result, options.command, panel)
    clock.lap("reports")
    finished = {**run, "outputs": _outputs(folder), "timings": dict(clock.timings)}
    finished["finished"] = datetime.now(UTC).isoformat(timespec="seconds")
    _write(folder / "run.json", _run_json(finished))
    return replace(result, run=finished)


def _write_text(folder: Path, processed: Processed, options: Options) -> dict[str, Any]:
    """Write one clean file; give its entry of run.json."""
    source = processed.source
    assert source is not None  # noqa: S101 (refused files were left out by the caller)
    data = source.render({d.cleaned.document.doc: d.cleaned.text for d in processed.documents})
    if options.keep_text:
        target = folder / "text" / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return {
        "doc": source.name,
        "path": seen_from(source.path, options.out.parent),
        "sha256": source.digest,
        "kind": "table" if source.rows else "text",
        "encoding": source.decoded.encoding,
        "bom": source.decoded.bom.hex(),
        "line_ends": source.decoded.line_ends,
        "text_field": source.text_field if source.rows else "",
        "rows": dict(source.row_of),
        "output_sha256": sha256(data),
    }


def _manifest(
    result: RunResult,
    inputs: list[dict[str, Any]],
    packs: tuple[Pack, ...],
    options: Options,
    clock: _Clock,
) -> dict[str, Any]:
    left = counting(result, inputs, options.out, options.inputs, options.standing)
    return {
        "schema_version": SCHEMA_VERSION,
        "product": "kanwu",
        "version": version("kanwu"),
        "python": platform.python_version(),
        "started": clock.started.isoformat(timespec="seconds"),
        "finished": "",
        "packs": {pack.name: pack.digest for pack in packs},
        "opencc": version("opencc"),
        "config": options.as_config(),
        "inputs": inputs,
        "outputs": [],
        "counts": counts(result),
        "timings": dict(clock.timings),
        "problems": [problem for d in result.documents for problem in d.cleaned.problems],
        "refusals": [{"doc": r.doc, "reason": r.reason} for r in result.refusals],
        "exit_code": exit_code(left, options.fail_on),
        **_decided(result, options),
    }


def _decided(result: RunResult, options: Options) -> dict[str, Any]:
    """What became of the decisions of readers, where there are any."""
    decisions = options.settings.decisions
    if not decisions:
        return {}
    used = {rendered_line(d) for one in result.documents for d in carried_out(one.cleaned, decisions)}
    return {"decisions": summary(decisions, used)}


def write_reports(folder: Path, result: RunResult, command: str, panel: Panel | None = None) -> None:
    """What ``command`` leaves beside the texts, from the result and its panel alone."""
    if command != "figures":
        _write_rows(folder, result)
    if command != "clean":
        from cleaner.contracts.tables import write_tables

        write_tables(result, folder)
    if panel is not None:
        _write_panel(folder, result, panel)
    if command in ("run", "check"):
        _write_reports(folder, result, panel)


def _write_rows(folder: Path, result: RunResult) -> None:
    from cleaner.reports import jsonl

    for name, writer in (
        ("edits.jsonl", jsonl.write_edits),
        ("findings.jsonl", jsonl.write_findings),
        ("blocks.jsonl", jsonl.write_blocks),
    ):
        with (folder / name).open("w", encoding="utf-8", newline="") as target:
            writer(result, target)


def _write_panel(folder: Path, result: RunResult, panel: Panel) -> None:
    """The table of the panel, its page, and what the reports say against each other."""
    from cleaner.contracts.tables import write_panel
    from cleaner.reports.jsonl import write_findings
    from cleaner.reports.panel_html import render_panel

    write_panel(panel, folder)
    _write(folder / "panel.html", render_panel(panel, result))
    with (folder / "findings.jsonl").open("w", encoding="utf-8", newline="") as target:
        write_findings(result, target)


def _write_reports(folder: Path, result: RunResult, panel: Panel | None) -> None:
    from cleaner.reports.json_report import render_json
    from cleaner.reports.junit import render_junit
    from cleaner.reports.pages import write_html
    from cleaner.reports.summary import render_summary

    write_html(folder, result, panel)
    _write(folder / "report.json", render_json(result))
    _write(folder / "summary.md", render_summary(result))
    _write(folder / "junit.xml", render_junit(result))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _run_json(run: Mapping[str, Any]) -> str:
    from cleaner.reports.json_report import render_run

    return render_run(run)


def _outputs(folder: Path) -> list[dict[str, str]]:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    return [{"path": p.relative_to(folder).as_posix(), "sha256": sha256(p.read_bytes())} for p in files]
