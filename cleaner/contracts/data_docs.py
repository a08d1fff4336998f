"""The site of Great Expectations (Data Docs), made safe to keep: ``kanwu run --data-docs``.

As Great Expectations builds it, a page loads fifteen files from six hosts, shows no run without them, fetches a
logo with a time stamp, and prints cells of the data as markup. Here every string of a result is escaped before the
site is built; then scripts, style sheets and fonts are taken out, the tables of the index, which a script would
have filled, are filled, and one small style sheet of ours stands in for the rest. The logo is the file that Great
Expectations puts into the site itself. The only addresses left are those of plain links.
"""

from __future__ import annotations

import html
import os
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cleaner.contracts.expectations import great_expectations

Record = Callable[["Validated"], None]

_SITE = "kanwu"
_LOGO = "static/images/logo-long.png"
_ICON = "static/images/favicon.ico"
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:; base-uri 'none'; form-action 'none'"
)
_DROPPED = tuple(
    re.compile(pattern, re.S | re.I)
    for pattern in (
        r"<script\b.*?</script>",
        r"<style\b.*?</style>",
        r"<link\b[^>]*>",
        r"<footer\b.*?</footer>",
        r"<button\b.*?</button>",
        r'<div class="card mb-3">\s*<div class="card-header p-2">\s*<strong>Actions</strong>.*?</label>\s*</div>'
        r"\s*</div>\s*</div>\s*</div>\s*</div>",
        r'\s(?:on[a-z]+|integrity|crossorigin)="[^"]*"',
        r"<br>\s*Data asset: None",
    )
)
_OUTSIDE_LINK = re.compile(r'<a\b[^>]*\shref="(?:[a-z]+:)?//[^"]*"[^>]*>(.*?)</a>', re.S | re.I)
_LOGO_ADDRESS = re.compile(r'src="https?://[^"]*logo[^"]*"')
_TABLE = re.compile(
    r'<table\b[^>]*\bge-index-page-(validation-results|expectation_suites)-table"[^>]*>\s*</table>'
)


@dataclass(frozen=True, slots=True)
class Validated:
    """One suite and what Great Expectations said of it: its own objects, ``table`` and ``name`` in words."""

    name: str
    table: str
    suite: Any
    result: Any


def write_site(folder: Path, validated: Iterable[Validated], started: datetime | None = None) -> Path:
    """Build the site of a run in ``folder``, which must not exist; returns its index.

    Nothing in it comes from, or leads a browser to, another place than ``folder``, but for links that a reader
    follows. ``started`` is the time of the run that the pages show.
    """
    found = [_escaped(item) for item in validated]
    _build(folder, found, started or datetime.now(UTC))
    _keep_only(folder, (_LOGO, _ICON))
    style = (files("cleaner.contracts") / "data_docs.css").read_text("utf-8")
    pages = {item.name: _page_of(folder, item.name) for item in found}
    for page in sorted(folder.rglob("*.html")):
        text = _offline(page.read_text("utf-8"), style, _up(folder, page))
        if page.parent == folder:
            text = _TABLE.sub(lambda m: _index_table(m[1], found, pages), text)
        page.write_text(text, "utf-8", newline="\n")
    return folder / "index.html"


def escape(value: Any) -> Any:
    """Every string in a nest of lists and mappings, keys too, as text that no browser takes for markup.

    A dollar sign is escaped as well: the templates of Great Expectations would look for a parameter behind it.
    """
    if isinstance(value, str):
        return html.escape(value).replace("$", "&#36;")
    if isinstance(value, dict):
        return {escape(key): escape(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [escape(each) for each in value]
    return value


def _escaped(item: Validated) -> Validated:
    gx = great_expectations()
    suite = gx.ExpectationSuite(name=item.name)
    for expectation in item.suite.expectations:
        said = _described(expectation.severity, expectation.description or expectation.expectation_type)
        suite.add_expectation(expectation.copy(update={"description": said, "notes": None, "id": None}))
    for result in item.result.results:
        result.result = escape(result.result)
        result.exception_info = escape(result.exception_info)
        config = result.expectation_config
        config.description = _described(config.severity, config.description or config.type)
    return Validated(item.name, item.table, suite, item.result)


def _described(severity: Any, words: str) -> str:
    """An entry's own words behind its severity, which Data Docs show nowhere else."""
    said: str = escape(f"{getattr(severity, 'value', severity)} · {words}")
    return said


def _build(folder: Path, found: Sequence[Validated], started: datetime) -> None:
    gx = great_expectations()
    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
        ValidationResultIdentifier,
    )

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    context.add_data_docs_site(_SITE, _site_config(folder))
    run = RunIdentifier(run_name=_SITE, run_time=started)
    for item in found:
        context.suites.add(item.suite)
        item.result.meta["run_id"] = run
        suite = ExpectationSuiteIdentifier(name=item.name)
        key = ValidationResultIdentifier(suite, run, batch_identifier=item.table)
        context.validation_results_store.set(key, item.result)
    context.build_data_docs(site_names=[_SITE])


def _site_config(folder: Path) -> dict[str, Any]:
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(folder.resolve()),
        },
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder", "show_cta_footer": False},
    }


def _keep_only(folder: Path, kept: Sequence[str]) -> None:
    """Fonts, films and style sheets of the site go, the logo stays."""
    saved = {name: (folder / name).read_bytes() for name in kept if (folder / name).is_file()}
    shutil.rmtree(folder / "static", ignore_errors=True)
    for name, data in saved.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _up(folder: Path, page: Path) -> str:
    return os.path.relpath(folder, page.parent).replace(os.sep, "/")


def _offline(text: str, style: str, up: str) -> str:
    """A page without scripts, with our style and the logo beside it."""
    for pattern in _DROPPED:
        text = pattern.sub("", text)
    text = _LOGO_ADDRESS.sub(f'src="{up}/{_LOGO}"', _OUTSIDE_LINK.sub(r"\1", text))
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n<meta name="referrer" content="no-referrer">\n'
        f'<link rel="icon" href="{up}/{_ICON}">\n<style>\n{style}</style>\n'
    )
    return text.replace("</head>", f"{head}</head>", 1)


def _page_of(folder: Path, name: str) -> str:
    """The page of a suite's result, from the index."""
    found = next((folder / "validations" / name).rglob("*.html"), None)
    return found.relative_to(folder).as_posix() if found else ""


def _index_table(kind: str, found: Sequence[Validated], pages: dict[str, str]) -> str:
    """What a script would have shown: a row for each result, or for each suite."""
    if kind == "expectation_suites":
        rows = "".join(_cells([_link(f"expectations/{i.name}.html", i.name)]) for i in found)
        return f"<table><thead><tr><th>Suite</th></tr></thead><tbody>{rows}</tbody></table>"
    head = "".join(f"<th>{name}</th>" for name in ("Status", "Suite", "Table", "Expectations", "Not met"))
    rows = "".join(_result_row(item, pages[item.name]) for item in found)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _result_row(item: Validated, page: str) -> str:
    mark = "fa-check-circle text-success" if item.result.success else "fa-times text-danger"
    said = "met" if item.result.success else "not met"
    missed = sum(not result.success for result in item.result.results)
    counts = str(len(item.result.results)), str(missed)
    return _cells([f'<i class="fas {mark}"></i> {said}', _link(page, item.name), item.table, *counts])


def _link(page: str, name: str) -> str:
    return f'<a href="{html.escape(quote(page))}">{html.escape(name)}</a>'


def _cells(contents: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<td>{content}</td>" for content in contents) + "</tr>"
