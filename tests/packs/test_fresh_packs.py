"""Packs of one name are not one pack: a long process changes its folder, and a person their rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import write_pack

from cleaner.packs.errors import PackError
from cleaner.packs.indicators import indicators
from cleaner.runs.process import all_packs

INDICATOR = """\
id: {id}
name: {name}
name_en: a made indicator
unit: 公斤
observed: flow
growth: nominal
revised: false
"""


def matches(folder):
    return [rule.match for pack in all_packs((folder,)) if not pack.shipped for rule in pack.rules]


def test_a_relative_folder_is_seen_from_where_one_is_now(tmp_path, monkeypatch):
    for name, pattern in (("one", " and "), ("other", " or ")):
        write_pack(tmp_path / name / "packs", a_rule={"match": pattern})
    monkeypatch.chdir(tmp_path / "one")
    assert matches(Path("packs")) == [" and "]
    monkeypatch.chdir(tmp_path / "other")
    assert matches(Path("packs")) == [" or "]


def test_a_rule_that_was_edited_is_read_again(tmp_path):
    write_pack(tmp_path / "packs", a_rule={"match": " and "})
    assert matches(tmp_path / "packs") == [" and "]
    write_pack(tmp_path / "packs", a_rule={"match": " with "}, more={"match": " or "})
    assert matches(tmp_path / "packs") == [" with ", " or "]
    write_pack(tmp_path / "packs", a_rule={"match": "("})
    with pytest.raises(PackError):
        matches(tmp_path / "packs")


def test_packs_that_stand_as_they_stood_are_read_once(tmp_path):
    write_pack(tmp_path / "packs", a_rule={"match": " and "})
    assert all_packs((tmp_path / "packs",)) is all_packs((tmp_path / "packs",))


def test_an_indicator_that_was_edited_is_read_again(tmp_path):
    file = tmp_path / "own" / "quince_output.yaml"
    file.parent.mkdir()
    for name in ("木瓜产量", "木瓜总产量"):
        file.write_text(INDICATOR.format(id=file.stem, name=name), "utf-8")
        assert [i.name for i in indicators((file.parent,)) if i.id == file.stem] == [name]
