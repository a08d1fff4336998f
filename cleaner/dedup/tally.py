"""What a comparison counted, and its summary in words."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cleaner.dedup.clusters import Kind
from cleaner.dedup.find import Cluster
from cleaner.dedup.gather import Gathered
from cleaner.dedup.likeness import MOST
from cleaner.model import Refusal
from cleaner.reports.safe import one_line
from cleaner.reports.summary import MOST_DOCUMENTS, escape, more, table

_TOP = 20
_SHOWN = 5

WORDS: Mapping[Kind, tuple[str, str]] = {
    Kind.FIRST: ("首见，留", "first of its cluster, stays"),
    Kind.EXACT: ("逐字相同", "exact copies"),
    Kind.NEAR: ("近似，数字相同", "near copies, same numbers"),
    Kind.OTHER_NUMBERS: ("近似，数字不同，留", "alike, other numbers, stay"),
    Kind.LINKED: ("与他份相似而与所留者不够相似，留", "like another copy only, stay"),
}


@dataclass(frozen=True, slots=True, order=True)
class Shared:
    """A cluster as the summary shows it; the greatest is in the most documents."""

    documents: int
    copies: int
    before: int
    place: str
    excerpt: str


@dataclass(slots=True)
class Tally:
    """Counts of a comparison; ``counts`` are those of run.json."""

    counts: Counter[str] = field(default_factory=Counter)
    top: list[Shared] = field(default_factory=list)

    @classmethod
    def of(cls, gathered: Iterable[Gathered]) -> Tally:
        """What was read."""
        tally = cls()
        for one in gathered:
            tally.counts.update(
                documents=len(one.docs),
                characters=one.characters,
                blocks=one.lines,
                compared=len(one.own),
                too_long=sum(length > MOST for length in one.lengths),
            )
        return tally

    def count(self, cluster: Cluster, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add a cluster with its rows."""
        self.counts["clusters"] += 1
        self.counts.update(member.kind.value for member in cluster.members)
        self.counts["characters_of_copies"] += sum(
            row["end"] - row["start"] for row in rows if not row["kept"]
        )
        first = rows[0]
        shown = Shared(
            cluster.documents,
            len(rows),
            -self.counts["clusters"],
            f"{first['doc']} {first['block']}",
            first["excerpt"],
        )
        heapq.heappush(self.top, shown)
        if len(self.top) > _TOP:
            heapq.heappop(self.top)

    def fails(self, fail_on: str) -> bool:
        """Whether there are copies for which the exit code is to be 1."""
        counted = {
            "never": 0,
            "exact": self.counts["exact"],
            "near": self.counts["exact"] + self.counts["near"],
        }
        return counted[fail_on] > 0

    @property
    def most_shared(self) -> list[Shared]:
        """Clusters in the most documents first."""
        return sorted(self.top, reverse=True)


def told(tally: Tally, lang: str) -> Iterator[str]:
    """The summary for a terminal."""
    counts, chinese = tally.counts, lang == "zh"
    read = "{documents} 篇，{blocks} 段，其中 {compared} 段够长而可比；{clusters} 组重出"
    if not chinese:
        read = (
            "documents: {documents}; blocks: {blocks}, of which {compared} long enough; clusters: {clusters}"
        )
    yield read.format_map(_Zero(counts))
    for kind, words in WORDS.items():
        yield f"  {words[0] if chinese else words[1]}: {counts[kind.value]}"
    yield (
        f"  {'可省' if chinese else 'characters of copies'}: {counts['characters_of_copies']}"
        f"{' 字 / ' if chinese else ' of '}{counts['characters']}"
    )
    for shared in tally.most_shared[:_SHOWN]:
        where = f"{shared.documents} 篇 {shared.copies} 处"
        if not chinese:
            where = f"documents {shared.documents}, places {shared.copies}"
        yield f"  {where}: {one_line(shared.excerpt, 60)}"


class _Zero(dict[str, int]):
    """Counts of which those that are missing are 0."""

    def __missing__(self, _: str) -> int:
        return 0


def render(tally: Tally, refusals: Sequence[Refusal], run: Mapping[str, Any]) -> str:
    """summary.md, in both languages."""
    parts = (_head(tally, run), _refused(refusals), _kinds(tally), _shared(tally))
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _head(tally: Tally, run: Mapping[str, Any]) -> Iterator[str]:
    counts, config = tally.counts, run["config"]
    yield "# 刊误 Kanwu：重出段落 duplicates"
    yield ""
    yield (
        f"**{counts['documents']}** 篇 documents · **{counts['compared']}** / {counts['blocks']} 段可比 blocks compared · "
        f"**{counts['clusters']}** 组 clusters · **{counts['characters_of_copies']}** / {counts['characters']} "
        "字重出 characters of copies"
    )
    yield ""
    yield (
        f"相似度 similarity ≥ {config['threshold']}，至少 {config['min_length']} 字 characters at least；"
        + (
            "重出者已删，`kanwu undo` 可还原 copies were dropped"
            if config["drop"]
            else "只报不删 report only"
        )
    )
    yield ""
    if counts["too_long"]:
        yield f"{counts['too_long']} 段过长，只比逐字相同 too long for more than exact comparison"
        yield ""


def _refused(refusals: Sequence[Refusal]) -> Iterator[str]:
    if refusals:
        yield "## 未能读入 Refused"
        yield ""
        for refusal in refusals[:MOST_DOCUMENTS]:
            yield f"- **{escape(refusal.doc)}**: {escape(refusal.reason, 300)}"
        yield ""
        yield from more(MOST_DOCUMENTS, len(refusals), "")


def _kinds(tally: Tally) -> Iterator[str]:
    yield from table(
        ("", "", "段 blocks"),
        (
            (f"`{kind.value}`", " ".join(words), str(tally.counts[kind.value]))
            for kind, words in WORDS.items()
        ),
    )


def _shared(tally: Tally) -> Iterator[str]:
    if not tally.top:
        return
    yield "## 见于最多篇的段落 In the most documents"
    yield ""
    yield from table(
        ("篇 documents", "处 places", "首见 first", "段首 excerpt"),
        (
            (str(one.documents), str(one.copies), escape(one.place), escape(one.excerpt, 60))
            for one in tally.most_shared
        ),
    )
    yield from more(_TOP, tally.counts["clusters"], "clusters")
