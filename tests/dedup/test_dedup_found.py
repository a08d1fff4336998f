"""What is found: every exact copy, near copies above the threshold and nothing below it."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from dedup_helpers import changed, compare, kinds, lay, paragraph
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from cleaner.dedup.candidates import PARTNERS, WINDOW, candidates
from cleaner.dedup.paragraphs import lines_of, normalised
from cleaner.dedup.signatures import BANDS, BINS, signatures
from cleaner.reading.blocks import parse_blocks

TEXTS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from([0.0, 0.0, 0.02, 0.05, 0.1, 0.2, 0.4]), st.integers(0, 3)),
    min_size=1,
    max_size=14,
)


def spread(line: str, seed: int) -> str:
    """The same line to a comparison: other spaces, full-width marks."""
    rng = random.Random(seed)  # noqa: S311 (sample text)
    return "　　" + "".join(rng.choice(["", "", " "]) + c.replace(",", "，") for c in line)


@given(TEXTS, st.integers(0, 1000))
def test_exact_copies_are_always_found_and_similarities_are_true(drawn, seed):
    lines = [changed(paragraph(which), share, which + way) for which, share, way in drawn]
    documents = {f"d{i:02d}": f"{spread(line, seed + i)}\n\n尾。\n" for i, line in enumerate(lines)}
    with TemporaryDirectory() as place:
        _, rows = compare(lay(Path(place) / "in", **documents), Path(place) / "out", threshold=0.8)
    text_of = {f"{name}.txt": lines[int(name[1:])] for name in documents}
    found = {row["doc"]: row for row in rows}
    for name, line in text_of.items():
        twins = [other for other, same in text_of.items() if same == line]
        if len(twins) > 1:
            assert found[name]["cluster"] == found[twins[0]]["cluster"]
            assert name == twins[0] or not found[name]["kept"]
    for row in rows:
        own, other = text_of[row["doc"]], text_of[row["of_doc"]]
        assert row["similarity"] == pytest.approx(Levenshtein.normalized_similarity(own, other))
        assert row["similarity"] >= 0.8
        assert "".join(documents[row["doc"][:-4]][row["start"] : row["end"]].split()) == own


@pytest.mark.parametrize("share", [0.01, 0.03, 0.06, 0.1])
def test_nearly_all_copies_with_changed_characters_are_found(tmp_path, share):
    texts = [paragraph(seed, 120) for seed in range(200)]
    copies = [changed(text, share, seed) for seed, text in enumerate(texts)]
    folder = lay(tmp_path / "in", a="\n".join(texts), b="\n".join(copies))
    outcome, rows = compare(folder, tmp_path / "out", threshold=0.85)
    pairs = {(row["block"], row["of_block"]) for row in rows if row["doc"] == "b.txt"}
    assert sum((n, n) in pairs for n in range(200)) >= 198
    assert all(a == b for a, b in pairs)
    assert outcome.tally.counts["near"] == len(pairs)


def test_white_space_width_and_what_cannot_be_seen_make_no_difference(tmp_path):
    text = "青岗县持续推进乡村振兴,新建农村公路12公里,改造危房300户,群众出行和居住条件明显改善。"
    other = text.replace("12", "１２").replace(",", "，").replace("公路", "公 路").replace("户", "户\u200b")
    _, rows = compare(lay(tmp_path / "in", a=text, b=f"　　{other}"), tmp_path / "out")
    assert kinds(rows) == {("a", 0): "first", ("b", 0): "exact"}
    assert (rows[1]["start"], rows[1]["end"]) == (2, 2 + len(other))


def test_short_paragraphs_rules_and_rows_of_figures_are_not_compared(tmp_path):
    text = "\n".join(
        ["各位代表！", "| --- | --- | --- | --- | --- | --- | --- | --- |", "2024 158.9 46.2 " * 5]
    )
    outcome, rows = compare(lay(tmp_path / "in", a=text, b=text), tmp_path / "out")
    assert (outcome.tally.counts["blocks"], outcome.tally.counts["compared"], rows) == (6, 0, [])
    _, rows = compare(
        lay(tmp_path / "more", a=paragraph(1, 20), b=paragraph(1, 20)), tmp_path / "o", least=20
    )
    assert len(rows) == 2


def test_copies_that_state_other_numbers_stay(tmp_path):
    text = "全年建成项目{}个，完成投资{}亿元，" + paragraph(3)
    documents = {"a": text.format(12, "3.5"), "b": text.format(13, "3.5"), "c": text.format(13, "3.5")}
    documents |= {
        "d": text.format("十二", "3.5"),
        "e": text.format(12, "35"),
        "f": changed(documents["b"], 0.03),
    }
    _, rows = compare(lay(tmp_path / "in", **documents), tmp_path / "out")
    found = {name: kind for (name, _), kind in kinds(rows).items()}
    other = "other_numbers"
    assert found == {"a": "first", "b": other, "c": "exact", "d": other, "e": other, "f": "near"}
    assert {row["doc"]: row["of_doc"] for row in rows}["f.txt"] == "b.txt"


def test_a_chain_of_copies_does_not_lead_away_from_what_stays(tmp_path):
    first = paragraph(1, 100)
    second = "甲" * 12 + first[12:]
    third = second[:88] + "乙" * 12
    _, rows = compare(lay(tmp_path / "in", a=first, b=second, c=third), tmp_path / "out", threshold=0.85)
    assert kinds(rows) == {("a", 0): "first", ("b", 0): "near", ("c", 0): "linked"}
    assert [row["kept"] for row in rows] == [True, False, True]
    assert len({row["cluster"] for row in rows}) == 1
    assert rows[2]["of_doc"] == "b.txt"


def test_a_threshold_of_one_asks_for_exact_copies_alone(tmp_path):
    text = paragraph(1)
    folder = lay(tmp_path / "in", a=text, b=changed(text, 0.02), c=text)
    _, rows = compare(folder, tmp_path / "out", threshold=1.0)
    assert kinds(rows) == {("a", 0): "first", ("c", 0): "exact"}


def test_blocks_are_numbered_as_the_blocks_of_a_run():
    text = "标题\n\n　　第一段。 \n\t\n第二段。\n"
    ours = [(line.start, line.end) for line in lines_of(text)]
    assert ours == [(block.start, block.end) for block in parse_blocks(text)]


def test_signatures_do_not_depend_on_neighbours():
    texts = [paragraph(seed, 9 + seed) for seed in range(60)]
    whole = signatures(normalised(texts))
    assert whole.shape == (60, BINS)
    for index, text in enumerate(texts):
        assert (signatures(normalised([text]))[0] == whole[index]).all()


def test_a_crowd_of_like_paragraphs_gives_a_bounded_number_of_pairs():
    texts = [changed(paragraph(1, 60), 0.05, seed) for seed in range(400)]
    pairs = candidates(signatures(normalised(texts)), np.full(400, 60), 0.85)
    assert max(np.bincount(pairs.right)) <= PARTNERS
    assert 0 < len(pairs) <= 400 * WINDOW * BANDS
    assert (pairs.left < pairs.right).all()


def test_a_paragraph_of_many_pages_is_compared_for_exact_copies_alone(tmp_path):
    text = "".join(paragraph(seed, 500) for seed in range(102))
    outcome, rows = compare(lay(tmp_path / "in", a=text, b=text[:-1] + "！", c=text), tmp_path / "out")
    assert kinds(rows) == {("a", 0): "first", ("c", 0): "exact"}
    assert outcome.tally.counts["too_long"] == 2
    assert "too long" in (tmp_path / "out" / "summary.md").read_text("utf-8")


def test_nothing_to_compare_is_no_error(tmp_path):
    outcome, rows = compare(lay(tmp_path / "in", a="短。"), tmp_path / "out")
    assert (rows, outcome.run["exit_code"], outcome.tally.counts["clusters"]) == ([], 0, 0)
