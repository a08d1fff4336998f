"""What the tests of single repairs share: a view of a text, and its text after one repair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleaner.engine.view import Repair, View
from cleaner.model import Candidate, Document, Safety

COUNTY = "云泽县认真贯彻各项决策部署，经济发展质量提高，开发区建设进展顺利，农业农村环境改善。"


def proposed(
    repair: Repair, text: str, parameters: Mapping[str, Any] | None = None, format: str = "txt"
) -> list[Candidate]:
    view = View.of(text, Document("a", text, format=format))
    return sorted(repair(view, parameters or {}), key=lambda c: (c.start, c.end))


def repaired(
    repair: Repair, text: str, parameters: Mapping[str, Any] | None = None, format: str = "txt"
) -> str:
    """The text after the candidates that are not doubtful; they must not overlap."""
    edge = 0
    parts: list[str] = []
    for candidate in proposed(repair, text, parameters, format):
        if candidate.safety is Safety.DOUBTFUL:
            continue
        assert candidate.start >= edge
        parts += [text[edge : candidate.start], candidate.after]
        edge = candidate.end
    return "".join([*parts, text[edge:]])
