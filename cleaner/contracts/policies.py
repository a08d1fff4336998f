"""All named expectations, by the name that suites use."""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.contracts.drift_policies import DRIFT_POLICIES
from cleaner.contracts.policy import Policy
from cleaner.contracts.relation_policies import RELATION_POLICIES
from cleaner.contracts.restoration_policies import RESTORATION_POLICIES

POLICIES: Mapping[str, Policy] = {
    policy.name: policy for policy in (*RELATION_POLICIES, *RESTORATION_POLICIES, *DRIFT_POLICIES)
}
"""Expectation type -> policy."""
