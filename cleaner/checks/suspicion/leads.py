"""Run-in heads that make no sense: a character of a short sentence that holds together with neither neighbour."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.checks.suspicion.pairs import FREE, Pairs
from cleaner.checks.suspicion.subject import Subject, Suspicion

_SHORTEST, _LONGEST = 4, 10
_VERBS = FREE | frozenset(
    "谋富越护抓促保强优更再添惠稳聚筑育建兴创引招迎争拓扩增减降治防管用融联通惟靠给比敢善勇"
)
"""What stands alone between words, beside anything."""
_DOUBLED = frozenset("越以边能")
"""越做越精, 以赛促赛: what frames a character on purpose."""


def mangled_leads(subject: Subject, pairs: Pairs | None = None) -> Iterator[Suspicion]:
    """抓预建设热。: of a sentence of four to ten characters, one forms no known pair with either neighbour."""
    pairs = pairs or Pairs.of(subject)
    text, heads = subject.view.text, {block.start for block in subject.blocks}
    for start, run, _ in pairs.runs:
        end = start + len(run)
        if not _SHORTEST <= len(run) <= _LONGEST or text[end : end + 1] != "。":
            continue
        if (start in heads or text[start - 1] == "。") and _is_mangled(run, pairs):
            message = f"短句“{run}”里有与前后都不成词的字：或误认，或脱字，或多印"
            english = "a character of this short sentence forms no known word with either neighbour"
            yield Suspicion(start, end, "strange-word", message, english)


def _is_mangled(lead: str, pairs: Pairs) -> bool:
    for i in range(1, len(lead) - 1):
        before, after = lead[i - 1], lead[i + 1]
        framed = before == after and before not in _DOUBLED
        strange = {before + lead[i], lead[i] + after} <= pairs.strange
        if strange and (framed or (lead[i] not in _VERBS and before != after)):
            return True
    return False
