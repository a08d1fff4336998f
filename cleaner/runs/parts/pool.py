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

Given = TypeVar("Given")
Result = TypeVar("Result")

_AHEAD = 2
"""Tasks that are handed out for each process before the first of them is waited for."""


@contextmanager
def processes(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """A pool of ``jobs`` fresh processes, which end with this one even if it is killed."""
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_end_with_parent)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


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
