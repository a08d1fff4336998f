"""From reports to their panel, for all tests of the panel."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from county_reports import report, reports

from cleaner.checks.panel import Panel, build
from cleaner.model import DocumentResult


@pytest.fixture
def panel() -> Callable[[str], Panel]:
    """From described reports to their panel."""
    return lambda described: build(reports(described))


@pytest.fixture
def make_report() -> Callable[..., DocumentResult]:
    """One report of a county."""
    return report


@pytest.fixture
def make_panel() -> Callable[..., Panel]:
    """From reports to their panel."""
    return build
