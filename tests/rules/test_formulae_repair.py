"""Formulas one character wrong: put right where they are long and stand alone, proposed elsewhere."""

from __future__ import annotations

import time

import pytest
from repair_helpers import proposed, repaired

from cleaner.engine.repairs.formulae import near_formulae
from cleaner.model import Safety

LONG = {"formulae": ["山水林田湖草沙一体化保护", "践行社会主义核心价值观"], "variants": []}


@pytest.mark.parametrize("formula", LONG["formulae"])
@pytest.mark.parametrize("place", [2, 3, 4, 5, 8])
@pytest.mark.parametrize("kind", ["substitute", "supply", "delete"])
def test_one_wrong_character_anywhere_inside(formula, place, kind):
    damaged = {
        "substitute": formula[:place] + "鱀" + formula[place + 1 :],
        "supply": formula[:place] + formula[place + 1 :],
        "delete": formula[:place] + "鱀" + formula[place:],
    }[kind]
    assert repaired(near_formulae, f"坚持{damaged}，成效明显。", LONG) == f"坚持{formula}，成效明显。"


@pytest.mark.parametrize(
    "text",
    ["山水林田湖草沙一体化保护", "山水林田湖草沙一体化的保护", "山水林田湖草", "一体化保护", "第二次第三次"],
)
def test_the_formula_itself_its_parts_and_particles_are_no_damage(text):
    assert not proposed(near_formulae, text, LONG)


def test_variants_stand():
    parameters = {"formulae": ["全省城镇居民人均可支配收入"], "variants": ["全省城乡居民"]}
    assert not proposed(near_formulae, "全省城乡居民人均可支配收入", parameters)
    assert proposed(near_formulae, "全省城镇居民人均可鱀配收入", parameters)


def test_short_formulas_and_repeated_wordings_are_only_proposed():
    (short,) = proposed(near_formulae, "加强知识产鱀保护", {"formulae": ["加强知识产权保护"]})
    twice = proposed(near_formulae, "山水林田鱀草沙一体化保护。" * 2, LONG)
    assert {short.safety, *(c.safety for c in twice)} == {Safety.DOUBTFUL}


def test_a_look_alike_in_a_shorter_formula_is_put_right():
    parameters = {"formulae": ["城乡居民养老保险", "固定资产"]}
    (other,) = proposed(near_formulae, "提高城乡居艮养老保险标准", parameters)
    assert other.safety is Safety.DOUBTFUL, "not alike"
    (alike,) = proposed(near_formulae, "提高城乡居民荞老保险标准", parameters)
    assert (alike.after, alike.safety) == ("养", None)


def test_what_reads_well_as_it_stands_is_only_proposed():
    parameters = {"formulae": ["全县实际利用外资增长目标"]}
    (reworded,) = proposed(near_formulae, "全县实际使用外资增长目标", parameters)
    (damaged,) = proposed(near_formulae, "全县实际鱀用外资增长目标", parameters)
    assert (reworded.safety, damaged.safety) == (Safety.DOUBTFUL, None)


def test_time_grows_with_length():
    start = time.perf_counter()
    proposed(near_formulae, "山水林田鱀草沙一体化保护，" * 20000, LONG)
    assert time.perf_counter() - start < 10
