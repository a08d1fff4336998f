"""Names for permalinks: short, stable from run to run, and made of harmless characters only."""

from __future__ import annotations

import hashlib
import re

_OTHER = re.compile(r"[^A-Za-z0-9_-]+")


class Anchors:
    """Gives each thing of a page its own anchor."""

    def __init__(self) -> None:
        """Start with no name taken."""
        self._taken: set[str] = set()

    def of(self, *parts: str) -> str:
        """An anchor from ``parts``; a second thing of the same name gets a number."""
        name = "-".join(_OTHER.sub("-", part).strip("-") or "x" for part in parts)
        unique, count = name, 1
        while unique in self._taken:
            count += 1
            unique = f"{name}-{count}"
        self._taken.add(unique)
        return unique


def key(doc: str) -> str:
    """A short digest of a document's name, the same in every run."""
    return hashlib.sha256(doc.encode("utf-8", "surrogatepass")).hexdigest()[:8]
