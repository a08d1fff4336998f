"""Code in Markdown is nobody's prose; in plain text a backtick says nothing."""

from __future__ import annotations

from cleaner.api import clean
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import select_rules
from cleaner.engine.settings import Settings
from cleaner.model import Document
from cleaner.packs.load import shipped_packs

CODE = '运行 `print("开工,投产",1)` 即可。\n\n```python\nx = ["粮食,亩产", "工业"]\ny = "全县 上下"\n```\n\n~~~\n甲,乙\n~~~\n'


def cleaned(text):
    settings = Settings()
    document = Document("a.md", text, format="md")
    return restore(document, select_rules(shipped_packs(), settings), settings)


def test_code_in_markdown_stays():
    assert cleaned(CODE).text == CODE


def test_prose_beside_code_is_restored():
    assert cleaned("全县上下万众一心,成效显著。\n\n" + CODE).text == "全县上下万众一心，成效显著。\n\n" + CODE


def test_the_same_marks_in_plain_text_are_restored():
    assert "，" in clean("运行`开工,投产`即可。").text
