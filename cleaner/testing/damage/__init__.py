"""Damage made to order: every class of DESIGN section 5, planted in sound text with the truth beside it.

    >>> planted = plant("青岗县粮食和蔬菜丰收，农民收入增长。" * 3, "foreign_word", seed=1)
    >>> planted.undone() == planted.truth
    True

Deterministic by seed; no clock, no global random state. The restoration benchmark scores against it, and
``planted_documents`` is a Hypothesis strategy of it.
"""

from cleaner.testing.damage.plant import CLASSES, PER_10K, PER_DOCUMENT, DamageClass, plant, plant_all
from cleaner.testing.damage.planted import Plant, Planted

__all__ = ["CLASSES", "PER_10K", "PER_DOCUMENT", "DamageClass", "Plant", "Planted", "plant", "plant_all"]
