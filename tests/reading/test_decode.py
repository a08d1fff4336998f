"""Encodings: refused rather than guessed, and back to the same bytes."""

from __future__ import annotations

import pytest

from cleaner.reading.decode import ReadError, decode, encode

TEXT = "各位代表，现在我向大会报告工作。全县的经济发展有了新的进步，人民生活得到改善。\n"
TRADITIONAL = "各位代表，現在我向大會報告工作。全縣的經濟發展有了新的進步，人民生活得到改善。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TRADITIONAL.encode("big5"), "big5"),
    ],
)
def test_encodings_are_found_and_given_back(data, encoding):
    found = decode(data)
    assert found.encoding == encoding
    assert found.text in (TEXT, TRADITIONAL)
    assert encode(found.text, found.encoding, found.bom, found.line_ends) == data


@pytest.mark.parametrize(
    "data", [b"a\nb\n", b"a\r\nb\r\n", b"a\rb\r", b"a\r\nb\nc\rd", b"w\r\nw\n", b"\r\n\nx\r"]
)
def test_line_ends_come_back(data):
    found = decode(data)
    assert "\r" not in found.text
    assert encode(found.text, found.encoding, found.bom, found.line_ends) == data


def test_a_mixed_record_that_no_longer_fits_gives_the_most_frequent_line_end():
    found = decode(b"a\r\nb\r\nc\nd")
    assert encode("a\nb", found.encoding, found.bom, found.line_ends) == b"a\r\nb"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "binary"),
        (bytes(range(1, 32)) * 4, "binary"),
        (b"\x81\x20\xff\xff", "--encoding"),
        ("啊".encode("gb18030"), "--encoding"),
    ],
)
def test_what_cannot_be_told_is_refused(data, reason):
    with pytest.raises(ReadError, match=reason):
        decode(data)


def test_a_given_encoding_is_used_and_checked():
    assert decode("啊".encode("gb18030"), "gb18030").text == "啊"
    with pytest.raises(ReadError, match="utf-8"):
        decode("啊".encode("gb18030"), "utf-8")
    with pytest.raises(ReadError, match="no-such"):
        decode(b"abc", "no-such")
