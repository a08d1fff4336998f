"""Done against planned, and ranks against the number of those ranked."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.figures.relations.page import Draft, Page, is_quantity, is_rate
from cleaner.figures.relations.words import NUMERAL, compiled, whole_number
from cleaner.model import Reason
from cleaner.packs.relations import relation_types


def propose(page: Page) -> Iterator[Draft]:
    """ratio_to_target, target_vs_actual, rank_plausibility and member_threshold."""
    yield from _ratios(page)
    yield from _results(page)
    yield from _members(page)
    yield from _ranks(page)


def _ratios(page: Page) -> Iterator[Draft]:
    """完成x，完成年度任务的y%: with the task printed an equality, without it the task that follows."""
    kind = relation_types()["ratio_to_target"]
    opening = compiled(
        rf"{kind.words('of')}[^，。；\d]{{0,10}}{kind.words('goal')}[^，。；\d]{{0,3}}?的?{kind.words('verb')}*$"
    )
    for run in page.rated:
        for index, ratio in enumerate(run):
            if not is_rate(ratio):
                continue
            lead = page.lead(ratio)
            if index and lead == "的":
                lead = page.text[page.clause_start(ratio.clean_start) : run[index - 1].clean_start]
            if not opening.search(lead) or kind.excluded(lead):
                continue
            before = [
                f
                for f in run[max(0, index - 3) : index]
                if is_quantity(f) and "；" not in page.between(f, ratio)
            ]
            if not before:
                continue
            goals = [f for f in before if compiled(kind.words("goal")).search(page.lead(f))]
            done = [f for f in before if f not in goals]
            if not done or (goals and goals[-1].unit != done[-1].unit):
                continue
            members = (done[-1], goals[-1], ratio) if goals else (done[-1], ratio)
            certain = bool(goals) and len(goals) == 1 and len(done) == 1
            reason = None if certain else Reason.BASE_UNKNOWN
            start = min(f.clean_start for f in members)
            yield Draft("ratio_to_target", start, ratio.clean_end, members, certain, reason)


def _results(page: Page) -> Iterator[Draft]:
    """完成x，超额完成y的目标: the result is not below the target that it is said to exceed."""
    kind = relation_types()["target_vs_actual"]
    beyond = compiled(rf"[，,、]?\s*{kind.words('beyond')}[^，。；\d]{{0,10}}")
    aim = compiled(r"(?:以上)?的?[^，。；\d]{0,4}(?:目标|任务)")
    for done, goal in page.alike:
        lead = page.lead(goal)
        if beyond.fullmatch(lead) and not kind.excluded(lead) and aim.match(page.tail(goal)):
            yield Draft("target_vs_actual", done.clean_start, goal.clean_end, (done, goal))


def _members(page: Page) -> Iterator[Draft]:
    """N家…均超过M亿元: N times M cannot be more than what they make together."""
    kind = relation_types()["member_threshold"]
    each = compiled(rf"[^。；\d]{{0,16}}{kind.words('each')}[^，。；\d]{{0,8}}")
    for run in page.triples:
        for number, floor, whole in zip(run, run[1:], run[2:], strict=False):
            if not (
                floor.unit == whole.unit == "元"
                and is_quantity(number)
                and whole.kind in {"level", "count", "target"}
            ):
                continue
            together = compiled(rf"{kind.words('together')}[^，。；\d]{{0,8}}$").search(page.lead(whole))
            if (
                each.fullmatch(page.between(number, floor))
                and together
                and "；" not in page.between(floor, whole)
            ):
                yield Draft("member_threshold", number.clean_start, whole.clean_end, (number, floor, whole))


def _ranks(page: Page) -> Iterator[Draft]:
    """全市第N, against the number of units where the same sentence prints it (全市13个县中)."""
    kind = relation_types()["rank_plausibility"]
    pattern = compiled(
        rf"{kind.words('scope')}[^，。；\d]{{0,16}}?第(?P<n>{NUMERAL})(?:位|名)?(?![届次个批轮期章条节])"
    )
    size = compiled(rf"(?P<n>[0-9]{{1,3}})个{kind.words('unit')}[^。；]{{0,12}}$")
    for found in pattern.finditer(page.text):
        rank = whole_number(found["n"])
        if rank is None:
            continue
        start, _ = page.sentence(found.start())
        number = size.search(page.text[start : found.start("n") - 1])
        detail = {
            "form": "rank",
            "rank": rank,
            "of": int(number["n"]) if number else None,
            "text": found.group(),
        }
        reason = None if number else Reason.OUTSIDE_KNOWLEDGE
        members = page.touching(found.start("n") - 1, found.end("n"))
        yield Draft(
            "rank_plausibility", found.start(), found.end(), members, number is not None, reason, detail
        )
