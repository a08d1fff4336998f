"""How many planted copies ``kanwu dedup`` finds, how fast, in how much memory: ``python -m benchmarks.dedup``.

Paragraphs are put together from sentences of real reports (``KANWU_SHARED``, else of the sample documents), so that they share
much without being copies. One in twenty is planted again with a share of its characters changed: most replaced, some
left out, some put in. Times are of the processor; memory is the peak of the process. rensa and datasketch, where they are
installed, look for the same copies.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
SHARES = (0.01, 0.03, 0.06, 0.10, 0.15)
PLANTED = 20
"""One copy for so many paragraphs."""
PEER_SHARE, PEER_PARAGRAPHS = 0.03, 10_000
BITS, GRAM = 128, 3


class Found(NamedTuple):
    """What a search gave: seconds, peak of memory in MB, the pairs (copy, original) by their keys."""

    seconds: float
    peak: int
    pairs: set[tuple[str, str]]


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


def planted(texts: Sequence[str], share: float) -> list[tuple[str, str]]:
    """All paragraphs with their keys, and behind them the copies: ``c7`` is the copy of ``7``."""
    rng = random.Random(round(share * 100))  # noqa: S311 (sample text)
    rows = [(str(number), text) for number, text in enumerate(texts)]
    return rows + [(f"c{n}", changed(texts[n], share, rng)) for n in range(0, len(texts), PLANTED)]


def ours(rows: list[tuple[str, str]], folder: Path) -> set[tuple[str, str]]:  # noqa: ARG001
    """The pairs that ``kanwu dedup`` reports; it reads the table in ``folder``."""
    import pyarrow.parquet as pq

    from cleaner.dedup.run import Asked, execute_dedup

    path = folder / "t.jsonl"
    asked = Asked((str(path),), folder / "out", id_field="id")
    execute_dedup(asked)
    table = pq.read_table(folder / "out" / "duplicates.parquet", columns=["doc", "of_doc"]).to_pylist()
    return {(r["doc"].split("#")[1], r["of_doc"].split("#")[1]) for r in table if r["doc"] != r["of_doc"]}


def _grams(text: str) -> list[str]:
    return [text[i : i + GRAM] for i in range(len(text) - GRAM + 1)]


def rensa(rows: list[tuple[str, str]], folder: Path) -> set[tuple[str, str]]:  # noqa: ARG001
    """The pairs that rensa's MinHash and LSH give, unproved."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.5, num_perm=BITS, num_bands=BITS // 4)
    made = []
    for number, (_, text) in enumerate(rows):
        one = RMinHash(num_perm=BITS, seed=1)
        one.update(_grams(text))
        made.append(one)
        index.insert(number, one)
    return {(rows[n][0], rows[m][0]) for n, one in enumerate(made) for m in index.query(one) if m < n}


def datasketch(rows: list[tuple[str, str]], folder: Path) -> set[tuple[str, str]]:  # noqa: ARG001
    """The pairs that datasketch's MinHash and LSH give, unproved."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=BITS)
    found = set()
    for key, text in rows:
        one = MinHash(num_perm=BITS)
        one.update_batch([gram.encode() for gram in _grams(text)])
        found |= {(key, other) for other in index.query(one)}
        index.insert(key, one)
    return found


SEARCHES: dict[str, Callable[..., set[tuple[str, str]]]] = {
    "kanwu": ours,
    "rensa": rensa,
    "datasketch": datasketch,
}


def _search(name: str, rows: list[tuple[str, str]], folder: str, answer: Connection) -> None:
    begun = process_time()
    pairs = SEARCHES[name](rows, Path(folder))
    status = Path("/proc/self/status").read_text("utf-8")
    answer.send((process_time() - begun, int(status.partition("VmHWM:")[2].split()[0]) // 1024, pairs))


def searched(name: str, rows: list[tuple[str, str]]) -> Found:
    """What a search gives, in a process of its own; the table lies on disk before it begins."""
    context = get_context("spawn")
    ours_, theirs = context.Pipe()
    with TemporaryDirectory() as folder:
        lines = (json.dumps({"id": key, "text": text}, ensure_ascii=False) + "\n" for key, text in rows)
        (Path(folder) / "t.jsonl").write_text("".join(lines), "utf-8")
        given: list[Any] = [] if name == "kanwu" else rows
        process = context.Process(target=_search, args=(name, given, folder, theirs))
        process.start()
        found = Found(*ours_.recv())
        process.join()
    return found


def size_of(rows: list[tuple[str, str]]) -> float:
    """Megabytes of text."""
    return sum(len(text.encode()) for _, text in rows) / 1e6


def scored(rows: list[tuple[str, str]], found: Found) -> str:
    """Recall of the planted pairs, other pairs, speed and memory, as cells of a table."""
    wanted = {(key, key[1:]) for key, _ in rows if key.startswith("c")}
    got = len(wanted & found.pairs) / len(wanted)
    speed = size_of(rows) / found.seconds
    return f"{got:.3f} | {len(found.pairs - wanted)} | {speed:.1f} | {found.peak} |"


def recall(count: int) -> Iterator[str]:
    """A line for each share of changed characters."""
    texts = paragraphs(count)
    for share in SHARES:
        rows = planted(texts, share)
        yield f"| {share:.0%} of the characters changed, {len(rows):,} paragraphs | {scored(rows, searched('kanwu', rows))}"


def growth(count: int) -> Iterator[str]:
    """Lines for a quarter and for all of the paragraphs, and the exponent by which the time grows."""
    times = []
    for part in (count // 4, count):
        rows = planted(paragraphs(part), PEER_SHARE)
        found = searched("kanwu", rows)
        times.append(found.seconds)
        yield f"| {len(rows):,} paragraphs, {size_of(rows):.0f} MB, {found.seconds:.1f} s | {scored(rows, found)}"
    yield f"| exponent {math.log(times[1] / times[0], 4):.2f} | | | | |"


def peers() -> Iterator[str]:
    """A line for each search that is installed."""
    rows = planted(paragraphs(PEER_PARAGRAPHS), PEER_SHARE)
    for name in ("kanwu", "rensa", "datasketch"):
        if name == "kanwu" or find_spec(name):
            yield f"| {name}, {len(rows):,} paragraphs | {scored(rows, searched(name, rows))}"


def main(argv: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dedup")
    parser.add_argument("--paragraphs", type=int, default=100_000)
    given = parser.parse_args(argv)
    print("| search | recall | other pairs | MB/s | peak, MB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for lines in (recall(given.paragraphs // 10), growth(given.paragraphs), peers()):
        for line in lines:
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
