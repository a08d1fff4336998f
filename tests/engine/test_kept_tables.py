"""What is worked out of tables and rules at a start is the same whether it was kept or is made anew."""

from __future__ import annotations

from importlib import resources

import pytest

from cleaner.engine import trigger
from cleaner.engine.repairs import bonds, cohesion, lookalike, runs
from cleaner.engine.ruleset import select_rules
from cleaner.engine.settings import Settings
from cleaner.packs.cache import FOLDER_VARIABLE, kept
from cleaner.packs.load import shipped_packs


def tables_of_runs():
    inside, heads = runs._shipped()
    return inside.packed(), heads


def forget():
    for table in (
        runs._shipped,
        runs._seen_inside,
        lookalike._tables,
        lookalike._runs,
        cohesion.corpus_bigrams,
    ):
        table.cache_clear()


def made():
    """The tables as a new process gets them."""
    forget()
    text = resources.files("cleaner.engine.repairs.data").joinpath("bonds.txt").read_text("utf-8")
    read, alike = bonds.Bonds(text), lookalike._tables()
    rules = tuple(select_rules(shipped_packs(), Settings()))
    return (
        tables_of_runs(),
        cohesion.corpus_bigrams(),
        sorted(lookalike._runs().nonzero()[0]),
        alike,
        (read.trigrams, read.starts, read.ends, read.openings, read.before, read.after),
        {name: list(each) for name, each in trigger._kept_filters(rules).items()},
    )


def test_kept_and_derived_are_one(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, "")
    derived = made()
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert made() == derived
    assert list(tmp_path.iterdir())
    assert made() == derived


def test_work_is_done_once(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    done = []
    for source in (b"one", b"one", b"two"):
        assert kept({"table": source}, lambda: done.append(1) or {"a": 1}) == {"a": 1}
    assert len(done) == 2


@pytest.fixture(autouse=True)
def _as_before():
    yield
    forget()


def test_what_other_code_derived_is_not_taken(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    rules = tuple(select_rules(shipped_packs(), Settings()))
    trigger._kept_filters(rules)
    before = set(tmp_path.iterdir())
    real = trigger.source_of
    monkeypatch.setattr(trigger, "source_of", lambda name: real(name) + b"# another line")
    trigger._kept_filters(rules)
    assert set(tmp_path.iterdir()) > before
