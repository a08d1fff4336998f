"""Findings about the restoring itself: what is lost and cannot be given back, what a rule could not do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from cleaner.engine.stitch import gaps
from cleaner.engine.view import View
from cleaner.model import Cleaned, Finding, Severity, Span


def restoration_findings(cleaned: Cleaned) -> tuple[Finding, ...]:
    """Gaps of the clean text (a block that stops or starts mid-sentence, DESIGN section 5: missing parts)."""
    return tuple(_numbered(cleaned))


def _numbered(cleaned: Cleaned) -> Iterator[Finding]:
    view = View.of(cleaned.text, cleaned.document)
    seen: dict[str, int] = {}
    for gap in gaps(view):
        quoted = cleaned.text[gap.start : gap.end]
        seen[quoted] = seen.get(quoted, 0) + 1
        key = f"restoration/gap\0{cleaned.document.doc}\0{quoted}\0{seen[quoted]}"
        name = hashlib.sha256(key.encode()).hexdigest()[:12]
        spans = cleaned.offsets.to_base(gap.start, gap.end)
        yield Finding(
            finding_id=f"g{name}",
            doc=cleaned.document.doc,
            check="restoration/gap",
            severity=Severity.WARNING,
            spans=spans or (Span(0, 0),),
            message=gap.why,
            message_en=gap.why_en,
            fingerprint=name,
        )
