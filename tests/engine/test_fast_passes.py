"""What is counted or looked up by numpy is what the plain loop counts and finds."""

from __future__ import annotations

from collections import Counter

import numpy as np
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.engine import restore as engine
from cleaner.engine.guards import Protected
from cleaner.engine.methods import _Vetoes
from cleaner.engine.repairs import lookalike, loops, nearness
from cleaner.engine.repairs.cohesion import with_margins
from cleaner.engine.repairs.data import build_runs, build_sentence_heads
from cleaner.engine.repairs.data.build_bigrams import count, plain
from cleaner.engine.repairs.grams import Grams
from cleaner.engine.repairs.likeness import codes
from cleaner.engine.repairs.runs import Table
from cleaner.engine.repairs.seams import Ending, ending
from cleaner.engine.repairs.tallies import pairs_in
from cleaner.engine.ruleset import select_rules
from cleaner.engine.settings import Settings
from cleaner.engine.settle import Proposal
from cleaner.engine.trigger import AdmitAll
from cleaner.model import Candidate, Document
from cleaner.packs.load import shipped_packs
from cleaner.reading import blocks
from cleaner.reading.blocks import classify, parse_blocks

SIGNS = "县县发展人人“”《》（）%A,，。0.1 \n\U00020000"
RULES = select_rules(shipped_packs(), Settings())
KNOWN = [
    "".join(chr(key >> shift & 0xFFFF) for shift in (48, 32, 16))
    for key in lookalike._tables().second.keys[:4000:40]
]
STRANGE = "龘靐县戋蔑贮"


@given(st.text(SIGNS, max_size=60))
def test_pairs_and_their_margins(text):
    counted, found = with_margins(count([text])), pairs_in(plain(text))
    assert found.total == counted.total
    for pair in {*counted.pairs, "县镇", "\U00020000A", "", "县"}:
        assert found.pairs.get(pair, 0) == counted.pairs.get(pair, 0)
    for char in {*text, "镇", ""}:
        assert found.head(char) == counted.heads[char]
        assert found.tail(char) == counted.tails[char]
        assert found.kinds(char) == counted.kinds[char]


@given(st.lists(st.text("县展12. A“《。！”\u3000", max_size=30), max_size=5))
@example(["", "", "11111111111111 1 。1A"])
def test_heads_of_sentences_line_by_line(rows):
    expected: Counter[str] = Counter()
    for row in rows:
        expected.update(build_sentence_heads.count([row]))
    assert build_sentence_heads.count(["\n".join(rows)]) == expected


@given(st.lists(st.text("县展，。0A\U00020000", max_size=30), max_size=5))
def test_runs_and_what_follows_them(lines):
    counted = Table.of(Counter(run for line in lines for run in build_runs.runs(line)))
    for found in (Grams.of(lines), Grams.counted(counted.counts), Grams.unpacked(Grams.of(lines).packed())):
        for run in {*counted.counts, *counted.totals, "镇", "县镇", "县展镇", "", "县展县展"}:
            assert found.counts.get(run, 0) == counted.counts.get(run, 0)
            assert found.totals[run] == counted.totals[run]
            assert found.kinds[run] == counted.kinds[run]


@given(st.lists(st.text("县，。！”A\u3000 1", max_size=24), max_size=6))
def test_heads_of_plain_lines(lines):
    head = regex.compile(r"(?<=[。！？][”’）》]*)(?![。！？”’）》])\S", regex.V1)
    kept = build_runs.running(lines)
    assert kept == [text for text in map(build_runs.plain, lines) if len(text) >= build_runs.SHORTEST]
    expected: Counter[str] = Counter()
    for line in map(build_runs.plain, lines):
        expected.update(dict.fromkeys(build_runs.first_runs(line), build_runs._PARAGRAPH))
        for found in head.finditer(line, 1):
            expected.update(build_runs.first_runs(line, found.start()))
    assert build_runs.heads_of(map(build_runs.plain, lines)) == expected


@given(st.text("县。！；：，》”）(", min_size=1, max_size=6))
def test_how_a_line_stops(line):
    closers = r"[”’\"）)》〉」』〕】\]]*$"
    patterns = [r"[。！？!?…]" + closers, r"[；：;:]" + closers, r"[，、,《〈（(“‘「『〔【·]$"]
    said = regex.sub(r"(?<=[。！？!?…][”’]?)[（(][^（）()]+[）)]$", "", line)
    found = [how for how, pattern in zip(Ending, patterns, strict=False) if regex.search(pattern, said)]
    assert ending(line) == (found or [Ending.NONE])[0]


@given(st.text("ab", max_size=12), st.integers(0, 12), st.integers(0, 3))
def test_a_guard_that_touches_a_match(text, start, length):
    guards = ("aa", "b+", "(?<=a)")
    spans = [match.span() for guard in guards for match in regex.finditer(guard, text)]
    touched = any(low <= start + length and start <= high for low, high in spans)
    assert _Vetoes(guards, text, 1.0).touch(start, start + length) == touched


@given(st.text("县ab", max_size=200))
def test_text_that_comes_again_at_a_distance(text):
    expected = {}
    for place in range(0, len(text) - 3, loops._ANCHOR_STEP):
        for period in range(1, loops._LONGEST_PERIOD + 1):
            again = text[place + period : place + period + 4]
            if again == text[place : place + 4]:
                expected.setdefault(place, period)
    assert dict(loops._bare_seeds(text, codes(text))) == expected


