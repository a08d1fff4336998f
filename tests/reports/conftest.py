"""The report of the sample run, opened in a browser."""

from __future__ import annotations

import pytest
from report_samples import sample_run, saved


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The address of the report of the sample run."""
    return saved(tmp_path_factory.mktemp("report") / "report.html", sample_run())


@pytest.fixture
def opened(page, report):
    page.goto(report)
    return page
