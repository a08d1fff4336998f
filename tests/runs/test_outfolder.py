"""OUT: built beside, renamed when whole, replaced only if it is ours."""

from __future__ import annotations

import json

import pytest

from cleaner.runs.outfolder import OutError, building


def finish(folder, content="one"):
    (folder / "run.json").write_text(json.dumps({"product": "kanwu"}), "utf-8")
    (folder / "result.txt").write_text(content, "utf-8")


def test_a_run_takes_its_place_when_it_is_whole(tmp_path):
    out = tmp_path / "deep" / "out"
    with building(out) as folder:
        finish(folder)
        assert not out.exists()
    assert sorted(p.name for p in out.iterdir()) == ["result.txt", "run.json"]
    assert not (tmp_path / "deep" / "out.partial").exists()


def test_an_earlier_run_is_replaced(tmp_path):
    for content in ("one", "two"):
        with building(tmp_path / "out") as folder:
            finish(folder, content)
    assert (tmp_path / "out" / "result.txt").read_text() == "two"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_run_that_fails_leaves_the_earlier_one(tmp_path):
    with building(tmp_path / "out") as folder:
        finish(folder)
    with pytest.raises(RuntimeError), building(tmp_path / "out") as folder:
        raise RuntimeError
    assert (tmp_path / "out" / "result.txt").read_text() == "one"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("run_json", [None, "{}", '{"product": "other"}', "broken"])
def test_a_folder_that_is_not_ours_is_refused_untouched(tmp_path, run_json):
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("precious", "utf-8")
    if run_json is not None:
        (out / "run.json").write_text(run_json, "utf-8")
    with pytest.raises(OutError, match="not of an earlier run"), building(out):
        pytest.fail("must not begin")
    assert (out / "thesis.txt").read_text() == "precious"


def test_a_file_in_the_place_of_out_is_refused(tmp_path):
    (tmp_path / "out").write_text("precious", "utf-8")
    with pytest.raises(OutError, match="is not a folder"), building(tmp_path / "out"):
        pytest.fail("must not begin")


def test_an_empty_folder_is_used(tmp_path):
    (tmp_path / "out").mkdir()
    with building(tmp_path / "out") as folder:
        finish(folder)
    assert (tmp_path / "out" / "run.json").exists()


def test_what_a_killed_run_left_is_cleared_and_what_is_not_ours_is_kept(tmp_path):
    partial = tmp_path / "out.partial"
    partial.mkdir()
    (partial / ".kanwu-partial").touch()
    (partial / "half").touch()
    with building(tmp_path / "out") as folder:
        finish(folder)
    assert not (tmp_path / "out" / "half").exists()
    partial.mkdir()
    (partial / "precious").touch()
    with pytest.raises(OutError, match="in the way and not ours"), building(tmp_path / "out"):
        pytest.fail("must not begin")
    assert (partial / "precious").exists()


def test_an_unwritable_parent_is_named(tmp_path):
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(OutError, match="cannot write"), building(tmp_path / "file" / "out"):
        pytest.fail("must not begin")
