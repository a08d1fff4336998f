"""Which findings of a run count: new ones, not those that are known from a baseline or waived for a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cleaner.model import ContractResult, DocumentResult, Finding, RunResult
from cleaner.reports.issues import Status
from cleaner.runs.baseline import Key, Known, names_of
from cleaner.runs.outfolder import is_run
from cleaner.runs.overrides import fits
from cleaner.runs.undo import read_run

_RESTATING = "relations"
"""The suite whose promises say of all relations what each has a finding of its own for."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """Findings that are accepted, and why. What is not empty must fit: a check or its family, a fingerprint, paths."""

    reason: str
    place: str
    check: str = ""
    fingerprint: str = ""
    patterns: tuple[str, ...] = ()
    folder: Path = Path()

    def as_config(self) -> dict[str, Any]:
        """The waiver as run.json holds it."""
        return {
            "reason": self.reason,
            "check": self.check,
            "fingerprint": self.fingerprint,
            "paths": list(self.patterns),
        }

    def covers(self, finding: Finding, file: Path) -> bool:
        """Whether the waiver is about a finding in ``file``."""
        if self.check and finding.check != self.check and not finding.check.startswith(f"{self.check}/"):
            return False
        if self.fingerprint and finding.fingerprint != self.fingerprint:
            return False
        return not self.patterns or fits(file, self.folder, self.patterns)


@dataclass(frozen=True, slots=True)
class Standing:
    """The baseline and the waivers of a run.

    ``update`` is the file that gets what is found; all of it is known then.
    """

    known: Known | None = None
    waivers: tuple[Waiver, ...] = ()
    update: Path | None = None

    @property
    def updating(self) -> bool:
        """Whether all that is found is taken for known."""
        return self.update is not None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What became of the findings of a run.

    ``statuses`` are by document and finding id, those of promises by "" and ``source/name``. ``found`` is what
    a baseline of this run holds, ``words`` what its findings say.
    """

    statuses: Mapping[tuple[str, str], Status] = field(default_factory=dict)
    unused: tuple[Waiver, ...] = ()
    found: Known = field(default_factory=lambda: Known(Counter(), frozenset()))
    words: Mapping[Key, str] = field(default_factory=dict)

    def counting(self, result: RunResult) -> RunResult:
        """The run without what is known or waived: what the exit code is about."""
        documents = tuple(
            replace(d, findings=tuple(f for f in d.findings if self._new(f.doc, f.finding_id)))
            for d in result.documents
        )
        contracts = tuple(c for c in result.contracts if c.success or c.broken or self._new("", _promise(c)))
        return replace(result, documents=documents, contracts=contracts)

    def _new(self, doc: str, name: str) -> bool:
        return self.statuses.get((doc, name), Status()).state == "new"


def updated(standing: Standing, assessed: Assessment, files: Iterable[str]) -> Known:
    """The baseline after a run: what it found, and what was known of files that it did not read."""
    before = standing.known or Known(Counter(), frozenset())
    read = set(files)
    kept = Counter({key: count for key, count in before.findings.items() if key[0] not in read})
    return Known(
        kept + assessed.found.findings, assessed.found.promises | (before.promises if kept else frozenset())
    )


def files_of(inputs: Iterable[Mapping[str, Any]], out: Path, given: Iterable[str]) -> dict[str, str]:
    """Document -> its file: from the inputs of run.json, and from those of earlier runs that are judged again."""
    judged = [(entry, Path(g)) for g in given if is_run(Path(g)) for entry in read_run(Path(g))["inputs"]]
    pairs = [*((entry, out) for entry in inputs), *judged]
    return {doc: name for entry, folder in pairs for doc, name in names_of(entry, folder).items()}


def counting(
    result: RunResult,
    inputs: Iterable[Mapping[str, Any]],
    out: Path,
    given: Iterable[str],
    standing: Standing | None,
) -> RunResult:
    """The run without what does not count; all of it where no baseline and no waiver is in force."""
    if standing is None:
        return result
    return assess(result, files_of(inputs, out, given), standing).counting(result)


def assess(result: RunResult, files: Mapping[str, str], standing: Standing) -> Assessment:
    """Hold every finding of a run against the baseline and the waivers.

    Args:
        result: the run.
        files: document -> its file, as :func:`files_of` gives it.
        standing: what is known and what is waived.
    """
    left = Counter(standing.known.findings if standing.known else {})
    statuses: dict[tuple[str, str], Status] = {}
    used: set[Waiver] = set()
    found, words = Counter[Key](), dict[Key, str]()
    for finding, name in _named(result.documents, files):
        key = (name, finding.check, finding.fingerprint)
        found[key] += 1
        words.setdefault(key, finding.message)
        waivers = [w for w in standing.waivers if w.covers(finding, Path(name.partition("#")[0]))]
        used.update(waivers)
        if waivers:
            statuses[finding.doc, finding.finding_id] = Status("waived", waivers[0].reason)
            found[key] -= 1
        elif standing.updating or left[key] > 0:
            left[key] -= 1
            statuses[finding.doc, finding.finding_id] = Status("known")
    statuses |= _promises(result, statuses, standing)
    broken = frozenset((c.source, c.name) for c in result.contracts if not c.success and not c.broken)
    unused = tuple(w for w in standing.waivers if w not in used)
    return Assessment(statuses, unused, Known(+found, broken), words)


def _named(documents: Iterable[DocumentResult], files: Mapping[str, str]) -> Iterator[tuple[Finding, str]]:
    for document in documents:
        for finding in document.findings:
            yield finding, files.get(finding.doc, finding.doc)


def _promises(
    result: RunResult, statuses: Mapping[tuple[str, str], Status], standing: Standing
) -> dict[tuple[str, str], Status]:
    """Promises that are known not to be kept, and those that only restate findings which do not count."""
    if standing.known is None and not standing.waivers and not standing.updating:
        return {}
    ranks = [
        f.severity.rank
        for d in result.documents
        for f in d.findings
        if f.check.startswith("relation/") and (f.doc, f.finding_id) not in statuses
    ]
    listed = standing.known.promises if standing.known else frozenset()
    excused = {}
    for contract in result.contracts:
        if contract.success or contract.broken:
            continue
        restates = contract.source == _RESTATING and not any(r <= contract.severity.rank for r in ranks)
        known = (contract.source, contract.name) in listed and contract.source != _RESTATING
        if standing.updating or restates or known:
            excused["", _promise(contract)] = Status("known")
    return excused


def _promise(contract: ContractResult) -> str:
    return f"{contract.source}/{contract.name}"
