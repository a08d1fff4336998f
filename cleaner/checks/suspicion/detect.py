"""All detectors over one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.checks.suspicion import (
    captions,
    leads,
    marks,
    names,
    order,
    parallels,
    phrases,
    sections,
    series,
    strange,
    torn,
)
from cleaner.checks.suspicion.subject import Detector, Subject, Suspicion
from cleaner.model import Cleaned, Relation

DETECTORS: tuple[Detector, ...] = (
    sections.lost_sections,
    sections.mismatched_bodies,
    sections.scraps,
    torn.stray_scraps,
    torn.torn_starts,
    sections.notes_without_anchors,
    order.parts_out_of_order,
    order.interrupted_patterns,
    order.scattered_siblings,
    order.echoing_heads,
    order.interrupted_lists,
    captions.captions,
    marks.digits_behind_percent,
    marks.unpaired_marks,
    parallels.list_separators,
    parallels.unparted_members,
    parallels.uneven_members,
    series.letters_taken_up,
    series.lost_season,
    series.shortened_first,
    parallels.joined_counts,
    phrases.lost_parts,
    phrases.repeated_tails,
    phrases.doubled_oddly,
    names.name_variants,
    leads.mangled_leads,
    strange.strange_words,
)
"""In order of weight: of suspicions of one kind and place the first is told."""


def suspicions(cleaned: Cleaned, relations: Sequence[Relation] = ()) -> Iterator[Suspicion]:
    """What looks damaged in a restored document, in text order. A place that one detector told is not told again."""
    subject = Subject.of(cleaned, relations)
    told: set[int] = set()
    found: list[Suspicion] = []
    for detector in DETECTORS:
        for suspicion in detector(subject):
            places = range(suspicion.start, suspicion.end)
            if told.isdisjoint(places):
                told.update(places)
                found.append(suspicion)
    yield from sorted(found, key=lambda s: (s.start, s.end))
