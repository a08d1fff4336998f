"""Small formulae that vision models write in LaTeX, read back as the plain text that was printed.

Only a formula that is understood to its last sign is read; anything else stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

COMMANDS: Mapping[str, str] = {
    "%": "%",
    "$": "$",
    "#": "#",
    "&": "&",
    "_": "_",
    "{": "{",
    "}": "}",
    ",": "",
    ";": "",
    ":": "",
    "!": "",
    " ": "",
    "quad": "",
    "qquad": "",
    "times": "×",
    "div": "÷",
    "pm": "±",
    "cdot": "·",
    "sim": "～",
    "approx": "≈",
    "leq": "≤",
    "le": "≤",
    "leqslant": "≤",
    "geq": "≥",
    "ge": "≥",
    "geqslant": "≥",
    "lt": "<",
    "gt": ">",
    "mu": "μ",
    "alpha": "α",
    "beta": "β",
    "circ": "°",
    "degree": "°",
    "textdegree": "°",
    "rightarrow": "→",
    "to": "→",
    "permil": "‰",
    "textperthousand": "‰",
    "prime": "′",
    "sqrt": "√",
    "ldots": "…",
    "cdots": "…",
}
"""Commands that stand for a sign of the printed page."""
_WRAPPERS = ("text", "mathrm", "textrm", "mathbf", "textbf", "operatorname", "mathit", "rm", "bf")
_TOKEN = regex.compile(r"\\([A-Za-z]+|.)|([\^_{}])|([^\\^_{}]+)", regex.DOTALL)
_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_PLAIN = regex.compile(r"[0-9A-Za-z.,:：%％+\-=/<>()（）~～×·\s]*")
_MARKED = regex.compile(r"[\\^_{}]")
_NUMBER = regex.compile(r"\s*[-+]?[0-9][0-9.,]*\s*%?\s*")


def plain(formula: str) -> str | None:
    """The printed text of the inside of ``$…$``, or None where it is not understood.

    A formula without any mark of LaTeX counts only when it is a number: two dollar signs around
    words are money.
    """
    if not _MARKED.search(formula):
        return formula.strip() if _NUMBER.fullmatch(formula) else None
    tokens = list(_TOKEN.finditer(formula))
    reader = _Reader([match.group() for match in tokens])
    text = reader.sequence(inside=False)
    return None if reader.failed else text.strip()


class _Reader:
    """Recursive descent over tokens: commands, braces, scripts and plain runs."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self.failed = False

    def sequence(self, inside: bool) -> str:
        parts: list[str] = []
        while self._at < len(self._tokens):
            sign = self._tokens[self._at]
            if sign == "}" and inside:
                self._at += 1
                return "".join(parts)
            parts.append(self._item(sign))
        self.failed = self.failed or inside
        return "".join(parts)

    def _item(self, sign: str) -> str:
        self._at += 1
        if sign == "{":
            return self.sequence(inside=True)
        if sign in "^_":
            return self._script(sign)
        if sign.startswith("\\"):
            return self._command(sign[1:])
        self.failed = self.failed or _PLAIN.fullmatch(sign) is None
        return "".join(sign.split())

    def _command(self, name: str) -> str:
        if name in _WRAPPERS:
            return self._argument(words=True)
        if name not in COMMANDS:
            self.failed = True
        return COMMANDS.get(name, "")

    def _script(self, mark: str) -> str:
        inner = self._argument(words=False)
        if mark == "_" or inner in ("°", "′", "%", "‰"):
            return inner
        raised = inner.translate(_SUPERSCRIPTS)
        self.failed = self.failed or raised == inner or any(c.isascii() for c in raised)
        return raised

    def _argument(self, words: bool) -> str:
        """What stands in the braces that follow, or the single sign after a script mark."""
        if self._at >= len(self._tokens):
            self.failed = True
            return ""
        sign = self._tokens[self._at]
        if sign == "{":
            self._at += 1
            return self._words() if words else self.sequence(inside=True)
        if words or sign.startswith("\\"):
            self._at += 1
            return self._command(sign[1:]) if sign.startswith("\\") else sign.strip()
        head, rest = sign[0], sign[1:]
        if rest:
            self._tokens[self._at] = rest
        else:
            self._at += 1
        return head

    def _words(self) -> str:
        r"""The inside of ``\text{…}``, words and Han characters included."""
        parts: list[str] = []
        while self._at < len(self._tokens):
            sign = self._tokens[self._at]
            self._at += 1
            if sign == "}":
                return "".join(parts).strip()
            if sign in "{^_":
                self.failed = True
            parts.append(self._command(sign[1:]) if sign.startswith("\\") else sign)
        self.failed = True
        return ""
