"""What stands in a folder and cannot be read is refused by name, and the rest is read; links are followed, once."""

from __future__ import annotations

import os
import sys

import pytest
from support import kanwu

from cleaner.reading.discover import InputError, discover

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="pipes, links and names of any bytes: on Linux"
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("in/a.txt", "in/sub/b.txt", "other/c.txt", "other/deep/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("柳溪县种粮 and 种菜。", "utf-8")
    return tmp_path


def docs(*inputs, out=None):
    return [f.doc for f in discover(inputs, out) if not f.refused]


def refused(*inputs):
    return {f.doc: f.refused for f in discover(inputs) if f.refused}


def closed(monkeypatch, name):
    """Let the folder ``name`` be one that may not be opened; root may open all of them."""
    real = os.scandir

    def scandir(folder):
        if not isinstance(folder, int) and os.path.basename(folder) == name:  # noqa: PTH119
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)


NOT_UTF8 = os.fsdecode(b"\xff\xb2.txt")


def test_a_name_that_is_not_utf8_is_refused_and_shown_escaped(place):
    (place / "in" / NOT_UTF8).write_text("甲", "utf-8")
    (place / "in" / os.fsdecode(b"\xff")).mkdir()
    told = {r"\xff\xb2.txt": "its name is not UTF-8; rename it", r"\xff/": "its name is not UTF-8; rename it"}
    assert refused("in") == told
    assert docs("in") == ["a.txt", "sub/b.txt"]
    assert list(refused(f"in/{NOT_UTF8}", "in/a.txt")) == [r"\xff\xb2.txt"]
    assert list(refused(os.fsdecode(b"in/\xff"), "in/a.txt")) == [r"\xff/"]


@pytest.mark.parametrize("more", [(), ("--shards",)])
def test_a_run_names_it_and_does_the_others(place, more):
    (place / "in" / NOT_UTF8).write_text("甲", "utf-8")
    code, _, stderr = kanwu("clean", "in", "-o", "out", *more)
    assert (code, r"\xff\xb2.txt: not read: its name is not UTF-8; rename it" in stderr) == (2, True)
    assert (place / "out" / "text" / "sub" / "b.txt").read_text("utf-8") == "柳溪县种粮和种菜。"
    assert kanwu("dedup", "in", "-o", "copies")[0] == 2


@pytest.mark.parametrize("more", [(), ("--shards",)])
def test_a_folder_that_cannot_be_opened_is_refused_by_name(place, monkeypatch, more):
    closed(monkeypatch, "sub")
    assert refused("in") == {"sub/": "the folder cannot be opened: Permission denied"}
    code, _, stderr = kanwu("clean", "in", "-o", "out", *more)
    assert (code, "sub/: not read: the folder cannot be opened: Permission denied" in stderr) == (2, True)
    assert (place / "out" / "text" / "a.txt").is_file()
    closed(monkeypatch, "in")
    assert list(refused("in", "other")) == ["in/"]


def test_a_named_file_in_a_closed_folder_is_refused_by_name(place, monkeypatch):
    def shut(real):
        def call(path, *given, **more):
            if "other" in str(path):
                raise PermissionError(13, "Permission denied")
            return real(path, *given, **more)

        return call

    for name in ("stat", "lstat", "scandir"):
        monkeypatch.setattr(os, name, shut(getattr(os, name)))
    code, _, stderr = kanwu("clean", "other/c.txt", "in", "-o", "out")
    assert (code, "c.txt: not read: it cannot be opened: Permission denied" in stderr) == (2, True)
    assert (place / "out" / "text" / "a.txt").is_file()


@pytest.mark.parametrize("more", [(), ("--shards",)])
def test_what_is_no_regular_file_is_refused_by_name(place, more):
    os.mkfifo(place / "in" / "pipe.txt")
    os.mkfifo(place / "in" / "pipe.jsonl")
    (place / "in" / "nowhere.txt").symlink_to("missing")
    (place / "in" / "itself.txt").symlink_to("itself.txt")
    told = refused("in")
    assert list(told) == ["itself.txt", "nowhere.txt", "pipe.jsonl", "pipe.txt"]
    assert "regular file" in told["pipe.txt"]
    assert "leads nowhere" in told["nowhere.txt"]
    assert "symbolic links" in told["itself.txt"]
    assert refused("in/*.txt") == {k: v for k, v in told.items() if k != "pipe.jsonl"}
    code, _, stderr = kanwu("clean", "in", "-o", "out", *more)
    assert (code, stderr.count("not read")) == (2, 4)
    assert (place / "out" / "text" / "a.txt").is_file()


@pytest.mark.parametrize("given", [("",), ("in", "")])
def test_an_empty_input_is_refused(place, given):
    with pytest.raises(InputError, match=r"an input is empty .*name a file, a folder or a glob"):
        docs(*given)
    assert kanwu("clean", *given, "-o", "out")[0] == 2
    assert not (place / "out").exists()


def test_a_link_to_a_folder_is_followed(place):
    (place / "in" / "link").symlink_to("../other")
    assert docs("in") == ["a.txt", "link/c.txt", "link/deep/d.txt", "sub/b.txt"]


def test_each_folder_is_read_once_however_many_links_lead_to_it(place):
    for name, target in (("one", "../other/deep"), ("two", "../other"), ("again", "sub"), ("self", ".")):
        (place / "in" / name).symlink_to(target)
    (place / "other" / "back").symlink_to("../in")
    (place / "other" / "round").symlink_to("..")
    found = docs("in")
    assert found == sorted(found)
    real = sorted(str((place / "in" / doc).resolve().relative_to(place)) for doc in found)
    assert real == ["in/a.txt", "in/sub/b.txt", "other/c.txt", "other/deep/d.txt"]
    assert found[-2:] == ["sub/b.txt", "two/c.txt"]


def test_what_is_read_under_its_own_path_is_not_read_behind_a_link_again(place):
    (place / "in" / "link").symlink_to("../other")
    assert docs("in", "other") == ["a.txt", "c.txt", "deep/d.txt", "sub/b.txt"]


def test_a_link_into_a_hidden_folder_or_a_run_is_no_way_round(place):
    (place / "in" / ".kept").mkdir()
    (place / "in" / ".kept" / "e.txt").write_text("甲", "utf-8")
    (place / "in" / "kept").symlink_to(".kept")
    (place / "out" / "text").mkdir(parents=True)
    (place / "out" / "text" / "f.txt").write_text("甲", "utf-8")
    (place / "in" / "texts").symlink_to("../out/text")
    assert docs("in", out=place / "out") == ["a.txt", "kept/e.txt", "sub/b.txt"]
