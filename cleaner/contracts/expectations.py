"""The named expectations as classes of Great Expectations, over one base that calls the policies.

>>> from cleaner.contracts.expectations import install
>>> install()["expect_shares_to_sum_to_whole"].expectation_type
'expect_shares_to_sum_to_whole'

Great Expectations takes three seconds to import; nothing here does so before :func:`install`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from typing import Any

from cleaner.contracts.late import hidden, late
from cleaner.contracts.policies import POLICIES
from cleaner.contracts.policy import Ledger, apply_policy

METRIC = "kanwu.rows"
SHOWN = 50
"""So many breaches are spelled out; the rest are counted."""


@cache
def install() -> Mapping[str, type]:
    """Register every policy with Great Expectations; expectation type -> class.

    All take ``mostly`` (share of the applicable rows that must keep the policy, from 0 to 1) and
    ``min_applicable`` (fewer applicable rows fail; 0 by default, because a document need not have such a
    relation). Their result holds ``applicable``, ``undecided`` and ``failures``.
    """
    base = _base_class()
    return {name: _named_class(base, name) for name in POLICIES}


def great_expectations() -> Any:
    """The package, imported late, told to send nothing and to show no progress bars.

    What it draws and tests distributions with takes 75 MB and a second; it is loaded where an expectation of
    that kind asks for it. It looks for the client of Spark Connect, which without its own dependencies takes a process
    of a pool for a run of its documentation's examples and ends it, with exit code 0.
    """
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    client = () if find_spec("grpc") else ("pyspark.sql.connect",)
    with late("scipy.stats", "altair"), hidden(*client):
        import great_expectations as gx

    return gx


def _named_class(base: type, name: str) -> type:
    policy = POLICIES[name]
    words = {"__doc__": f"{policy.en[:1].upper()}{policy.en[1:]}. {policy.zh}。", "__module__": __name__}
    return type("".join(word.capitalize() for word in name.split("_")), (base,), words)


def _base_class() -> type:
    """The class that all named expectations share: rows in, ledger of the policy out."""
    great_expectations()
    from typing import ClassVar

    from great_expectations.compatibility import pydantic
    from great_expectations.expectations.expectation import BatchExpectation

    _register_rows_metric()

    class KanwuExpectation(BatchExpectation):
        mostly: float = pydantic.Field(1.0, ge=0, le=1)
        min_applicable: int = pydantic.Field(0, ge=0)

        metric_dependencies: ClassVar[tuple[str, ...]] = (METRIC,)
        success_keys: ClassVar[tuple[str, ...]] = ("mostly", "min_applicable")

        def _validate(
            self,
            metrics: Mapping[str, Any],
            runtime_configuration: Any = None,  # noqa: ARG002 - the signature is Great Expectations' own
            execution_engine: Any = None,  # noqa: ARG002
        ) -> dict[str, Any]:
            rows = metrics[METRIC]
            ledger = apply_policy(POLICIES[self.expectation_type], rows)
            return outcome(ledger, len(rows), self.mostly, self.min_applicable)

    return KanwuExpectation


def _register_rows_metric() -> None:
    """The rows of the batch as dictionaries: one metric, computed once for all expectations of a suite."""
    from great_expectations.core.metric_domain_types import MetricDomainTypes
    from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
    from great_expectations.expectations.metrics.metric_provider import metric_value
    from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

    from cleaner.contracts.context import records

    class KanwuRows(TableMetricProvider):
        metric_name = METRIC

        @metric_value(engine=PandasExecutionEngine)
        def _pandas(cls, execution_engine: Any, metric_domain_kwargs: Any, **_: Any) -> Any:  # noqa: N805
            frame, _rest, _more = execution_engine.get_compute_domain(
                domain_kwargs=metric_domain_kwargs, domain_type=MetricDomainTypes.TABLE
            )
            return records(frame)


def outcome(ledger: Ledger, rows: int, mostly: float, min_applicable: int) -> dict[str, Any]:
    """The result of an expectation, in the shape that Great Expectations' renderers read.

    Shares are compared on decimals: ``mostly`` 0.9 of ten rows is nine, whatever binary floats say.
    """
    enough = ledger.applicable >= min_applicable
    broken = len(ledger.failures)
    return {
        "success": enough and Decimal(ledger.kept) >= Decimal(str(mostly)) * ledger.applicable,
        "result": {
            "observed_value": f"{ledger.kept}/{ledger.applicable}",
            "element_count": rows,
            "applicable": ledger.applicable,
            "undecided": ledger.undecided,
            "unexpected_count": broken,
            "unexpected_percent": 100 * broken / ledger.applicable if ledger.applicable else 0.0,
            "partial_unexpected_list": list(ledger.failures[:20]),
            "failures": list(ledger.failures[:SHOWN]),
        },
    }
