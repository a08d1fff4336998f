"""How much of what Tesseract gets wrong does Kanwu put right: ``python -m benchmarks.ocr.run [--pages N]``.

The character error rate is the Levenshtein distance to the truth over its length, on the text as a reader gets it:
characters, spaces and paragraph marks (a run of line ends is one mark; blanks at a line's ends are none).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import Editop, Levenshtein

from benchmarks.ocr.pages import Press, missing, read_pages
from cleaner.api import clean

ROOT = Path(__file__).resolve().parents[2]
PRESSES = {
    "serif 22, clean": Press(size=22, blur=0.4, specks=0.0),
    "serif 20": Press(size=20),
    "sans 16, noisy": Press("NotoSansCJK-Regular.ttc", size=16, blur=0.7, specks=0.006),
}


def plain(text: str) -> str:
    """What is compared: lines without blanks at their ends, one mark between them."""
    lines = (re.sub(r"^[ \t　]+|[ \t　]+$", "", line) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def error_rate(text: str, truth: str) -> float:
    """Distance to the truth over the truth's length."""
    return Levenshtein.distance(plain(text), plain(truth)) / len(plain(truth))


def mark_errors(text: str, truth: str) -> int:
    """How many of the edits to the truth concern spaces, paragraph marks and punctuation alone: no letter, no digit."""
    one, other = plain(text), plain(truth)
    return sum(not any(map(str.isalnum, _signs(op, one, other))) for op in Levenshtein.editops(one, other))


def _signs(op: Editop, one: str, other: str) -> Iterator[str]:
    """The characters that an edit takes and gives."""
    if op.tag != "insert":
        yield one[op.src_pos]
    if op.tag != "delete":
        yield other[op.dest_pos]


def opening(text: str, press: Press, pages: int) -> str:
    """Whole paragraphs of ``text`` for about ``pages`` pages."""
    room = press.columns * press.rows * pages * 0.85
    kept, size = [], 0
    for paragraph in text.split("\n"):
        size += len(paragraph) + press.columns // 2
        if kept and size > room:
            break
        kept.append(paragraph)
    return "\n".join(kept).rstrip("\n") + "\n"


def measure(text: str, press: Press, pages: int) -> tuple[float, float, int, int]:
    """Error rates before and after, and how many errors in marks and spaces before and after."""
    truth = opening(text, press, pages)
    read = read_pages(truth, press)
    now = clean(read).text
    return error_rate(read, truth), error_rate(now, truth), mark_errors(read, truth), mark_errors(now, truth)


def rows(pages: int) -> Iterator[tuple[str, str, float, float, int, int]]:
    """Document, press, and what :func:`measure` gives."""
    for path in sorted((ROOT / "tests" / "gold").glob("*_truth.txt")):
        text = path.read_text("utf-8")
        for name, press in PRESSES.items():
            yield (path.name.removesuffix("_truth.txt"), name, *measure(text, press, pages))


def main(argv: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ocr.run")
    parser.add_argument("--pages", type=int, default=3)
    pages = parser.parse_args(argv).pages
    lack = missing()
    if lack:
        print(lack, file=sys.stderr)
        return 2
    print(
        "| document | print | error rate read | after Kanwu | left | marks and spaces wrong | after Kanwu | left |"
    )
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for document, press, before, after, marks, left in rows(pages):
        rates = f"{before:.2%} | {after:.2%} | {after / before:.0%}"
        print(f"| {document} | {press} | {rates} | {marks} | {left} | {left / marks:.0%} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
