"""rules/panel: a closed grammar, mistakes that name their line, and indicators that a person adds."""

from __future__ import annotations

from pathlib import Path

import pytest
from county_reports import report

from cleaner.checks.panel import build
from cleaner.packs.errors import PackError
from cleaner.packs.indicators import indicators, load_indicators, panel_words

OWN = """\
id: hawthorn_output
name: 山楂产量
name_en: hawthorn output
aliases: [山楂总产量]
unit: 公斤
observed: flow
growth: nominal
revised: false
"""


def write(folder: Path, text: str, name: str = "hawthorn_output.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder


def test_names_that_are_two_things_are_two_indicators() -> None:
    by_name = {name: i.id for i in indicators() for name in i.names}
    assert by_name["地区生产总值"] == by_name["GDP"] == by_name["生产总值"] == "gdp"
    assert len({by_name[n] for n in ("一般公共预算收入", "财政收入", "财政总收入")}) == 3
    assert by_name["农村居民人均可支配收入"] != by_name["农村居民人均纯收入"]


def test_every_shipped_indicator_says_how_its_growth_is_published() -> None:
    real = {i.id for i in indicators() if i.growth == "real"}
    assert {"gdp", "industrial_value_added", "income_urban"} <= real
    assert all(i.note and i.note_en for i in indicators() if i.growth != "nominal" or i.revised)


def test_a_person_adds_an_indicator(tmp_path: Path) -> None:
    own = write(tmp_path / "own", OWN)
    made = [report(2022, "山楂产量2.00万吨。"), report(2023, "山楂总产量2.40万吨，增长12.0%。")]
    assert not build(made).observations
    found = build(made, indicators((own,)))
    assert [o.indicator.id for o in found.observations] == ["hawthorn_output"] * 3
    assert [f.check for f in found.findings] == ["panel/cross_year_growth"]


def test_an_own_file_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    text = (
        OWN.replace("hawthorn_output", "gdp").replace("山楂产量", "地区总产出").replace("山楂总产量", "GDP")
    )
    (gdp,) = [i for i in indicators((write(tmp_path / "own", text, "gdp.yaml"),)) if i.id == "gdp"]
    assert gdp.names == ("地区总产出", "GDP")


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("growth: nominal", "growth: fast", 7, "growth"),
        ("observed: flow", "observd: flow", 6, "observed|observd"),
        ("id: hawthorn_output", "id: other", 1, "the file's name"),
        ("revised: false", "revised: false\nexclusions: ['新(']", 9, "pattern"),
    ],
)
def test_a_mistake_names_file_and_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    folder = write(tmp_path / "own", OWN.replace(old, new))
    with pytest.raises(PackError, match=says) as caught:
        load_indicators([folder])
    assert caught.value.line in {line, 1}


def test_a_name_has_one_owner(tmp_path: Path) -> None:
    folder = write(tmp_path / "own", OWN.replace("山楂总产量", "财政收入"))
    with pytest.raises(PackError, match="财政收入"):
        indicators((folder,))


def test_a_folder_without_indicators_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no indicator file"):
        load_indicators([tmp_path])


def test_the_words_around_names_are_read() -> None:
    words = panel_words()
    assert words.part_year.search("1-9月")
    assert not words.part_year.search("1-12月")
    assert words.years.search("五年来年均")


def test_the_command_takes_a_folder_of_indicators(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from cleaner.cli.app import app

    monkeypatch.chdir(tmp_path)
    write(tmp_path / "own", OWN)
    (tmp_path / "in").mkdir()
    text = report(2023, "山楂产量2.40万吨。").cleaned.text
    (tmp_path / "in" / "a.txt").write_text(text, "utf-8", newline="")
    given = ["figures", "in", "-o", "out", "--panel", "--indicators", "own", "-q"]
    assert CliRunner().invoke(app, given, catch_exceptions=False).exit_code == 0
    assert "hawthorn_output" in (tmp_path / "out" / "panel.csv").read_text("utf-8-sig")
