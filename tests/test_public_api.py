"""The public interface is frozen: five verbs, and what they take and give."""

from __future__ import annotations

import inspect
import subprocess
import sys

import cleaner

SIGNATURES = {
    "clean": "(text: 'str | Document', *, level: 'str' = 'probable', select: 'Iterable[str]' = (), "
    "ignore: 'Iterable[str]' = (), packs: 'Iterable[str | Path]' = (), protected: 'Iterable[str]' = (), "
    "reorder: 'bool' = False, decisions: 'str | Path | None' = None) -> 'Restored'",
    "confront": "(source: 'str | Document | Cleaned') -> 'Judged'",
    "extract": "(source: 'str | Document | Cleaned') -> 'Extraction'",
    "read": "(*inputs: 'str | Path', encoding: 'str | None' = None) -> 'tuple[Document, ...]'",
    "report": "(result: 'RunResult | DocumentResult', format: 'str' = 'html', lang: 'str' = '') -> 'str'",
}


def test_the_public_verbs_and_their_signatures():
    assert sorted(cleaner.__all__) == sorted(SIGNATURES)
    assert {name: str(inspect.signature(getattr(cleaner, name))) for name in cleaner.__all__} == SIGNATURES


def test_a_name_that_is_not_public_is_an_attribute_error():
    assert not hasattr(cleaner, "fix")


def test_importing_costs_no_heavy_package():
    code = "import cleaner, cleaner.api, sys; print([m for m in ('pandas', 'pandera', 'great_expectations') if m in sys.modules])"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )


def test_the_verbs_work_together():
    cleaned = cleaner.clean("搭建就业信息平台 and 零工市场。")
    assert cleaned.text == "搭建就业信息平台和零工市场。"
    assert cleaned.offsets.to_base(7, 8)[0].start < cleaned.offsets.to_base(9, 10)[0].start
    result = cleaner.confront("三次产业比例为15.5：57.0：26.5。")
    assert [r.verdict for r in result.relations if r.type == "parts_sum_to_whole"] == ["inconsistent"]
    assert "15.5" in cleaner.report(result, "markdown")
