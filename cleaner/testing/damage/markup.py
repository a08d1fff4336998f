"""What vision models write around text: LaTeX, Markdown, HTML."""

from __future__ import annotations

import random
from collections.abc import Iterator

import regex

from cleaner.offsets import Span
from cleaner.reading.blocks import heading_level
from cleaner.testing.damage.planted import Change
from cleaner.testing.damage.sites import all_lines, apart, matches, paragraphs, sentences, separator, wanted

_PERCENT = regex.compile(r"(?<![0-9.~—\-])[0-9]+(?:\.[0-9]+)?%")
_LATEX = (r"${}\%$", r"$ {}\% $", r"${} \%$", r"{}\%", r"\({}\%\)")
_GAP = regex.compile(r"(?<=\p{Han})(?=\p{Han})|(?<=[，。；])(?=\p{Han})")
_TABLE = regex.compile(r"[^\n]*\t[^\n]*(?:\n+[^\n]*\t[^\n]*)*")
_INDICATORS = ("地区生产总值", "粮食产量", "固定资产投资", "社会消费品零售总额", "城镇新增就业", "森林覆盖率")
_SHARE = {"percent": 4, "entity": 1, "run-in head": 2, "heading": 2, "image": 1}
"""Of ten plants, how many are of which kind; tables come on top."""


def with_tables(text: str, rng: random.Random) -> str:
    """``text`` with a small invented table between two paragraphs: rows are lines, cells set apart by tabs."""
    ends = [span.end for span in paragraphs(text)[1:]]
    if not ends:
        return text
    at = rng.choice(ends)
    rows = ["指标\t数值\t增长"]
    rows += [
        f"{name}\t{rng.randint(10, 990) / 10}\t{rng.randint(10, 99) / 10}%"
        for name in rng.sample(_INDICATORS, 3)
    ]
    return text[:at] + separator(text) + "\n".join(rows) + text[at:]


def markup_residue(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """Formulae for percentages, entities, bold and hash marks, image links, tables in HTML."""
    count = wanted(text, density)
    share = {kind: max(1, round(count * part / 10)) for kind, part in _SHARE.items()}
    for span in apart(matches(_PERCENT, text), rng, share["percent"]):
        printed = rng.choice(_LATEX).format(text[span.start : span.end - 1])
        yield Change(span.start, span.end, printed, "percent")
    for span in apart(matches(_GAP, text), rng, share["entity"]):
        yield Change(span.start, span.end, "&nbsp;", "entity")
    yield from _emphasis(text, rng, share)
    yield from _images(text, rng, share["image"])
    for found in _TABLE.finditer(text):
        yield Change(found.start(), found.end(), _html(found.group(), rng), "table")


def _emphasis(text: str, rng: random.Random, share: dict[str, int]) -> Iterator[Change]:
    leads = [
        found[0] for p in paragraphs(text, 60) if (found := sentences(text, p)) and 4 <= len(found[0]) <= 20
    ]
    for span in apart(leads, rng, share["run-in head"]):
        yield from _around(span, "**", "**", "run-in head")
    heads = [s for s in all_lines(text) if len(s) <= 40 and heading_level(text[s.start : s.end])]
    for span in apart(heads, rng, share["heading"]):
        level = heading_level(text[span.start : span.end])
        opening = rng.choice(["**", "#" * (level + 1) + " ", "#" * level + " **"])
        yield from _around(span, opening, "**" if opening.endswith("**") else "", "heading")


def _around(span: Span, opening: str, closing: str, kind: str) -> Iterator[Change]:
    group = f"{kind} {span.start}"
    yield Change(span.start, span.start, opening, kind, group)
    if closing:
        yield Change(span.end, span.end, closing, kind, group)


def _images(text: str, rng: random.Random, count: int) -> Iterator[Change]:
    for span in apart(all_lines(text)[:-1], rng, count):
        name = f"{rng.getrandbits(64):016x}"
        label = rng.choice(["", "", "图片", "image"])
        yield Change(span.end, span.end, f"{separator(text)}![{label}](images/{name}.jpg)", "image")


def _html(table: str, rng: random.Random) -> str:
    cell = rng.choice(["td", "td", 'td colspan="1"'])
    rows = [
        "<tr>" + "".join(f"<{cell}>{text}</td>" for text in line.split("\t")) + "</tr>"
        for line in table.split("\n")
        if line
    ]
    opening = rng.choice(["<table>", '<table border="1">', "<table><tbody>"])
    closing = "</tbody></table>" if "tbody" in opening else "</table>"
    return "".join([opening, *rows, closing])
