"""The public verbs, one function each; the commands mirror them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from cleaner.engine.decisions import Decisions
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet, select_rules
from cleaner.engine.settings import Settings
from cleaner.figures.extract import Extraction
from cleaner.model import Cleaned, Document, DocumentResult, RunResult
from cleaner.reading.decode import ReadError
from cleaner.reading.discover import discover
from cleaner.reading.formats import read_source, text_document
from cleaner.results import Judged, Restored, judged, restored
from cleaner.runs.decisions import read_decisions
from cleaner.runs.process import all_packs, judge
from cleaner.terms import Safety


def read(*inputs: str | Path, encoding: str | None = None) -> tuple[Document, ...]:
    """Read files, folders or globs into documents.

    Raises:
        InputError: nothing was found, or two inputs have one name.
        ReadError: a file cannot be read, with its name.
    """
    documents: list[Document] = []
    for found in discover([str(given) for given in inputs]):
        try:
            documents += read_source(found, encoding).documents
        except ReadError as error:
            raise ReadError(f"{found.doc}: {error}") from error
    return tuple(documents)


def clean(
    text: str | Document,
    *,
    level: str = "probable",
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    packs: Iterable[str | Path] = (),
    protected: Iterable[str] = (),
    reorder: bool = False,
    decisions: str | Path | None = None,
) -> Restored:
    """Restore a text or document.

    Args:
        text: the base text, or a document that ``read`` gave.
        level: ``certain`` applies only certain edits; ``probable`` those too.
        select: packs or rules to use; all if empty.
        ignore: packs or rules to leave out.
        packs: folders of your own packs.
        protected: strings that stay as they are.
        reorder: apply the moves of whole blocks that are otherwise only proposed.
        decisions: a file of what readers decided, as ``kanwu review`` leaves it.

    Returns:
        The clean text, the ledger (offsets in the base text), and the offset map. A notebook shows it side by side;
        ``.frame()`` is the ledger as a DataFrame.

    Raises:
        PackError: a rule is broken.
        SelectionError: a name that no rule or pack has.
        DecisionError: a line of ``decisions`` is wrong, or the file cannot be read.
    """
    settings = Settings(
        level=Safety(level),
        select=tuple(select),
        ignore=tuple(ignore),
        protected=frozenset(protected),
        reorder=reorder,
        decisions=read_decisions(Path(decisions)) if decisions is not None else Decisions(),
    )
    return restored(restore(_document(text), rules_for(settings, packs), settings))


def rules_for(settings: Settings, packs: Iterable[str | Path] = ()) -> RuleSet:
    """The shipped rules and those of ``packs``, after selection."""
    return select_rules(all_packs(tuple(Path(p) for p in packs)), settings)


def extract(source: str | Document | Cleaned) -> Extraction:
    """The figures of a text, read from the restored text, with spans in the base text."""
    from cleaner.figures.extract import extract as extract_figures

    return extract_figures(_cleaned(source))


def confront(source: str | Document | Cleaned) -> Judged:
    """Figures, relations with their verdicts, findings and coverage of a text.

    A notebook shows them; ``.frame("findings")`` and so on are DataFrames.
    """
    return judged(judge(_cleaned(source)))


def report(result: RunResult | DocumentResult, format: str = "html", lang: str = "") -> str:
    """A report as text: ``html``, ``markdown``, ``junit`` or ``json``.

    ``lang`` is ``zh`` or ``en``; without it the run's own, or Chinese. The HTML page holds both and opens in it.

    Raises:
        ValueError: another format or language.
    """
    from cleaner.reports.html import render_html
    from cleaner.reports.json_report import render_json
    from cleaner.reports.junit import render_junit
    from cleaner.reports.summary import render_summary
    from cleaner.reports.words import LANGUAGES

    renderers = {"html": render_html, "markdown": render_summary, "junit": render_junit, "json": render_json}
    if format not in renderers:
        message = f"no report format '{format}'; there are {', '.join(renderers)}"
        raise ValueError(message)
    whole = RunResult((result,)) if isinstance(result, DocumentResult) else result
    if lang and lang not in LANGUAGES:
        message = f"no language '{lang}'; there are {', '.join(LANGUAGES)}"
        raise ValueError(message)
    if lang:
        config = {**whole.run.get("config", {}), "lang": lang}
        whole = replace(whole, run={**whole.run, "config": config})
    return renderers[format](whole)


def _document(text: str | Document) -> Document:
    return text if isinstance(text, Document) else text_document(text)


def _cleaned(source: str | Document | Cleaned) -> Cleaned:
    return source if isinstance(source, Cleaned) else clean(source)
