"""Where restored text still differs from the truth, and whether damage was left or harm was done.

    python -m benchmarks.restoration.explain CLASS [--limit N]

For whoever writes rules: one line a difference, with the rules that edited there.
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from benchmarks.restoration.cases import COLUMNS, Case, damaged, restored
from benchmarks.restoration.run import sets
from cleaner.model import Cleaned
from cleaner.testing.damage import Planted

_NEAR = 4
"""Characters between two differences that are shown as one."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the clean text is not the truth.

    ``harm`` says that the damaged text was right there; else damage was left, or half mended. ``kinds`` are the
    plants at the place, ``rules`` those that edited it.
    """

    document: str
    harm: bool
    size: int
    before: str
    clean: str
    truth: str
    after: str
    kinds: tuple[str, ...]
    rules: tuple[str, ...]

    def __str__(self) -> str:
        place = f"{self.before}⟦{_short(self.clean)}→{_short(self.truth)}⟧{self.after}".replace("\n", "⏎")
        what = "HARM" if self.harm else "left"
        return f"{what} {self.size:>4}  {self.document}: {place}  [{', '.join(self.kinds)}] {', '.join(self.rules)}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:20]}…{text[-12:]}"


def differences(case: Case) -> Iterator[Difference]:
    """What is left between the restored text of ``case`` and its truth; the two sides of ⟦…→…⟧ are clean and true."""
    planted = damaged(case)
    cleaned = restored(case, planted)
    clean, truth = cleaned.text, planted.truth
    damage = sorted((s, e) for s, e, _, _ in _changed(truth, planted.noisy))
    starts = [s for s, _ in damage]
    for a, b, c, d in _joined(_changed(clean, truth)):
        if _same_mark(clean[a - 1 : b + 1], clean[a:b], truth[c - 1 : d + 1], truth[c:d]):
            continue
        index = bisect_right(starts, d + _NEAR)
        near = any(e >= c - _NEAR for _, e in damage[max(0, index - 50) : index])
        kinds, rules = _at(cleaned, planted, a, b)
        yield Difference(
            case.path.stem, not near, (b - a) + (d - c), clean[max(0, a - 8) : a], clean[a:b], truth[c:d],
            clean[b : b + 8], kinds, rules,
        )  # fmt: skip


def _same_mark(around: str, clean: str, there: str, truth: str) -> bool:
    """Whether two line ends differ from one: the same paragraph mark, no difference."""
    return not (clean + truth).strip("\n") and ("\n" in around) == ("\n" in there)


def _changed(one: str, other: str) -> Iterator[tuple[int, int, int, int]]:
    for op in Indel.opcodes(one, other):
        if op.tag != "equal":
            yield op.src_start, op.src_end, op.dest_start, op.dest_end


def _joined(changes: Iterator[tuple[int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    last: tuple[int, int, int, int] | None = None
    for a, b, c, d in changes:
        if last and a - last[1] <= _NEAR and c - last[3] <= _NEAR:
            last = (last[0], b, last[2], d)
        else:
            if last:
                yield last
            last = (a, b, c, d)
    if last:
        yield last


def _at(cleaned: Cleaned, planted: Planted, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Kinds of plants and rules of edits at ``[start, end)`` of the clean text, two characters more on each side."""
    spans = cleaned.offsets.to_base(max(0, start - 2), min(len(cleaned.text), end + 2))
    low, high = min(s.start for s in spans), max(s.end for s in spans)
    kinds = {f"{p.damage_class} {p.kind}" for p in planted.plants if p.start <= high and low <= p.end}
    rules = {e.rule for e in cleaned.applied if e.start <= high and low <= e.end}
    return tuple(sorted(kinds))[:3], tuple(sorted(rules))[:3]


def explained(cases: Sequence[Case]) -> list[Difference]:
    """All differences of ``cases``, harm first, the greater before the smaller."""
    found = [difference for case in cases for difference in differences(case)]
    return sorted(found, key=lambda d: (not d.harm, -d.size, d.document))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the differences of one class."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("column", choices=COLUMNS, metavar="CLASS", help=", ".join(COLUMNS))
    parser.add_argument("--short", action="store_true", help="three documents")
    parser.add_argument("--limit", type=int, default=40)
    given = parser.parse_args(arguments)
    name, cases = next(iter(sets(given.short).items()))
    found = explained([case for case in cases if case.column == given.column])
    harm = Counter(rule for difference in found if difference.harm for rule in difference.rules or ("?",))
    print(f"{name}, {given.column}: {len(found)} differences, {sum(d.harm for d in found)} of them harm")
    print(*(f"  harm by {rule}: {count}" for rule, count in harm.most_common()), sep="\n")
    print(*found[: given.limit], sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
