"""分别: as many values as indicators, as many rates as levels; and units that cannot carry what they are given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.figures.relations.page import CLAUSE, Draft, Page, is_quantity, is_rate
from cleaner.figures.relations.words import bare_name, compiled
from cleaner.model import Figure, Reason
from cleaner.packs.relations import RelationType, relation_types

_LISTED = re.compile(r"\s*(?:以上|左右|以内|以下)?\s*(?:、|和|与|及|以及)\s*")


def propose(page: Page) -> Iterator[Draft]:
    """fenbie_arity and unit_indicator_fit."""
    kind = relation_types()["fenbie_arity"]
    yield from _spoken(page, kind)
    yield from _carried(page, kind)
    yield from _units(page)


def _values(page: Page, run: tuple[Figure, ...], index: int) -> tuple[Figure, ...]:
    """The list of like values that begins at ``run[index]``: joined by 、 or 和, one unit or one kind."""
    values = [run[index]]
    for figure in run[index + 1 :]:
        if _LISTED.fullmatch(page.between(values[-1], figure)) is None or is_rate(figure) != is_rate(
            values[0]
        ):
            break
        values.append(figure)
    return tuple(values)


def _spoken(page: Page, kind: RelationType) -> Iterator[Draft]:
    """甲、乙分别增长x、y."""
    word = compiled(rf"{kind.words('respectively')}(?P<verb>[^，,。；;、和与及]{{0,14}})$")
    said = compiled(kind.words("respectively"))
    for run in page.prose:
        if not said.search(page.text, max(0, run[0].clean_start - CLAUSE), run[-1].clean_start):
            continue
        for index, first in enumerate(run):
            found = word.search(page.lead(first))
            if found is None or not (is_rate(first) or is_quantity(first)):
                continue
            values = _values(page, run, index)
            start, _ = page.sentence(first.clean_start)
            at = first.clean_start - len(found.group())
            arities, sure = _arities(page, kind, run, index, page.text[start:at])
            if not arities or kind.excluded(page.text[at : first.clean_start] + page.tail(values[-1], 6)):
                continue
            certain = sure and _read_whole(page, kind, run, index, (values, arities))
            yield _arity(values, arities, certain, at)


def _read_whole(
    page: Page,
    kind: RelationType,
    run: tuple[Figure, ...],
    index: int,
    read: tuple[tuple[Figure, ...], set[int]],
) -> bool:
    """Whether the values after 分别 were read to their end.

    A list that runs on was not. One value can hold for each (分别下降2%), unless the rates behind it say that
    there were more.
    """
    values, arities = read
    last = values[-1]
    if page.text[last.clean_end : last.clean_end + 1] in {"、", "和", "\n"}:
        return False
    after = index + len(values)
    if len(values) > 1 or after >= len(run) or not is_rate(run[after]) or is_rate(last):
        return len(values) > 1
    grows = rf"[^。；\d]{{0,20}}{kind.words('grows')}"
    return (
        len(_values(page, run, after)) in arities
        and re.fullmatch(grows, page.between(last, run[after])) is not None
    )


def _arity(
    values: tuple[Figure, ...], arities: set[int], certain: bool, start: int, stated: int = 0
) -> Draft:
    detail = {"form": "values", "stated": stated or len(values), "readings": tuple(sorted(arities))}
    reason = None if certain else Reason.SECOND_READING
    return Draft("fenbie_arity", start, values[-1].clean_end, values, certain, reason, detail)


def _arities(
    page: Page, kind: RelationType, run: tuple[Figure, ...], index: int, before: str
) -> tuple[set[int], bool]:
    """How many indicators can stand before 分别, and whether the nearest clause lists them itself."""
    clauses = [c for c in compiled(r"[，,；;：:]").split(before) if c.strip()]
    found: set[int] = set()
    nearest = _conjuncts(kind, clauses[-1]) if clauses else set()
    sure = max(nearest, default=0) > 1 and not compiled(r"\d").search(clauses[-1])
    if sure:
        return nearest - {0, 1}, True
    for clause in clauses[-3:]:
        found |= _conjuncts(kind, clause)
    carried = _levels_before(page, run, index)
    found |= carried
    if len(clauses) > 1:
        found.add(len(clauses))
    found -= {0, 1}
    return found, sure


def _conjuncts(kind: RelationType, clause: str) -> set[int]:
    """The numbers of indicators that a clause can name: by 、, by 、 and 和, 城乡 as two."""
    pauses = clause.count("、") + 1
    ands = len(compiled(r"以及|和|与|及").findall(clause))
    pairs = len(compiled(kind.words("pairs")).findall(clause))
    return {pauses, pauses + 1 if ands else pauses, pauses + ands, pauses + pairs, pauses + ands + pairs}


def _levels_before(page: Page, run: tuple[Figure, ...], index: int) -> set[int]:
    """How many quantities or rates stand before ``run[index]``: in the sentence, and behind each rate in it."""
    quantities = [f for f in run[:index] if is_quantity(f)]
    found = {len(quantities), sum(1 for f in run[:index] if is_rate(f))}
    for size, earlier in enumerate(reversed(quantities), 1):
        later = quantities[-size + 1] if size > 1 else run[index]
        if size > 1 and any(is_rate(f) for f in page.within(earlier.clean_end, later.clean_start)):
            break
        found.add(size)
    return found


def _carried(page: Page, kind: RelationType) -> Iterator[Draft]:
    """A list of levels, then 增长x、y without 分别: the rates inherit the order of the levels."""
    aside = r"(?:\s*[，,][^，。；、增降]{0,14})?"
    grows = compiled(rf"{aside}\s*[，,]\s*{kind.words('since')}*{kind.words('grows')}\s*")
    for run in page.rated:
        for index, figure in enumerate(run):
            if not is_rate(figure) or (index and _LISTED.fullmatch(page.between(run[index - 1], figure))):
                continue
            rates = _values(page, run, index)
            levels = _levels_list(page, run, index)
            if len(rates) < 2:
                continue
            if levels and grows.fullmatch(page.between(levels[-1], figure)):
                yield _carried_draft(page, kind, levels, rates)
            elif compiled(rf"{kind.words('pairs')}[^、，。；]*{kind.words('grows')}$").search(
                page.lead(figure)
            ):
                yield _arity(rates, {2}, True, figure.clean_start)


def _levels_list(page: Page, run: tuple[Figure, ...], index: int) -> tuple[Figure, ...]:
    """The unbroken list of quantities that ends just before ``run[index]``."""
    start = index
    while start > 0 and is_quantity(run[start - 1]):
        if start < index and _LISTED.fullmatch(page.between(run[start - 1], run[start])) is None:
            break
        start -= 1
    return run[start:index]


def _carried_draft(
    page: Page, kind: RelationType, levels: tuple[Figure, ...], rates: tuple[Figure, ...]
) -> Draft:
    floor, _ = page.sentence(levels[0].clean_start)
    start = max(floor, levels[0].clean_start - 60, page.text.rfind("；", floor, levels[0].clean_start) + 1)
    own = page.text[start : levels[0].clean_start]
    other = [f for f in page.within(start, levels[0].clean_start) if is_quantity(f)]
    arities = {len(levels), len(levels) + len(other)}
    listed = compiled(rf"[、和与及]|{kind.words('pairs')}").search(own) is not None
    certain = not listed and not other
    if listed:
        arities |= _conjuncts(kind, own)
    return _arity((*levels, *rates), arities, certain, levels[0].clean_start, stated=len(rates))


def _units(page: Page) -> Iterator[Draft]:
    """A unit that the indicator cannot have: an income in 户, a count without a name that carries two rates."""
    kind = relation_types()["unit_indicator_fit"]
    money = compiled(rf"{kind.words('money')}{kind.words('verb')}*$")
    grows = compiled(r"\s*，\s*(?:同比|比上年)?(?:增长|下降)")
    countable = compiled(kind.words("countable"))
    for run in page.prose:
        for index, figure in enumerate(run):
            if not is_quantity(figure) or countable.fullmatch(figure.unit) is None:
                continue
            lead = page.lead(figure)
            rates = _values(page, run, index + 1) if index + 1 < len(run) and is_rate(run[index + 1]) else ()
            if len(rates) > 1 and not bare_name(lead) and grows.fullmatch(page.between(figure, rates[0])):
                members, form = (figure, *rates), "orphan"
            elif money.search(lead) and not kind.excluded(lead):
                members, form = (figure,), "money"
            else:
                continue
            start, end = figure.clean_start, members[-1].clean_end
            yield Draft("unit_indicator_fit", start, end, members, detail={"form": form})
