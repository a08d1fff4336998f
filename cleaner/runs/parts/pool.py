"""Tasks over processes: in order, a few ahead, and no process that outlives the run."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from typing import TypeVar

from cleaner.contracts.late import hidden

Given = TypeVar("Given")
Result = TypeVar("Result")

_AHEAD = 2
"""Tasks that are handed out for each process before the first of them is waited for."""


@contextmanager
def processes(jobs: int, pandas: bool) -> Iterator[ProcessPoolExecutor]:
    """A pool of ``jobs`` fresh processes, which end with this one even if it is killed.

    Without ``pandas`` its processes tell Arrow that there is none.
    """
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (pandas,))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(pandas: bool) -> None:
    _end_with_parent()
    if not pandas:
        _keep_pandas_out()
    _give_memory_back()


def _give_memory_back() -> None:
    """Let Arrow take memory where Python does: its own pools keep what they freed, some 5 % of a worker."""
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())


def _keep_pandas_out() -> None:
    """Let Arrow ask for pandas while it cannot be found.

    It asks once, when the first list becomes an array, and would import it: 50 MB and half a second for a process that
    has no use for it.
    """
    with hidden("pandas"):
        import pyarrow as pa

        pa.array([""])


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def in_order(
    pool: ProcessPoolExecutor | None, jobs: int, function: Callable[[Given], Result], given: Iterable[Given]
) -> Iterator[tuple[Given, Result]]:
    """Each of ``given`` with what ``function`` made of it, in their order; without a pool here and now."""
    if pool is None:
        for one in given:
            yield one, function(one)
        return
    waiting: deque[tuple[Given, Future[Result]]] = deque()
    for one in given:
        waiting.append((one, pool.submit(function, one)))
        if len(waiting) > _AHEAD * jobs:
            first, future = waiting.popleft()
            yield first, future.result()
    while waiting:
        first, future = waiting.popleft()
        yield first, future.result()
