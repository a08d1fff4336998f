"""The fast trigger leaves out nothing: with it, every document gets the edits that the reference engine gives it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.engine import trigger
from cleaner.engine.conditions import text_filter
from cleaner.engine.prefilter import from_pattern, prefilter
from cleaner.engine.repairs import formulae
from cleaner.engine.repairs.page_marks import marks_inside, page_mark
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.engine.trigger import AdmitAll, Prefiltered, trigger_for
from cleaner.engine.view import View
from cleaner.model import Document
from cleaner.packs.grammar import Method
from cleaner.packs.load import shipped_packs
from cleaner.packs.marks import read_marks
from cleaner.testing.damage import plant_all
from cleaner.testing.strategies import documents

re2 = pytest.importorskip(
    "re2", reason="google-re2 is not installed: every rule is asked, as in the reference"
)

RULES = [rule for pack in shipped_packs() for rule in pack.rules]
RULESET = RuleSet.of(RULES)
(PAGE_NUMBER,) = (rule for rule in RULES if rule.code == "furniture.page_numbers")
DECLARED = [rule for rule in RULES if rule.by in (Method.REGEX, Method.LEXICON, Method.CHARS)]


def assert_equal(text, rules=RULESET, format_="txt", **given_settings):
    document = Document(doc="a", text=text, format=format_)
    chosen = Settings(**given_settings)
    fast = restore(document, rules, chosen, Prefiltered(rules))
    assert fast == restore(document, rules, chosen, AdmitAll())
    return fast


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_examples_of_every_rule_by_itself(rule):
    alone = RuleSet.of([rule])
    for example in (*rule.examples.fires, *rule.examples.silent, *rule.examples.limits):
        text = read_marks(example).text
        assert_equal(text, alone)
        assert_equal("前文一句。\n\n　　" + text + "  \n\n后文一句。\n", alone)


@given(documents(RULES))
def test_any_document(text):
    assert_equal(text)


@given(
    st.text(
        "县发展，、。；：()（）《》“”\"'.,;:!? \u3000\n0123lIOoZS%％—-*#<>&$\\abAB目录第页\u200b\ud800",
        max_size=80,
    )
)
@settings(max_examples=200)
def test_any_signs(text):
    assert_equal(text)
    assert_equal(text, format_="md")


@given(
    st.lists(
        st.sampled_from(
            [*"第页共- —~·•./[]（）〔〕,一十百３", "12", "1500", "Page", "P.", "of", "\u3000", "县委", "。"]
        ),
        max_size=9,
    )
)
@settings(max_examples=400)
def test_lines_with_a_page_number(parts):
    line = "".join(parts).strip()
    numbered = bool(line) and (page_mark(line, 0, 0) is not None or any(marks_inside(line, 0, 0)))
    found = re2.compile(text_filter(PAGE_NUMBER)).search(line)
    assert found or not numbered


@pytest.mark.parametrize("folder", ["corpus", "seeds"])
def test_real_documents_clean_and_damaged(shared, folder):
    for number, path in enumerate(sorted((shared / folder).glob("*.txt"))[::4]):
        text = path.read_text("utf-8")
        assert_equal(text)
        assert_equal(plant_all(text, number).noisy)


@pytest.mark.parametrize(
    "formula", ["贯彻落实二十大会议精神", "推动经济更高质量发展的要求", "人人讲安全个个会应急"]
)
def test_places_where_a_formula_may_be_damaged(formula, monkeypatch):
    quick, damaged = formulae._suspected, 0
    for at in range(len(formula) + 1):
        for sign in ("", "龘", "一", "的", "3", "a", "\U00020000", *formula):
            for lost in (0, 1):
                text = "县\n" + formula[:at] + sign + formula[at + lost :] + "镇"
                view = View.of(text, Document("a", text))
                found = list(formulae._all_damage(view, (formula, "统筹推进五年规划")))
                monkeypatch.setattr(formulae, "_suspected", lambda view, _formulae: view.blocks)
                assert list(formulae._all_damage(view, (formula, "统筹推进五年规划"))) == found, text
                monkeypatch.setattr(formulae, "_suspected", quick)
                damaged += bool(found)
    assert damaged > 20


def test_every_declared_rule_has_a_filter():
    without = [rule.id for rule in DECLARED if prefilter(rule) is None or prefilter(rule, short=True) is None]
    assert without == []
    assert {rule.id for rule in DECLARED} <= set(trigger._filters(tuple(RULESET))._long)


@pytest.mark.parametrize(
    ("pattern", "matched", "passed"),
    [
        (r"(?<=\p{Han}),(?=\p{Han})", ["县,镇", "\u3400,镇"], ["a,b", ","]),
        (r"(?<![a-z])and(?![a-z])", ["and", "xandy"], ["an d"]),
        (r"([，、])\1+", ["，，", "、、、"], ["，", "，县、"]),
        (r"^(?:a{2,30}b)$", ["aab", "  aab ", "x\naab\ny"], ["ab", "aabc"]),
        (r"(?=[0-9])(?=.*年)1", ["1年", "x1年"], ["年"]),
        (r"[^\S\n]x", ["\u3000x", "\tx"], ["\nx", "xx"]),
        (r"(?<=^|。)甲", ["甲", "。甲", "　甲"], ["乙甲"]),
        (r"x(?<=x)y(?=y)y", ["xyy"], ["xy"]),
        (r"《\Ka", ["《a"], ["a"]),
    ],
)
def test_what_a_filter_matches(pattern, matched, passed):
    for short in (False, True):
        found = re2.compile(from_pattern(pattern, short))
        assert [text for text in matched if not found.search(text)] == []
    found = re2.compile(from_pattern(pattern))
    assert [text for text in passed if found.search(text)] == []


@pytest.mark.parametrize("pattern", [r"(?i)a", r"\p{L}", r"(?|a|b)", r"(a)(?(1)b|c)", "\ufdd0"])
def test_a_pattern_that_is_not_understood_has_no_filter(make_rules, pattern):
    rules = make_rules(odd={"match": pattern.replace("'", "''")})
    assert [prefilter(rule) for rule in rules] == [None]
    assert trigger._filters(tuple(rules))._long == {}


def test_a_rule_sees_only_the_lines_that_it_may_fire_on(make_rules):
    rules = make_rules(stray={"match": "(?<=甲) and (?=乙)"}, absent={"match": "absent"})
    text = "甲 and 丙\n\n甲 and 乙\n\n丙丁\n"
    view = View.of(text, Document("a", text))
    ((rule, narrowed),) = Prefiltered(rules).admit(rules.by_stage["wording"], view)
    assert rule.id == "sample/stray"
    assert [view.content(block) for block in narrowed.blocks] == ["甲 and 乙"]


def test_without_re2_the_reference_stands_in(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "re2", None)
    assert isinstance(trigger_for(RULESET), AdmitAll)
