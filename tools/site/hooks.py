"""What MkDocs asks while it builds the site: pages that are made from the project, links that lead to them, the search.

The entries of rules and checks are those of ``kanwu explain`` (``cleaner.testing.reference``). A file of the project
that has a page keeps its links; a link to a file that has none becomes plain text. A link that leads nowhere is left
to MkDocs, which stops.
"""

from __future__ import annotations

import html
import json
import os
import posixpath
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdown.extensions.toc import slugify_unicode
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from pygments.formatters import HtmlFormatter

import cleaner
from cleaner.checks.panel import build
from cleaner.model import RunResult
from cleaner.reports.panel_html import render_panel
from cleaner.testing.index import render_checks, render_index
from cleaner.testing.reference import as_markdown, finding_entries, rule_entries

sys.path.insert(0, str(Path(__file__).parent))
from commands import commands_page  # beside this file, which MkDocs loads by its path

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "README.md": "index.md",
    "README.zh-CN.md": "index.zh-CN.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "seeds/README.md": "seeds.md",
    "rules/README.md": "reference/rules.md",
}
"""Files outside docs/ that are pages, and where they are in the site."""
PLOT = "scans/panel.html"
_PLOT_HERE = "<!-- plot: docs/scans -->"
INDEX = "<!-- index: kanwu rules index -->\n"
_RULE = re.compile(r"rules/(?P<pack>[a-z0-9-]+)/(?P<name>[a-z0-9-]+)\.yaml")
_RELATION = re.compile(r"rules/(?P<panel>panel/)?relations/(?P<name>[a-z_]+)\.yaml")
_FENCE = re.compile(r"(^```.*?^```$)", re.M | re.S)
_LINK = re.compile(r"\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^)\s]+)\)")
STYLES = {"code-light.css": "friendly", "code-dark.css": "github-dark"}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add to the guide what stands in docs/ and is not in the navigation."""
    named = set(re.findall(r"[\w.-]+\.md", str(config.nav)))
    guide = next(entry["Guide"] for entry in config.nav or [] if "Guide" in entry)
    config.mdx_configs["toc"]["slugify"] = slug
    guide += sorted(path.name for path in Path(config.docs_dir).glob("*.md") if path.name not in named)
    return config


def slug(heading: str, separator: str) -> str:
    """The anchor of a heading; never a digit first, which the theme's script takes for a broken selector."""
    return re.sub(r"^(?=[0-9])", "of-", slugify_unicode(heading, separator))


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that do not stand in docs/."""
    for path, content in (*made_pages(config), (PLOT, plot())):
        files.append(File.generated(config, path, content=content))
    return files


def plot() -> str:
    """The panel that the tutorial ends with: what ``kanwu run docs/scans --panel`` leaves."""
    results = tuple(
        cleaner.confront(cleaner.clean(document)) for document in cleaner.read(ROOT / "docs" / "scans")
    )
    return render_panel(build(results), RunResult(results, run={"config": {"lang": "en"}}))


def made_pages(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """Every page that is made: its place in the site and its Markdown."""
    folders = tuple(Path(folder) for folder in (config.extra["packs"] or "").split(os.pathsep) if folder)
    for source, page in PAGES.items():
        text = (ROOT / source).read_text("utf-8")
        if source == "rules/README.md":
            text = text.partition(INDEX)[0] + render_index(folders)
        yield page, text
    yield "reference/checks.md", render_checks()
    yield "reference/commands.md", commands_page()
    yield from _entries(folders)


def _entries(folders: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    """The page of every rule, in the folder of its pack, and of every check, in that of its family."""
    rules, checks = rule_entries(folders), finding_entries()
    beside = {name: f"../{name}.html" for name in rules} | {n: f"../../checks/{n}.html" for n in checks}
    for name, entry in rules.items():
        yield f"reference/rules/{name}.md", as_markdown(entry, beside.get)
    for name, entry in checks.items():
        yield f"reference/checks/{name}.md", as_markdown(entry)


def on_page_markdown(markdown: str, *, page: Page, **_: Any) -> str:
    """Lead links between files of the project to their pages."""
    here = page.file.src_uri
    source = next((file for file, place in PAGES.items() if place == here), f"docs/{here}")
    if here.startswith("reference/") and here not in PAGES.values():
        return markdown
    markdown = markdown.replace(_PLOT_HERE, f'<iframe class="plot" title="panel.html" src="{PLOT}"></iframe>')
    parts = _FENCE.split(markdown)
    return "".join(part if i % 2 else _led(part, source, here) for i, part in enumerate(parts))


def _led(text: str, source: str, here: str) -> str:
    def link(found: re.Match[str]) -> str:
        path, hash_, anchor = found["target"].partition("#")
        if not path or ":" in path:
            return found.group()
        project = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        place = place_of(project)
        if place is None:
            in_site = project.startswith("docs/images/")
            return found["text"] if (ROOT / project).exists() and not in_site else found.group()
        target = posixpath.relpath(place, posixpath.dirname(here) or ".")
        return f"[{found['text']}]({target}{hash_}{anchor})"

    return _LINK.sub(link, text)


def place_of(project: str) -> str | None:
    """The page of a file of the project, if it has one."""
    if project in PAGES:
        return PAGES[project]
    if relation := _RELATION.fullmatch(project):
        return f"reference/checks/{'panel' if relation['panel'] else 'relation'}/{relation['name']}.md"
    if rule := _RULE.fullmatch(project):
        return f"reference/rules/{rule['pack']}/{rule['name']}.md"
    return project.removeprefix("docs/") if re.fullmatch(r"docs/[^/]+\.md", project) else None


def on_post_build(config: MkDocsConfig) -> None:
    """Write the search index as a script, which a page that was opened as a file can load, and the colours of code."""
    search = Path(config.site_dir) / "search"
    found = json.loads((search / "search_index.json").read_text("utf-8"))["docs"]
    pages = [{**page, "title": html.unescape(page["title"])} for page in found if _searched(page["location"])]
    (search / "index.js").write_text(
        f"window.kanwuIndex = {json.dumps(pages, ensure_ascii=False)};\n", "utf-8"
    )
    (search / "search_index.json").unlink()
    for name, style in STYLES.items():
        rules = HtmlFormatter(style=style).get_style_defs(".codehilite")
        (Path(config.site_dir) / "css" / name).write_text(f"{rules}\n", "utf-8")


def _searched(location: str) -> bool:
    """An entry of the reference is found as a whole, any other page by its sections."""
    return ("#" in location) != bool(re.match("reference/(rules|checks)/", location))
