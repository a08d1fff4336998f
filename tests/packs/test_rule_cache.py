"""Rule files are parsed once: what is kept gives the same rules, and a cache that is damaged is as good as none."""

from __future__ import annotations

import subprocess
import sys

import pytest
from support import write_pack

from cleaner.packs import source
from cleaner.packs.cache import FOLDER_VARIABLE, keep, recall
from cleaner.packs.errors import PackError
from cleaner.packs.load import load_packs


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    """A cache folder of its own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    return folder


@pytest.fixture
def parses(monkeypatch):
    """The names of files that were parsed as YAML."""
    names = []
    fresh = source._parse

    def watched(path, data):
        names.append(path.name)
        return fresh(path, data)

    monkeypatch.setattr(source, "_parse", watched)
    return names


def facts(packs):
    return [
        (p.name, p.digest, [{f: getattr(r, f) for f in r.__dataclass_fields__} for r in p.rules])
        for p in packs
    ]


def test_a_second_reading_parses_nothing_and_gives_the_same_rules(tmp_path, parses):
    write_pack(tmp_path / "packs", stray_word={"match": " and "}, other_word={"match": " or "})
    first = load_packs([tmp_path / "packs"])
    assert sorted(parses) == ["other-word.yaml", "pack.yaml", "stray-word.yaml"]
    parses.clear()
    assert facts(load_packs([tmp_path / "packs"])) == facts(first)
    assert parses == []


def test_a_changed_file_is_read_again(tmp_path, parses):
    pack = write_pack(tmp_path / "packs", stray_word={"match": " and "})
    load_packs([tmp_path / "packs"])
    rule = pack / "stray-word.yaml"
    rule.write_text(rule.read_text("utf-8").replace(" and '", " with '"), "utf-8")
    (loaded,) = load_packs([tmp_path / "packs"])
    assert loaded.rules[0].match == " with "


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b"0" * 64 + b"\n{}", b"[1]"])
def test_a_damaged_entry_is_no_entry(tmp_path, kept, damage):
    write_pack(tmp_path / "packs", stray_word={"match": " and "})
    first = load_packs([tmp_path / "packs"])
    (entry,) = kept.iterdir()
    entry.write_bytes(damage)
    assert facts(load_packs([tmp_path / "packs"])) == facts(first)


def test_an_entry_whose_text_was_changed_is_no_entry(tmp_path, kept):
    write_pack(tmp_path / "packs", stray_word={"match": " and "})
    load_packs([tmp_path / "packs"])
    (entry,) = kept.iterdir()
    entry.write_bytes(entry.read_bytes().replace(b" and ", b" with "))
    (loaded,) = load_packs([tmp_path / "packs"])
    assert loaded.rules[0].match == " and "


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "file" / "below"))
    write_pack(tmp_path / "packs", stray_word={"match": " and "})
    assert facts(load_packs([tmp_path / "packs"])) == facts(load_packs([tmp_path / "packs"]))


def test_set_to_nothing_it_is_off(tmp_path, monkeypatch, kept, parses):
    monkeypatch.setenv(FOLDER_VARIABLE, "")
    write_pack(tmp_path / "packs", stray_word={"match": " and "})
    load_packs([tmp_path / "packs"])
    load_packs([tmp_path / "packs"])
    assert len(parses) == 4
    assert not kept.exists()


def test_a_pack_with_a_mistake_is_not_kept_and_keeps_its_line(tmp_path, kept):
    pack = write_pack(tmp_path / "packs", stray_word={"match": "("})
    for _ in range(2):
        with pytest.raises(PackError) as caught:
            load_packs([tmp_path / "packs"])
        assert caught.value.path == pack / "stray-word.yaml"
        assert caught.value.line == 11
    assert not kept.exists()


def test_what_json_cannot_hold_is_not_kept(kept):
    keep("digest", {"a.yaml": {1: "一"}})
    keep("digest", {"a.yaml": {"day": object()}})
    assert recall("digest") is None
    keep("digest", {"a.yaml": {"1": "一"}})
    assert recall("digest") == {"a.yaml": {"1": "一"}}


def test_old_entries_go(kept):
    for number in range(70):
        keep(str(number), {"a.yaml": number})
    assert len(list(kept.iterdir())) == 64
    assert recall("69") == {"a.yaml": 69}


LOADED = (
    "import sys; from cleaner.packs.load import shipped_packs; "
    "print(len(shipped_packs()), 'ruamel.yaml' in sys.modules)"
)


def test_kept_rules_need_no_yaml_parser():
    told = [
        subprocess.run([sys.executable, "-c", LOADED], capture_output=True, check=True, text=True).stdout
        for _ in range(2)
    ]
    packs = told[0].split()[0]
    assert [t.split() for t in told] == [[packs, "True"], [packs, "False"]]
