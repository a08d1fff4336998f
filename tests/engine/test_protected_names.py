"""Names that stay: the list that ships, the user's, and what the document itself repeats."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from cleaner.api import clean, rules_for
from cleaner.cli.app import app
from cleaner.engine.apply import invert
from cleaner.engine.settings import Settings
from cleaner.packs.protected import shipped_names
from cleaner.rows import edit_row

PLAIN = "青岗县认真贯彻决策部署，发展现代农业，经济运行平稳，开发区建设顺利，环境质量达标。"
FIRM = "鑫龍達公司投产，鑫龍達二期开工，与鑫龍達签约。"


def withheld(text: str, **given) -> set[str]:
    return {e.before for e in clean(text, **given).edits if e.withheld_by == "protected"}


@pytest.mark.parametrize("entry", shipped_names(), ids=lambda e: e.name)
def test_a_name_that_ships_bears_load_and_stays(entry, monkeypatch):
    text = PLAIN + entry.sample + "。"
    assert entry.name in entry.sample
    assert clean(text).text == text
    assert withheld(text)
    monkeypatch.setattr("cleaner.engine.protected.shipped_names", lambda: ())
    changed = [e for e in clean(text).edits if e.withheld_by is None]
    assert changed, "no rule touches this name: it need not be on the list"


def test_a_spelling_that_the_document_keeps_to_is_its_own():
    cleaned = clean(PLAIN + FIRM)
    assert cleaned.text == PLAIN + FIRM
    assert {(e.before, e.withheld_by) for e in cleaned.edits} == {("龍達", "protected")}


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("鑫龍達公司投产，与鑫龍達签约。", "鑫龙达公司投产，与鑫龙达签约。"),
        (FIRM + "鑫龙达获奖。", "鑫龙达公司投产，鑫龙达二期开工，与鑫龙达签约。鑫龙达获奖。"),
        ("建設农村，建設城市，建設家园。", "建设农村，建设城市，建设家园。"),
    ],
    ids=["twice is not enough", "spelt otherwise too", "a common word"],
)
def test_what_is_no_name_of_the_document_is_converted(text, restored):
    assert clean(PLAIN + text).text == PLAIN + restored


def test_what_a_gazetteer_knows_is_put_right_however_often_it_stands():
    text = "绛县澧水治理，绛县澧水绿化，绛县澧水湿地。"
    assert clean(text).text == text.replace("澧水", "涑水")


def test_a_name_of_the_user_is_recorded_as_withheld():
    text = PLAIN + "东風园开工。"
    assert clean(text).text != text
    assert withheld(text, protected=["东風园"]) == {"風"}


def test_undo_and_a_second_run_are_as_ever():
    more = "财政收入稳步增长，产业园区扩建，医疗卫生条件改善，书画协会办讲习班。"
    text = PLAIN + more + FIRM + "交通運輸 and 物流 发展。"
    cleaned = clean(text)
    assert "鑫龍達" in cleaned.text and "运输和物流发展" in cleaned.text
    assert invert(cleaned.text, [edit_row(e) for e in cleaned.edits]) == text
    assert clean(cleaned.text).applied == ()


def test_the_configuration_names_only_what_the_user_set():
    settings = Settings(protected=frozenset({"甲乙"}))
    rules_for(settings)
    assert settings.protected == {"甲乙"}


def test_a_file_of_names_is_read_one_a_line(tmp_path):
    (tmp_path / "a.txt").write_text(PLAIN + "东風园开工，南風园竣工。\n", "utf-8")
    (tmp_path / "names.txt").write_text("\ufeff# names of the firm\n东風园\n\n", "utf-8")
    given = ["clean", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--protect-file"]
    assert CliRunner().invoke(app, [*given, str(tmp_path / "names.txt")]).exit_code == 0
    assert "东風园开工，南风园竣工" in (tmp_path / "out" / "text" / "a.txt").read_text("utf-8")
    missing = CliRunner().invoke(app, [*given, str(tmp_path / "none.txt")])
    assert missing.exit_code == 2
    assert "--protect-file" in missing.stderr
