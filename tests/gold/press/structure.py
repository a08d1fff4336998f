"""Damage to the order of paragraphs: cuts, moves, copies, loops, lost breaks, page numbers.

Anchors are quotes from the truth. ``left|right`` names the point between two characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from press.marks import Maker
from press.pieces import Damage, DamageListError, Fragment, Piece, find, replace, split

Step = Mapping[str, Any]


def apply_step(fragments: list[Fragment], step: Step, make: Maker) -> None:
    """Carry out one step of a damage list's ``structure``, in place.

    Raises:
        DamageListError: the step is unknown, or an anchor does not stand once in the truth.
    """
    kinds = {
        "cut": _cut,
        "move": _move,
        "repeat": _repeat,
        "loop": _loop,
        "glue": _glue,
        "page": _page,
        "caption": _caption,
    }
    name = next(iter(step))
    if name not in kinds:
        raise DamageListError(f"unknown step {name!r}")
    kinds[name](fragments, step, make)


def _point(fragments: list[Fragment], quote: str) -> tuple[Fragment, int]:
    left, right = quote.split("|")
    fragment = find(fragments, left + right)
    return fragment, fragment.truth.index(left + right) + len(left)


def _page_break(number: int, make: Maker) -> list[Piece]:
    return [Piece(f"\n\n- {number} -\n\n", "", make("mid_sentence_break", page=f"- {number} -"))]


def _cut(fragments: list[Fragment], step: Step, make: Maker) -> None:
    """Cut one paragraph in two.

    ``page`` prints a number between, ``after`` carries the rest behind another paragraph, ``around`` lists
    anchors of paragraphs that are printed between the halves; without them a line end stands there.
    """
    fragment, at = _point(fragments, step["cut"])
    index = split(fragment, at)
    rest = Fragment(fragment.par, fragment.part + 1, fragment.pieces[index:])
    del fragment.pieces[index:]
    place = fragments.index(fragment) + 1
    if "page" in step:
        rest.sep = _page_break(step["page"], make)
    elif "after" in step:
        place = fragments.index(find(fragments, step["after"])) + 1
    elif "around" not in step:
        rest.sep = [Piece("\n\n", "", make("hard_wrap", halves=[fragment.seed[-6:], rest.seed[:6]]))]
    fragments.insert(place, rest)
    for anchor in step.get("around", []):
        _carry(fragments, [find(fragments, anchor)], rest, make(step.get("class", "misplaced_heading")))


def _carry(fragments: list[Fragment], run: list[Fragment], before: Fragment, damage: Damage) -> None:
    for each in run:
        fragments.remove(each)
    at = fragments.index(before)
    fragments[at:at] = run
    damage.extra["run"] = run
    run[0].pieces.insert(0, Piece("", "", damage))


def _run(fragments: list[Fragment], ends: list[str] | str) -> list[Fragment]:
    first, last = (ends, ends) if isinstance(ends, str) else ends
    start, stop = fragments.index(find(fragments, first)), fragments.index(find(fragments, last))
    return fragments[start : stop + 1]


def _move(fragments: list[Fragment], step: Step, make: Maker) -> None:
    """Print a run of paragraphs out of its place, before the paragraph with the anchor ``before``."""
    run = _run(fragments, step["move"])
    target = find(fragments, step["before"])
    _carry(fragments, run, target, make(step.get("class", "block_order")))


def _repeat(fragments: list[Fragment], step: Step, make: Maker) -> None:
    """Print a run of paragraphs a second time, after the paragraph ``after`` or at the end.

    ``upto`` cuts the last copy short, ``noise`` (seed text to misread text) makes the copy a near one.
    """
    run = _run(fragments, step["repeat"])
    copies = []
    for original in run:
        text = original.seed
        if step.get("upto") and original is run[-1]:
            text = text[: text.index(step["upto"]) + len(step["upto"])]
        for right, wrong in step.get("noise", {}).items():
            text = text.replace(right, wrong)
        damage = make("duplicate_block", kept=original)
        copies.append(Fragment(original.par, 0, [Piece(text, "", damage)], copy=True))
    at = fragments.index(find(fragments, step["after"])) + 1 if step.get("after") else len(fragments)
    fragments[at:at] = copies


def _loop(fragments: list[Fragment], step: Step, make: Maker) -> None:
    """Print one sentence ``times`` times in a row; the truth holds it once."""
    sentence, times = step["loop"], step["times"]
    fragment = find(fragments, sentence)
    start = fragment.truth.index(sentence)
    first, last = split(fragment, start), split(fragment, start + len(sentence))
    text = "".join(piece.seed for piece in fragment.pieces[first:last])
    fragment.pieces.insert(last, Piece(text * (times - 1), "", make("repetition_loop")))


def _glue(fragments: list[Fragment], step: Step, make: Maker) -> None:
    """Lose the break before the paragraph that opens with this head: it runs on behind the one before."""
    head = step["glue"]
    fragment = next(each for each in fragments if each.truth.startswith(head))
    before = fragments[fragments.index(fragment) - 1]
    replace(fragment, 0, len(head), Piece(head, head, make("lost_heading", after=f"\n\n{head}")))
    fragment.sep = []
    if before.par != fragment.par - 1 or before.copy:
        raise DamageListError(f"{head!r} does not follow its neighbour")


def _caption(fragments: list[Fragment], step: Step, make: Maker) -> None:
    """Name a whole paragraph as the caption of a photo; nothing is changed."""
    fragment = find(fragments, step["caption"])
    damage = make("caption", run=[fragment])
    damage.flag = True
    fragment.pieces.insert(0, Piece("", "", damage))


def _page(fragments: list[Fragment], step: Step, make: Maker) -> None:
    """Print a page number on a line of its own before the paragraph with the anchor ``before``."""
    fragment = find(fragments, step["before"])
    number = Piece(f"- {step['page']} -\n\n", "", make("page_number"))
    fragment.sep = [Piece("\n\n", "\n\n"), number]


_STEPS = {
    "cut": _cut,
    "move": _move,
    "repeat": _repeat,
    "loop": _loop,
    "glue": _glue,
    "caption": _caption,
    "page": _page,
}
