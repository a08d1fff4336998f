"""What members of a whole allow: sums of some parts, and a whole and its growth against its three industries."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cleaner.figures.relations.page import CLAUSE, Draft, Page, is_quantity, is_rate
from cleaner.figures.relations.words import bare_name, compiled
from cleaner.model import Figure, Reason
from cleaner.packs.relations import RelationType, relation_types

_ROLES = ("first", "second", "third", "whole")
_NEAR = 80
"""Rates of one statement follow each other within so many characters."""


def propose(page: Page) -> Iterator[Draft]:
    """partial_sum_le_total, accounting_bound, and parts_sum_to_whole of the three industries."""
    before: tuple[Figure, ...] = ()
    first = compiled(relation_types()["accounting_bound"].words("first"))
    for run in page.runs:
        if page.is_prose(run[0]):
            yield from _partial_sums(page, run)
            near = before and run[0].clean_start - before[-1].clean_end <= _NEAR
            joined = (*before, *run) if near else run
            # Both ask for the first of the three industries in what stands before one of the figures.
            if first.search(page.text, max(0, joined[0].clean_start - CLAUSE), joined[-1].clean_start):
                yield from _industries(page, joined, run[0])
                yield from _sectors(page, joined, run[-1])
        before = run


def _partial_sums(page: Page, run: tuple[Figure, ...]) -> Iterator[Draft]:
    """总投资N亿元的M个项目中，甲a亿元、乙b亿元: some parts against the total before them."""
    if len(run) < 3:
        return
    kind = relation_types()["partial_sum_le_total"]
    for index, whole in enumerate(run):
        if not is_quantity(whole) or whole.kind == "threshold":
            continue
        parts = _parts(page, run[index + 1 :], whole)
        if len(parts) < 2:
            continue
        opening = page.text[whole.clean_end : parts[0].clean_start]
        said = compiled(rf"{kind.words('among')}[^，。；：:\d]{{0,20}}$").search(opening) is not None
        if not said and not compiled(rf"{kind.words('money')}[^，。；]{{0,4}}$").search(page.lead(whole)):
            continue
        reason = _doubt(page, kind, run[:index], (whole, *parts), said)
        members = (*parts, whole)
        yield Draft(
            "partial_sum_le_total", whole.clean_start, parts[-1].clean_end, members, reason is None, reason
        )
        return


def _parts(page: Page, rest: tuple[Figure, ...], whole: Figure) -> list[Figure]:
    """The figures of the unit of ``whole`` that follow each other with only a name between them."""
    same = [f for f in rest if f.unit == whole.unit and is_quantity(f) and f.kind != "threshold"]
    parts = same[:1]
    for one, other in pairwise(same):
        between = page.between(one, other)
        if compiled(r"[、，和与及][^，。；、\d]{1,20}").fullmatch(between) is None or "其中" in between:
            break
        parts.append(other)
    return parts


def _doubt(
    page: Page, kind: RelationType, before: tuple[Figure, ...], members: tuple[Figure, ...], said: bool
) -> Reason | None:
    """Why the parts may not be parts, or may cut across each other; None where the reading is certain."""
    whole, parts = members[0], members[1:]
    if not said:
        return Reason.SUBSET_NOT_SAID
    words = page.text[whole.clean_end : parts[-1].clean_end] + page.tail(parts[-1], 4)
    listed = all(page.between(a, b)[0] != "，" for a, b in pairwise(parts))
    plain = all(f.comparator == "=" for f in members)
    other_totals = any(f.unit == whole.unit for f in before)
    if kind.excluded(page.lead(whole) + words) or not listed or not plain or other_totals:
        return Reason.SCOPE_CHANGED
    return None


def _sectors(page: Page, figures: tuple[Figure, ...], last: Figure) -> Iterator[Draft]:
    """GDP in money, then its three industries in money with whatever is said of each: nothing is left over."""
    kind = relation_types()["accounting_bound"]
    money = [f for f in figures if f.unit == "元" and is_quantity(f) and f.comparator == "="]
    if len(money) < len(_ROLES):
        return
    for whole, *parts in zip(money, money[1:], money[2:], money[3:], strict=False):
        if last.clean_start < parts[-1].clean_start or bare_name(page.lead(whole)) != "生产总值":
            continue
        named = zip(("first", "second", "third"), parts, strict=True)
        if all(
            compiled(rf"{kind.words(role)}(?:增加值)?[^，。；\d]{{0,4}}$").search(page.lead(p))
            for role, p in named
        ):
            members = (*parts, whole)
            start, end = whole.clean_start, parts[-1].clean_end
            yield Draft("parts_sum_to_whole", start, end, members, detail={"form": "sum"})


def _industries(page: Page, rates: tuple[Figure, ...], first: Figure) -> Iterator[Draft]:
    """GDP and its three industries, each with its own growth, in one statement that ends in the run of ``first``."""
    growing = [f for f in rates if is_rate(f)] if len(rates) >= len(_ROLES) else []
    if len(growing) < len(_ROLES):
        return
    kind = relation_types()["accounting_bound"]
    found: dict[str, Figure] = {}
    end = max(0, rates[0].clean_start - _NEAR)
    for rate in growing:
        lead = page.text[max(end, rate.clean_start - _NEAR) : rate.clean_start]
        end = rate.clean_end
        roles = [r for r in _ROLES if compiled(kind.words(r)).search(lead)]
        if kind.excluded(lead) or not compiled(rf"{kind.words('grows')}$").search(lead) or len(roles) != 1:
            continue
        if roles[0] in found:
            return
        found[roles[0]] = rate
    if len(found) < 4 or found["third"].clean_start < first.clean_start:
        return
    members = (found["first"], found["second"], found["third"], found["whole"])
    start, stop = min(m.clean_start for m in members), max(m.clean_end for m in members)
    if stop - start <= 3 * _NEAR and all(m.comparator == "=" for m in members):
        yield Draft("accounting_bound", start, stop, members)
