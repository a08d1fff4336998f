"""A figure while it is being read: the scanner fills the numeral, later passes what it means."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

DATA_KINDS = frozenset({"level", "count", "growth_rate", "share", "rank", "target", "threshold"})
"""The kinds that state data; every other kind is a name, an ordinal, a date or a duration."""

LOOKALIKE = "lookalike"
UNREAD = "unread"


@dataclass(slots=True, eq=False)
class Draft:
    """A numeral of the clean text. ``start`` is its first digit, ``end`` is past its unit.

    ``reach`` is past the bound that follows the unit (以上, 左右), ``lead`` is before the bound that comes first
    (超过, 近). ``kind`` is one of the kinds of figures, or ``lookalike``, or ``unread``; ``nature`` then says why.
    """

    start: int
    end: int
    kind: str
    nature: str
    value: Decimal | None = None
    high: Decimal | None = None
    place: Decimal | None = None
    step: Decimal | None = None
    scale: int = 1
    unit: str = ""
    dimension: str = ""
    comparator: str = "="
    inclusive: bool = False
    approx: str = ""
    components: tuple[Decimal, ...] = ()
    indicator: str = ""
    subject: str = ""
    period: str = ""
    status: str = "actual"
    group: str = ""
    block: int = -1
    lead: int = -1
    reach: int = -1

    @property
    def is_data(self) -> bool:
        """Whether the numeral states data."""
        return self.kind in DATA_KINDS


def lookalike(start: int, end: int, why: str) -> Draft:
    """A numeral that is no figure, with the reason."""
    return Draft(start, end, LOOKALIKE, why, lead=start, reach=end)
