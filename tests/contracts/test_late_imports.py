"""Great Expectations brings large packages along; they are loaded where an expectation needs them, and not before."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pandas as pd
import pytest

from cleaner.contracts.late import hidden, late
from cleaner.contracts.run import suite_results
from cleaner.contracts.suites import load_suite


def test_examining_loads_neither_statistics_nor_drawing():
    code = (
        "import sys\n"
        "from cleaner.contracts.expectations import install\n"
        "install()\n"
        "assert 'great_expectations' in sys.modules\n"
        "assert not {'scipy.stats._distn_infrastructure', 'altair.vegalite'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_expectation_about_a_distribution_finds_what_it_needs(tmp_path):
    given = {"column": "kind", "partition_object": {"values": ["share", "level"], "weights": [0.5, 0.5]}}
    entry = {"type": "expect_column_kl_divergence_to_be_less_than", "severity": "info"}
    entries = [{**entry, "kwargs": {**given, "threshold": threshold}} for threshold in (0.001, 0.5)]
    suite = {"name": "own", "meta": {"table": "figures"}, "expectations": entries}
    (tmp_path / "own.json").write_text(json.dumps(suite), "utf-8")
    kinds = ["share", "level", "level", "level"]
    frame = pd.DataFrame({"doc": "a", "figure_id": [f"f{n}" for n in range(4)], "kind": kinds})
    narrow, wide, _ = suite_results([load_suite(tmp_path / "own.json")], {"figures": frame})
    assert not narrow.broken
    assert (narrow.success, wide.success) == (False, True)


def test_a_late_module_is_whole_when_it_is_used(tmp_path, monkeypatch):
    (tmp_path / "kanwu_late_sample.py").write_text("VALUE = [1, 2]\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    finders = list(sys.meta_path)
    with late("kanwu_late_sample"):
        import kanwu_late_sample
    assert sys.meta_path == finders
    assert "VALUE" not in object.__getattribute__(kanwu_late_sample, "__dict__")
    assert kanwu_late_sample.VALUE == [1, 2]


@pytest.fixture
def beside_spark(tmp_path):
    """Runs code in a process that finds a Spark whose client and whose pandas end it."""
    ends = "raise SystemExit(0)\n"
    for folder, code in (("", ""), ("sql", ""), ("sql/connect", ends), ("pandas", ends)):
        (tmp_path / "pyspark" / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "pyspark" / folder / "__init__.py").write_text(code, "utf-8")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])

    def run(code):
        command = [sys.executable, "-c", f"{code}; print('went on')"]
        return subprocess.run(
            command, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}
        )

    return run


@pytest.mark.parametrize(
    "code",
    [
        "from cleaner.contracts.expectations import install; install()",
        "from cleaner.contracts.models import model; model('figures')",
    ],
)
def test_parts_of_spark_that_nothing_here_is_for_are_not_loaded(beside_spark, code):
    assert beside_spark(code).stdout == "went on\n"


def test_what_is_hidden_is_not_installed_and_is_there_again(tmp_path, monkeypatch):
    (tmp_path / "kanwu_hidden_sample.py").write_text("VALUE = 1\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with hidden("kanwu_hidden_sample"), pytest.raises(ModuleNotFoundError):
        import kanwu_hidden_sample  # noqa: F401 (that it cannot be)
    import kanwu_hidden_sample as sample

    assert sample.VALUE == 1
