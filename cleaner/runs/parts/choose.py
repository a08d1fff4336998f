"""Whether a run is done in parts: where it is asked for, and where the inputs are too large to hold at once."""

from __future__ import annotations

from pathlib import Path

from cleaner.reading.discover import PARTS_ONLY, suffix_of, walk
from cleaner.runs.options import Options
from cleaner.runs.outfolder import is_run

MOST_BYTES = 32 << 20
MOST_FILES = 2000
"""Inputs above these are read in parts, unless the options say otherwise."""


def wants_parts(options: Options) -> bool:
    """Whether ``options`` are for a run in parts.

    Raises:
        InputError: nothing to read, or two inputs of one name.
    """
    if options.shards is not None:
        return options.shards
    if options.cache:
        return True
    together = options.panel or options.data_docs or options.standing is not None
    if together or any(is_run(Path(given)) for given in options.inputs):
        return False
    size = 0
    for number, found in enumerate(walk(options.inputs, options.out), 1):
        if found.refused:
            continue
        size += found.path.stat().st_size if found.path.is_file() else 0
        if size > MOST_BYTES or number > MOST_FILES or suffix_of(found.path) in PARTS_ONLY:
            return True
    return False
