"""The HTML report as files: one page, or an index and pages beside it where one page would be too much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, unquote

from cleaner.checks.panel import Panel
from cleaner.model import DocumentResult, RunResult
from cleaner.reports.anchors import Anchors, key
from cleaner.reports.html import render_html, render_index, render_leaf
from cleaner.reports.overview import Leaf
from cleaner.reports.safe import visible

INDEX = "report.html"
FOLDER = "report"
MOST_DOCUMENTS = 30
"""Documents of one page: more are a list to look things up in, and no longer something to read through."""
MOST_CHARACTERS = 5_000_000
"""Estimated size of one page. Chromium opens one of 1.8 million characters in about a second, and time grows with size."""
_LEAF_CHARACTERS = 500_000
_NAME = 40
_OTHER = re.compile(r"[^\w-]+")


def write_html(folder: Path, result: RunResult, panel: Panel | None = None) -> None:
    """Write ``report.html`` into ``folder``, and ``report/`` beside it where the documents get pages of their own."""
    if not wants_pages(result.documents):
        _write(folder / INDEX, render_html(result, panel))
        return
    pages = [*leaves(result)]
    (folder / FOLDER).mkdir()
    for number, leaf in enumerate(pages):
        before = pages[number - 1].href if number else ""
        after = pages[number + 1].href if number + 1 < len(pages) else ""
        around = (_beside(before), f"../{INDEX}#{leaf.anchor}", _beside(after))
        _write(folder / FOLDER / _file(leaf), render_leaf(result, leaf.documents, around))
    _write(folder / INDEX, render_index(result, panel, pages))


def wants_pages(documents: Sequence[DocumentResult]) -> bool:
    """Whether there are too many documents for one page, or too much in them."""
    if len(documents) < 2:
        return False
    return len(documents) > MOST_DOCUMENTS or sum(map(weight, documents)) > MOST_CHARACTERS


def weight(document: DocumentResult) -> int:
    """Roughly how many characters a document takes on a page, from what its rows take on average."""
    cleaned = document.cleaned
    rows = 700 * len(cleaned.edits) + 350 * len(document.figures) + 250 * len(document.relations)
    return 2 * len(cleaned.document.text) + rows + 1500 * len(document.findings)


def leaves(result: RunResult) -> Iterator[Leaf]:
    """The pages of a run in its order: a file has its own, neighbouring rows of one table share one."""
    anchors = Anchors()
    for documents in _gathered(result):
        first = documents[0].cleaned.document.doc
        name = anchors.of("d", key(first))
        readable = _OTHER.sub("-", visible(first))[:_NAME].strip("-")
        file = f"{readable or 'document'}-{name[2:]}.html"
        yield Leaf(documents, f"{FOLDER}/{quote(file)}", name)


def _gathered(result: RunResult) -> Iterator[tuple[DocumentResult, ...]]:
    tables = {doc: entry["doc"] for entry in result.run.get("inputs", ()) for doc in entry["rows"]}
    waiting: list[DocumentResult] = []
    table, size = "", 0
    for document in result.documents:
        of = tables.get(document.cleaned.document.doc, "")
        full = len(waiting) == MOST_DOCUMENTS or size > _LEAF_CHARACTERS
        if waiting and (full or not of or of != table):
            yield tuple(waiting)
            waiting, size = [], 0
        waiting.append(document)
        table, size = of, size + weight(document)
    if waiting:
        yield tuple(waiting)


def _beside(href: str) -> str:
    return href.removeprefix(f"{FOLDER}/")


def _file(leaf: Leaf) -> str:
    return unquote(_beside(leaf.href))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
