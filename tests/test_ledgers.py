"""The hand-made ledgers of three real documents: what must be fixed, flagged, and left alone (see KANWU_SHARED)."""

from __future__ import annotations

import json
from functools import cache

import pytest
from support import ROOT

from cleaner.engine.restore import restore
from cleaner.engine.ruleset import select_rules
from cleaner.engine.settings import Settings
from cleaner.reading.discover import discover
from cleaner.reading.formats import read_source
from cleaner.runs.process import all_packs, judge
from cleaner.testing.ledgers import load_ledger, score

OUTSIDE = frozenset(json.loads((ROOT / "tests" / "cases" / "outside-knowledge.json").read_text("utf-8")))
NAMES = ("000", "001", "002")
MOST_UNMATCHED = 3.0
FLAGS_ON_CLEAN_TEXT = 1.0


@cache
def judged(folder):
    rules = select_rules(all_packs(()), Settings())
    documents = [read_source(file).documents[0] for file in discover([str(folder)])]
    return {d.doc: judge(restore(d, rules, Settings())) for d in documents}


@pytest.fixture
def scored(shared):
    """Result, items without the boundaries that must stay, and score, by document."""

    def of(name):
        result = next(r for doc, r in judged(shared / "seeds").items() if doc.startswith(name))
        rows = load_ledger(shared / "gold" / f"seed{name}.jsonl")
        items = [item for item in rows if item.kind != "keep_break"]
        return result, rows, items, score(result, items)

    return of


def share(scored, wanted, also_flagged=False):
    """The share of the wanted items of all three ledgers that were dealt with, and the ids of the others."""
    done = total = 0
    left = []
    for name in NAMES:
        _, _, items, found = scored(name)
        for item in filter(wanted, items):
            good = item.id in found.fixed or (also_flagged and item.id in found.flagged)
            done += good
            total += 1
            left += [] if good else [item.id]
    assert total
    return done / total, left


def can_be_fixed(item):
    """A row without ``after`` names an order that only a reader can decide: it can only be flagged."""
    return item.after is not None or bool(item.joined) or item.kind == "duplicate_block"


def test_outside_knowledge_is_named_row_by_row(scored):
    known = {item.id for name in NAMES for item in scored(name)[1]}
    assert known >= OUTSIDE


def test_all_that_is_certain_and_safe_is_fixed(scored):
    reached, left = share(scored, lambda i: (i.certainty, i.action) == ("certain", "autofix_safe"))
    assert reached == 1.0, left


def test_most_that_context_decides_is_fixed(scored):
    def wanted(item):
        sure = (item.certainty, item.action) == ("certain", "fix_with_context")
        return sure and item.id not in OUTSIDE and can_be_fixed(item)

    reached, left = share(scored, wanted)
    assert reached >= 0.85, left


def test_the_rest_that_context_decides_is_flagged_at_least(scored):
    def wanted(item):
        unsure = item.certainty != "certain" or item.id in OUTSIDE or not can_be_fixed(item)
        return item.action == "fix_with_context" and unsure

    reached, left = share(scored, wanted, also_flagged=True)
    assert reached >= 0.6, left


def test_what_cannot_be_fixed_is_flagged(scored):
    reached, left = share(scored, lambda i: i.action == "flag_only", also_flagged=True)
    assert reached >= 0.8, left


@pytest.mark.parametrize("name", NAMES)
def test_flags_without_a_cause_are_few(scored, name):
    result, _, _, found = scored(name)
    per_thousand = 1000 * len(found.unmatched) / len(result.cleaned.document.text)
    assert per_thousand <= MOST_UNMATCHED, found.unmatched


@pytest.mark.parametrize("name", NAMES)
def test_nothing_else_is_edited(scored, name):
    assert [(e.rule, e.before, e.after) for e in scored(name)[3].strays] == []


@pytest.mark.parametrize("name", NAMES)
def test_boundaries_stay(scored, name):
    result, rows, _, _ = scored(name)
    cleaned = result.cleaned
    kept = [item for item in rows if item.kind == "keep_break"]
    joined = []
    for item in kept:
        breaks = item.before.index("\n")
        place = cleaned.offsets.to_clean(item.span.start, item.span.start + breaks)
        rest = cleaned.text[place.end : place.end + 8].lstrip(" ")
        joined += [] if rest.startswith("\n") else [item.id]
    assert joined == []
    assert len(kept) > 100 or name != "002"


TRAPS = {
    "000": (
        "迴马岭 故绛新 磨里峪 郝家窑 乔寺村 沸泉 博翔汇良 皓昆 浩之大 亚新科 广馨生物 饸饹面 4A 二本B类 以上上线率 "
        "缓税缓费 创新新能源 道路路面 供水水源 三真三实 紧紧 不敢腐 绛优优 城夜夜市 晋尧文化 规划三街 东部校区 "
        "蔚驰鑫 豫星重工 尧香苑 东外村 铁韵江南 限上贸易业 政银企保 小升规"
    ),
    "002": (
        "15.5：57.0：27.5 贴新办 殚智竭力 惟有 尊法学法守法 兜牢兜实 渐次补齐 长牙齿 划行规市 批零住餐 道地药园 "
        "卫片执法 塑烧板 发热诊室 水地小麦 黄土复净 涌流行动 天地和 镁佳镁 予知新材料 德鑫 古交 临夏线 冰凌沟 "
        "绛州署 10-100亿元"
    ),
}


@pytest.mark.parametrize("name", sorted(TRAPS))
def test_what_only_looks_wrong_stays(scored, name):
    """The lists of traps: as often in the clean text as in the base text, but for what stood in a deleted copy."""
    cleaned = scored(name)[0].cleaned
    plain = "".join(cleaned.document.text.split())
    now = "".join(cleaned.text.split())
    missing = [trap for trap in TRAPS[name].split() if trap not in plain]
    assert missing == []
    assert [trap for trap in TRAPS[name].split() if now.count(trap) != plain.count(trap)] == []


def test_clean_reports_are_hardly_questioned(shared):
    """No more than one flag for every 1,000 characters of any of the 28 reports."""
    for doc, result in judged(shared / "corpus").items():
        shown = [e for e in result.cleaned.edits if not e.applied]
        flags = len(shown) + len(result.findings)
        assert 1000 * flags <= FLAGS_ON_CLEAN_TEXT * len(result.cleaned.document.text), doc
        assert all(f.message and f.message_en for f in result.findings)
