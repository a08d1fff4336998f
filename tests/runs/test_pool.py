"""The processes of a run in parts begin lean."""

from __future__ import annotations

import sys

from cleaner.runs.parts.pool import in_order, processes


def told(_: int) -> tuple[str, bool]:
    import pyarrow as pa

    return pa.default_memory_pool().backend_name, "pandas" in sys.modules


def test_processes_give_memory_back_and_import_no_pandas():
    with processes(1, pandas=False) as pool:
        assert [result for _, result in in_order(pool, 1, told, range(2))] == [("system", False)] * 2
