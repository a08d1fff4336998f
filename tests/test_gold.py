"""The seeds, their truth and their ledgers are one thing: what the press makes is what is committed."""

from __future__ import annotations

import json
import os
import re
import sys
from decimal import Decimal
from pathlib import Path

import pytest

GOLD = Path(__file__).resolve().parent / "gold"
ROOT = GOLD.parents[1]
sys.path.insert(0, str(GOLD))

from press import edition, ledger, marks, pieces, wrap  # noqa: E402

NAMES = edition.names()
MADE = edition.files()
FORM = [
    "id",
    "file",
    "line",
    "col",
    "offset",
    "length",
    "class",
    "before",
    "ctx_before",
    "ctx_after",
    "after",
]
FORM += ["certainty", "action", "stitch", "reason"]
PAIR = re.compile(r"- `([^`]+)`: .+")


def rows_of(name: str) -> list[dict]:
    """The committed ledger of one document."""
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]


def seed_of(name: str) -> str:
    """The committed seed."""
    return (ROOT / "seeds" / f"{name}.txt").read_text("utf-8")


def truth_of(name: str) -> str:
    """The committed truth, without its last line end."""
    return (GOLD / f"{name}_truth.txt").read_text("utf-8").rstrip("\n")


@pytest.mark.parametrize("path", sorted(MADE), ids=lambda path: path.name)
def test_the_committed_file_is_what_the_press_makes(path):
    assert path.read_bytes() == MADE[path].encode("utf-8"), "run: python tests/gold/build.py"


