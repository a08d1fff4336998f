"""The site: it is built from the project without a network, holds what `kanwu explain` says, and loads nothing from outside."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from urllib.parse import unquote

import pytest
from support import ROOT, write_pack

from cleaner.testing.reference import as_text, finding_entries, rule_entries

pytestmark = pytest.mark.skipif(find_spec("mkdocs") is None, reason="needs MkDocs: pip install 'kanwu[docs]'")

ENTRIES = {**rule_entries(), **finding_entries()}
LOADS = {"src", "srcset", "poster", "data", "action", "background"}
VOID = {"meta", "link", "img", "input", "br", "hr"}


def place(name):
    """The page of a rule or a check."""
    return f"reference/{'checks' if name in finding_entries() else 'rules'}/{name}.html"


def build(folder, *options, **variables):
    """The site built into ``folder``, with proxies that lead nowhere."""
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(folder), *options]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **nowhere, "KANWU_PACKS": "", **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


class Page(HTMLParser):
    """What a page loads, its tags, and the words of its main part without the signs beside headings."""

    def __init__(self, path):
        super().__init__()
        self.loads, self.tags, self.main, self.words, self.links = [], [], [], [], []
        self.ids, self.quiet, self.depth = set(), 0, 0
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.loads += [value for name, value in attrs if name in LOADS]
        self.loads += [given["href"]] if tag == "link" else []
        self.links += [given["href"]] if tag == "a" and given.get("href") else []
        self.ids |= {given.get("id")}
        if given.get("role") == "main" or (self.depth and tag not in VOID):
            self.depth += 1
        if self.depth:
            self.main.append((tag, frozenset(given)))
        if given.get("class") in ("headerlink", "up"):
            self.quiet = self.depth

    def handle_endtag(self, tag):
        if self.depth and tag not in VOID:
            self.quiet = 0 if self.depth == self.quiet else self.quiet
            self.depth -= 1

    def handle_data(self, data):
        if self.depth and not self.quiet:
            self.words.append(data)


def squeezed(text):
    return re.sub(r"[\s⟦⟧]", "", text)


def test_every_rule_and_check_has_its_page_and_it_says_what_explain_says(site):
    for name, entry in ENTRIES.items():
        assert squeezed("".join(Page(site / place(name)).words)) == squeezed(as_text(entry)), name


def test_every_page_of_the_docs_and_of_the_reference_is_there(site):
    built = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    docs = {f"{path.stem}.html" for path in (ROOT / "docs").glob("*.md")}
    made = {"index.html", "index.zh-CN.html", "changelog.html", "contributing.html", "seeds.html"}
    indexes = {f"reference/{name}.html" for name in ("rules", "checks", "commands")}
    assert built == {*docs, *made, *indexes, *map(place, ENTRIES), "404.html", "scans/panel.html"}
    menu = (site / "index.html").read_text("utf-8")
    assert [page for page in docs | made | indexes if f'href="{page}"' not in menu] == []


def test_every_link_between_pages_leads_somewhere(site):
    pages = {path: Page(path) for path in site.rglob("*.html")}
    for path, page in pages.items():
        for target in page.links:
            place, _, anchor = unquote(target).partition("#")
            if re.match(r"[a-z]+:", place) or path.name in ("404.html", "panel.html"):
                continue
            there = (path.parent / place).resolve() if place else path
            assert there.exists(), (path, target)
            assert not anchor or there not in pages or anchor in pages[there].ids, (path, target)


def test_no_page_loads_anything_from_outside(site):
    for path in site.rglob("*.html"):
        outside = [address for address in Page(path).loads if re.match(r"[a-z]+:|//", address or "")]
        assert [address for address in outside if not address.startswith("data:")] == [], path
    for path in (*site.rglob("*.css"), *site.rglob("*.html")):
        urls = re.findall(r"(?:url\(|@import)\s*['\"]?([^'\")]+)", path.read_text("utf-8"))
        assert [url for url in urls if re.match(r"(?:https?:)?//", url)] == [], path
    for path in site.rglob("*.js"):
        asked = r"(?:fetch|open|importScripts|WebSocket|sendBeacon|src\s*=)\s*\(?\s*['\"`](?:https?:)?//"
        assert not re.search(asked, path.read_text("utf-8")), path


def test_the_commands_are_those_of_the_command_line(site):
    page = "".join(Page(site / "reference" / "commands.html").words)
    for words in ("kanwu rules index", "--fail-on", "-h, --help", "least safe level that is applied"):
        assert words in page


def test_every_page_works_when_it_is_opened_as_a_file(site, page):
    for path in (
        *site.glob("*.html"),
        *site.glob("reference/*.html"),
        site / place("furniture/page-number"),
    ):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 1400, path


def test_the_search_finds_chinese_and_leads_to_the_page(site, page):
    page.goto((site / "tutorial.html").as_uri())
    page.keyboard.press("s")
    page.fill("#mkdocs-search-query", "繁体字")
    page.click("#mkdocs-search-results a:has-text('script/minority-script')")
    page.wait_for_url("**/reference/rules/script/minority-script.html*")
    page.keyboard.press("s")
    page.fill("#mkdocs-search-query", "no such words anywhere")
    page.wait_for_selector("#mkdocs-search-results:has-text('No results')")


def test_light_and_dark_can_be_chosen(site, page):
    page.goto((site / "index.html").as_uri())
    for mode in ("dark", "light"):
        page.click("#theme-menu")
        page.click(f"[data-bs-theme-value={mode}]")
        assert page.get_attribute("html", "data-bs-theme") == mode
        page.wait_for_function(
            f"document.getElementById('hljs-dark').disabled == {str(mode == 'light').lower()}"
        )


HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(2)> [a](javascript:alert(3)) | **b** {{ page }}"


@pytest.fixture(scope="module")
def strange(tmp_path_factory):
    """The site with a pack of one's own whose words are markup."""
    packs, folder = tmp_path_factory.mktemp("packs"), tmp_path_factory.mktemp("strange")
    pack = write_pack(packs, "mine", odd={"match": " and ", "more": f"safety_note: '{HOSTILE}'"})
    for file in (pack / "odd.yaml", pack / "pack.yaml"):
        told = re.sub(
            r"^(title|title_en|purpose): .*", rf"\1: '{HOSTILE}'", file.read_text("utf-8"), flags=re.M
        )
        file.write_text(told, "utf-8")
    done = build(folder, KANWU_PACKS=str(packs))
    assert done.returncode == 0, done.stderr
    return folder


