"""Text of strangers made fit to show: what cannot be seen gets a visible name, what XML forbids goes.

A document, a file name or a rule title may hold characters that change the direction of a line, hide
themselves or break a file format. No report passes them on as they are.
"""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tab and line feed
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\uffa0"  # zero width, bidi controls, separators
    "\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\ue000-\uf8ff"  # lone surrogates, private use
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
    "]"
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def visible(text: str) -> str:
    """``text`` with every hidden, private or direction-changing character shown as ``⟨U+202E⟩``."""
    return _HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def one_line(text: str, limit: int = 0) -> str:
    """``visible`` on one line: line ends become ``⏎``; beyond ``limit`` characters an ellipsis (0: no limit)."""
    flat = visible(text if not limit or len(text) <= 2 * limit else text[: 2 * limit]).replace("\n", "⏎")
    return flat if not limit or len(flat) <= limit else flat[: limit - 1] + "…"


def xml_text(text: str) -> str:
    """``visible`` text without the characters that XML 1.0 forbids even as references."""
    return visible(_NOT_XML.sub("", text))
