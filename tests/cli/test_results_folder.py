"""What the commands say about a folder for results that cannot be one."""

from __future__ import annotations

import pytest
from support import kanwu


@pytest.mark.parametrize("command", ["run", "clean", "figures", "check", "dedup"])
def test_the_folder_that_one_stands_in_is_refused_with_a_sentence(tmp_path, monkeypatch, command):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("青岗县全年新建公路三十公里。\n", "utf-8")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    code, printed, told = kanwu(command, tmp_path / "in", "-o", ".")
    assert (code, printed) == (2, "")
    assert "name a folder inside it with -o" in told
    assert not list((tmp_path / "empty").iterdir())


def test_a_folder_of_the_user_beside_the_results_stays(tmp_path):
    (tmp_path / "a.txt").write_text("青岗县全年新建公路三十公里。\n", "utf-8")
    (tmp_path / "out.old").mkdir()
    (tmp_path / "out.old" / "thesis.txt").write_text("precious", "utf-8")
    code, _, told = kanwu("clean", tmp_path / "a.txt", "-o", tmp_path / "out")
    assert code == 2
    assert "out.old is in the way and not ours; move it" in told
    assert (tmp_path / "out.old" / "thesis.txt").read_text("utf-8") == "precious"
