"""One file through the whole: read, restore, extract, confront."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet, select_rules
from cleaner.engine.settings import Settings
from cleaner.model import Cleaned, Document, DocumentResult, Finding, Refusal
from cleaner.packs.grammar import Pack
from cleaner.packs.load import load_packs, shipped_packs
from cleaner.packs.source import State, state_of
from cleaner.reading.decode import ReadError
from cleaner.reading.discover import Found
from cleaner.reading.formats import Source, read_source
from cleaner.runs.options import Options

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


@dataclass(frozen=True, slots=True)
class Processed:
    """What one file gave: its documents, or the reason why it was refused."""

    found: Found
    source: Source | None
    documents: tuple[DocumentResult, ...] = ()
    refusal: Refusal | None = None


def all_packs(folders: tuple[Path, ...]) -> tuple[Pack, ...]:
    """Shipped packs and those of the user's ``folders``; a user's pack may not take a shipped pack's name.

    Raises:
        PackError: a file is wrong, or a name is taken.
    """
    return _read_packs(folders, tuple(map(state_of, folders)))


@lru_cache(maxsize=4)
def _read_packs(folders: tuple[Path, ...], _states: tuple[State, ...]) -> tuple[Pack, ...]:
    """The packs of ``folders`` as they lie and stand now: a long process changes its folder, a person their rules."""
    from cleaner.packs.errors import PackError

    if not folders:
        return shipped_packs()
    packs = {pack.name: pack for pack in all_packs(())}
    for pack in load_packs(folders, shipped=False):
        if pack.name in packs:
            taken = f"a pack named '{pack.name}', the name of a shipped pack"
            raise PackError(pack.path / "pack.yaml", 1, taken, "a name of its own")
        packs[pack.name] = pack
    return tuple(packs[name] for name in sorted(packs))


def rules_of(options: Options) -> RuleSet:
    """The rules of a run, in order."""
    return select_rules(all_packs(options.packs), options.settings)


def rule_words(packs: tuple[Pack, ...]) -> dict[str, dict[str, str]]:
    """What a report says about each rule."""
    return {
        rule.id: {
            "title": rule.title,
            "title_en": rule.title_en,
            "rationale": rule.rationale,
            "rationale_en": rule.rationale_en,
            "safety": rule.safety.value,
            "digits": rule.digits,
            "pack": rule.pack,
            "stage": rule.stage,
        }
        for pack in packs
        for rule in pack.rules
    }


def judge(cleaned: Cleaned) -> DocumentResult:
    """Figures, relations, verdicts and findings of a restored document, held against those of its base text."""
    from cleaner.checks.coverage import coverage
    from cleaner.checks.examine import examine
    from cleaner.checks.gate import gate
    from cleaner.checks.restoration import suspicion_findings

    found = examine(cleaned)
    gated = gate(cleaned, found)
    counts = coverage(found.figures, found.relations, found.not_understood)
    doubts = suspicion_findings(cleaned, found.relations)
    findings = _with_gaps(cleaned, (*gated.findings, *gated.introduced, *doubts))
    return DocumentResult(cleaned, found.figures, found.relations, findings, counts, gated.fixed)


def _with_gaps(cleaned: Cleaned, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    from cleaner.checks.restoration import restoration_findings

    return tuple(sorted([*findings, *restoration_findings(cleaned)], key=lambda f: (f.start, f.end, f.check)))


def process_document(document: Document, rules: RuleSet, settings: Settings, judging: bool) -> DocumentResult:
    """Restore one document, and judge it if asked."""
    cleaned = restore(document, rules, settings)
    return judge(cleaned) if judging else DocumentResult(cleaned, findings=_with_gaps(cleaned, ()))


def process_file(found: Found, options: Options) -> Processed:
    """Read and process one file; a file that cannot be read gives its refusal."""
    options = options.for_file(found)
    try:
        source = read_source(found, options.encoding, options.text_field, options.id_field)
    except ReadError as error:
        return Processed(found, None, refusal=Refusal(found.doc, str(error)))
    rules = rules_of(options)
    results = tuple(process_document(d, rules, options.settings, options.judge) for d in source.documents)
    return Processed(found, source, results)


def process_all(files: Iterable[Found], options: Options) -> Iterator[Processed]:
    """Process ``files`` in order, over ``options.jobs`` processes. The result does not depend on their number."""
    if options.jobs <= 1:
        yield from (process_file(found, options) for found in files)
        return
    with _pool(options.jobs) as pool:
        yield from pool.map(_process_one, ((found, options) for found in files))


def _process_one(task: tuple[Found, Options]) -> Processed:
    return process_file(*task)


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(jobs)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
