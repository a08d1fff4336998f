"""Which block near by goes on with a cut one: matter, runs, rivals, and what is moved or only shown."""

from __future__ import annotations

import math

import pytest
from structure_helpers import lines, proposed, repaired

from cleaner.engine.repairs.data import build_runs, build_topics
from cleaner.engine.repairs.halves import TRUSTED, Half, assigned, believed, halves_in, near_halves
from cleaner.engine.repairs.runs import Runs
from cleaner.engine.repairs.stitch import cut_blocks, misplaced_headings
from cleaner.engine.repairs.topics import direction, likeness
from cleaner.engine.repairs.traits import Reading, weights
from cleaner.engine.view import View
from cleaner.model import Document, Safety

FARMS = "农业生产稳中有进。新建高标准农田三万亩，粮食产量再创新高，特色种植不断扩大，农民收入稳步"
FARMS_REST = "增长，村集体经济持续壮大，农产品加工企业发展到二十家，乡村旅游接待游客八十万人次。"
SCHOOLS = "教育质量稳步提高。新建改建中小学校六所，新增学位三千个，教师队伍建设得到加强，群众满意度不断提升。"
ROADS = "交通建设加快推进。新建改建农村公路八十公里，青岗至柳溪快速通道建成通车，城乡公交实现全覆盖。"
HEALTH = "医疗服务持续改善。县医院新院区投入使用，家庭医生签约服务扎实开展，群众看病就医更加方便。"


def view_of(*blocks):
    text = lines(*blocks)
    return View.of(text, Document("a", text))


def test_a_rest_near_by_is_moved_and_says_why():
    text = lines(ROADS, FARMS, SCHOOLS, HEALTH, FARMS_REST, ROADS[:4] + "迈上台阶。" + ROADS[9:])
    restored = repaired(cut_blocks, text)
    assert FARMS + FARMS_REST in restored
    found = proposed(cut_blocks, text)
    assert {c.safety for c in found} == {None}
    assert "可信" in found[0].why


def test_a_rest_that_is_lost_is_not_replaced_by_another_paragraph():
    text = lines(ROADS, FARMS, SCHOOLS, HEALTH, ROADS[:4] + "迈上台阶。" + ROADS[9:])
    assert repaired(cut_blocks, text) == text


def test_a_weak_belief_is_shown_and_no_move(monkeypatch):
    text = lines(ROADS, FARMS, SCHOOLS, HEALTH, FARMS_REST, HEALTH[:4] + "迈上台阶。" + HEALTH[9:])
    monkeypatch.setattr("cleaner.engine.repairs.stitch.near_halves", lambda *_: [Half(1, 4, TRUSTED - 0.1)])
    monkeypatch.setattr("cleaner.engine.repairs.stitch._settled", lambda _: [])
    assert {c.safety for c in proposed(cut_blocks, text)} == {Safety.DOUBTFUL}
    assert repaired(cut_blocks, text) == text


def test_a_heading_in_the_sentence_is_left_to_the_rule_that_moves_headings(monkeypatch):
    text = lines(FARMS, "教育事业", "增，" + FARMS_REST[2:], SCHOOLS)
    monkeypatch.setattr("cleaner.engine.repairs.stitch.near_halves", lambda *_: [Half(0, 2, 0.95)])
    assert proposed(misplaced_headings, text) != []
    assert None not in {c.safety for c in proposed(cut_blocks, text)}


def test_printed_lines_have_no_halves():
    wrapped = view_of(*[FARMS, FARMS_REST] * 8)
    assert len(halves_in(wrapped)) == 8
    assert near_halves(wrapped, halves_in(wrapped)) == []
    assert near_halves(view_of(SCHOOLS, ROADS), []) == []


def belief(found, head, tail):
    return next(half.belief for half in found if (half.head, half.tail) == (head, tail))


