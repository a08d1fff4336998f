"""How many planted copies ``kanwu dedup`` finds, how fast, in how much memory: ``python -m benchmarks.dedup``.

Paragraphs are put together from sentences of real reports (``KANWU_SHARED``, else of the sample documents), so that they share
much without being copies; twelve make a document. One in twenty is planted again with a share of its characters changed:
most replaced, some left out, some put in. *Recall* is of all that were planted; *reached* is the share of them that is
still as alike as the threshold, which bounds it. *Others* are blocks that are reported and were not planted: all are as
alike as the threshold, too.
Times are of the processor, reading and writing included; memory is the peak of the process. rensa and datasketch, where they
are installed, look for the same copies; their pairs are not proved, nor are those of our signatures and bands alone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from cleaner.dedup.run import THRESHOLD

ROOT = Path(__file__).parent.parent
SHARES = (0.01, 0.03, 0.06, 0.10, 0.15)
PLANTED = 20
"""One copy for so many paragraphs."""
PEER_SHARE, PEER_PARAGRAPHS = 0.03, 10_000
TOGETHER = 12
"""Paragraphs in a document."""
BITS, GRAM = 128, 3


class Found(NamedTuple):
    """What a search gave: seconds, peak of memory in MB, and for each paragraph that it reports the name of its cluster."""

    seconds: float
    peak: int
    clusters: dict[int, str]


def sentences() -> list[str]:
    """Sentences of real reports, each as often as it stands in them."""
    shared = Path(os.environ.get("KANWU_SHARED", ROOT.parent / "shared")) / "corpus"
    paths = sorted(shared.glob("*.txt")) or sorted((ROOT / "seeds").glob("*.txt"))
    text = "\n".join(path.read_text("utf-8") for path in paths)
    return [s.strip() for s in re.split(r"(?<=[。！？])|\n", text) if len(s.strip()) >= 12]


def paragraphs(count: int) -> list[str]:
    """Paragraphs of one to five sentences, drawn from the same few thousand."""
    known, rng = sentences(), random.Random(count)  # noqa: S311 (sample text)
    made = ("".join(rng.choices(known, k=rng.randint(1, 5))) for _ in range(2 * count))
    return list(dict.fromkeys(text for text in made if len("".join(text.split())) >= 60))[:count]


def changed(text: str, share: float, rng: random.Random) -> str:
    """A copy with a share of its characters changed, but for digits."""
    made = list(text)
    places = [place for place, c in enumerate(made) if not c.isdigit()]
    for place in rng.sample(places, min(len(places), max(1, round(share * len(made))))):
        other = rng.choice(text)
        made[place] = rng.choices((other, "", made[place] + other), (6, 2, 2))[0]
    return "".join(made)


def planted(texts: Sequence[str], share: float) -> list[str]:
    """All paragraphs, and behind them the copies of every twentieth."""
    rng = random.Random(round(share * 100))  # noqa: S311 (sample text)
    return [*texts, *(changed(text, share, rng) for text in texts[::PLANTED])]


def ours(rows: list[str], folder: Path) -> dict[int, str]:  # noqa: ARG001
    """What ``kanwu dedup`` reports; it reads the table in ``folder``."""
    import pyarrow.parquet as pq

    from cleaner.dedup.run import Asked, execute_dedup

    execute_dedup(Asked((str(folder / "t.jsonl"),), folder / "out"))
    found = pq.read_table(
        folder / "out" / "duplicates.parquet", columns=["doc", "block", "cluster"]
    ).to_pylist()
    return {int(r["doc"].split("#")[1]) * TOGETHER + r["block"]: r["cluster"] for r in found}


def ours_unproved(rows: list[str], folder: Path) -> dict[int, str]:  # noqa: ARG001
    """What our signatures and bands give in memory, before anything is compared in full: the work that the peers do."""
    from cleaner.dedup.candidates import candidates
    from cleaner.dedup.paragraphs import normalised
    from cleaner.dedup.signatures import signatures

    normal = normalised(rows)
    pairs = candidates(signatures(normal), normal.ends - normal.starts, THRESHOLD)
    met: dict[int, list[int]] = {}
    for left, right in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True):
        met.setdefault(right, []).append(left)
    return _named(met)


def _grams(text: str) -> list[str]:
    return [text[i : i + GRAM] for i in range(len(text) - GRAM + 1)]


def rensa(rows: list[str], folder: Path) -> dict[int, str]:  # noqa: ARG001
    """What rensa's MinHash and LSH give."""
    from rensa import RMinHash, RMinHashLSH

    index, met = RMinHashLSH(threshold=0.5, num_perm=BITS, num_bands=BITS // 4), {}
    for number, text in enumerate(rows):
        one = RMinHash(num_perm=BITS, seed=1)
        one.update(_grams(text))
        met[number] = index.query(one)
        index.insert(number, one)
    return _named(met)


def datasketch(rows: list[str], folder: Path) -> dict[int, str]:  # noqa: ARG001
    """What datasketch's MinHash and LSH give."""
    from datasketch import MinHash, MinHashLSH

    index, met = MinHashLSH(threshold=0.5, num_perm=BITS), {}
    for number, text in enumerate(rows):
        one = MinHash(num_perm=BITS)
        one.update_batch([gram.encode() for gram in _grams(text)])
        met[number] = index.query(one)
        index.insert(number, one)
    return _named(met)


def _named(met: Mapping[int, Sequence[int]]) -> dict[int, str]:
    """Clusters of paragraphs, from the earlier ones that each of them met."""
    from cleaner.dedup.clusters import components

    groups = components((min(n, m), max(n, m), 1.0) for n, others in met.items() for m in others)
    return {member: str(group[0]) for group in groups for member in group}


SEARCHES: dict[str, Callable[[list[str], Path], dict[int, str]]] = {
    "kanwu": ours,
    "kanwu, its signatures and bands alone": ours_unproved,
    "rensa": rensa,
    "datasketch": datasketch,
}


def _search(name: str, rows: list[str], folder: str, answer: Connection) -> None:
    begun = process_time()
    clusters = SEARCHES[name](rows, Path(folder))
    status = Path("/proc/self/status").read_text("utf-8")
    answer.send((process_time() - begun, int(status.partition("VmHWM:")[2].split()[0]) // 1024, clusters))


def searched(name: str, rows: list[str]) -> Found:
    """What a search gives, in a process of its own; the table lies on disk before it begins."""
    context = get_context("spawn")
    mine, theirs = context.Pipe()
    with TemporaryDirectory() as folder:
        with (Path(folder) / "t.jsonl").open("w", encoding="utf-8") as file:
            for at in range(0, len(rows), TOGETHER):
                text = "\n".join(rows[at : at + TOGETHER])
                file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
        given = [] if name == "kanwu" else rows
        process = context.Process(target=_search, args=(name, given, folder, theirs))
        process.start()
        theirs.close()  # else a process that dies is waited for without end
        found = Found(*mine.recv())
        process.join()
    return found


def size_of(rows: Sequence[str]) -> float:
    """Megabytes of text."""
    return sum(len(text.encode()) for text in rows) / 1e6


def scored(rows: Sequence[str], count: int, found: Found) -> str:
    """Recall, what bounds it, others, speed and memory, as cells of a table; the first ``count`` are no copies."""
    pairs = [(count + at, at * PLANTED) for at in range(len(rows) - count)]
    got = sum(copy in found.clusters and found.clusters[copy] == found.clusters.get(of) for copy, of in pairs)
    texts = [tuple("".join(rows[place].split()) for place in pair) for pair in pairs]
    reached = sum(Levenshtein.normalized_similarity(*pair) >= THRESHOLD for pair in texts)
    others = len(found.clusters.keys() - {place for pair in pairs for place in pair})
    shares = f"{got / len(pairs):.3f} | {reached / len(pairs):.3f}"
    return f"{shares} | {others} | {found.seconds:.1f} | {size_of(rows) / found.seconds:.1f} | {found.peak} |"


def recall(count: int) -> Iterator[str]:
    """A line for each share of changed characters."""
    texts = paragraphs(count)
    for share in SHARES:
        rows = planted(texts, share)
        told = f"| {share:.0%} of the characters changed, {len(rows):,} paragraphs |"
        yield f"{told} {scored(rows, count, searched('kanwu', rows))}"


def growth(count: int) -> Iterator[str]:
    """Lines for a quarter and for all of the paragraphs."""
    for part in (count // 4, count):
        rows = planted(paragraphs(part), PEER_SHARE)
        told = f"| {len(rows):,} paragraphs, {size_of(rows):.0f} MB |"
        yield f"{told} {scored(rows, part, searched('kanwu', rows))}"


def peers() -> Iterator[str]:
    """A line for each search that is installed."""
    rows = planted(paragraphs(PEER_PARAGRAPHS), PEER_SHARE)
    for name in SEARCHES:
        if name.startswith("kanwu") or find_spec(name):
            yield f"| {name}, {len(rows):,} paragraphs | {scored(rows, PEER_PARAGRAPHS, searched(name, rows))}"


def main(argv: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dedup")
    parser.add_argument("--paragraphs", type=int, default=100_000)
    given = parser.parse_args(argv)
    print("| search | recall | reached | others | s | MB/s | peak, MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for lines in (recall(given.paragraphs // 10), growth(given.paragraphs), peers()):
        for line in lines:
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
