"""What a command loads before it knows what is asked of it: little, for people type ``--help`` and wait."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "numpy",
    "cleaner.engine",
    "cleaner.runs.execute",
    "pandas",
    "pyarrow",
    "great_expectations",
)
CODE = """
import sys
from cleaner.cli import main
sys.argv = ["kanwu", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print("loaded:", *(name for name in {heavy!r} if name in sys.modules))
"""


@pytest.mark.parametrize("asked", [["--help"], ["run", "--help"], ["dedup", "--help"], ["review", "--help"]])
def test_help_loads_nothing_heavy(asked):
    code = CODE.format(heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code, *asked], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.stdout.splitlines()[-1].strip() == "loaded:", done.stdout[-300:]
