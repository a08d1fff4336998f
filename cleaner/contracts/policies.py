"""All named expectations, by the name that suites use."""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.contracts.policy import Policy
from cleaner.contracts.relation_policies import RELATION_POLICIES
from cleaner.contracts.restoration_policies import RESTORATION_POLICIES

POLICIES: Mapping[str, Policy] = {p.name: p for p in (*RELATION_POLICIES, *RESTORATION_POLICIES)}
"""Expectation type -> policy."""
