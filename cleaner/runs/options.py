"""What a command asks of a run."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from cleaner.engine.decisions import Decisions
from cleaner.engine.settings import Settings
from cleaner.reading.discover import Found
from cleaner.runs.decisions import digest_of
from cleaner.runs.overrides import Override, settings_for
from cleaner.runs.standing import Standing


@dataclass(frozen=True, slots=True)
class Options:
    """Inputs, packs, engine settings and what to leave.

    ``judge`` extracts figures and confronts relations; ``keep_text`` writes the clean text. ``fail_on`` is a
    severity, or ``never``. ``panel`` reads the documents together, with the indicators of the folders in
    ``indicators`` beside the shipped ones. ``baseline`` is the OUT of an earlier run, to compare tables with.
    ``data_docs`` builds the site of Great Expectations too. ``lang`` is that of messages and reports, zh or en;
    tables and ledgers hold both. ``overrides`` are settings that differ for some files.
    ``jobs`` processes share the work; 0 does a run in parts in this process.
    ``shards`` does the run in parts of ``shard_bytes`` of input; None where the inputs are large. ``cache`` takes the
    parts whose inputs, settings and rules are those of the earlier run in ``out`` from there. ``standing`` says which
    findings do not count; None where all do. ``diff_from`` is a commit: only files that changed since are read.
    """

    inputs: tuple[str, ...]
    out: Path
    command: str = "run"
    settings: Settings = field(default_factory=Settings)
    packs: tuple[Path, ...] = ()
    suites: tuple[Path, ...] = ()
    baseline: Path | None = None
    encoding: str | None = None
    text_field: str = "text"
    id_field: str | None = None
    judge: bool = True
    keep_text: bool = True
    fail_on: str = "never"
    jobs: int = 1
    panel: bool = False
    indicators: tuple[Path, ...] = ()
    lang: str = "zh"
    data_docs: bool = False
    overrides: tuple[Override, ...] = ()
    shards: bool | None = None
    shard_bytes: int = 16 << 20
    cache: bool = False
    standing: Standing | None = None
    diff_from: str | None = None

    def among(self, files: tuple[Found, ...]) -> tuple[Found, ...]:
        """Those of ``files`` that the run is about: all, or those that changed since ``diff_from``.

        Raises:
            GitError: git cannot say what changed.
        """
        if self.diff_from is None or not files:
            return files
        from cleaner.runs.changed import changed

        differing = changed(self.diff_from, self.inputs)
        return tuple(found for found in files if found.refused or found.path.resolve() in differing)

    def for_file(self, found: Found) -> Options:
        """These options with the settings that hold for one file."""
        return replace(self, settings=settings_for(found.path, self.settings, self.overrides))

    def as_config(self) -> dict[str, Any]:
        """The configuration of run.json: all that the result depends on (not the number of jobs)."""
        decisions, undecided = self.settings.decisions, replace(self.settings, decisions=Decisions())
        shown = asdict(replace(self, settings=undecided))
        shown["settings"]["decisions"] = digest_of(decisions) if decisions else None
        shown["settings"]["protected"] = sorted(self.settings.protected)
        for override in shown["overrides"]:
            override.pop("folder")
        for key in ("inputs", "out", "jobs", "cache", "standing"):
            shown.pop(key)
        shown["waivers"] = [w.as_config() for w in self.standing.waivers] if self.standing else []
        shown["packs"] = [str(p) for p in self.packs]
        shown["indicators"] = [str(p) for p in self.indicators]
        shown["suites"] = [str(p) for p in self.suites]
        shown["baseline"] = str(self.baseline) if self.baseline else None
        return shown
