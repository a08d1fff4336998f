"""Indents of wrapped text go with the line ends; where nothing is wrapped they are layout."""

from __future__ import annotations

from cleaner.engine.repairs.indents import wrapped_indents
from cleaner.engine.repairs.reflow import hard_wraps
from cleaner.engine.view import View
from cleaner.model import Document
from cleaner.testing.damage.layout import INDENT

PARAGRAPHS = (
    "过去一年，云泽县顶住下行压力，办成了一批看得见的实事，全年新增就业达到年初目标，群众生活稳步改善。",
    "水利设施有了新的改观，北干渠全线贯通，三个乡镇的群众喝上了放心水，灌区配套建设按期完成。",
    "下一步，我们将继续抓好民生工程，把好事办实、把实事办好，让全县群众的日子一年更比一年红火。",
)


def wrapped(indent, columns=16):
    lines = []
    for paragraph in PARAGRAPHS:
        text = indent + paragraph
        lines += [text[i : i + columns] for i in range(0, len(text), columns)]
    return "\n".join(lines)


def view_of(text):
    return View.of(text, Document("a", text))


def test_a_wrapped_text_loses_its_indents_with_its_line_ends():
    view = view_of(wrapped(INDENT))
    edits = [*wrapped_indents(view, {}), *hard_wraps(view, {})]
    text = view.text
    for edit in sorted(edits, key=lambda c: -c.start):
        text = text[: edit.start] + edit.after + text[edit.end :]
    assert text == "\n".join(PARAGRAPHS)


def test_the_indents_of_whole_paragraphs_are_layout():
    assert not [*wrapped_indents(view_of("\n".join(INDENT + p for p in PARAGRAPHS)), {})]


def test_a_wrapped_text_without_indents_has_none_to_lose():
    assert not [*wrapped_indents(view_of(wrapped("")), {})]


def test_the_wide_gap_before_a_signature_stays():
    text = wrapped(INDENT) + "\n" + "　" * 12 + "云泽县人民政府"
    edits = [*wrapped_indents(view_of(text), {})]
    assert len(edits) == len(PARAGRAPHS)
    assert all(edit.end < text.index("云泽县人民政府") for edit in edits)
