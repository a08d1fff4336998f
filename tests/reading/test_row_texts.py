"""A row with another text: every other byte of its line stays."""

from __future__ import annotations

import json

import pytest

from cleaner.reading.rows import row_with


@pytest.mark.parametrize(
    ("line", "renewed"),
    [
        (
            '{"text":"旧","x":0.12345678901234567890123,"y":1e400,"m":1,"m":2}',
            '{"text":"新","x":0.12345678901234567890123,"y":1e400,"m":1,"m":2}',
        ),
        (
            ' {\t"n" : {"text": "旧"}, "l":["text", "旧"],"text" :  "旧" , "z":"\\ud83d\\/"} ',
            ' {\t"n" : {"text": "旧"}, "l":["text", "旧"],"text" :  "新" , "z":"\\ud83d\\/"} ',
        ),
        ('{"text":"甲","text":"旧","a":"text"}', '{"text":"甲","text":"新","a":"text"}'),
        ('{"text":"甲","te\\u0078t":"旧"}', '{"text":"甲","te\\u0078t":"新"}'),
        ('{"a":"\\"text\\":\\"旧","text":"旧"}', '{"a":"\\"text\\":\\"旧","text":"新"}'),
        ('{"text":"\\u65e7", "n": -0}', '{"text":"\\u65b0", "n": -0}'),
        ('{"text":"old"}', '{"text":"新"}'),
    ],
    ids=("numbers", "nested", "doubled key", "escaped key", "key in a text", "escapes", "plain"),
)
def test_only_the_literal_of_the_text_is_replaced(line, renewed):
    assert row_with(line, "text", "新") == renewed


def test_the_text_that_is_replaced_is_the_one_that_was_read():
    line = '{"text": null, "a": [], "text": "甲\\n\\"乙\\"", "b": {}}'
    assert json.loads(row_with(line, "text", '丙\\"\n'))["text"] == '丙\\"\n'
