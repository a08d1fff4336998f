"""Which figure, and which digit of it, could be wrong: brute force over one edit of one printed numeral.

The model is Scholtus' generalised Fellegi–Holt problem at the size of a sentence: a relation has three figures,
a numeral some forty one-edit neighbours, so all of them are tried. Costs follow the confusions of OCR engines;
they are assumed, not fitted. A repair is named only where it stands alone, and it is never applied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from cleaner.checks.equations import evaluate
from cleaner.model import Figure, Relation

MAX_COST = Decimal("2.6")
GAP = Decimal("0.5")
_ALIKE = {"38": "1", "68": "1", "56": "1", "17": "1", "08": "1"} | {
    "06": "1.2",
    "09": "1.4",
    "27": "1.3",
    "35": "1.4",
    "49": "1.3",
    "58": "1.4",
    "89": "1.5",
    "14": "1.5",
    "23": "1.6",
    "39": "1.6",
    "69": "1.6",
    "79": "1.5",
}
_COSTS = {tuple(pair): Decimal(cost) for pair, cost in _ALIKE.items()}
_OTHER = Decimal("2.5")
_POINT = Decimal("2.0")
_DIGIT = Decimal("2.6")
_SWAP = Decimal("2.2")
_NUMERAL = regex.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True, order=True)
class Repair:
    """One edit of one figure that makes a relation hold. ``text`` is the numeral with its scale and unit."""

    cost: Decimal
    figure_id: str
    before: str
    text: str


def neighbours(numeral: str) -> Iterator[tuple[str, Decimal]]:
    """Every numeral one edit away, with the cost of the edit: substitute, drop, insert, swap."""
    for index, old in enumerate(numeral):
        rest = numeral[:index], numeral[index + 1 :]
        yield rest[0] + rest[1], _POINT if old == "." else _DIGIT
        if old == ".":
            continue
        for new in "0123456789":
            if new != old:
                yield rest[0] + new + rest[1], _COSTS.get(tuple(sorted((old, new))), _OTHER)
    for index in range(len(numeral) + 1):
        for new in "0123456789":
            yield numeral[:index] + new + numeral[index:], _DIGIT
        if "." not in numeral and 0 < index < len(numeral):
            yield numeral[:index] + "." + numeral[index:], _POINT
    for index in range(len(numeral) - 1):
        a, b = numeral[index], numeral[index + 1]
        if a != b:
            yield numeral[:index] + b + a + numeral[index + 2 :], _SWAP


def with_numeral(figure: Figure, numeral: str) -> Figure:
    """The figure as it would read with another numeral, its interval and precision included."""
    value = Decimal(numeral) * figure.scale
    text = _NUMERAL.sub(numeral, figure.text, count=1)
    if figure.precision is None:
        return replace(figure, text=text, value=value, lower=value, upper=value)
    decimals = len(numeral.partition(".")[2])
    unit = Decimal(1).scaleb(-decimals) * figure.scale
    return replace(
        figure, text=text, value=value, lower=value - unit / 2, upper=value + unit / 2, precision=unit
    )


def locate(
    relation: Relation, figures: Mapping[str, Figure], held: Sequence[Relation] = ()
) -> tuple[Repair, ...]:
    """All one-edit repairs of a relation, cheapest first, that break none of the relations in ``held``.

    ``held`` are relations that were consistent. Figures with a comparator (超, 近) or in Chinese numerals have
    no digits to edit and are left alone; an exact count stays a whole number.
    """
    best: dict[tuple[str, str], Repair] = {}
    involved = {m: figures[m] for r in (relation, *held) for m in r.members if m in figures}
    for member in dict.fromkeys(relation.members):
        figure = involved.get(member)
        found = _NUMERAL.search(figure.text) if figure else None
        if figure is None or found is None or figure.comparator != "=" or figure.value is None:
            continue
        others = [r for r in held if member in r.members]
        for numeral, cost in neighbours(found.group()):
            if not _well_formed(numeral) or cost > MAX_COST or (figure.precision is None and "." in numeral):
                continue
            repaired = with_numeral(figure, numeral)
            changed = {**involved, member: repaired}
            if evaluate(relation, changed).holds and all(
                evaluate(r, changed).holds is not False for r in others
            ):
                repair = Repair(cost, member, figure.text, repaired.text)
                known = best.get((member, repaired.text))
                best[member, repaired.text] = min(repair, known) if known else repair
    return tuple(sorted(best.values()))


def _well_formed(numeral: str) -> bool:
    leading = len(numeral) > 1 and numeral[0] == "0" and numeral[1] != "."
    return _NUMERAL.fullmatch(numeral) is not None and not leading and Decimal(numeral) > 0


def alone(repairs: Sequence[Repair]) -> Repair | None:
    """The cheapest repair, where it is cheaper than every other by the gap; otherwise None."""
    if not repairs or (len(repairs) > 1 and repairs[1].cost - repairs[0].cost < GAP):
        return None
    return repairs[0]
