"""Documents about an invented county laid in a folder, compared, and what the tables say of them."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow.parquet as pq

from cleaner.dedup.run import Asked, execute_dedup

WORDS = "全县各乡镇坚持推进落实优化建成新增改造治理发展农业工业水利道路学校医院产业园区群众企业河道林地耕地粮食养老就业教育生态"


def paragraph(seed: int, length: int = 80) -> str:
    """A paragraph that is like no other."""
    return "".join(random.Random(seed).choices(WORDS, k=length - 1)) + "。"  # noqa: S311 (sample text)


def changed(text: str, share: float, seed: int = 0) -> str:
    """``text`` with a share of its characters replaced by others, none of them a numeral."""
    rng, made = random.Random(seed), list(text)  # noqa: S311 (sample text)
    for place in rng.sample(range(len(made)), round(share * len(made))):
        made[place] = rng.choice([c for c in WORDS if c != made[place]])
    return "".join(made)


def lay(folder: Path, **documents: str) -> Path:
    """Documents as text files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents.items():
        (folder / f"{name}.txt").write_bytes(text.encode())
    return folder


def compare(folder: Path, out: Path, **more):
    """The outcome of a comparison, and the rows of its table."""
    outcome = execute_dedup(Asked((str(folder),), out, **more))
    return outcome, pq.read_table(out / "duplicates.parquet").to_pylist()


def kinds(rows: list[dict]) -> dict[tuple[str, int], str]:
    """The kind of each paragraph by document and number."""
    return {(row["doc"].removesuffix(".txt"), row["block"]): row["kind"] for row in rows}
