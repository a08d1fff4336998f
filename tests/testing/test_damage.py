"""Planted damage is what it says: the truth stands beside it, the seed decides it, the density holds."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from support import ROOT

from cleaner.testing.damage import CLASSES, PER_10K, PER_DOCUMENT, Planted, plant, plant_all
from cleaner.testing.damage.furniture import NUMBER_STYLES
from cleaner.testing.damage.planted import Change, disjoint, lay
from cleaner.testing.damage.strategies import planted_documents, ruined_documents
from cleaner.testing.damage.words import confusions, shapes

TRUTHS = [path.read_text("utf-8") for path in sorted((ROOT / "tests" / "gold").glob("*_truth.txt"))]
LONG = "\n\n".join(truth.strip("\n") for truth in TRUTHS) + "\n"
"""About 18,000 characters: the length of a real report."""


@pytest.mark.parametrize("name", CLASSES)
def test_taking_the_plants_back_gives_the_truth(name):
    for seed in range(5):
        planted = plant(LONG, name, seed)
        assert planted.plants
        assert planted.noisy != planted.truth
        assert planted.undone() == planted.truth


@pytest.mark.parametrize("name", CLASSES)
def test_a_plant_says_what_stands_at_its_place(name):
    planted = plant(LONG, name, 7)
    places = [(p.start, p.end) for p in planted.plants]
    assert places == sorted(places)
    assert [planted.noisy[p.start : p.end] for p in planted.plants] == [p.before for p in planted.plants]
    assert all(p.before != p.after for p in planted.plants)


@pytest.mark.parametrize("name", CLASSES)
def test_the_seed_alone_decides(name):
    random.seed(1)
    first = plant(LONG, name, 3)
    random.seed(2)
    assert plant(LONG, name, 3) == first
    assert len({plant(LONG, name, seed).noisy for seed in range(4)}) == 4


@pytest.mark.parametrize("name", [n for n, c in CLASSES.items() if not c.prepare])
def test_the_truth_is_the_text_that_was_given(name):
    assert plant(LONG, name, 3).truth == LONG


@pytest.mark.parametrize(
    "name",
    ["foreign_word", "minority_script", "lookalike", "dropped_character", "doubled", "glyph_residue"],
)
def test_ten_plants_in_ten_thousand_characters(name):
    expected = PER_10K * len(LONG) / 10_000
    assert len(plant(LONG, name, 1).plants) == pytest.approx(expected, abs=2)
    assert len(plant(LONG, name, 1, density=5).plants) == pytest.approx(expected / 2, abs=2)


@pytest.mark.parametrize("name", ["punctuation_width", "markup_residue", "stray_space"])
def test_a_plant_of_several_marks_counts_once(name):
    plants = plant(LONG, name, 1).plants
    single = [p for p in plants if not p.group and p.kind not in {"letter-spaced", "table"}]
    assert 0.7 * PER_10K * len(LONG) / 10_000 <= len(single) + len({p.group for p in plants if p.group}) <= 24


@pytest.mark.parametrize("name", ["page_number", "running_head"])
def test_page_matter_stands_once_a_page(name):
    places = [p.start for p in plant(LONG, name, 5).plants]
    assert len(places) == pytest.approx(len(LONG) / 1000, abs=3)
    assert all(400 < b - a < 1700 for a, b in pairwise(places))


@pytest.mark.parametrize("name", ["repetition_loop", "duplicate_block", "cut_paragraph"])
def test_six_blocks_a_document(name):
    assert len(plant(LONG, name, 5).plants) == PER_DOCUMENT


def test_a_tail_turns_up_one_to_five_blocks_later():
    planted = plant(LONG, "moved_block", 4)
    halves: dict[str, list] = {}
    for each in planted.plants:
        halves.setdefault(each.group, []).append(each)
    assert 4 <= len(halves) <= PER_DOCUMENT
    for taken, put in halves.values():
        assert (taken.before, taken.after.strip()) == ("", put.before.strip())
        between = planted.noisy[taken.end : put.start].strip("\n").split("\n\n")
        assert 1 <= sum(bool(line.strip()) for line in between) <= 5 + PER_DOCUMENT


def test_page_numbers_come_in_eight_styles_in_sequence_also_inside_sentences():
    assert len(NUMBER_STYLES) == 8
    numbers, kinds = set(), set()
    for seed in range(40):
        plants = plant(LONG, "page_number", seed).plants
        kinds |= {p.kind for p in plants}
        found = [
            int("".join(c for c in p.before.split("/")[0].split("共")[0] if c.isdecimal())) for p in plants
        ]
        assert found == list(range(found[0], found[0] + len(found)))
        numbers.add("".join(c for c in plants[0].before if not c.isdecimal() and not c.isspace()))
    assert kinds == {"between", "cut", "inline"}
    assert numbers == {"--", "——", "－－", "第页", "第页共页", "/", "Page", ""}


def test_lines_are_26_to_34_columns_wide():
    layouts = set()
    for seed in range(30):
        planted = plant(LONG, "hard_wrap", seed)
        wraps = [plant for plant in planted.plants if plant.kind != "indent"]
        columns = int(wraps[0].kind.split()[0])
        lines = [line for line in planted.noisy.split("\n") if line.strip()]
        widest = max(sum(1 if c.isascii() else 2 for c in line.strip()) for line in lines)
        assert 26 <= columns <= 34
        assert 2 * columns - 3 <= widest <= 2 * columns + 6
        layouts.add((len(wraps) < len(planted.plants), "\n\n" in planted.truth, wraps[0].before))
        assert "\n　　" not in planted.truth
    assert len(layouts) >= 5


def test_cuts_fall_in_the_middle_of_sentences():
    for seed in range(10):
        planted = plant(LONG, "cut_paragraph", seed)
        for each in planted.plants:
            left, right = planted.noisy[each.start - 1], planted.noisy[each.end]
            assert left not in "。！？“（《" and right not in "，。；：、！？”）》"
            assert not (left.isdigit() and right.isdigit())


def test_loops_print_two_to_six_times():
    times = set()
    for seed in range(30):
        for each in plant(LONG, "repetition_loop", seed).plants:
            count = int(each.kind.split("×")[1])
            assert each.before == each.after * count
            times.add((each.kind.split()[0], count))
    assert times == {(kind, count) for kind in ("sentence", "clause") for count in range(2, 7)}


def test_copies_are_exact_noisy_cut_or_runs():
    kinds = {p.kind for seed in range(6) for p in plant(LONG, "duplicate_block", seed).plants}
    assert kinds == {"exact", "noisy", "cut", "run"}
    for each in plant(LONG, "duplicate_block", 2).plants:
        copy = each.before.strip("\n")
        assert (copy in LONG) == (each.kind != "noisy")


def test_shapes_go_both_ways_and_misreadings_as_they_were_read():
    table = shapes()
    assert all(char in table[other] for char, others in table.items() for other in others)
    table = confusions()
    assert len(table) > 500
    assert all(char not in others for char, others in table.items())
    assert "末" in table["未"] and "未" in table["末"]
    assert table["祉"].count("社") > 10 > table.get("社", "").count("祉")


def test_all_together_is_all_but_moved_blocks():
    planted = plant_all(LONG, 11)
    assert {p.damage_class for p in planted.plants} == set(CLASSES) - {"moved_block"}
    assert planted.undone() == planted.truth
    assert planted == plant_all(LONG, 11)


def test_early_plants_find_their_place_under_later_ones():
    planted = plant_all(LONG, 5, ["foreign_word", "page_number", "running_head"])
    found = [planted.noisy[p.start : p.end] for p in planted.plants]
    assert sum(a == p.before for a, p in zip(found, planted.plants, strict=True)) >= len(found) - 2


def test_unknown_classes_are_refused():
    with pytest.raises(KeyError, match="mildew"):
        plant(LONG, "mildew", 1)
    with pytest.raises(KeyError, match="mildew"):
        plant_all(LONG, 1, ["mildew"])


def test_overlapping_changes_are_refused_and_dropped_by_group():
    changes = [
        Change(0, 4, "甲"),
        Change(2, 3, "乙", group="g"),
        Change(6, 7, "丙", group="g"),
        Change(4, 4, "丁"),
    ]
    with pytest.raises(ValueError, match="overlap"):
        lay("一二三四五六七", changes, "doubled")
    assert disjoint(changes) == [changes[0], changes[3]]
    noisy, plants = lay("一二三四五六七", disjoint(changes), "doubled")
    assert (noisy, len(plants)) == ("甲丁五六七", 2)


@pytest.mark.parametrize("text", ["", "\n", "各位代表：\n", "云泽县\n\n2024年1月\n"])
@pytest.mark.parametrize("name", CLASSES)
def test_a_text_without_room_stays_sound(name, text):
    planted = plant(text, name, 1)
    assert planted.undone() == planted.truth


@settings(max_examples=40)
@given(planted_documents(TRUTHS))
def test_property_undone_is_truth(planted: Planted):
    assert planted.undone() == planted.truth


@settings(max_examples=8)
@given(ruined_documents(TRUTHS))
def test_property_undone_is_truth_of_all_together(planted: Planted):
    assert planted.undone() == planted.truth
