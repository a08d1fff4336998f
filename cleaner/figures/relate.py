"""Figures -> relations: every claim that links figures, proposed with how certain its reading is.

The readers of the families live in ``cleaner.figures.relations``; their words in ``rules/relations``.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.figures.quick import new_relation
from cleaner.figures.relations import (
    bounds,
    calendar,
    differences,
    enumerations,
    fenbie,
    glossary,
    growth,
    members,
    ordinals,
    restated,
    series,
    shares,
    sums,
    targets,
    totals,
    wording,
)
from cleaner.figures.relations.page import Draft, Page, Proposer
from cleaner.model import Cleaned, Figure, Relation, Span
from cleaner.packs.relations import relation_types

_GLANCE = 40
"""Characters that are taken in at a glance; a finding that marks more of the text marks nothing."""
_PROPOSERS: tuple[Proposer, ...] = (
    sums.propose,
    totals.propose,
    shares.propose,
    growth.propose,
    differences.propose,
    targets.propose,
    restated.propose,
    enumerations.propose,
    glossary.propose,
    ordinals.propose,
    fenbie.propose,
    bounds.propose,
    members.propose,
    calendar.propose,
    series.propose,
    wording.propose,
)


def relate(cleaned: Cleaned, figures: Sequence[Figure]) -> tuple[Relation, ...]:
    """Propose the relations of one document, in order of place, ids R0001 and on.

    ``figures`` are read at their places in the clean text (``clean_start``, ``clean_end``); the spans of the
    relations are in the base text. Nothing is judged here: verdicts are the business of ``confront``.

    Raises:
        PackError: a relation file is wrong.
    """
    page = Page.of(cleaned, tuple(figures))
    drafts = {_key(draft): draft for propose in _PROPOSERS for draft in propose(page)}
    ordered = sorted(drafts.values(), key=lambda d: (d.start, d.end, d.type))
    return tuple(_relation(cleaned, number, draft) for number, draft in enumerate(ordered, 1))


def _key(draft: Draft) -> tuple[object, ...]:
    """Two readers that see one claim give one relation."""
    members = tuple([f.figure_id for f in draft.members])
    return draft.type, members, draft.detail.get("form"), None if members else (draft.start, draft.end)


def _relation(cleaned: Cleaned, number: int, draft: Draft) -> Relation:
    return new_relation(
        relation_id=f"R{number:04d}",
        doc=cleaned.document.doc,
        type=draft.type,
        members=tuple([f.figure_id for f in draft.members]),
        spans=_spans(cleaned, draft),
        certain=draft.certain,
        reason=draft.reason,
        detail={**draft.detail, "clean_start": draft.start, "clean_end": draft.end},
        severity=relation_types()[draft.type].severity,
    )


def _spans(cleaned: Cleaned, draft: Draft) -> tuple[Span, ...]:
    """Where a reader should look: the claim, or only its printed figure where the claim is a long way round."""
    if draft.end - draft.start > _GLANCE and draft.members:
        last = draft.members[-1]
        if draft.start <= last.clean_start and last.clean_end <= draft.end:
            return cleaned.offsets.to_base(last.clean_start, last.clean_end)
    return cleaned.offsets.to_base(draft.start, draft.end)
