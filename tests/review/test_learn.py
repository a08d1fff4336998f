"""``always`` as a rule of the reader's own pack."""

from __future__ import annotations

import pytest
from support import kanwu

from cleaner.engine.decisions import Choice, Decision, Decisions
from cleaner.errors import KanwuError
from cleaner.review.learn import NotARule, check_pack, learn, learn_all, rule_name, unlearn


def _always(before, after, left="柳溪县亩产茶叶", right="以上，价格稳定", **more) -> Decision:
    return Decision("wording/odd-collocation", before, after, Choice.ALWAYS, left, right, **more)


def _cleaned(pack, text) -> str:
    code, out, told = kanwu("clean", "-", "--no-config", "--packs", pack, input=text)
    assert code == 0, told
    return out


@pytest.mark.parametrize(
    ("decision", "text", "expected"),
    [
        (_always("澴溪茶", "环溪茶"), "云泽县出产澴溪茶。", "云泽县出产环溪茶。"),
        (_always("澴", "环"), "柳溪县亩产茶叶澴以上。澴水。", "柳溪县亩产茶叶环以上。澴水。"),
        (_always("1O0斤", "100斤"), "柳溪县亩产茶叶1O0斤以上。", "柳溪县亩产茶叶100斤以上。"),
        (_always("", "青"), "柳溪县亩产茶叶以上，", "柳溪县亩产茶叶青以上，"),
        (_always("澴溪茶", "澴溪茶叶"), "出产澴溪茶和澴溪茶叶。", "出产澴溪茶叶和澴溪茶叶。"),
        (_always("澴\n溪茶", "环溪茶", seen="澴溪茶"), "出产澴溪茶。", "出产环溪茶。"),
        (_always("（.*）澴", "环"), "柳溪县亩产茶叶（.*）澴以上。", "柳溪县亩产茶叶环以上。"),
    ],
    ids=[
        "word",
        "one character",
        "digits",
        "nothing",
        "part of the right one",
        "cut by a line end",
        "pattern",
    ],
)
def test_a_rule_is_written_that_holds_its_examples_and_does_what_was_decided(
    tmp_path, decision, text, expected
):
    pack = tmp_path / "mine"
    path = learn(pack, decision)
    assert path == pack / f"{rule_name(decision)}.yaml"
    code, _, told = kanwu("rules", "test", "mine", "--packs", pack)
    assert (code, told.splitlines()[-1].endswith("0 failures")) == (0, True), told
    assert _cleaned(pack, text + "\n") == expected + "\n"
    assert learn(pack, decision) == path


def test_a_pack_of_decisions_passes_the_lint_of_rules(tmp_path):
    pack = tmp_path / "mine"
    learn(pack, _always("澴溪茶", "环溪茶"))
    learn(pack, _always("澴", "环"))
    code, _, told = kanwu("rules", "lint", "--packs", pack)
    assert (code, told) == (0, "0 complaints\n")


@pytest.mark.parametrize(
    "decision",
    [
        _always("澴", "环", left="", right=""),
        _always("甲⟦乙→丙", "丁戊"),
        _always("⼈民群众", "人民群众", left="全县", right="安居乐业"),
    ],
    ids=["no context", "marks of examples", "a rule that ships does it"],
)
def test_what_no_rule_can_hold_is_said_and_leaves_no_pack(tmp_path, decision):
    pack = tmp_path / "mine"
    with pytest.raises(NotARule) as caught:
        learn(pack, decision)
    assert caught.value.zh and caught.value.en
    assert not pack.exists()
    assert [d for d, _ in learn_all(pack, Decisions((decision,)))] == [decision]


def test_a_decision_that_was_taken_back_takes_its_rule_along_unless_someone_worked_on_it(tmp_path):
    pack, decision = tmp_path / "mine", _always("澴溪茶", "环溪茶")
    path = learn(pack, decision)
    unlearn(pack, decision)
    assert not path.exists()
    learn(pack, decision)
    path.write_text(path.read_text("utf-8").replace("probable", "doubtful"), "utf-8")
    unlearn(pack, decision)
    assert path.exists()


def test_an_example_shrinks_where_its_surroundings_hold_the_same_misreading(tmp_path):
    decision = _always("澴溪茶", "环溪茶", left="澴溪茶与澴溪茶及", right="和澴溪茶等")
    path = learn(tmp_path / "mine", decision)
    assert "- 溪茶及⟦澴溪茶→环溪茶⟧和澴溪茶" not in path.read_text("utf-8")
    assert kanwu("rules", "test", "mine", "--packs", tmp_path / "mine")[0] == 0


def test_a_folder_that_can_be_no_pack_is_refused(tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").touch()
    for folder, says in (("Mine", "lower-case"), ("other", "no pack.yaml")):
        with pytest.raises(KanwuError, match=says):
            check_pack(tmp_path / folder)
    check_pack(tmp_path / "new")
    assert not (tmp_path / "new").exists()
