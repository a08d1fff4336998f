"""Every message about a broken rule: where, what was found, what was expected, what to do."""

from __future__ import annotations

import pytest
from support import write_pack

from cleaner.packs.errors import PackError
from cleaner.packs.load import load_packs

GOOD = """\
id: sample/stray-word
title: 夹入外文
title_en: stray foreign word
edit: substitute
by: regex
safety: certain
evidence: form
since: 0.1.0
rationale: 语言模型把虚词写成外文。
rationale_en: The model slipped into English.
match: '(?<=甲) and (?=乙)'
replace: '和'
examples:
  fires: ['甲⟦ and →和⟧乙']
  silent:
    '甲和乙': 已经正确
    'R and D': 英文
"""

CASES = {
    "unknown key": (
        ("match:", "mach:"),
        "11: found unknown key 'mach'; expected a key of the grammar. Did you mean 'match'?",
    ),
    "missing key": (
        ("title_en: stray foreign word\n", ""),
        "1: found no 'title_en'; expected the key 'title_en'. Add it.",
    ),
    "bad safety": (
        ("safety: certain", "safety: sure"),
        "6: found safety: 'sure'; expected 'certain', 'probable' or 'doubtful'.",
    ),
    "safety above evidence": (
        ("evidence: form", "evidence: external"),
        "6: found safety: certain on evidence: external; expected at most probable. "
        "certain needs form or witness; reasoning is always doubtful.",
    ),
    "bad method": (
        ("by: regex", "by: magic"),
        "5: found by: 'magic'; expected 'regex', 'lexicon', 'chars', 'opencc' or 'code'.",
    ),
    "method without its key": (
        ("match: '(?<=甲) and (?=乙)'\n", ""),
        "5: found by: regex without 'match'; expected the key 'match'. Add it.",
    ),
    "key of another method": (
        ("replace: '和'", "replace: '和'\nmap: {甲: 乙}"),
        "13: found 'map' in a rule by regex; expected only match, unless, replace. It would have no effect.",
    ),
    "bad pattern": (
        ("'(?<=甲) and (?=乙)'", "'(and'"),
        "11: found pattern '(and': missing ) at position 4; expected a pattern of the regex module.",
    ),
    "bad mark": (
        ("甲⟦ and →和⟧乙", "甲⟦ and 和⟧乙"),
        "14: found an unreadable mark in example '甲⟦ and 和⟧乙'; expected ⟦before→after⟧ around each edit.",
    ),
    "bad mark in a limit": (
        ("    'R and D': 英文\n", "    'R and D': 英文\n  limits:\n    '甲⟧乙': 例\n"),
        "19: found an unreadable mark in example '甲⟧乙'; expected ⟦before→after⟧ around each edit.",
    ),
    "id is not the file's": (
        ("id: sample/stray-word", "id: sample/other-word"),
        "1: found id: sample/other-word; expected pack and file name, 'sample/stray-word'. Rename one of them.",
    ),
    "one silent example": (
        ("    'R and D': 英文\n", ""),
        "15: found examples.silent with 1 of them; expected at least 2. Add what is missing.",
    ),
    "not YAML": (
        ("by: regex", "by: [regex"),
        "6: found expected ',' or ']', but got ':'; expected valid YAML 1.2.",
    ),
    "a key twice": (("by: regex", "by: regex\nby: chars"), "6: found duplicate key "),
    "not a mapping": (
        (GOOD, "- 甲\n"),
        "1: found no mapping of keys; expected the keys of a rule or pack file.",
    ),
    "unknown scope": (
        ("since: 0.1.0", "since: 0.1.0\nscope: [paragraf]"),
        "9: found scope.0: 'paragraf'; expected 'heading', 'paragraph', 'list_item', 'caption', 'furniture', 'note', "
        "'signature' or 'table_cell'.",
    ),
}


@pytest.fixture
def folder(tmp_path):
    return write_pack(tmp_path, "sample")


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_broken_rule_stops_the_run_with_its_place(case, folder):
    (before, after), expected = CASES[case]
    assert before in GOOD
    (folder / "stray-word.yaml").write_text(GOOD.replace(before, after), "utf-8")
    with pytest.raises(PackError) as error:
        load_packs([folder])
    path, _, told = str(error.value).partition("stray-word.yaml:")
    assert path == f"{folder}/"
    assert told.startswith(expected) if case == "a key twice" else told == expected


def test_a_good_rule_loads(folder):
    (folder / "stray-word.yaml").write_text(GOOD, "utf-8")
    (pack,) = load_packs([folder])
    assert [rule.id for rule in pack.rules] == ["sample/stray-word"]


def test_bytes_that_are_not_utf8_are_named(folder):
    (folder / "stray-word.yaml").write_bytes("标题".encode("gb18030"))
    with pytest.raises(PackError, match=r"stray-word\.yaml:1: found bytes that are not UTF-8"):
        load_packs([folder])


def test_a_folder_without_a_pack_is_an_error(tmp_path):
    with pytest.raises(PackError, match=r"found no pack\.yaml; expected a pack, or a folder of packs"):
        load_packs([tmp_path])


def test_a_pack_must_be_named_after_its_folder(tmp_path):
    pack = write_pack(tmp_path, "sample")
    pack.rename(tmp_path / "other")
    with pytest.raises(
        PackError, match=r"pack\.yaml:1: found name: sample; expected the folder's name, 'other'"
    ):
        load_packs([tmp_path])


def test_two_packs_of_one_name_are_an_error(tmp_path):
    write_pack(tmp_path / "a", "sample")
    write_pack(tmp_path / "b", "sample")
    with pytest.raises(PackError, match="a second pack named 'sample'"):
        load_packs([tmp_path / "a", tmp_path / "b"])


def test_the_digest_of_a_pack_changes_with_any_of_its_files(folder):
    (folder / "stray-word.yaml").write_text(GOOD, "utf-8")
    before = load_packs([folder])[0].digest
    (folder / "stray-word.yaml").write_text(GOOD + "# a word more\n", "utf-8")
    assert load_packs([folder])[0].digest != before


def test_a_file_that_looks_like_a_rule_and_would_not_be_read_is_refused(tmp_path):
    pack = write_pack(tmp_path / "packs", stray_word={"match": " and "})
    beside = tmp_path / "packs" / "loose-rule.yaml"
    beside.write_text(GOOD, "utf-8")
    with pytest.raises(PackError, match=r"loose-rule.yaml:1: found a file beside the packs"):
        load_packs([tmp_path / "packs"])
    beside.rename(pack / "other-word.yml")
    with pytest.raises(
        PackError, match=r"other-word.yml:1: found a file named .yml; expected a file named .yaml"
    ):
        load_packs([tmp_path / "packs"])


def test_a_folder_that_is_not_there_is_told_from_one_without_packs(tmp_path):
    (tmp_path / "bare").mkdir()
    (tmp_path / "file").touch()
    for name, told in (
        ("bare", f"{tmp_path / 'bare'}:1: found no pack.yaml; expected a pack, or a folder of packs."),
        ("nodir", f"{tmp_path / 'nodir'}: found no such folder; expected a pack, or a folder of packs. "),
        ("file", f"{tmp_path / 'file'}: found a file; expected a pack, or a folder of packs. "),
    ):
        with pytest.raises(PackError) as caught:
            load_packs([tmp_path / name])
        assert str(caught.value).startswith(told)
