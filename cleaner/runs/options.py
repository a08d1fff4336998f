"""What a command asks of a run."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cleaner.engine.settings import Settings


@dataclass(frozen=True, slots=True)
class Options:
    """Inputs, packs, engine settings and what to leave.

    ``judge`` extracts figures and confronts relations; ``keep_text`` writes the clean text. ``fail_on`` is a
    severity, or ``never``. ``panel`` reads the documents together, with the indicators of the folders in
    ``indicators`` beside the shipped ones. ``baseline`` is the OUT of an earlier run, to compare tables with.
    ``data_docs`` builds the site of Great Expectations too. ``lang`` is that of messages and reports, zh or en;
    tables and ledgers hold both.
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

    def as_config(self) -> dict[str, Any]:
        """The configuration of run.json: all that the result depends on (not the number of jobs)."""
        shown = asdict(self)
        shown["settings"]["protected"] = sorted(self.settings.protected)
        for key in ("inputs", "out", "jobs"):
            shown.pop(key)
        shown["packs"] = [str(p) for p in self.packs]
        shown["indicators"] = [str(p) for p in self.indicators]
        shown["suites"] = [str(p) for p in self.suites]
        shown["baseline"] = str(self.baseline) if self.baseline else None
        return shown
