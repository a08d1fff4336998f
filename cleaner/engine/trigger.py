"""Which rules can fire where. The reference admits every rule; a fast trigger may only leave out rules that cannot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cleaner.engine.view import View
from cleaner.packs.grammar import Rule


class Trigger(Protocol):
    """Says which rules of a stage are worth asking on a view."""

    def admit(self, rules: Sequence[Rule], view: View) -> Sequence[Rule]:
        """The rules that can fire on ``view``, in the order given. Must not leave out one that would."""
        ...


class AdmitAll:
    """The reference: every rule is asked, but for names of places that the document does not name."""

    def admit(self, rules: Sequence[Rule], view: View) -> Sequence[Rule]:
        """All rules whose places (if any) the base text names."""
        return [r for r in rules if not r.places or any(p in view.document.text for p in r.places)]
