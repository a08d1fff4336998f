"""What is a figure, what it says, and what is none. The counties are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_helpers import as_is, data, figures, joined
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.figures.extract import extract
from cleaner.model import Edit, EditKind, Evidence, Figure, Safety, Span, replace


def only(text: str) -> Figure:
    """The one data figure of a text."""
    found = data(text)
    assert len(found) == 1, [f.raw for f in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("建成高标准农田2.7万亩。", "27000", "亩"),
        ("全年接待游客102.93万人次。", "1029300", "人次"),
        ("引进高素质人才39名。", "39", "人"),
        ("完成投资1.2万亿元。", "1200000000000", "元"),
        ("总产量达2.28亿公斤。", "228000000", "公斤"),
        ("整修堤防13.7 公里。", "13.7", "公里"),
        ("青岗县8万人民同心干。", "80000", "人"),
        ("惠及60万学生。", "600000", "人"),
        ("人才总量超过65万。", "650000", "人"),
        ("税收占百分之五。", "5", "%"),
        ("八成以上的户已通气。", "80", "%"),
        ("浓度控制在30ug/m³。", "30", "μg/m³"),
        ("扩建1680m3高炉。", "1680", "m³"),
        ("气温降到-5℃。", "-5", "摄氏度"),
        ("开展两轮检测。", "2", "轮"),
        ("建设十大工程。", "10", "个"),
        ("惠及1亿3千万人。", "130000000", "人"),
        ("债务3万多亿元。", "3000000000000", "元"),
        ("新增贷款１２３万元。", "1230000", "元"),
        ("空气质量综合指数为4.23。", "4.23", ""),
        ("建设5座1000千伏变电站。", "5", "座"),
    ],
)
def test_values_are_multiplied_out_and_units_canonical(text: str, value: str, unit: str) -> None:
    """The value is in the unit; spellings of a unit are folded."""
    first = data(text)[0]
    assert (first.value, first.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "lower", "upper", "closed"),
    [
        ("完成投资158.9亿元。", "15885000000", "15895000000", (True, True)),
        ("新增企业63家。", "63", "63", (True, True)),
        ("产值超14.2亿元。", "1420000000", None, (False, True)),
        ("户数突破2.9万户。", "29000", None, (False, True)),
        ("村民收入10万元以上。", "100000", None, (True, True)),
        ("失业率控制在3.5%以内。", None, "3.5", (True, True)),
        ("贷款不足20亿元。", None, "2000000000", (True, False)),
        ("举办活动30余场次。", "30", "40", (True, False)),
        ("转移群众2.6万余名。", "26000", "27000", (True, False)),
        ("撬动消费近1.2亿元。", "110000000", "120000000", (True, False)),
        ("受益约300人。", "200", "400", (True, True)),
        ("增长5%左右。", "4", "6", (True, True)),
        ("年收入10-100亿元的企业。", "1000000000", "10000000000", (True, True)),
        ("新建1所至2所幼儿园。", "1", "2", (True, True)),
        ("新建1—2所幼儿园。", "1", "2", (True, True)),
    ],
)
def test_a_printed_number_is_an_interval(
    text: str, lower: str | None, upper: str | None, closed: tuple[bool, bool]
) -> None:
    """The ends and whether they are closed follow from the digits and the bound alone."""
    figure = only(text)
    assert figure.lower == (Decimal(lower) if lower else None)
    assert figure.upper == (Decimal(upper) if upper else None)
    assert (figure.lower_closed, figure.upper_closed) == closed


def test_a_scale_that_does_not_exist_is_read_as_far_as_it_does() -> None:
    """3亿余亿元 is a slip of the machine: what can be read is 3亿 and more."""
    (found,) = (f for f in figures("收入1,234亿余亿。") if f.value is not None)
    assert (found.value, found.text) == (1234 * 10**8, "1,234亿余")


def test_a_rate_whose_zeros_were_dropped_is_as_precise_as_its_siblings() -> None:
    """6% beside 0.7% and 7.3% is 6.0%; standing alone it is not."""
    beside = data("生产总值增长6%，投资增长0.7%，消费增长7.3%。")
    assert [f.precision for f in beside] == [Decimal("0.1")] * 3
    assert only("生产总值增长6%。").precision == 1


def test_a_bare_scale_after_a_count_is_a_threshold() -> None:
    """37个亿元以上项目 is 37 and one 亿, never 37亿."""
    count, threshold = data("实施37个亿元以上工业项目。")
    assert (count.value, count.unit) == (37, "个")
    assert (threshold.value, threshold.kind, threshold.comparator) == (10**8, "threshold", ">")


@pytest.mark.parametrize(
    "text",
    [
        "重大工程“1311”已启动。",
        "创建4A级景区。",
        "108国道通车，国道241改线。",
        "拨打12345热线。",
        "学习二十届二中全会精神，迎接党的二十大。",
        "减少二氧化碳排放，PM2.5下降，推广5G。",
        "服务千家万户，打通最后一公里。",
        "新华三落户，融入长三角。",
        "进一步推进一批项目，交出一份答卷。",
        "落实“三重一大”制度和八项规定。",
        "第一书记抓第三产业，位居第一方阵。",
        "7×24小时服务。",
        "支持民营经济30条。",
        "加快百亿园区建设，数十家企业进驻。",
        "第十七届人大第四次会议。",
        "高考二本上线，二级以上天气多。",
        "2023年3月底前，三年行动，“十四五”规划。",
        "一是修路，二是架桥。",
        "民营企业500强。",
        "落实“十五条硬措施”，出台“提升云泽服务水平30条”。",
        "土地二轮延包启动，全会召开六次、七次会议。",
        "会议8:30召开，15：05结束。",
        "1.新建小游园。2.改造老城区。",
    ],
)
def test_numerals_that_are_no_data(text: str) -> None:
    """Codes, names, ordinals, dates and idioms are never taken for amounts."""
    assert data(text) == []


def test_words_are_reported_with_the_reason() -> None:
    """A numeral that is no figure is named, and one that was not understood is not hidden."""
    text = "进一步改善，新华三入驻，代号318。"
    found = extract(as_is(text))
    assert [(text[s.start : s.end], why) for s, why in found.lookalikes] == [("一步", "word"), ("三", "name")]
    assert [text[s.start : s.end] for s in found.not_understood] == ["318"]


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("一、总体要求", "heading"),
        ("（二）主要任务", "heading"),
        ("1.修建道路十余条，改善出行条件，方便群众。", "list_item"),
        ("- 12 -", "page_number"),
        ("第四次会议", "ordinal"),
        ("108国道", "identifier"),
        ("2023年", "date"),
        ("推行三年行动", "duration"),
        ("二期工程", "grade"),
    ],
)
def test_the_nature_of_what_counts_nothing(text: str, nature: str) -> None:
    """Ordinals and names keep apart what kind of mark they are."""
    assert figures(text)[0].nature == nature


def test_a_slogan_keeps_the_numbers_it_is_made_of() -> None:
    """Enumeration checks need them."""
    figure = figures("落实“三带三圈三区”布局。")[0]
    assert (figure.kind, figure.raw, figure.components) == ("policy_code", "三带三圈三区", (3, 3, 3))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("生产总值增长4.6%。", "growth_rate"),
        ("审批时限压缩80%。", "growth_rate"),
        ("工业投资增长达到22%。", "growth_rate"),
        ("开工率达91%。", "share"),
        ("占一般公共预算支出71.2%。", "share"),
        ("比重提高到60%。", "share"),
        ("增速排名全市第4。", "rank"),
        ("规模位列世界前三。", "rank"),
        ("新增企业5家。", "count"),
        ("完成投资3亿元。", "level"),
        ("优良天数达到269天。", "level"),
        ("收入10万元以上的村增加。", "threshold"),
        ("城镇化率提高1.1个百分点。", "level"),
        ("全国排名46位。", "rank"),
        ("排名上升6位。", "level"),
        ("对工业增长贡献率达50%。", "share"),
        ("城乡收入比缩小到2.04∶1。", "level"),
        ("举办两届展销会。", "count"),
        ("到位资金3.5亿。", "level"),
    ],
)
def test_the_kind_follows_from_unit_and_clause(text: str, kind: str) -> None:
    """The last verb or noun before the number decides between growth and share."""
    assert only(text).kind == kind


_REPORT = """云泽县政府工作报告
——2024年2月20日在云泽县第三届人民代表大会第四次会议上
一、2023年工作回顾
粮食总产量5.5万吨。去年底还有3个村未通公路。截至2022年底，存款40亿元。
二、2024年工作安排
整治土地500亩。力争新增企业3家，产值突破50亿元。生产总值增长6%。到2026年，人口达到30万人。
附注：
1.“两山”工程：指2座山的治理，总共投入3亿元，全部完成。
"""


def test_section_first_then_local_words_give_period_and_status() -> None:
    """A plan section makes plans; 力争 and outcome verbs make targets; a named year shifts the period."""
    told = {f.raw: (f.period, f.status, f.kind) for f in data(_REPORT)}
    assert told == {
        "5.5万吨": ("2023", "actual", "level"),
        "3个": ("2023", "actual", "count"),
        "40亿元": ("2022", "actual", "level"),
        "500亩": ("2024", "plan", "level"),
        "3家": ("2024", "target", "target"),
        "50亿元": ("2024", "target", "threshold"),
        "6%": ("2024", "target", "growth_rate"),
        "30万人": ("2026", "target", "target"),
        "2座": ("", "actual", "count"),
        "3亿元": ("", "actual", "level"),
    }


def test_a_run_without_its_chapter_heading_is_judged_by_its_verbs() -> None:
    """After a title page in the middle of the text, plans are plans although their heading is lost."""
    text = (
        "一、2023年工作回顾\n完成投资3亿元，同比增长5%，取得了成绩。\n政府工作报告\n"
        "——2024年2月20日在云泽县第三届人民代表大会第四次会议上\n"
        "加快道路建设，力争修路9公里。深入推进改革，确保增收，着力打造5个园区。\n"
    )
    last = data(text)[-1]
    assert (last.value, last.period, last.status) == (5, "2024", "plan")


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("全县生产总值完成87亿元，增长4.6%。", ["生产总值", "生产总值"]),
        ("新增高新技术企业5家、小微企业4家。", ["新增高新技术企业", "新增小微企业"]),
        ("实施总投资210亿元的37个工业项目。", ["总投资", "工业项目"]),
        ("改造5所小学。", ["小学"]),
        ("营收5.66亿元，增速排名全市第1。", ["营收", "营收增速"]),
        ("民生支出16.26亿元，占财政支出83.3%。", ["民生支出", "民生支出占财政支出"]),
        ("新增公园35个、公园总数达1100个。", ["新增公园", "公园总数"]),
        ("建成30家“四上企业”。4.养护工程21处。", ["“四上企业”", "养护工程"]),
        ("到位资金3亿元，比重由12%提高到15%。", ["到位资金", "比重", "比重"]),
    ],
)
def test_the_indicator_is_the_noun_phrase_of_the_number(text: str, indicators: list[str]) -> None:
    """Before or after the number, or that of the figure before where the clause has none."""
    assert [f.indicator for f in data(text)] == indicators


def test_the_scope_is_the_subject() -> None:
    """全县 goes to the subject, not to the indicator."""
    assert [f.subject for f in data("全县户籍人口30万人，增长2%。")] == ["全县", "全县"]


def test_spans_lead_back_through_removed_line_breaks() -> None:
    """A number that a line break cut is one figure with two spans; raw holds what stands there."""
    text = "云泽县一般公共预算收入和固定资产投资双双完成全年任务达到 37.\n28亿元，财政支出是9亿元。"
    assert [f.raw for f in extract(as_is(text)).figures] != ["37.28亿元", "9亿元"]
    whole = extract(joined(text)).figures[0]
    assert (whole.text, whole.value) == ("37.28亿元", 3728000000)
    assert "".join(text[s.start : s.end] for s in whole.spans) == whole.raw == "37.28亿元"
    assert len(whole.spans) == 2


def test_a_figure_knows_whether_an_edit_touched_it() -> None:
    """An applied edit inside its hull marks it; one beside it does not."""
    cleaned = as_is("收入3亿元，支出5亿元。")
    edit = Edit(
        "E1", "d.txt", "r/x", EditKind.SUBSTITUTE, Safety.CERTAIN, Evidence.FORM, (Span(2, 3),), "8", "3", applied=True
    )  # fmt: skip
    touched = extract(replace(cleaned, edits=(edit,))).figures
    assert [f.edited for f in touched] == [True, False]
    assert [f.edited for f in extract(replace(cleaned, edits=(replace(edit, applied=False),))).figures] == [
        False,
        False,
    ]


def test_ids_follow_the_text() -> None:
    """F0001, F0002 in text order, and clean ranges that give the text."""
    text = "收入3亿元，增长5%，居全市第2。"
    found = figures(text)
    assert [f.figure_id for f in found] == ["F0001", "F0002", "F0003"]
    assert [text[f.clean_start : f.clean_end] for f in found] == ["3亿元", "5%", "2"]


_PIECES = st.sampled_from(
    ["收入", "3亿元", "，", "。", "增长", "4.5%", "、", "分别", "和", "第", "一", "十五", "“", "”", "2023年", "\n", "：", "（",
     "）", "万", "千", "个", "1,234", "-", "至", "余", "以上", "\t", " ", "A", "×", "3.", "％", "城乡", "亿", "百分之", "９"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_text_is_read_and_every_figure_stands_where_it_says(text: str) -> None:
    """Nothing raises; spans are inside the text, in order and apart; intervals hold their value."""
    found = extract(as_is(text))
    last = 0
    for figure in found.figures:
        assert last <= figure.start < figure.end <= len(text)
        assert figure.raw == text[figure.start : figure.end]
        last = figure.end
        if figure.lower is not None and figure.upper is not None:
            assert figure.lower <= figure.upper


def test_a_very_long_numeral_and_a_very_long_sentence_end() -> None:
    """No context limit of decimals and no sentence without a stop stops the reading."""
    digits = "9" * 400
    assert figures(f"编号{digits}。收入{digits}元。") == []
    assert len(data("收入3亿元，" * 3000)) == 3000


def test_a_numeral_beyond_all_measure_is_reported_and_not_read() -> None:
    long = "123456789" * 5
    found = extract(as_is(f"全县实现产值{long}元，其中工业12.3亿元，占比0.12345678901%。"))
    assert [f.text for f in found.figures] == ["12.3亿元"]
    assert len(found.not_understood) == 2


def test_half_a_number_is_reported_and_not_read() -> None:
    """Where a break at the decimal point could not be healed, 2% of 5.2% is not taken for two per cent."""
    text = "全县生产总值增长5.\n2%，投资增长4%。"
    found = extract(as_is(text))
    assert [f.raw for f in found.figures] == ["4%"]
    assert [text[s.start : s.end] for s in found.not_understood] == ["5", "2%"]
