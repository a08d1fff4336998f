"""Runs made by hand for the tests of the reports: invented counties, every kind of ledger row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from cleaner.model import (
    By,
    Cleaned,
    ContractResult,
    Document,
    DocumentResult,
    Edit,
    EditKind,
    Evidence,
    Figure,
    Finding,
    OffsetMap,
    Piece,
    Reason,
    Refusal,
    Relation,
    RunResult,
    Safety,
    Severity,
    Span,
    Verdict,
)
from cleaner.reading.blocks import parse_blocks
from cleaner.reports.html import render_html

HOSTILE = (
    '<script>alert("x")</script>',
    "</textarea></style></script><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "甲\u202e乙\u2066丙\u200b丁",
    "a|b `c` *d* [e](javascript:f) <b>g</b> @h #1 $i$ &lt;",
    "\x00\x1b[31m\x0c",
)


@dataclass(frozen=True)
class Change:
    """An edit of a sample: where the ``nth`` occurrence of ``before`` stands, and what it becomes."""

    before: str
    after: str
    rule: str
    edit: EditKind = EditKind.SUBSTITUTE
    safety: Safety = Safety.CERTAIN
    evidence: Evidence = Evidence.FORM
    why: str = ""
    group: str | None = None
    at: int | None = None
    applied: bool = True
    withheld_by: str | None = None
    folded: tuple[tuple[int, int, str, str], ...] = ()


def clean_sample(document: Document, changes: list[Change], problems: tuple[str, ...] = ()) -> Cleaned:
    """Apply ``changes`` to a document in one stage; they do not overlap."""
    placed = sorted(((_at(document.text, c), c) for c in changes), key=lambda item: item[0])
    pieces: list[Piece] = []
    edits: list[Edit] = []
    out = ""
    at = 0
    for number, (start, change) in enumerate(placed):
        end = start + len(change.before)
        edit = _edit(document, change, f"e{number:04d}", Span(start, end))
        if not change.applied:
            edits.append(edit)
            continue
        out = _keep(pieces, document.text, out, at, start)
        low, at = len(out), start
        for part_start, part_end, _, after in change.folded or ((start, end, change.before, change.after),):
            out = _keep(pieces, document.text, out, at, part_start)
            pieces.append(Piece(len(out), len(out) + len(after), part_start, part_end, False))
            out += after
            at = part_end
        out = _keep(pieces, document.text, out, at, end)
        at = end
        edits.append(
            replace(
                edit, clean_start=low, clean_end=len(out), seq=number, stage="wording", stage_start=low,
                stage_end=low + len(change.before), stage_before=change.before,
            )
        )  # fmt: skip
    out = _keep(pieces, document.text, out, at, len(document.text))
    blocks = parse_blocks(out)
    return Cleaned(document, out, tuple(edits), OffsetMap(tuple(pieces)), blocks, problems)


def _at(text: str, change: Change) -> int:
    return text.index(change.before) if change.at is None else change.at


def _keep(pieces: list[Piece], text: str, out: str, start: int, end: int) -> str:
    if start < end:
        pieces.append(Piece(len(out), len(out) + end - start, start, end, True))
    return out + text[start:end]


def _edit(document: Document, change: Change, name: str, span: Span) -> Edit:
    return Edit(
        edit_id=name, doc=document.doc, rule=change.rule, edit=change.edit, safety=change.safety,
        evidence=change.evidence, spans=(span,), before=change.before, after=change.after,
        applied=change.applied, withheld_by=change.withheld_by, group=change.group, why=change.why,
        parts=change.folded,
    )  # fmt: skip


BASE = """云泽县二O二三年工作报告