def test_the_words_of_a_rule_write_no_markup(site, strange):
    usual, odd = (
        Page(folder / "reference" / "rules" / f"{name}.html")
        for folder, name in ((site, "wording/stray-conjunction"), (strange, "mine/odd"))
    )
    assert HOSTILE in "".join(odd.words)
    assert set(odd.main) <= set(usual.main) | {("ul", frozenset()), ("li", frozenset())}
    assert odd.tags.count("script") == usual.tags.count("script")
    index = [Page(folder / "reference" / "rules.html") for folder in (site, strange)]
    assert set(index[1].main) <= set(index[0].main)
    assert index[0].tags.count("script") == index[1].tags.count("script")


def test_a_page_with_such_words_runs_nothing(strange, page):
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    for name in ("reference/rules/mine/odd.html", "reference/rules.html"):
        page.goto((strange / name).as_uri())
        page.keyboard.press("s")
        page.fill("#mkdocs-search-query", "alert(1)")
        page.wait_for_selector("#mkdocs-search-results a")
    assert said == []


@pytest.mark.slow
def test_a_link_that_leads_nowhere_stops_the_build(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    for path in (ROOT / "docs").glob("*.md"):
        (docs / path.name).write_text(path.read_text("utf-8"), "utf-8")
    shutil.copytree(ROOT / "docs" / "images", docs / "images")
    with (docs / "glossary.md").open("a", encoding="utf-8") as page:
        page.write("\n[gone](gone.md) [no such part](rules.md#no-such-part)\n")
    config = tmp_path / "mkdocs.yml"
    tools = ROOT / "tools" / "site"
    given = {
        "docs_dir": str(docs),
        "hooks": [str(tools / "hooks.py")],
        "theme": {"custom_dir": str(tools / "theme")},
    }
    config.write_text(json.dumps({"INHERIT": str(ROOT / "mkdocs.yml"), **given}), "utf-8")
    done = build(tmp_path / "site", "--config-file", str(config))
    assert done.returncode != 0
    assert "gone.md" in done.stderr
    assert "no-such-part" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs make")
def test_make_builds_the_site_and_purge_removes_it():
    told = subprocess.run(
        ["make", "-n", "docs", "purge"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert "mkdocs build" in told
    assert re.search(r"rm -rf .* site$", told, re.M)
