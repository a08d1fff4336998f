"""Two levels and the step between them: 由A增加到B，增加c; 由12%提高到15%，提高3个百分点."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.figures.relations.growth import in_time
from cleaner.figures.relations.page import Draft, Page, is_quantity, is_rate
from cleaner.figures.relations.words import compiled
from cleaner.model import Figure, Reason
from cleaner.packs.relations import RelationType, relation_types


def propose(page: Page) -> Iterator[Draft]:
    """growth_vs_levels in the form that counts a step instead of a rate."""
    kind = relation_types()["growth_vs_levels"]
    for run in page.triples:
        yield from _steps(page, kind, run)


def _steps(page: Page, kind: RelationType, run: tuple[Figure, ...]) -> Iterator[Draft]:
    said = compiled(rf"[，、,\s]*{kind.words('since')}*{kind.words('step')}(?:了|约|达)?")
    for first, second, step in zip(run, run[1:], run[2:], strict=False):
        pair = in_time(page, kind, first, second) if _alike(first, second, step) else None
        lead = page.lead(step)
        if pair is None or not said.fullmatch(lead):
            continue
        falls = compiled(kind.words("fall")).search(lead) is not None
        words = page.text[page.clause_start(first.clean_start) : step.clean_end]
        reason = Reason.SCOPE_CHANGED if kind.excluded(words) else None
        detail = {"form": "step", "sign": -1 if falls else 1}
        start, end = first.clean_start, step.clean_end
        yield Draft("growth_vs_levels", start, end, (*pair, step), reason is None, reason, detail)


def _alike(first: Figure, second: Figure, step: Figure) -> bool:
    """Shares change by points, amounts by their own unit."""
    if is_rate(first) and is_rate(second):
        return step.unit == "个百分点" and step.value is not None
    return is_quantity(first) and is_quantity(step) and first.unit == second.unit == step.unit
