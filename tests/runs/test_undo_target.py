"""Where a run may be taken back to: not into itself, for the next run would replace that with it."""

from __future__ import annotations

import pytest
from support import kanwu


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "u.txt").write_text("青岗县新建公路12公里,增长3.2%。\n", "utf-8", newline="")
    (tmp_path / "link").symlink_to("out")
    return tmp_path


@pytest.mark.parametrize("shards", [[], ["--shards"]])
@pytest.mark.parametrize("back", ["out/back", "out/text/../deep/back", "link/back"])
def test_the_inside_of_a_run_is_refused(place, shards, back):
    kanwu("clean", "u.txt", "-o", "out", *shards)
    before = sorted(place.rglob("*"))
    code, _, told = kanwu("undo", "out", "-o", back)
    assert code == 2
    assert (
        told
        == f"kanwu: {back} is inside out, which the next run replaces; name a folder outside it with -o\n"
    )
    assert sorted(place.rglob("*")) == before


@pytest.mark.parametrize("shards", [[], ["--shards"]])
def test_a_folder_beside_a_run_is_used(place, shards):
    kanwu("clean", "u.txt", "-o", "out", *shards)
    assert kanwu("undo", "out", "-o", "out-back")[0] == 0
    assert (place / "out-back" / "u.txt").read_bytes() == (place / "u.txt").read_bytes()
