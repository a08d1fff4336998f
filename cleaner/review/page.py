"""The page of a run: its items, what was decided about them, and what their rules say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cleaner.reports.review import ReviewPage, render_review
from cleaner.review.desk import Desk
from cleaner.review.items import items_of, name_of, words_of
from cleaner.runs.decisions import row_of


def page_of(
    out: Path, desk: Desk, lang: str, applied: bool = False, served: bool = True
) -> tuple[int, Callable[[], str]]:
    """The number of items of a run, and what makes its page; the decisions are read each time it is made.

    Args:
        out: the folder of the run.
        desk: where decisions are kept.
        lang: zh or en.
        applied: whether to show all that the run did, and not only what it doubted or withheld.
        served: whether a server stands behind the page.

    Raises:
        UndoError: OUT is no run, left no texts, or was edited since.
        DecisionError: the file of decisions is wrong.
    """
    items = tuple(items_of(out, desk.decisions(), applied))
    name, rules = name_of(out), words_of(out)

    def make() -> str:
        return render_review(
            ReviewPage(
                name=name,
                items=items,
                decisions=[row_of(d) for d in desk.decisions().entries],
                rules=rules,
                lang=lang,
                saves_to=str(desk.path) if served else "",
                pack=str(desk.pack) if desk.pack and served else "",
            )
        )

    return len(items), make
