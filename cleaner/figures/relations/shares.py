"""Shares: 占…的x%, where the part stands before it and the total often in another paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from cleaner.figures.relations.page import Draft, Page, is_quantity, is_rate
from cleaner.figures.relations.words import HAN, SCOPES, bare_name, compiled, same_name, scope_of
from cleaner.model import Figure, Reason
from cleaner.packs.relations import relation_types

_FAR = 200
"""A part stands in the sentence of its share; further back it belongs to something else."""
_NEAR = 12
"""So many levels of one name are looked at on either side of a share."""


def propose(page: Page) -> Iterator[Draft]:
    """share_of_total, part_of_part, implied_total and granularity_grim."""
    kind = relation_types()["share_of_total"]
    opening = compiled(
        rf"{kind.words('share')}(?P<whole>[^，,。；;：:占]{{0,24}}?)的?{kind.words('ratio')}?的?{kind.words('verb')}*$"
    )
    levels = _Levels(page)
    for share in page.figures:
        if share.unit != "%" or not is_rate(share) or not page.is_prose(share):
            continue
        lead = page.lead(share)
        found = opening.search(lead)
        if found and not kind.excluded(lead[found.start() :] + page.tail(share, 3)):
            yield from _read(page, levels, share, found, lead)
        elif not found:
            yield from _with_whole(page, share, lead)
            yield from _named_rate(page, share, lead)


def _read(page: Page, levels: _Levels, share: Figure, found: re.Match[str], lead: str) -> Iterator[Draft]:
    subject = bare_name(lead[: found.start()])
    part = _part_before(page, share) if not subject else levels.named(subject, share)
    whole_name = found.group("whole")
    inside = page.within(share.clean_start - len(whole_name) - 8, share.clean_start)
    if part is not None and inside and inside[-1].unit == part.unit and inside[-1].text in whole_name:
        yield Draft("share_of_total", part.clean_start, share.clean_end, (part, inside[-1], share))
        return
    if part is None:
        if subject and not bare_name(whole_name):
            yield from _of_a_count(page, subject, share)
        return
    if not bare_name(whole_name) and part.unit != "天":
        yield from _of_explicit_base(page, part, share)
        return
    wholes = levels.matching(whole_name, part, share)
    if wholes:
        yield _share(page, part, wholes, share)
    elif part.unit == "天" and compiled("全年|年").fullmatch(whole_name):
        detail = {"form": "days"}
        yield Draft("share_of_total", part.clean_start, share.clean_end, (part, share), detail=detail)
    elif compiled("总|全部").search(found.group()):
        yield from _of_explicit_base(page, part, share)
    else:
        yield _implied(part, share)


def _with_whole(page: Page, share: Figure, lead: str) -> Iterator[Draft]:
    """占一般公共预算支出20.9亿元的80.9%: the total stands inside the words of the share."""
    if not compiled(r"的(?:约|近)?").fullmatch(lead):
        return
    start, _ = page.sentence(share.clean_start)
    before = [f for f in page.within(start, share.clean_start) if is_quantity(f) or f.kind == "duration"]
    if len(before) < 2:
        return
    part, whole = before[-2:]
    if (
        "占" in page.lead(whole)
        and whole.clean_end + len(lead) == share.clean_start
        and part.unit == whole.unit
    ):
        yield Draft("share_of_total", part.clean_start, share.clean_end, (part, whole, share))


def _named_rate(page: Page, share: Figure, lead: str) -> Iterator[Draft]:
    """签约27个…，开工22个，开工率81.5%: the rate is named after the part, the whole is counted before it."""
    found = compiled(rf"(?P<deed>[{HAN}]{{2}})率(?:约|达到|达|为)*$").search(lead)
    part = _part_before(page, share) if found else None
    if found is None or part is None or not page.lead(part).endswith(found["deed"]):
        return
    start, _ = page.sentence(share.clean_start)
    wholes = [f for f in page.within(start, part.clean_start) if is_quantity(f) and f.unit == part.unit]
    if wholes:
        certain = len(wholes) == 1
        reason = None if certain else Reason.BASE_UNKNOWN
        whole = wholes[-1]
        yield Draft(
            "share_of_total", whole.clean_start, share.clean_end, (part, whole, share), certain, reason
        )


def _part_before(page: Page, share: Figure) -> Figure | None:
    """The last quantity before a share whose clause has no subject of its own; growth rates are passed over."""
    start, _ = page.sentence(share.clean_start)
    before = page.within(max(start, share.clean_start - _FAR), share.clean_start)
    for figure in reversed(before):
        if is_quantity(figure):
            between = page.text[figure.clean_end : share.clean_start]
            return figure if compiled(r"[；;：:]").search(between) is None else None
        if not is_rate(figure) and figure.kind not in {"rank", "ordinal", "duration"}:
            return None
    return None


def _share(page: Page, part: Figure, wholes: tuple[Figure, ...], share: Figure) -> Draft:
    whole = wholes[0]
    alone = all(_same_print(whole, other) for other in wholes[1:])
    own_scope = scope_of(page.lead(whole)) == scope_of(page.lead(share))
    certain = alone and (
        own_scope or _household(page, page.lead(share)) == _household(page, page.lead(whole))
    )
    reason = None if certain else (Reason.SECOND_READING if not alone else Reason.SCOPE_CHANGED)
    return Draft("share_of_total", part.clean_start, share.clean_end, (part, whole, share), certain, reason)


def _household(page: Page, text: str) -> str:
    """The scope of ``text``; without one, the scope that the document speaks of most."""
    return scope_of(text) or max(SCOPES, key=page.text[:20000].count)


def _same_print(one: Figure, other: Figure) -> bool:
    """Whether two figures can be one quantity printed twice."""
    if one.lower is None or one.upper is None or other.lower is None or other.upper is None:
        return False
    return one.lower <= other.upper and other.lower <= one.upper


def _implied(part: Figure, share: Figure) -> Draft:
    """A share whose total is not printed: the total that it implies, and whether one exists at all."""
    kind = "implied_total" if part.precision is not None else "part_of_part"
    return Draft(kind, part.clean_start, share.clean_end, (part, share), False, Reason.BASE_UNKNOWN)


def _of_explicit_base(page: Page, part: Figure, share: Figure) -> Iterator[Draft]:
    """占比x% without a name: the base is the total before 其中, where there is exactly one of that unit."""
    start, _ = page.sentence(share.clean_start)
    start = max(start, page.text.rfind("；", start, part.clean_start))
    marks = [m.start() + start for m in compiled("其中").finditer(page.text[start : part.clean_start])]
    if not marks:
        yield _implied(part, share)
        return
    wholes = [f for f in page.within(start, marks[-1]) if is_quantity(f) and f.unit == part.unit]
    if len(wholes) != 1:
        yield _implied(part, share)
        return
    lead = page.lead(share)
    only = len([f for f in page.within(marks[-1], share.clean_start) if is_quantity(f)]) == 1
    certain = only and not bare_name(lead.rpartition("占")[0])
    reason = None if certain else Reason.BASE_UNKNOWN
    yield Draft(
        "share_of_total", wholes[0].clean_start, share.clean_end, (part, wholes[0], share), certain, reason
    )


def _of_a_count(page: Page, subject: str, share: Figure) -> Iterator[Draft]:
    """N个项目，产业项目占比x%: whether a whole number out of N can be x %. The base may be money."""
    start, _ = page.sentence(share.clean_start)
    for count in page.within(start, share.clean_start):
        noun = compiled(r"[^，。；\d]{2,12}").match(page.tail(count))
        if is_quantity(count) and count.precision is None and noun and noun.group()[-2:] == subject[-2:]:
            members = (count, share)
            yield Draft(
                "granularity_grim", count.clean_start, share.clean_end, members, False, Reason.BASE_UNKNOWN
            )


class _Levels:
    """Levels of a document by the name before them, in bins of the name's last characters, in order of place."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @cached_property
    def _bins(self) -> dict[str, list[tuple[int, str, Figure]]]:
        """Filled when a share first asks for a level: in many documents none does."""
        page, bins = self._page, defaultdict[str, list[tuple[int, str, Figure]]](list)
        for figure in page.figures:
            if figure.comparator != "=" or figure.kind == "threshold" or not is_quantity(figure):
                continue
            for name in {bare_name(page.lead(figure)), bare_name(figure.indicator)}:
                if len(name) >= 3:
                    bins[name[-3:]].append((figure.clean_start, name, figure))
        return bins

    def _near(self, name: str, place: int) -> list[tuple[int, str, Figure]]:
        """The entries of a bin around ``place``: a total that stands further off than these is another year's."""
        entries = self._bins.get(name[-3:], [])
        middle = bisect_left(entries, place, key=lambda entry: entry[0])
        return entries[max(0, middle - _NEAR) : middle + _NEAR]

    def matching(self, whole: str, part: Figure, share: Figure) -> tuple[Figure, ...]:
        """Totals of that name in the part's unit, of the same time; the nearest to the share first."""
        name = bare_name(whole)
        found = {
            f.figure_id: f
            for _, other, f in self._near(name, share.clean_start)
            if f.figure_id != part.figure_id
            and f.unit == part.unit
            and same_name(name, other)
            and _same_time(f, part)
        }
        return tuple(sorted(found.values(), key=lambda f: abs(f.clean_start - share.clean_start)))

    def named(self, subject: str, share: Figure) -> Figure | None:
        """The one level of that very name and time around the share."""
        found = {
            f.figure_id: f
            for _, n, f in self._near(subject, share.clean_start)
            if n == subject and _same_time(f, share)
        }
        return next(iter(found.values())) if len(found) == 1 else None


def _same_time(one: Figure, other: Figure) -> bool:
    periods = not one.period or not other.period or one.period == other.period
    return periods and one.status == other.status
