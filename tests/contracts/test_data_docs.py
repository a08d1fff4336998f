"""The site of Great Expectations as we leave it: nothing from elsewhere, nothing of the data as markup."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from typer.testing import CliRunner

import cleaner
from cleaner.cli.app import app
from cleaner.contracts.data_docs import escape, write_site
from cleaner.contracts.run import validate
from cleaner.model import Document, RunResult

ATTACK = "坏<script>document.title='pwned'</script><img src=x onerror=\"document.title='pwned'\">$doc.txt"
TEXT = "青岗县三次产业结构为15.5：57.0：26.5，农业稳步发展。\n"
OFFLINE = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=3000", "--dump-dom"),
)
LOADS = {"src", "srcset", "data", "poster", "background", "action", "formaction", "xlink:href"}


class Page(HTMLParser):
    """Tags with their attributes, and the words."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path, self.tags, self.words = path, [], ""
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    found = cleaner.confront(Document(ATTACK, TEXT))
    validated = []
    validate(RunResult((found,)), {ATTACK: TEXT}, record=validated.append)
    folder = tmp_path_factory.mktemp("docs") / "data_docs"
    assert write_site(folder, validated) == folder / "index.html"
    return folder


@pytest.fixture(scope="module")
def pages(site) -> list[Page]:
    found = [Page(path) for path in sorted(site.rglob("*.html"))]
    assert len(found) > 10
    return found


def test_no_page_loads_anything_from_elsewhere(pages):
    for page in pages:
        for tag, attributes in page.tags:
            assert tag not in {"script", "iframe", "object", "embed", "base", "form"}, page.path
            assert not [name for name in attributes if name.startswith("on")], (page.path, tag)
            for name in LOADS & set(attributes):
                assert "//" not in attributes[name], (page.path, tag, attributes[name])
            assert "//" not in (attributes.get("href") or ""), (page.path, tag)
        assert not re.search(r"url\(|@import", page.path.read_text("utf-8"))
        policy = [a["content"] for t, a in page.tags if t == "meta" and "http-equiv" in a]
        assert len(policy) == 1
        assert policy[0].startswith("default-src 'none'")


def test_every_link_and_image_of_the_site_is_there(pages, site):
    for page in pages:
        ids = {a["id"] for _, a in page.tags if a.get("id")}
        for tag, attributes in page.tags:
            target = attributes.get("src") or attributes.get("href") or ""
            if target in {"", "#"}:
                continue
            if target.startswith("#"):
                assert target[1:] in ids, (page.path, target)
                continue
            assert (page.path.parent / unquote(target)).resolve().is_file(), (page.path, tag, target)
    assert {p.name for p in (site / "static").rglob("*") if p.is_file()} == {"logo-long.png", "favicon.ico"}


def test_cells_of_the_data_are_words_and_no_markup(pages):
    quoted = [page for page in pages if ATTACK in page.words]
    assert quoted
    for page in pages:
        assert "<script>document" not in page.path.read_text("utf-8")
        assert all(a.get("src") != "x" for _, a in page.tags)


def test_the_index_says_which_suites_are_met(pages, site):
    index = next(page for page in pages if page.path == site / "index.html")
    text = index.path.read_text("utf-8")
    rows = dict(
        re.findall(r'<td><i class="fas (fa-[a-z-]+)[^<]*</i> [a-z ]+</td><td><a href="[^"]+">(\w+)</a>', text)
    )
    assert {mark for mark, _ in re.findall(r'<i class="fas (fa-[a-z-]+) (text-[a-z]+)"', text)} == {
        "fa-check-circle",
        "fa-times",
    }
    assert rows["fa-times"] in {"relations", "documents"}
    assert "relations" in index.words


def test_severities_and_both_languages_are_shown(pages):
    relations = next(p for p in pages if "validations" in p.path.parts and "relations" in p.path.parts)
    assert "critical · 各部分之和应等于全体 / parts should sum to their whole" in relations.words


def test_escaping_reaches_every_string():
    given = {"<a>": ["&", ("$x", {"b": '"'})], "n": 1.5, "none": None}
    assert escape(given) == {"&lt;a&gt;": ["&amp;", ["&#36;x", {"b": "&quot;"}]], "n": 1.5, "none": None}


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium")
@pytest.mark.slow
def test_a_browser_without_a_network_shows_it_whole(site, tmp_path):
    """The marks and tables are there, no request leaves the page, and nothing of the data ran."""
    log = tmp_path / "net.json"
    page = next((site / "validations" / "relations").rglob("*.html"))
    done = subprocess.run(
        ["chromium", *OFFLINE, f"--log-net-log={log}", f"--user-data-dir={tmp_path}/u", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    assert "<title>pwned</title>" not in done.stdout
    assert "fa-check-circle" in done.stdout
    assert "Sampled Unexpected Values" in done.stdout
    hosts = set(re.findall(r'"url":"(https?://[^/"]+)', log.read_text("utf-8", errors="replace")))
    ours = ("great", "jsdelivr", "cloudflare", "jquery", "bootstrap", "unpkg", "amazonaws")
    assert not [host for host in hosts if any(word in host for word in ours)]


def test_run_and_check_build_it_and_check_says_where(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    done = CliRunner().invoke(app, ["run", "a.txt", "-o", "out", "--data-docs"])
    assert done.exit_code == 0
    assert (tmp_path / "out/data_docs/index.html").is_file()
    assert '"data_docs/index.html"' in (tmp_path / "out/run.json").read_text("utf-8")
    assert CliRunner().invoke(app, ["run", "a.txt", "-o", "out"]).exit_code == 0
    assert not (tmp_path / "out/data_docs").exists()
    refused = CliRunner().invoke(app, ["check", "a.txt", "--data-docs"])
    assert refused.exit_code == 2
    assert "name a folder with -o" in refused.stderr
