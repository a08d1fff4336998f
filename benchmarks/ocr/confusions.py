"""Which characters Tesseract takes for which: ``python -m benchmarks.ocr.confusions [TEXT...]``.

Every text (the truths of the project's own documents, unless others are named) is printed and read at several
sizes and noises; what was read is aligned with what was printed, and every character that stands alone in the wrong
place between two right ones is counted. The table goes to ``cleaner/testing/damage/ocr_confusions.txt``: a line is what
was read, what was printed, how often. The damage generator draws its look-alikes from it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.ocr.pages import Press, lines_of, missing, read_pages

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "cleaner" / "testing" / "damage" / "ocr_confusions.txt"
PRESSES = (
    Press("NotoSerifCJK-Regular.ttc", size=16, blur=0.8, specks=0.008),
    Press("NotoSansCJK-Regular.ttc", size=14, blur=0.8, specks=0.006),
    Press("NotoSerifCJK-Regular.ttc", size=13, blur=0.7, specks=0.004),
    Press("NotoSansCJK-Regular.ttc", size=12, blur=0.6, specks=0.002),
)


def is_han(text: str) -> bool:
    """Whether ``text`` is one unified ideograph."""
    return len(text) == 1 and "\u4e00" <= text <= "\u9fff"


def squeezed(text: str) -> str:
    """A text without white space: what is left are the characters that were read."""
    return "".join(text.split())


def confusions(printed: str, read: str) -> Iterator[tuple[str, str]]:
    """(read, printed) for every Han character that was taken for another between two that were read right."""
    printed, read = squeezed(printed), squeezed(read)
    edits = Levenshtein.editops(printed, read)
    changed = {edit.src_pos for edit in edits}
    for edit in edits:
        right, wrong = printed[edit.src_pos : edit.src_pos + 1], read[edit.dest_pos : edit.dest_pos + 1]
        alone = not {edit.src_pos - 1, edit.src_pos + 1} & changed
        if edit.tag == "replace" and alone and is_han(right) and is_han(wrong):
            yield wrong, right


def _counted(task: tuple[str, Press, int]) -> Counter[tuple[str, str]]:
    text, press, seed = task
    printed = "\n".join(lines_of(text, press.columns))
    return Counter(confusions(printed, read_pages(text, press, seed)))


def count(texts: Iterable[str]) -> Counter[tuple[str, str]]:
    """Confusions over all texts and presses."""
    tasks = [(text, press, seed) for seed, text in enumerate(texts) for press in PRESSES]
    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(_counted, tasks), Counter())


def main(paths: list[Path]) -> int:
    """Print, read, count, write the table."""
    lack = missing()
    if lack:
        print(lack, file=sys.stderr)
        return 2
    paths = paths or sorted((ROOT / "tests" / "gold").glob("*_truth.txt"))
    found = count(path.read_text("utf-8") for path in paths)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    head = "# Read by Tesseract 5 for what was printed, how often; made by benchmarks/ocr/confusions.py.\n"
    TABLE.write_text(head + "".join(f"{w} {r} {n}\n" for (w, r), n in ordered), encoding="utf-8")
    print(f"{len(found)} pairs, {sum(found.values())} times; {TABLE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]]))
