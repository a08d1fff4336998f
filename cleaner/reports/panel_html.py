"""panel.html: the panel of a run as one self-contained page, without a script."""

from __future__ import annotations

from importlib.resources import files

from markupsafe import Markup

from cleaner.checks.panel import Panel
from cleaner.model import RunResult
from cleaner.reports import tally, words
from cleaner.reports.html import environment
from cleaner.reports.panel_page import panel_page


def render_panel(panel: Panel, result: RunResult) -> str:
    """The panel as a page of its own; it works offline, in a light and a dark room, and trusts no text it shows."""
    return (
        environment()
        .get_template("panel.html.jinja")
        .render(
            panel=panel_page(panel),
            lang=words.language(result),
            style=Markup(_styles()),  # noqa: S704 - files of this package, not a stranger's text
            version=tally.product_version(result),
            started=str(result.run.get("started") or ""),
        )
    )


def _styles() -> str:
    folder = files("cleaner.reports") / "templates"
    return "\n".join((folder / name).read_text("utf-8") for name in ("report.css", "paper.css", "panel.css"))
