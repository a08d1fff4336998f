"""A rename that another program blocks for a moment is tried again."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.runs import outfolder, patient


@pytest.fixture
def locked(monkeypatch):
    """Renames fail so many times, as on Windows while a scanner reads the file; no second is lost in the test."""
    monkeypatch.setattr(patient, "sleep", lambda _: None)
    monkeypatch.setattr(patient, "LOCKS", True)
    real = Path.replace

    def lock(times):
        left = [times]

        def replace(self, target):
            if left[0]:
                left[0] -= 1
                raise PermissionError(13, "the file is used by another process")
            return real(self, target)

        monkeypatch.setattr(Path, "replace", replace)

    return lock


def test_a_short_lock_is_waited_for(tmp_path, locked):
    (tmp_path / "a").write_text("x")
    locked(len(patient.PAUSES))
    patient.rename(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "x"


def test_a_lock_that_stays_is_an_error(tmp_path, locked):
    (tmp_path / "a").write_text("x")
    locked(len(patient.PAUSES) + 1)
    with pytest.raises(PermissionError):
        patient.rename(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a").exists()


def test_where_nothing_locks_a_refusal_is_final(tmp_path, locked, monkeypatch):
    monkeypatch.setattr(patient, "LOCKS", False)
    (tmp_path / "a").write_text("x")
    locked(1)
    with pytest.raises(PermissionError):
        patient.rename(tmp_path / "a", tmp_path / "b")


def test_a_run_takes_its_place_though_the_old_one_was_locked(tmp_path, locked):
    out = tmp_path / "out"
    for text in ("one", "two"):
        locked(3)
        with outfolder.building(out) as folder:
            (folder / "run.json").write_text('{"product": "kanwu"}')
            (folder / "x").write_text(text)
    assert (out / "x").read_text() == "two"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