@given(st.lists(st.integers(0, 5), max_size=40))
def test_equal_values_are_paired(values):
    groups = {value: [i for i, other in enumerate(values) if other == value] for value in values}
    reach = {value: len(places) if len(places) <= nearness._CROWD else 2 for value, places in groups.items()}
    expected = {
        (left, right)
        for value, places in groups.items()
        for at, left in enumerate(places)
        for right in places[at + 1 : at + reach[value]]
    }
    assert set(nearness._equal_pairs(np.array(values, dtype=np.uint32))) == expected


def readings_by_a_loop(text):
    """Every character of a run that forms no known pair with either neighbour, and its reading."""
    tables = lookalike._tables()
    for run in regex.finditer(r"[\u4e00-\u9fff]{4,}", text):
        word = run.group()
        strange = [word[i : i + 2] not in tables.pairs for i in range(len(word) - 1)]
        for at in range(1, len(word) - 1):
            odd = strange[at - 1] and strange[at] and word[at] not in lookalike._FREE
            if odd and word[at - 1] not in lookalike._NUMERALS:
                yield run.start() + at, lookalike._reading(text, run.start() + at, tables)


@given(st.lists(st.sampled_from([*KNOWN, *STRANGE, "，", "一", "的"]), max_size=8), st.sampled_from(STRANGE))
def test_suspects_that_have_a_reading(parts, strange):
    text = strange.join(part[:1] + strange + part[1:] for part in parts)
    expected = {at: reading for at, reading in readings_by_a_loop(text) if reading is not None}
    suspects = lookalike._suspects(text)
    assert {at: r for at in suspects if (r := lookalike._reading(text, at, lookalike._tables()))} == expected


def test_suspects_in_real_documents(shared):
    tables = lookalike._tables()
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        expected = [(at, reading) for at, reading in readings_by_a_loop(text) if reading is not None]
        assert [
            (at, r) for at in lookalike._suspects(text) if (r := lookalike._reading(text, at, tables))
        ] == expected


@given(
    st.sampled_from("一第1#|（([注附◆-*①县各同女"),
    st.text("县，。：、0 一附注代表\t摄影", min_size=110, max_size=130),
    st.sampled_from("。：县摄）"),
    st.booleans(),
)
def test_the_type_of_a_long_line(first, text, last, leads):
    line = first + text + last
    assert classify(line, leads) == blocks._classified(line, leads)


@given(
    st.lists(
        st.sampled_from(
            [
                "一、总则",
                "（一）",
                "县长 张三",
                "某县。",
                "图为夜景",
                "",
                "",
                "　　段首" * 40 + "。",
                "1.甲",
                "\t",
            ]
        )
    )
)
def test_types_that_were_remembered(parts):
    text = "\n".join(parts)
    known: blocks.Known = {}
    assert parse_blocks(text, known) == parse_blocks(text)
    later = "\n".join(reversed(parts))
    assert parse_blocks(later, known) == parse_blocks(later)


def test_a_stage_that_met_the_same_text_is_not_run_again(make_rules, monkeypatch):
    rules = make_rules(
        stray={"match": " and "}, doubt={"match": "疑", "safety": "doubtful", "evidence": "reasoning"}
    )
    calls = []
    propose = engine.propose
    monkeypatch.setattr(engine, "propose", lambda rule, *rest: calls.append(rule.id) or propose(rule, *rest))
    document = Document("a", "甲 and 乙，疑。")
    fast = engine.restore(document, rules, Settings())
    often = calls.count("sample/doubt")
    calls.clear()
    assert engine.restore(document, rules, Settings(), AdmitAll()) == fast
    assert [e.pass_ for e in fast.edits if not e.applied] == [2]
    assert often < calls.count("sample/doubt")


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=6),
    st.integers(0, 30),
    st.integers(0, 12),
    st.text("甲乙", max_size=6),
)
def test_an_edit_that_touches_a_protected_string(given_ranges, start, width, after):
    ranges = sorted((low, low + length) for low, length in given_ranges)
    end, text = start + width, "甲乙乙" * 20
    touched = any(
        start < high
        and low < end
        and not (
            start <= low
            and high <= end
            and (start, end) != (low, high)
            and (not after or text[low:high] in after)
        )
        for low, high in ranges
    )
    edit = Proposal(None, Candidate(start, end, after))
    assert Protected(ranges, text).touched_by(edit) is touched


FILLER = (
    "同时新修乡村道路若干里并改造老旧管网，推动中小学校舍加固和卫生院扩建，组织干部下沉走访企业农户了解困难诉求，"
    "完善养老托育设施布局，提升城区绿化品质，丰富群众文体生活，健全矛盾纠纷排查机制，守牢森林防火与防汛抗旱底线，做好冬春救助工作"
)


def test_sparse_edits_of_an_endless_line_are_rows_of_their_own():
    lines = (
        "，".join(f"第{n}季度增长{n} %{filler}" for n in range(80)) + "。\n" for filler in ("", f"，{FILLER}")
    )
    dense, sparse = (
        [e for e in engine.restore(Document("a", line), RULES, Settings()).edits if "digit" in e.rule]
        for line in lines
    )
    assert [len(edit.parts) for edit in dense] == [80]
    assert [len(edit.parts) for edit in sparse] == [0] * 80
