"""The speed benchmark measures what it says: texts damaged so far and no further, subjects that take turns, a table."""

from __future__ import annotations

import pytest

from benchmarks.speed import run, subjects, texts
from benchmarks.speed.table import render

REPORT = "\n\n".join(
    f"云泽县第{n}年实施民生工程，全年粮食产量稳定，农民收入增长{n}%，改造老旧小区，新建学校。"
    for n in range(1, 200)
)


@pytest.mark.parametrize("percent", [1, 5, 20, 100])
def test_so_many_paragraphs_are_damaged(percent):
    (noisy,) = texts.damaged([REPORT], percent)
    lines = set(noisy.split("\n"))
    touched = sum(line not in lines for line in REPORT.split("\n") if line)
    copied = noisy.count("\n") > REPORT.count("\n")
    assert touched <= 200 * min(1.0, 1.8 * percent / 100 + 0.01)
    assert touched >= 200 * 0.3 * percent / 100 or copied
    assert texts.damaged([REPORT], percent) == [noisy]


def test_a_text_that_never_repeats(monkeypatch):
    monkeypatch.setattr(texts, "sources", lambda: [REPORT])
    paragraphs = [p for t in texts.unrepeated(20_000, 10_000) for p in t.split("\n") if p]
    assert len(set(paragraphs)) >= 0.99 * len(paragraphs)
    assert 19_000 < texts.megabytes(texts.unrepeated(20_000, 10_000)) * 1e6 < 23_000


def test_subjects_take_turns():
    calls = []
    ticks = iter(range(100))
    found = run.timed(
        {"a": lambda _: calls.append("a"), "b": lambda _: calls.append("b")},
        [],
        2,
        lambda: float(next(ticks)),
    )
    assert calls == ["a", "b"] * 3
    assert found == {"a": 1.0, "b": 1.0}


def test_the_naive_loop_runs_every_declared_rule():
    assert len(subjects._substitutions()) >= 40
    subjects.naive_loop([REPORT])
    subjects.engine([REPORT])


def test_the_table_says_what_falls_short():
    speeds = {
        "clean": {"restore chain": 10.0, "autocorrect-py": 40.0},
        "5 % damaged": {"restore chain": 30.0, "ftfy": 1.0},
    }
    machine = {
        "cores": 2,
        "machine": "x",
        "python": "3",
        "rules": 1,
        "size": 1e6,
        "rounds": 7,
        "versions": {"ftfy": "6"},
    }
    speeds["5 % damaged"]["autocorrect-py"] = 1.0
    shown = render(
        {"machine": machine, "speeds": {"clean": speeds["clean"]}},
        {"speeds": {"clean": {"restore chain": 5.0}}},
    )
    assert "| clean | restore chain / autocorrect-py | **0.25** | 2.5 |" in shown
    assert "| restore chain | 10 (×2.00) |" in shown
    assert "| 5 % damaged | restore chain / ftfy | 30 | 15 |" in render(
        {"machine": machine, "speeds": {"5 % damaged": speeds["5 % damaged"]}}
    )
