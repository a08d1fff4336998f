"""--reorder: what is proposed by default is moved on request, once, and can be taken back."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import cleaner
from cleaner.cli.app import app
from cleaner.engine.apply import invert
from cleaner.engine.repairs.lists import headings_in_lists
from cleaner.engine.view import View
from cleaner.model import Document
from cleaner.rows import edit_row

TITLE = "政府工作报告\n\n——2024年2月20日在云泽县第十届人民代表大会第四次会议上\n\n县长 李明远"
BODY = [
    "各位代表：",
    "现在，我代表县人民政府向大会报告工作，请予审议。",
    "过去一年，全县经济社会发展取得显著成绩。",
    "一、工作回顾",
    "全年经济平稳运行，民生持续改善。",
]
DISPLACED = "\n\n".join([*BODY, TITLE, "坚持项目为王，扩大有效投资，培育新的增长点。"]) + "\n"
LIST = (
    "奋力谱写新篇章\n\n全县经济平稳运行，民生持续改善。\n\n办好三件实事\n\n今年办好三件实事：1.新建公园两座。\n\n"
    "增进民生福祉\n\n2.改造老旧小区五个。3.新增停车位八百个。\n"
)


@pytest.mark.parametrize("text", [DISPLACED, LIST], ids=["title", "list"])
def test_by_default_the_order_stays_and_the_move_is_proposed(text):
    cleaned = cleaner.clean(text)
    assert cleaned.text == text
    moves = [e for e in cleaned.edits if e.rule.startswith("stitch/")]
    assert len(moves) >= 2
    assert not any(e.applied for e in moves)
    assert len({e.group for e in moves}) == 1


def test_a_title_goes_to_the_top():
    cleaned = cleaner.clean(DISPLACED, reorder=True)
    assert cleaned.text.startswith(TITLE + "\n\n各位代表：")
    assert sorted(cleaned.text) == sorted(DISPLACED)


def test_a_heading_leaves_the_list_and_the_list_is_closed():
    cleaned = cleaner.clean(LIST, reorder=True)
    assert cleaned.text == (
        "奋力谱写新篇章\n\n全县经济平稳运行，民生持续改善。\n\n增进民生福祉\n\n办好三件实事\n\n今年办好三件实事：1.新建公园两座。2.改造老旧小区五个。3.新增停车位八百个。\n"
    )


@pytest.mark.parametrize("text", [DISPLACED, LIST, LIST + "\n" + DISPLACED], ids=["title", "list", "both"])
def test_a_move_is_made_once_and_taken_back_whole(text):
    cleaned = cleaner.clean(text, reorder=True)
    assert cleaned.text != text
    assert cleaned.problems == ()
    assert invert(cleaned.text, [edit_row(e) for e in cleaned.edits]) == text
    again = cleaner.clean(cleaned.text, reorder=True)
    assert (again.text, again.applied) == (cleaned.text, ())


def test_a_title_that_cannot_be_placed_stays(tmp_path):
    """A salutation behind it begins another speech; two titles have no one place."""
    for text in (
        DISPLACED.replace("坚持项目", "各位代表：\n\n坚持项目"),
        DISPLACED + "\n" + TITLE + "\n\n坚持创新。\n",
    ):
        cleaned = cleaner.clean(text, reorder=True)
        assert not [e for e in cleaned.applied if e.rule == "stitch/displaced-title"]


LISTS = {
    "numbers that do not follow": LIST.replace("2.改", "3.改").replace("3.新", "4.新"),
    "a list of one item a line": "1.新建公园两座。\n\n住有所居\n\n2.改造老旧小区五个。\n",
    "a second list": LIST.replace("2.改", "1.改").replace("3.新", "2.新"),
    "a decimal": LIST.replace("2.改造老旧小区五个。", "2.5万亩农田建成。"),
    "a numbered heading": LIST.replace("增进民生", "二、增进民生"),
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_other_headings_between_items_stay(text):
    assert list(headings_in_lists(View.of(text, Document("a.txt", text), reorder=True), {})) == []


def test_a_heading_goes_behind_the_list_where_its_text_is():
    text = LIST + "\n深入开展安全生产治本攻坚行动，排查整治各类隐患，确保社会大局稳定。\n"
    cleaned = cleaner.clean(text, reorder=True)
    assert "八百个。\n\n增进民生福祉\n\n深入开展" in cleaned.text
    assert cleaner.clean(cleaned.text, reorder=True).applied == ()


def test_the_command_moves_and_takes_back(tmp_path):
    source = tmp_path / "in" / "a.txt"
    source.parent.mkdir()
    source.write_text(DISPLACED, "utf-8")
    out, back = tmp_path / "out", tmp_path / "back"
    run = CliRunner().invoke(app, ["run", "--reorder", str(source.parent), "-o", str(out), "-q"])
    assert run.exit_code == 0, run.output
    assert (out / "text" / "a.txt").read_text("utf-8").startswith("政府工作报告")
    assert json.loads((out / "run.json").read_text("utf-8"))["config"]["settings"]["reorder"] is True
    assert CliRunner().invoke(app, ["undo", str(out), "-o", str(back)]).exit_code == 0
    assert (back / "a.txt").read_bytes() == source.read_bytes()
