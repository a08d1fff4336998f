"""Hypothesis strategies over planted damage, for the property tests of rules: of this project and of users."""

from __future__ import annotations

from collections.abc import Collection

from hypothesis import strategies as st

from cleaner.testing.damage.plant import CLASSES, plant, plant_all
from cleaner.testing.damage.planted import Planted


def planted_documents(
    texts: Collection[str], classes: Collection[str] = tuple(CLASSES), densest: float = 40.0
) -> st.SearchStrategy[Planted]:
    """One of ``texts`` with one of ``classes`` of damage, at up to ``densest`` plants (see ``plant``)."""
    return st.builds(
        plant,
        st.sampled_from(sorted(texts)),
        st.sampled_from(sorted(classes)),
        st.integers(0, 2**32),
        st.floats(1.0, densest),
    )


def ruined_documents(texts: Collection[str]) -> st.SearchStrategy[Planted]:
    """One of ``texts`` with every class of damage but moved blocks."""
    return st.builds(plant_all, st.sampled_from(sorted(texts)), st.integers(0, 2**32))
