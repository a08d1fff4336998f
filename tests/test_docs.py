"""The documents say what is so: every command and snippet in them is run, every figure in them is made again.

How they are run and pasted anew: :mod:`pages` beside this file.
"""

from __future__ import annotations

import os
import re
import shutil
from enum import StrEnum
from pathlib import Path

import pytest
import typer
from pages import (
    BLOCK,
    COUNTED,
    PAGES,
    READMES,
    RUN,
    Workshop,
    clean_reports,
    counted,
    expected_of_python,
    five_documents,
    matches,
    real_run,
    renewed,
    results_of,
    steps,
)
from support import ROOT

import cleaner
from cleaner import terms
from cleaner.cli.app import app
from cleaner.engine.chain import CHAIN
from cleaner.packs.grammar import Method
from cleaner.packs.load import shipped_packs

HOSTS = {"keepachangelog.com", "semver.org", "www.apache.org"}


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """One real run over the seeds, for all pages."""
    return real_run(tmp_path_factory.mktemp("kept"))


@pytest.mark.skipif(
    shutil.which("make") is None or os.name == "nt", reason="the commands of the documents need sh and make"
)
@pytest.mark.parametrize("page", RUN, ids=lambda p: p.name)
def test_commands_and_snippets_do_what_the_page_shows(page, kept, tmp_path):
    shop, asked = Workshop(tmp_path, kept), steps(page)
    for i, step in enumerate(asked):
        printed = shop.run(step)
        shown = expected_of_python(step.command) if step.kind == "python" else step.shown
        if shown or step.kind == "python":
            assert matches(shown, printed), "\n".join([step.command, *printed])
        told = i + 1 < len(asked) and asked[i + 1].command == "echo $?"
        assert shop.code == 0 or told, "\n".join([step.command, *printed])


def test_both_readmes_run_the_same_commands_and_show_the_same_output():
    english, chinese = ([b["body"] for b in BLOCK.finditer(page.read_text("utf-8"))] for page in READMES)
    assert english == chinese
    assert results_of(READMES[0]) == results_of(READMES[1])


@pytest.mark.parametrize("page", READMES, ids=lambda p: p.name)
def test_the_examples_before_and_after_are_what_the_rules_do(page):
    rows = re.findall(r"^\| [^|`]+ \| `([^`]+)` \| `([^`]+)` \| `([^`]+)` \|$", page.read_text("utf-8"), re.M)
    assert len(rows) == 5
    for before, after, rule in rows:
        cleaned = cleaner.clean(before.replace("⏎", "\n\n"))
        assert (cleaned.text, {e.rule for e in cleaned.applied}) == (after.replace("⏎", "\n\n"), {rule})


def test_a_block_shows_what_matches_and_nothing_else():
    assert matches(["a", "…", "d"], ["a", "b", "c", "d"])
    assert matches(["a … c"], ["a b c"])
    assert not matches(["a"], ["a", "b"])
    assert not matches(["a", "…"], ["b"])


def test_what_is_pasted_anew_keeps_what_was_left_out():
    assert (
        renewed("a\n…\ntold 1 of c\n…\ne\n", ["A", "b", "told 2 of c", "d", "E"])
        == "A\n…\ntold 2 of c\n…\nE\n"
    )
    assert renewed("a\n", ["b", "c"]) == "b\nc\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_to_files_and_nothing_is_fetched(page):
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not target.startswith("https://"):
            path, _, anchor = target.partition("#")
            linked = (page.parent / path) if path else page
            assert linked.exists(), target
            assert not anchor or anchor in anchors(linked), target
    assert {
        re.match(r"https?://([^/\s)]+)", url)[1] for url in re.findall(r"https?://[^\s)>]+", text)
    } <= HOSTS
    assert not re.search(r"!\[[^\]]*\]\(http", text)


