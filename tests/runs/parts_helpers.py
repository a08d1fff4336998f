"""Tables and folders for runs in parts, about an invented county; and what two runs left, compared."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cleaner.runs.execute import execute
from cleaner.runs.options import Options

DAMAGED = (
    "云泽县全年粮食产量4O.5万吨,比上年增长3.2%。",
    "三次产业结构由14.6：41.8：44.6调整为14.2：41.9：43.9。",
    "青岗县新建农村公路12公里。\n\n新增城镇就业 5 1 2 人,脱贫人口务工稳定。",
    "柳溪县第三产业占比为百分之四十一。",
    "全县财政收入 and 支出平衡，办结建议63件。",
)


def row(number: int) -> dict:
    """A row with an id, a text and something to carry; each seventh has no text."""
    text = None if number % 7 == 6 else f"第{number}号。{DAMAGED[number % len(DAMAGED)]}"
    return {"id": f"r{number}", "text": text, "n": {"page": number, "rate": 1.5}}


def write_table(path: Path, rows: list[dict], row_group: int = 4) -> Path:
    """``rows`` in the format that the suffix of ``path`` names."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        columns = {name: [r[name] for r in rows] for name in rows[0]}
        pq.write_table(pa.table(columns), path, row_group_size=row_group)
        return path
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows).encode()
    if path.name.endswith(".gz"):
        lines = gzip.compress(lines)
    elif path.name.endswith(".zst"):
        lines = pa.compress(lines, "zstd").to_pybytes()
    path.write_bytes(lines)
    return path


def run(out: Path, *inputs: Path, command: str = "clean", size: int = 600, **more) -> dict:
    """run.json of a run in parts of ``size`` bytes, done in this process but for ``jobs`` above 0."""
    given = {"shards": True, "shard_bytes": size, "jobs": 0, **more}
    options = Options(
        inputs=tuple(map(str, inputs)),
        out=out,
        command=command,
        judge=command != "clean",
        keep_text=command in ("run", "clean"),
        **given,
    )
    return dict(execute(options).run)


def files(out: Path) -> dict[str, bytes]:
    """What a run left, but for run.json, which tells the time."""
    return {
        p.relative_to(out).as_posix(): p.read_bytes()
        for p in sorted(out.rglob("*"))
        if p.is_file() and p.name != "run.json"
    }


def parquet_rows(folder: Path) -> list[dict]:
    """The rows of all parts of a table, in order."""
    return [r for path in sorted(folder.glob("*.parquet")) for r in pq.read_table(path).to_pylist()]


def table_rows(folder: Path) -> list[dict]:
    """The rows of a table that stands in parts, whatever its format."""
    found: list[dict] = []
    for path in sorted(folder.iterdir()):
        if path.suffix == ".parquet":
            found += pq.read_table(path).to_pylist()
            continue
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        elif path.suffix == ".zst":
            with pa.CompressedInputStream(pa.py_buffer(data), "zstd") as stream:
                data = stream.read()
        found += map(json.loads, data.decode().splitlines())
    return found
