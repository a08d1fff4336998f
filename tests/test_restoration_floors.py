"""The short form of the restoration benchmark: no class below its floor, or below its known shortfall."""

from __future__ import annotations

import sys

import pytest
from support import ROOT

sys.path.insert(0, str(ROOT))

from benchmarks.restoration.cases import COLUMNS, UNTOUCHED, Case, restored
from benchmarks.restoration.run import FLOORS, SHORTFALLS, main, measure, misses, read_data, sets
from benchmarks.restoration.score import Score, marked, moved_towards, score
from cleaner.model import Document
from cleaner.testing.damage import CLASSES, Planted


@pytest.mark.parametrize("column", COLUMNS)
def test_floors_hold(column):
    (name, cases) = next(iter(sets(short=True).items()))
    scores = measure([case for case in cases if case.column == column])
    assert scores[column].documents >= 3
    assert scores[column].plants or column == UNTOUCHED
    assert list(misses(name, scores)) == []


def test_a_class_that_is_not_there_is_named(capsys, tmp_path):
    with pytest.raises(SystemExit) as ended:
        main(["--short", "--classes", "spaces", "--out", str(tmp_path / "figures.json")])
    assert ended.value.code == 2
    assert "no class is named spaces; there are: " in capsys.readouterr().err
    assert not (tmp_path / "figures.json").exists()


def test_every_floor_and_shortfall_names_a_class():
    floors = read_data(FLOORS)
    assert set(floors) <= set(COLUMNS)
    assert set(CLASSES) - set(floors) == {"lookalike", "dropped_character"}
    for name, recorded in read_data(SHORTFALLS).items():
        assert name in {"corpus", "seeds", "corpus-short", "seeds-short"}
        assert all(
            figure < floors[column][key] for column, kept in recorded.items() for key, figure in kept.items()
        )


def test_a_shortfall_may_not_fall_and_must_leave_when_it_is_none(monkeypatch):
    known = {"corpus": {"doubled": {"restored": 0.4}}}
    monkeypatch.setattr(
        "benchmarks.restoration.run.read_data",
        lambda path: known if path == SHORTFALLS else {"doubled": {"restored": 0.6}},
    )
    fell, held, reached = (Score(noise=100, left=left) for left in (61, 59, 40))
    assert "fell" in next(misses("corpus", {"doubled": fell}))
    assert list(misses("corpus", {"doubled": held})) == []
    assert "--record" in next(misses("corpus", {"doubled": reached}))
    assert "below its floor" in next(misses("seeds", {"doubled": held}))


@pytest.mark.parametrize(
    ("noisy", "clean", "truth", "expected"),
    [
        ("开工工率", "开工率", "开工率", (1, 1)),  # either of two equal characters
        ("甲。甲。甲。乙", "甲。乙", "甲。乙", (4, 4)),  # whichever copies were removed
        ("抚标", "提标", "提标", (2, 2)),
        ("抚标", "拔标", "提标", (2, 1)),  # rightly taken, wrongly replaced
        ("提标", "抚标", "提标", (2, 0)),
        ("提标", "提标", "提标", (0, 0)),
        ("一\n二三", "一二\n三", "一二\n三", (2, 2)),  # a line end that moved
    ],
)
def test_an_edited_character_is_right_if_it_moves_the_text_towards_the_truth(noisy, clean, truth, expected):
    assert moved_towards(noisy, clean, truth) == expected


def test_line_ends_count_as_paragraph_marks():
    assert marked("\n甲\n\n\n乙\n \n丙\n") == "甲\n乙\n丙"
    assert marked("甲 \n　　乙") == "甲 \n　　乙"


def test_the_score_of_a_document_adds_up():
    text = "云泽县粮食和蔬菜丰收，农民收入增长。\n"
    planted = Planted(text.replace("和", " and "), text, (), ())
    cleaned = restored(Case(ROOT / "云泽.txt", "foreign_word"), planted)
    found = score(text, cleaned, (), plants=1)
    assert (found.noise, found.left, found.edited, found.right) == (5, 0, 6, 6)
    assert (found.restored, found.precision, found.harm, found.digits_harmed) == (1.0, 1.0, 0.0, 0)
    both = found + Score(documents=1, characters=10, noise=5, left=5)
    assert (both.documents, both.restored) == (2, 0.5)


def test_harm_to_digits_is_seen(make_rules):
    from cleaner.engine.restore import restore
    from cleaner.engine.settings import Settings

    text = "全县粮食产量41.2万吨"
    declared = make_rules(wrong={"match": "41", "replace": "14", "more": "digits: may-change"})
    cleaned = restore(Document("a.txt", text), declared, Settings())
    found = score(text, cleaned, declared)
    assert found.digits_harmed == found.digits_edited == 2
    assert found.undeclared == 0
    assert score(text, cleaned, ()).undeclared == 1
    assert (found.substance, found.precision) == (2, 0.0)
