"""The table contracts: a sound run keeps them all, and every defect is caught by name, with its row."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from cleaner.contracts.context import Known, in_context
from cleaner.contracts.kept import SHOWN, table_results
from cleaner.contracts.tables import frames
from cleaner.model import Reason, Safety, Span, Verdict


def results(small, texts=None):
    """The results of all table contracts, by name."""
    tables = in_context(frames(small.result), Known(small.texts if texts is None else texts))
    return {result.name: result for result in table_results(tables)}


def broken(small, texts=None):
    """Names and sentences of the promises that were not kept."""
    return {name: result.failures for name, result in results(small, texts).items() if not result.success}


def test_a_sound_run_keeps_every_promise(small):
    """Nothing is broken, and the counts say how many rows each promise was about."""
    found = results(small)
    assert {name: r.failures for name, r in found.items() if not r.success} == {}
    assert found["figures.raw_is_base_text"].applicable == 11
    assert found["relations.parts_sum_to_whole"].applicable == 1
    assert found["relations.share_fits_part_and_whole"].applicable == 1
    assert found["relations.growth_fits_levels"].applicable == 1
    assert found["relations.verdict_follows_from_figures"].applicable == 1
    assert all(r.source == "pandera" and not r.broken for r in found.values())


def test_promises_without_rows_say_so(small):
    """An empty table keeps every promise by having no row, and is not shown as a plain pass."""
    found = results(small.with_(figures=(), relations=(), findings=(), edits=(), coverage={}))
    for name, result in found.items():
        if not name.startswith("documents."):
            assert result.success
            assert result.applicable == 0
            assert "not applicable" in result.note, name


FIGURE_DEFECTS = [
    ({"raw": "18.3"}, "figures.raw_is_base_text", "底本为“18.2”，表中为“18.3”"),
    ({"spans": (Span(12, 999),)}, "figures.spans_in_order", "区间越出底本"),
    ({"value": Decimal("99")}, "figures.interval_holds_value", "99 不在 [18.15, 18.25] 之内"),
    ({"value": Decimal("18.21")}, "figures.value_parses_from_text", "应读作 18.2，表中为 18.21"),
    ({"value": None}, "figures.interval_holds_value", "无值而有上下限"),
    ({"kind": "shares"}, "figures.columns", "列 kind"),
    ({"status": "done"}, "figures.columns", "列 status"),
    ({"comparator": "≥"}, "figures.columns", "列 comparator"),
    ({"figure_id": "F1"}, "figures.columns", "编号重复"),
    ({"figure_id": ""}, "figures.columns", "列 figure_id"),
    ({"precision": Decimal(0)}, "figures.columns", "列 precision"),
    ({"scale": 0}, "figures.columns", "列 scale"),
    ({"nature": ""}, "figures.columns", "列 nature"),
]


@pytest.mark.parametrize(("change", "name", "says"), FIGURE_DEFECTS)
def test_a_defect_of_a_figure_is_named(small, change, name, says):
    """One defect: the promise that it breaks fails, and its sentence names the row."""
    failures = broken(small.with_figure(0, **change))[name]
    sentence = next(s for s in failures if says in s)
    assert sentence.startswith("云泽/2023.txt ")


def test_a_row_that_fails_is_told_once(small):
    """Pandera repeats a failing row for each of its columns; the contract tells it once."""
    failures = broken(small.with_figure(0, raw="18.3"))
    assert failures == {
        "figures.raw_is_base_text": (
            "云泽/2023.txt F0：底本为“18.2”，表中为“18.3” / the base text reads otherwise",
        )
    }


def test_many_failures_are_counted(small):
    """Fifty are spelled out, the rest counted."""
    many = tuple(replace(small.figures[0], figure_id=f"F{n}", raw="?") for n in range(60))
    failures = broken(small.with_(figures=many, relations=(), findings=()))["figures.raw_is_base_text"]
    assert len(failures) == SHOWN + 1
    assert failures[-1] == "……另有 10 处 / and 10 more"


def test_rows_of_an_unknown_document_are_not_taken_on_trust(small):
    """Without its base text nothing can be compared, and that is a failure."""
    failures = broken(small, texts={})
    assert "no base text" in failures["figures.raw_is_base_text"][0]
    assert "no base text" in failures["edits.before_is_base_text"][0]


def test_raw_may_stand_in_several_ranges(small):
    """A page number went through the numeral: raw is what stands at its ranges, together."""
    text = small.text.replace("4200户", "42\n—5—\n00户")
    start = text.index("42\n")
    spans = (Span(start, start + 2), Span(start + 7, start + 10))
    figures = tuple(
        replace(f, spans=spans, raw="4200户") if f.figure_id == "F6" else f
        for f in small.figures
        if f.start < start or f.figure_id == "F6"
    )
    whole = small.with_(text=text, figures=figures, relations=(), findings=(), coverage={})
    assert broken(whole) == {}
    swapped = replace(figures[-1], spans=spans[::-1])
    assert "figures.raw_is_base_text" in broken(whole.with_(figures=(*figures[:-1], swapped)))


@pytest.mark.parametrize(
    ("text", "value", "scale", "kept"),
    [
        ("2.7万亩", "27000", 10**4, True),
        ("2.7万亩", "2.7", 1, False),
        ("2万余个", "20000", 10**4, True),
        ("1,234户", "1234", 1, True),
        ("１２．５％", "12.5", 1, True),
        ("3千万元", "30000000", 10**7, True),
        ("1.2万亿元", "1200000000000", 10**12, True),
        ("10", "1000000000", 10**8, True),
        ("下降1.9%", "-1.9", 1, True),
        ("5千瓦", "5", 1, True),
        ("4万多亿元", "4000000000000", 10**12, True),
        ("3千户", "3000", 1000, True),
    ],
)
def test_a_value_is_what_its_text_reads(small, text, value, scale, kept):
    """The one Arabic number of a text, with its scale word or the shared scale."""
    one = {"text": text, "value": Decimal(value), "lower": None, "upper": None, "scale": scale}
    assert ("figures.value_parses_from_text" not in broken(small.with_figure(0, **one))) is kept


@pytest.mark.parametrize("text", ["六十三个", "7×24", "2月26日", "3‰", "10—100亿元"])
def test_texts_with_several_or_chinese_numerals_are_not_judged(small, text):
    """They are no pass: the promise counts one row fewer."""
    found = results(small.with_figure(0, text=text))["figures.value_parses_from_text"]
    assert (found.success, found.applicable) == (True, 10)


class TestRelations:
    """What a relation claims is computed again from the figures it names."""

    def test_a_composition_that_rounds_to_99_9_is_whole(self, small):
        """18.2 + 46.3 + 35.4 = 99.9: within rounding."""
        assert sum(f.value for f in small.figures[:3]) == Decimal("99.9")
        assert broken(small) == {}

    def test_a_composition_that_misses_its_whole_fails_by_name(self, small):
        """One part misread by two points: no rounding explains 97.9."""
        text = small.text.replace("35.4", "33.4")
        amount = {"value": Decimal("33.4"), "lower": Decimal("33.35"), "upper": Decimal("33.45")}
        misread = small.with_(text=text).with_figure(2, raw="33.4", text="33.4", **amount)
        assert broken(misread)["relations.parts_sum_to_whole"] == (
            "云泽/2023.txt R0：parts_sum_to_whole 记作相符，重算不符 / stored as consistent, but "
            "18.2、46.3、33.4 → [97.75, 98.05] ≠ [100, 100]",
        )

    @pytest.mark.parametrize(
        ("number", "name"),
        [
            (0, "relations.parts_sum_to_whole"),
            (1, "relations.share_fits_part_and_whole"),
            (3, "relations.verdict_follows_from_figures"),
        ],
    )
    def test_a_stored_verdict_that_was_changed_is_caught(self, small, number, name):
        """All relations hold; whoever stores one as inconsistent is contradicted by its figures."""
        changed = small.with_relation(number, verdict=Verdict.INCONSISTENT)
        failures = broken(changed)[name]
        assert failures[0].startswith(f"云泽/2023.txt R{number}：")
        assert "重算相符" in failures[0]

    @pytest.mark.parametrize(
        ("figure", "value", "name"),
        [
            (2, "24.5", "relations.parts_sum_to_whole"),
            (5, "38.5", "relations.share_fits_part_and_whole"),
            (8, "50.0", "relations.growth_fits_levels"),
            (9, "13", "relations.verdict_follows_from_figures"),
        ],
    )
    def test_a_figure_that_was_changed_breaks_the_verdict(self, small, figure, value, name):
        """The verdict still says consistent; the figures no longer do."""
        one = {"value": Decimal(value), "lower": Decimal(value), "upper": Decimal(value)}
        assert name in broken(small.with_figure(figure, **one))

    def test_an_undecided_relation_is_not_computed_but_says_why(self, small):
        """Undecidable promises nothing about numbers; without a reason it is incomplete."""
        undecided = {"verdict": Verdict.UNDECIDABLE, "reason": Reason.BASE_UNKNOWN}
        found = results(small.with_relation(1, **undecided))
        assert found["relations.share_fits_part_and_whole"].applicable == 0
        assert found["relations.reason_given"].applicable == 1
        assert "relations.reason_given" in broken(small.with_relation(1, verdict=Verdict.UNDECIDABLE))

    def test_stored_intervals_must_say_what_the_verdict_says(self, small):
        """A computed interval beside 100 is no consistent sum."""
        beside = {"computed_lower": Decimal("97.75"), "computed_upper": Decimal("98.05")}
        assert "relations.verdict_fits_stored_intervals" in broken(small.with_relation(0, **beside))

    def test_a_stored_computed_interval_must_follow_from_the_figures(self, small):
        """An interval that the parts do not sum to was made up, even where it holds the whole."""
        wider = {"computed_lower": Decimal("99.5"), "computed_upper": Decimal("100.5")}
        failures = broken(small.with_relation(0, **wider))
        assert list(failures) == ["relations.intervals_follow_from_figures"]
        assert (
            "存为 [99.5, 100.5] · [100, 100]，重算 18.2、46.3、35.4 → [99.75, 100.05]"
            in next(iter(failures.values()))[0]
        )

    def test_members_must_be_figures_of_the_document(self, small):
        """A member that no figure has is named, and the relation is not computed."""
        failures = broken(small.with_relation(1, members=("F4", "F99", "F5")))
        assert failures["relations.members_exist"] == ("云泽/2023.txt R1：查无此数值 / no such figure: F99",)

    def test_words_of_relations_are_closed(self, small):
        """An unknown type or a missing verdict breaks the contract."""
        assert "relations.columns" in broken(small.with_relation(0, type="parts_sum"))
        assert "relations.columns" in broken(small.with_relation(0, verdict=None))


EDIT_DEFECTS = [
    ({"safety": Safety.DOUBTFUL}, "edits.doubtful_not_applied"),
    ({"withheld_by": "wording/other"}, "edits.withheld_not_applied"),
    ({"before": "云泽"}, "edits.before_is_base_text"),
    ({"edit_id": ""}, "edits.columns"),
    ({"spans": (Span(3, 0),)}, "edits.spans_in_order"),
]


@pytest.mark.parametrize(("change", "name"), EDIT_DEFECTS)
def test_a_defect_of_an_edit_is_named(small, change, name):
    """Each promise of the ledger is broken by its own defect."""
    assert name in broken(small.with_edit(**change))


def test_a_move_is_whole_and_loses_nothing(small):
    """Two rows of one group: what goes out comes in, both applied or none."""
    out = replace(small.edits[0], edit="move", group="g", before="云泽县", after="", stage_before="云泽县")
    into = replace(out, edit_id="E1", spans=(Span(9, 9),), before="", after="云泽县", stage_before="")
    out, into = (replace(e, edit=type(small.edits[0].edit).MOVE) for e in (out, into))
    moved = small.with_(edits=(out, into))
    assert broken(moved) == {}
    assert results(moved)["edits.move_loses_nothing"].applicable == 2
    lost = small.with_(edits=(out, replace(into, after="云县")))
    assert "edits.move_loses_nothing" in broken(lost)
    half = small.with_(edits=(out,))
    assert "edits.move_loses_nothing" in broken(half)
    torn = small.with_(edits=(out, replace(into, applied=False)))
    assert "edits.group_is_whole" in broken(torn)


def test_a_finding_names_rows_that_exist(small):
    """Members are figures, relations or edits of the same document."""
    lost = small.with_(findings=(replace(small.findings[0], members=("F4", "X1")),))
    assert broken(lost)["findings.members_known"] == ("云泽/2023.txt N0：查无此行 / unknown members: X1",)
    silent = small.with_(findings=(replace(small.findings[0], message=""),))
    assert "findings.columns" in broken(silent)


def test_documents_count_what_the_tables_hold(small):
    """A count that was changed afterwards, or coverage beyond the figures, is caught."""
    tables = frames(small.result)
    tables["documents"]["figures"] = 12
    found = {r.name: r for r in table_results(in_context(tables, Known(small.texts)))}
    assert found["documents.counts_agree"].failures == (
        "云泽/2023.txt：计数不符 / counts differ: figures 12 ≠ 11",
    )
    assert "documents.coverage_counts_figures" in broken(small.with_(coverage={"in_equality": 12}))
    assert "documents.coverage_counts_figures" in broken(small.with_(coverage={"equal": 1}))


def test_a_missing_column_is_a_failure_not_a_pass(small):
    """Promises about a column that is gone could not run; they fail, and say that they could not run."""
    tables = in_context(frames(small.result), Known(small.texts))
    tables["figures"] = tables["figures"].drop(columns=["raw"])
    found = {r.name: r for r in table_results(tables)}
    assert not found["figures.columns"].success
    crashed = found["figures.raw_is_base_text"]
    assert (crashed.success, crashed.broken) == (False, True)
    assert "could not run" in crashed.failures[0]


def test_a_column_too_many_or_out_of_order_is_a_failure(small):
    """The tables are an interface: their columns, in their order, and no other."""
    tables = in_context(frames(small.result), Known(small.texts))
    more = {**tables, "figures": tables["figures"].assign(extra=1)}
    assert not next(r for r in table_results(more) if r.name == "figures.columns").success
    turned = {**tables, "figures": tables["figures"][tables["figures"].columns[::-1]]}
    assert not next(r for r in table_results(turned) if r.name == "figures.columns").success


def test_a_broken_table_contract_breaks_the_run(small):
    """What was computed from such a table is not to be trusted: exit 2."""
    assert results(small.with_figure(0, raw="18.3"))["figures.raw_is_base_text"].broken
