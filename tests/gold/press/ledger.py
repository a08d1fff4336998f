"""Reads the seed, the truth and the ledger off one list of fragments; `restore` is the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from press.pieces import Damage, Fragment, Piece, truth_parts

Row = dict[str, Any]
CONTEXT = 6
HALF = 9


@dataclass
class Printed:
    """A printed document: its text and where everything landed in it, in code points."""

    text: str = ""
    places: list[tuple[int, Piece, int]] = field(default_factory=list)  # seed offset, piece, truth offset
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)  # id(fragment) -> its seed span
    truth_at: dict[int, int] = field(default_factory=dict)  # id(fragment) -> its truth offset


def truth_of(fragments: list[Fragment]) -> str:
    """The text that the fragments stand for."""
    return "".join(sep + each.truth for sep, each in truth_parts(fragments))


def print_out(fragments: list[Fragment]) -> Printed:
    """Set the fragments in their printed order."""
    printed = Printed()
    at = 0
    for sep, fragment in truth_parts(fragments):
        printed.truth_at[id(fragment)] = at + len(sep)
        at += len(sep) + len(fragment.truth)
    chunks: list[str] = []
    here = 0
    for nth, fragment in enumerate(fragments):
        truth = printed.truth_at.get(id(fragment), -1)
        for piece in fragment.sep if nth else []:
            printed.places.append((here, piece, truth))
            chunks.append(piece.seed)
            here += len(piece.seed)
        start = here
        for piece in fragment.pieces:
            printed.places.append((here, piece, truth))
            chunks.append(piece.seed)
            here += len(piece.seed)
            truth += len(piece.truth) if truth >= 0 else 0
        printed.spans[id(fragment)] = (start, here)
    printed.text = "".join(chunks)
    return printed


def seed_span(fragments: list[Fragment], start: int, end: int) -> tuple[int, int]:
    """Where a passage of the truth (code points, half-open) is printed: the hull of its pieces in the seed."""
    spans = [
        (here + max(0, start - at), here + len(piece.seed) - max(0, at + len(piece.truth) - end))
        for here, piece, at in print_out(fragments).places
        if piece.truth.strip() and at < end and at + len(piece.truth) > start
    ]
    return min(low for low, _ in spans), max(high for _, high in spans)


def rows_of(fragments: list[Fragment], name: str, make: Any) -> list[Row]:
    """The ledger: one row a damage, in the order of the seed, positions computed."""
    printed = print_out(fragments)
    rows: list[Row] = []
    groups: dict[int, Row] = {}
    for offset, piece, truth in printed.places:
        damage = piece.damage
        if damage is None:
            continue
        if "run" in damage.extra:
            rows.append(_run_row(damage, printed, fragments))
        elif damage.group and id(damage) in groups:
            groups[id(damage)]["offsets"].append(offset)
        else:
            row = _row(damage, offset, piece, truth, printed)
            rows.append(row)
            if damage.group:
                groups[id(damage)] = {**row}
                rows[-1] = groups[id(damage)]
                rows[-1].update(group=True, offsets=[offset])
            rows += _inner_page_number(piece, offset, make)
    for row in groups.values():
        row["count"] = len(row["offsets"])
    rows += _stitches(fragments, printed, make)
    rows.sort(key=lambda row: (row["offset"], -row["length"]))
    return [_finish(row, nth, name, printed.text) for nth, row in enumerate(rows, 1)]


def _base(damage: Damage, offset: int, before: str, after: str | None, truth: int) -> Row:
    extra = {key: value for key, value in damage.extra.items() if key not in {"run", "after", "kept", "page"}}
    row = {"offset": offset, "length": len(before), "class": damage.kind, "before": before, "after": after}
    row |= {"certainty": damage.certainty, "action": damage.action, "stitch": None, "reason": damage.reason}
    return row | extra | ({"truth_offset": truth} if truth >= 0 else {})


def _row(damage: Damage, offset: int, piece: Piece, truth: int, printed: Printed) -> Row:
    after = None if damage.flag else damage.extra.get("after", piece.truth)
    row = _base(damage, offset, piece.seed, after, truth)
    if "kept" in damage.extra:
        row["keep"] = printed.spans[id(damage.extra["kept"])][0]
    return row


def _inner_page_number(piece: Piece, offset: int, make: Any) -> list[Row]:
    damage = piece.damage
    if damage is None or "page" not in damage.extra or damage.kind == "page_number":
        return []
    number = damage.extra["page"]
    inner = _base(make("page_number"), offset + piece.seed.index(number), number, "", -1)
    return [inner | {"within": damage.kind}]


def _run_row(damage: Damage, printed: Printed, fragments: list[Fragment]) -> Row:
    """A row for whole paragraphs: a caption that stays, or a run that goes home before its follower."""
    run: list[Fragment] = damage.extra["run"]
    start, end = printed.spans[id(run[0])][0], printed.spans[id(run[-1])][1]
    row = _base(damage, start, printed.text[start:end], None, printed.truth_at[id(run[0])])
    if damage.flag:
        return row
    order = [each for _, each in truth_parts(fragments)]
    follower = order[order.index(run[-1]) + 1]
    return row | {"move_to": {"offset": printed.spans[id(follower)][0], "where": "before"}}


def _stitches(fragments: list[Fragment], printed: Printed, make: Any) -> list[Row]:
    """Two rows for every pair of halves of one paragraph that are printed apart."""
    order = [each for _, each in truth_parts(fragments)]
    rows: list[Row] = []
    for head, tail in pairwise(order):
        if head.par != tail.par or any(piece.damage for piece in tail.sep):
            continue
        stitch = f"S{len(rows) // 2 + 1}"
        (head_start, head_end), (tail_start, tail_end) = printed.spans[id(head)], printed.spans[id(tail)]
        head_start = max(head_start, head_end - HALF)
        left, right = printed.text[head_start:head_end], printed.text[tail_start:tail_end][:HALF]
        joined = {"stitch": stitch, "joined": left + right}
        cut = _base(make("truncated_block"), head_start, left, None, -1)
        orphan = _base(make("orphan_head"), tail_start, right, None, printed.truth_at[id(tail)])
        rows.append(cut | joined | {"pair": tail_start, "end": head_end})
        rows.append(orphan | joined | {"pair": head_end, "end": tail_end})
    return rows


def _finish(row: Row, nth: int, name: str, text: str) -> Row:
    start = row["offset"]
    end = start + row["length"]
    line_start = text.rfind("\n", 0, start) + 1
    head = {"id": f"{name}-{nth:03d}", "file": f"{name}.txt", "line": text.count("\n", 0, start) + 1}
    head |= {"col": start - line_start, "offset": start, "length": row["length"], "class": row["class"]}
    head |= {"before": row["before"], "ctx_before": text[max(0, start - CONTEXT) : start]}
    head |= {"ctx_after": text[end : end + CONTEXT], "after": row["after"]}
    return head | {key: value for key, value in row.items() if key not in head}


def _replacements(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int, str]]:
    for row in rows:
        after = row["after"] if row["after"] is not None else row.get("suggest")
        if after is not None and "within" not in row:
            for offset in row.get("offsets", [row["offset"]]):
                yield offset, row["length"], after


def restore(seed: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """The truth, from the seed and its ledger alone.

    In-place rows are applied where they stand, halves are stitched, moved runs go home; what is left of
    the separators around a moved run closes up to one blank line.
    """
    cells = list(seed)
    for offset, length, after in _replacements(rows):
        cells[offset : offset + length] = [after, *[""] * (length - 1)]
    order = list(range(len(seed)))
    stitched = [row for row in rows if row["class"] == "orphan_head" and row["stitch"]]
    for row in sorted(stitched, key=lambda row: row["truth_offset"]):
        _shift(order, row["offset"], row["end"], order.index(row["pair"] - 1) + 1)
    moved = [row for row in rows if "move_to" in row]
    for row in sorted(moved, key=lambda row: -row["truth_offset"]):
        start, end = row["offset"], row["offset"] + row["length"]
        cells[order[order.index(end - 1)]] += "\n\n"
        _shift(order, start, end, order.index(row["move_to"]["offset"]))
    return re.sub(r"\n{2,}", "\n\n", "".join(cells[at] for at in order)).strip("\n")


def _shift(order: list[int], start: int, end: int, to: int) -> None:
    """Move what stands between base positions ``start`` and ``end`` to index ``to`` of the order."""
    first, last = order.index(start), order.index(end - 1) + 1
    run = order[first:last]
    del order[first:last]
    to -= len(run) if to >= last else 0
    order[to:to] = run