def anchors(page: Path) -> set[str]:
    """The anchors of the headings of a page, as forges make them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def commands() -> dict[str, set[str]]:
    """Every command of the CLI with its options."""
    found: dict[str, set[str]] = {}
    root = typer.main.get_command(app)
    groups = [("", root)]
    for prefix, group in groups:
        for name, command in group.commands.items():
            if hasattr(command, "commands"):
                groups.append((f"{name} ", command))
            else:
                options = {
                    o for p in command.params for o in [*p.opts, *p.secondary_opts] if o.startswith("-")
                }
                found[prefix + name] = options | {"-h", "--help"}
    found["config"] |= found["run"]  # it asks what `run` would do
    return found


@pytest.mark.parametrize("page", READMES, ids=lambda p: p.name)
def test_readmes_name_every_command_and_every_verb(page):
    text = page.read_text("utf-8")
    for name in commands():
        assert f"kanwu {name}" in text, name
    for verb in cleaner.__all__:
        assert re.search(rf"\b(?:cleaner\.)?{verb}\(", text), verb


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_page_names_a_command_an_option_or_a_target_that_is_not_there(page):
    known, targets = commands(), set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for line in (part for code in spans(page) for part in code.split("|")):
        found = re.search(r"\bkanwu ((?:rules |lexicon )?[a-z]+)", line)
        if found:
            assert found[1] in known, line
            options = re.findall(r"(?<=\s)--?[a-z][a-z-]*", line[found.end() :])
            assert set(options) <= known[found[1]], line
        for target in re.findall(r"\bmake ([a-z-]+)\b", line):
            assert target in targets, line


def spans(page: Path) -> list[str]:
    """Code in running text and in the blocks of a page, line by line."""
    text = page.read_text("utf-8")
    blocks = [
        line
        for b in BLOCK.finditer(text)
        for line in b["body"].splitlines()
        if b["kind"] != "console" or line.startswith("$ ")
    ]
    return [*re.findall(r"`([^`\n]+)`", BLOCK.sub("", text)), *blocks]


@pytest.mark.parametrize("page", READMES, ids=lambda p: p.name)
def test_the_exit_codes_of_the_readme_are_shown_at_work(page):
    text = page.read_text("utf-8")
    table = re.findall(r"^\| `(\d)` \|", text, re.M)
    seen = re.findall(r"^\$ echo \$\?\n(\d)$", text, re.M)
    assert table == ["0", "1", "2"]
    assert set(seen) == set(table)


def test_architecture_names_every_part_of_the_house():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for path in (ROOT / "cleaner").iterdir():
        if path.is_dir() and (path / "__init__.py").exists():
            assert f"`{path.name}/`" in text, path.name
        elif path.suffix == ".py":
            assert f"`{path.name}`" in text, path.name
    assert all(f"`{stage}`" in text for stage in CHAIN)


def test_the_glossary_explains_every_word_of_the_closed_lists():
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    lists = [
        kind
        for kind in vars(terms).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    ]
    assert [word.value for kind in lists for word in kind if f"`{word.value}`" not in text] == []


def test_notice_names_every_list():
    text = (ROOT / "NOTICE").read_text("utf-8")
    lists = [
        r for p in shipped_packs() for r in p.rules if r.by in (Method.LEXICON, Method.CHARS, Method.OPENCC)
    ]
    tables = [p for p in (ROOT / "cleaner").rglob("*.txt") if "_data" not in p.parts]
    missing = [r.id for r in lists if r.id not in text]
    assert missing + [t.name for t in tables if t.relative_to(ROOT).as_posix() not in text] == []


def test_the_changelog_is_kept():
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert text == counted(text)
    assert len(COUNTED.findall(text)) == 4
    heads = re.findall(r"^## \[(.+?)\]", text, re.M)
    assert heads[0] == "Unreleased"
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Known limits"}
    assert set(re.findall(r"^### (.+)$", text, re.M)) <= kinds


@pytest.mark.slow
def test_the_tables_of_results_are_current(shared):
    assert results_of(READMES[0]) == [five_documents(shared / "seeds"), clean_reports(shared / "corpus")]