def test_what_one_pair_takes_it_takes_from_the_others():
    alone = belief(believed([Half(0, 2, 2.0)]), 0, 2)
    rivalled = belief(believed([Half(0, 2, 2.0), Half(0, 3, 2.0)]), 0, 2)
    shared = belief(believed([Half(0, 2, 2.0), Half(1, 2, 2.0)]), 0, 2)
    assert rivalled < 0.5 < alone
    assert shared < 0.5
    # the other head has a tail of its own, so this one is left the tail that both would take
    freed = belief(believed([Half(0, 2, 2.0), Half(1, 2, 2.0), Half(1, 3, 9.0)]), 0, 2)
    assert freed > shared


def test_each_end_and_each_block_is_used_once_and_the_unlikely_not_at_all():
    found = [Half(0, 2, 0.9), Half(0, 3, 0.4), Half(1, 2, 0.7), Half(1, 4, 0.6), Half(5, 6, 0.1)]
    assert [(h.head, h.tail, h.rival, h.sure) for h in assigned(found)] == [
        (0, 2, 0.7, False),
        (1, 4, 0.7, False),
    ]
    assert [h.sure for h in assigned([Half(0, 2, 0.9), Half(0, 3, 0.4), Half(1, 4, 0.2)])] == [True, False]


def test_every_trait_has_a_weight_and_no_weight_is_without_a_trait():
    reading = Reading.of(view_of(FARMS, SCHOOLS, FARMS_REST))
    (_, first), (_, second) = reading.candidates(0)
    assert set(first) == set(second) == set(weights()) - {"constant"}
    assert second["matter here"] > 0 > first["matter here"]


def test_halves_of_a_paragraph_share_their_matter():
    farms, rest, schools = map(direction, (FARMS, FARMS_REST, SCHOOLS))
    assert likeness(farms, rest) > likeness(farms, schools)
    assert math.isclose(likeness(farms, farms), 1)
    assert likeness(direction("，。"), farms) == 0


@pytest.mark.parametrize(
    ("left", "right", "goes_on"),
    [(FARMS, FARMS_REST, True), (FARMS, SCHOOLS, False), (SCHOOLS[:-1], ROADS, False)],
)
def test_the_first_characters_go_on_or_begin(left, right, goes_on):
    steps = Runs.of([left, right]).steps(left, right)
    assert (sum(step.goes_on - step.begins for step in steps) > 0) == goes_on


def test_the_head_of_a_line_does_not_vouch_for_itself():
    odd = "迴水湾古村落新建步道两公里，接待游客十万人次，带动就业三百人。"
    alone = Runs.of([SCHOOLS, odd]).steps(FARMS, odd)[1].begins
    twice = Runs.of([SCHOOLS, odd, odd + "群众满意。"]).steps(FARMS, odd)[1].begins
    assert alone < twice


def test_runs_are_counted_inside_and_at_heads():
    inside, heads = build_runs.count(["青岗县粮食产量12.5万吨,增长3%。青岗县农民收入稳步增长。", "短行不计"])
    assert inside["量0"] == 1
    assert inside["，增"] == 1
    assert inside["短"] == 0
    assert heads["青岗县"] == 4
    assert heads["粮"] == 0
    assert "岗 县" in build_runs.render(["青岗县粮食产量稳步增长。青岗县农民收入稳步增长，生活越来越好。"])


def test_pairs_of_one_matter_point_one_way(monkeypatch):
    monkeypatch.setattr(build_topics, "COMMONEST", 0)
    monkeypatch.setattr(build_topics, "DIMENSIONS", 2)
    farm, school = "粮食丰收稻田" * 12, "学校教师课堂" * 12
    rows = dict(row.split(" ") for row in build_topics.render(["\n".join([farm, school] * 3)]).splitlines())
    assert rows["粮食"] != rows["学校"]
    assert rows["粮食"] == rows["稻田"]


@pytest.mark.parametrize(("head", "follows"), [("到位资金31.2", True), ("实行“五个一”", False)])
def test_a_unit_goes_on_with_a_digit_and_with_nothing_else(head, follows):
    view = view_of(
        FARMS + "，" + head, SCHOOLS, "亿元，完成年度任务的九成，争取各类专项资金支持项目建设。", HEALTH
    )
    assert (2 in dict(Reading.of(view).candidates(0))) == follows
