"""How files of a run name each other."""

from __future__ import annotations

import os

from cleaner.runs import paths


def test_a_path_is_seen_from_a_folder(tmp_path):
    (tmp_path / "a").mkdir()
    assert paths.seen_from(tmp_path / "b" / "甲 乙.txt", tmp_path / "a") == "../b/甲 乙.txt"


def test_from_another_drive_it_is_whole(tmp_path, monkeypatch):
    def no_way(path, start):
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", no_way)
    assert paths.seen_from(tmp_path / "a.txt", tmp_path) == (tmp_path / "a.txt").resolve().as_posix()
