"""The house keeps its measures: small files, short functions, data apart from code."""

from __future__ import annotations

import ast
import re
import statistics

import pytest
from support import ROOT

SOURCES = sorted((ROOT / "cleaner").rglob("*.py"))
FUNCTIONS = [
    (path.relative_to(ROOT).as_posix(), node.name, node.end_lineno - node.lineno + 1, node)
    for path in SOURCES
    for node in ast.walk(ast.parse(path.read_text("utf-8")))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
]


TABLE_ROW = re.compile(r"\s+(?:- \{wrong:|\S: \S$|- \S+$)")
"""A line of a lexicon, of a character map, or of a list of phrases."""


def body_lines(node: ast.FunctionDef) -> int:
    """Lines of a function without its docstring and decorators, as a reader counts them."""
    first = node.body[0]
    skipped = (first.end_lineno - first.lineno + 1) if ast.get_docstring(node) else 0
    return node.end_lineno - node.lineno + 1 - skipped


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_files_stay_under_400_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_functions_are_short():
    long = [(path, name, length) for path, name, length, node in FUNCTIONS if body_lines(node) > 50]
    assert not long
    assert statistics.median(body_lines(node) for *_rest, node in FUNCTIONS) <= 12


def test_rules_and_expectations_hold_data_only():
    for folder in ("rules", "expectations"):
        kinds = {p.suffix for p in (ROOT / folder).rglob("*") if p.is_file()}
        assert kinds <= {".yaml", ".json", ".md"}


def test_rule_files_are_short_but_for_tables():
    for path in (ROOT / "rules").glob("*/*.yaml"):
        lines = [line for line in path.read_text("utf-8").splitlines() if not TABLE_ROW.match(line)]
        assert len(lines) <= 80, path


def test_no_marks_of_unfinished_work():
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
    for path in [*SOURCES, *(ROOT / "rules").rglob("*.yaml")]:
        text = path.read_text("utf-8")
        assert not [word for word in words if word in text], path