各位代表:
过去一年,全县粮食产量40.5万吨，
增长3.2%，实现工业总产值158.9亿元。
- 3 -
其中规模以上工业产值102.3亿元，占比70.2%。
新增城镇就业7,315人 and 失业率控制在4%以内。
各 位 代 表 同 志 们
（二）扑下身予抓落实
青岗镇修建是水库一座，完成投资2.4亿元。
新增城镇就业7,315人，失业率低。
"""


def sample_document() -> DocumentResult:
    """A document with every kind of ledger row, a finding with two intervals, and coverage."""
    document = Document(
        "村镇/云泽县2023.txt", BASE, sha256="ab" * 32, title="云泽县工作报告", place="云泽县", year="2023"
    )
    spaced = BASE.index("各 位 代 表 同")
    parts = tuple((spaced + i, spaced + i + 1, " ", "") for i in range(1, 13, 2))
    repeated = BASE.rindex("新增城镇")
    changes = [
        Change("二O二三", "二〇二三", "numeral/letter-o-as-zero", why="汉字数字之间的字母 O"),
        Change("表:", "表：", "punctuation/half-width-colon"),
        Change(",全县", "，全县", "punctuation/half-width-comma"),
        Change("\n", "", "layout/hard-wrap", EditKind.DELETE, at=BASE.index("增长3.2") - 1, evidence=Evidence.INTERNAL,
               safety=Safety.PROBABLE),
        Change("- 3 -\n", "", "furniture/page-number", EditKind.DELETE, why="页码自成一行，前后相续"),
        Change(" and ", "，", "wording/foreign-word", safety=Safety.PROBABLE, evidence=Evidence.INTERNAL),
        Change("各 位 代 表 同 志 们", "各位代表同志们", "spacing/between-han", EditKind.DELETE, at=spaced, folded=parts),
        Change("身予", "身子", "wording/lookalike", safety=Safety.PROBABLE, evidence=Evidence.EXTERNAL, applied=True),
        Change("", "设", "wording/dropped", EditKind.SUPPLY, at=BASE.index("是水库"), safety=Safety.DOUBTFUL,
               evidence=Evidence.REASONING, applied=False),
        Change("是水库", "是水库群", "wording/other", applied=False, withheld_by="e0007"),
        Change(BASE[repeated:], "", "repeats/block", EditKind.MOVE, at=repeated, group="g1", safety=Safety.PROBABLE),
        Change("", "新增城镇就业7,315人，失业率低。\n", "repeats/block", EditKind.MOVE, group="g1", at=BASE.index("（二）"),
               safety=Safety.PROBABLE),
    ]  # fmt: skip
    figures = (
        _figure("g1", "158.9亿元", "158.9", 8, "元", "工业总产值"),
        _figure("g2", "102.3亿元", "102.3", 8, "元", "规模以上工业产值"),
        _figure("g3", "70.2%", "70.2", 0, "%", "占比"),
    )
    relation = Relation(
        "r1", document.doc, "share_of_total", ("g2", "g1", "g3"), spans=(figures[2].spans[0],),
        computed_lower=Decimal("64.33"), computed_upper=Decimal("64.43"), stated_lower=Decimal("70.15"),
        stated_upper=Decimal("70.25"), verdict=Verdict.INCONSISTENT, by=By.ROUNDING, margin=Decimal("5.72"),
    )  # fmt: skip
    undecided = Relation(
        "r2", document.doc, "subset_le_total", ("g2", "g1"), verdict=Verdict.UNDECIDABLE,
        reason=Reason.SUBSET_NOT_SAID,
    )  # fmt: skip
    findings = (
        Finding("f1", document.doc, "relation/share_of_total", Severity.ERROR, figures[2].spans,
                "占比与两数之商不合", "the share does not fit its quotient", Verdict.INCONSISTENT, ("g2", "g1", "g3")),
        Finding("f2", document.doc, "restoration/gap", Severity.WARNING, (Span(BASE.index("（二）"), BASE.index("（二）") + 3),),
                "（一）未见", "（一） is missing"),
    )  # fmt: skip
    coverage = {"in_equality": 3, "in_inequality": 1, "in_nothing": 4, "not_understood": 1}
    return DocumentResult(clean_sample(document, changes), figures, (relation, undecided), findings, coverage)


def _figure(name: str, raw: str, digits: str, scale: int, unit: str, indicator: str) -> Figure:
    at = BASE.index(raw)
    value = Decimal(digits).scaleb(scale)
    half = Decimal("0.05").scaleb(scale)
    return Figure(
        name, "村镇/云泽县2023.txt", (Span(at, at + len(raw)),), raw, raw, value, value - half, value + half,
        unit=unit, indicator=indicator, period="2023", subject="云泽县",
    )  # fmt: skip


RULES = {
    "numeral/letter-o-as-zero": {
        "title": "数字中混入字母 O", "title_en": "letter O among numerals", "rationale": "低分辨率扫描件里两字同形。",
        "safety": "certain", "pack": "numeral", "stage": "wording",
    },
    "wording/lookalike": {
        "title": "形近讹字", "title_en": "look-alike character", "rationale": "固定搭配。", "safety": "probable",
        "pack": "wording", "stage": "wording",
    },
}  # fmt: skip


def sample_run() -> RunResult:
    """A run of one rich and one untouched document, a refusal, contracts kept, broken and not applicable."""
    plain = Document("柳溪县.txt", "柳溪县工作报告\n全县粮食产量12万吨。\n", sha256="cd" * 32)
    contracts = (
        ContractResult("pandera", "figures", Severity.ERROR, True, 3),
        ContractResult(
            "shares", "expect_shares_to_sum_to_whole", Severity.ERROR, False, 2, ("各项之和为 98.1",)
        ),
        ContractResult("shares", "expect_growth_to_fit_levels", Severity.WARNING, False, 1, ("增速偏大",)),
        ContractResult(
            "shares", "expect_to_run", Severity.ERROR, False, 0, ("the suite crashed",), broken=True
        ),
        ContractResult("shares", "expect_nothing", Severity.INFO, True, 0, note="没有可用的行"),
    )
    return RunResult(
        (sample_document(), DocumentResult(clean_sample(plain, []))),
        (Refusal("坏文件.txt", "GB18030 与 Big5 难分"),),
        contracts,
        {"version": "0.1.0", "started": "2024-01-02T03:04:05+00:00"},
        RULES,
    )


def hostile_run() -> RunResult:
    """A run in which every text that a stranger may choose is an attack."""
    results = []
    for number, attack in enumerate(HOSTILE):
        text = f"{attack}\n青岗县{attack}产量5吨。\n"
        document = Document(
            f"{attack}-{number}.txt", text, title=attack, place=attack, year=attack, sha256="00"
        )
        at = text.index("青岗县")
        shown = Change("产量", attack, attack, at=text.index("产量"), applied=False, withheld_by=attack)
        cleaned = clean_sample(
            document, [Change("青岗县", attack, attack, why=attack, group=attack, at=at), shown]
        )
        span = Span(at, len(text))
        figure = Figure(
            attack, document.doc, (span,), attack, attack + "!", None, unit=attack, indicator=attack
        )
        relation = Relation(attack, document.doc, attack, (attack,), (span,), repair=attack)
        finding = Finding(
            attack,
            document.doc,
            attack,
            Severity.ERROR,
            (span,),
            attack,
            attack,
            members=(attack,),
            suggestion=attack,
        )
        results.append(
            DocumentResult(replace(cleaned, problems=(attack,)), (figure,), (relation,), (finding,))
        )
    names = {
        field: attack
        for attack in HOSTILE
        for field in ("title", "title_en", "rationale", "safety", "pack", "stage")
    }
    return RunResult(
        tuple(results),
        tuple(Refusal(attack, attack) for attack in HOSTILE),
        tuple(ContractResult(a, a, Severity.ERROR, False, 1, (a,), a) for a in HOSTILE),
        {"version": HOSTILE[0], "started": HOSTILE[1]},
        dict.fromkeys(HOSTILE, names),
    )


def saved(path, run):
    """The address of the page of a run."""
    path.write_text(render_html(run), "utf-8")
    return path.as_uri()