def test_every_seed_and_every_truth_has_a_damage_list():
    assert len(NAMES) == 5
    assert sorted(path.stem for path in (ROOT / "seeds").glob("*.txt")) == NAMES
    assert sorted(path.stem.removesuffix("_truth") for path in GOLD.glob("*_truth.txt")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_what_the_ledger_says_was_printed_stands_at_its_offset(name):
    seed = seed_of(name)
    for row in rows_of(name):
        end = row["offset"] + row["length"]
        for offset in row.get("offsets", [row["offset"]]):
            assert seed[offset : offset + row["length"]] == row["before"], row["id"]
        assert seed[: row["offset"]].endswith(row["ctx_before"])
        assert seed[end:].startswith(row["ctx_after"])
        assert row["line"] == seed.count("\n", 0, row["offset"]) + 1
        assert [key for key in FORM if key not in row] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_ledger_alone_leads_from_the_seed_to_the_truth(name):
    assert ledger.restore(seed_of(name), rows_of(name)) == truth_of(name)


@pytest.mark.parametrize("name", NAMES)
def test_no_row_that_remedies_can_be_left_out(name):
    seed, truth, rows = seed_of(name), truth_of(name), rows_of(name)
    for nth, row in enumerate(rows):
        remedy = row["after"] if row["after"] is not None else row.get("suggest")
        if remedy is None or "within" in row or row["class"] in {"keep_break", "spacing"}:
            continue  # blank lines between paragraphs close up by themselves
        assert ledger.restore(seed, rows[:nth] + rows[nth + 1 :]) != truth, row["id"]


@pytest.mark.parametrize("name", NAMES)
def test_ledger_words_are_the_closed_ones_and_ids_are_unique(name):
    rows = rows_of(name)
    known = set(edition.load_yaml(GOLD / "damage" / "classes.yaml"))
    assert {row["class"] for row in rows} <= known
    assert {row["certainty"] for row in rows} <= {"certain", "likely", "possible"}
    assert {row["action"] for row in rows} <= {"autofix_safe", "fix_with_context", "flag_only"}
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(row["after"] is None for row in rows if row["action"] == "flag_only")


@pytest.mark.parametrize("name", NAMES)
def test_documents_have_the_length_and_the_density_of_real_ones(name):
    truth, rows = truth_of(name), rows_of(name)
    assert len(truth) >= 3000
    remedied = sum(len(row.get("offsets", [0])) for row in rows)
    assert 8 <= 1000 * remedied / len(truth) <= 120


def interval(text: str) -> tuple[Decimal, Decimal]:
    """What a printed figure may have been before it was rounded; a count is exact."""
    value = Decimal(text)
    places = -int(value.as_tuple().exponent)
    half = Decimal(1).scaleb(-places) / 2 if places else Decimal(0)
    return value - half, value + half


def meets(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    """Whether two closed intervals have a point in common."""
    return max(one[0], other[0]) <= min(one[1], other[1])


def agrees(row: dict) -> bool | None:
    """Whether the figures of one row agree on intervals; None where the row lists no figures."""
    if "shares" in row or "parts" in row:
        bounds = [interval(each) for each in row.get("shares") or row["parts"]]
        total = (sum(low for low, _ in bounds), sum(high for _, high in bounds))
        whole = interval(row["whole"]) if "whole" in row else (Decimal(100), Decimal(100))
        return meets(total, whole)
    if "share" in row:
        (low, high), (least, most) = interval(row["part"]), interval(row["whole"])
        return meets((100 * low / most, 100 * high / least), interval(row["share"]))
    if "rate" in row:
        (low, high), (least, most) = interval(row["after"]), interval(row["before"])
        return meets((100 * (low / most - 1), 100 * (high / least - 1)), interval(row["rate"]))
    return None


def figure_rows(name: str) -> list[dict]:
    """Rows of findings.jsonl or agreements.jsonl."""
    return [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", figure_rows("findings.jsonl"), ids=lambda row: row["quote"][:12])
def test_planted_disagreements_disagree(row):
    assert agrees(row) in {False, None}
    assert row["quote"] in truth_of(Path(row["doc"]).stem)


@pytest.mark.parametrize("row", figure_rows("agreements.jsonl"), ids=lambda row: row["quote"][:12])
def test_figures_that_should_agree_agree(row):
    assert agrees(row) in {True, None}
    assert row["quote"] in truth_of(Path(row["doc"]).stem)


@pytest.mark.parametrize("listed", ["findings.jsonl", "agreements.jsonl"])
def test_figures_stand_in_the_seed_where_the_row_says(listed):
    for row in figure_rows(listed):
        printed = seed_of(Path(row["doc"]).stem)[row["start"] : row["end"]]
        bare = re.sub(r"- [0-9]+ -|[\s$\\]", "", printed).translate(str.maketrans(",:;", "，：；"))
        assert len(set(row["quote"]) - set(bare)) <= 2, row["quote"]
        assert abs(len(bare) - len(row["quote"])) <= 2, row["quote"]


def test_the_disagreements_cover_what_a_checker_must_find():
    checks = {row["check"] for row in figure_rows("findings.jsonl")}
    assert {"parts_sum_to_whole", "share_of_total", "growth_vs_levels"} <= checks
    assert {"enumerated_count", "heading_numbering", "fenbie_arity"} <= checks
    assert {Path(row["doc"]).stem for row in figure_rows("findings.jsonl")} == set(NAMES)


def trap_list() -> list[tuple[str, str]]:
    """(document, string) of traps.md."""
    listed, name = [], ""
    for line in (GOLD / "traps.md").read_text("utf-8").splitlines():
        name = line.removeprefix("## ") if line.startswith("## ") else name
        found = PAIR.fullmatch(line)
        if found:
            listed.append((name, found.group(1)))
    return listed


@pytest.mark.parametrize(("name", "trap"), trap_list())
def test_traps_stand_untouched_in_seed_and_truth(name, trap):
    joined = re.sub(r"[\n,:;]", "", seed_of(name)).replace(" ", "")
    bare = re.sub(r"[，：；\n:]", "", trap).replace(" ", "")
    assert bare in re.sub(r"[，：；]", "", joined), "not in the seed"
    assert trap in truth_of(name)


def test_no_sentence_of_the_shared_documents_is_in_the_seeds():
    shared = Path(os.environ.get("KANWU_SHARED", ROOT.parent / "shared"))
    sources = [*(shared / "seeds").glob("*.txt"), *(shared / "corpus").glob("*.txt")]
    if not sources:
        pytest.skip("the shared documents are not here (KANWU_SHARED)")
    ours: dict[str, str] = {}
    for name in NAMES:
        for text in (seed_of(name), truth_of(name)):
            bare = re.sub(r"\s", "", text)
            ours |= {bare[at : at + 24]: name for at in range(len(bare) - 23)}
    for source in sources:
        bare = re.sub(r"\s", "", source.read_text("utf-8"))
        copied = {ours[run] for at in range(len(bare) - 23) if (run := bare[at : at + 24]) in ours}
        assert not copied, source.name


def test_a_mark_that_does_not_fit_the_truth_is_refused():
    fragments = pieces.from_truth("一座桥，两座桥。")
    damage = pieces.Damage("visual_typo", "certain", "fix_with_context", "")
    with pytest.raises(pieces.DamageListError, match="2 places"):
        marks.mark(fragments, "座⟦乔→桥⟧", damage)
    with pytest.raises(pieces.DamageListError, match="0 places"):
        marks.mark(fragments, "三座⟦乔→桥⟧", damage)
    marks.mark(fragments, "一座⟦乔→桥⟧", damage)
    with pytest.raises(pieces.DamageListError, match="damaged already"):
        marks.mark(fragments, "一座⟦轿→桥⟧", damage)
    assert (fragments[0].seed, fragments[0].truth) == ("一座乔，两座桥。", "一座桥，两座桥。")


def test_wrapped_lines_keep_figures_whole_and_no_mark_opens_a_line():
    text = "全年粮食总产量完成12345.67吨，“稻虾”两项，" * 9 + "都好。"
    lines = wrap.wrap_lines([pieces.Piece(text, text)], 28, 2)
    printed = ["".join(piece.seed for piece in line) for line in lines]
    assert "".join(printed) == text
    assert all(line[0] not in "，。”" and line[-1] != "“" for line in printed)
    assert sum(line.count("12345.67") for line in printed) == 9
    assert 26 <= max(len(line.encode("gb18030")) / 2 for line in printed) <= 29
