"""The name of a figure -> the indicator it is an observation of, or none.

A name counts only if it is one of an indicator's names once the words around it are gone: 工业固定资产投资 is not
固定资产投资, and 财政收入 is not 一般公共预算收入.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import regex

from cleaner.packs.indicators import Indicator, Words

_OWN = {
    "县": ("全县", "我县", "本县", "县域"),
    "市": ("全市", "我市", "本市"),
    "区": ("全区", "我区", "本区", "全自治区"),
    "省": ("全省", "我省", "本省"),
    "旗": ("全旗", "我旗", "本旗"),
    "州": ("全州", "我州", "本州"),
    "盟": ("全盟", "我盟", "本盟"),
    "国": ("全国", "我国"),
}
_MARKS = regex.compile(r"[\s“”\"'‘’《》*#（(）)]")


class Names:
    """Finds the indicator of a name, for figures of one place."""

    def __init__(self, known: Sequence[Indicator], words: Words, place: str) -> None:
        """``place`` is the name on the face of the report; its last character tells its own words (全县)."""
        self._by_name: Mapping[str, Indicator] = {name: i for i in known for name in i.names}
        self._own = _OWN.get(place[-1:], ())
        leads = "|".join(regex.escape(word) for word in (place, *self._own))
        self._lead = regex.compile(f"(?:{words.lead}|{leads}|的|[，、：:])+")
        self._tail = words.tail

    def own(self, subject: str) -> bool:
        """Whether ``subject`` (全县, 全省) is the place of the report, or nothing else is said."""
        return not subject or subject in self._own

    def indicator(self, name: str) -> Indicator | None:
        """The indicator that ``name`` is a name of."""
        bare = _MARKS.sub("", name)
        if bare in self._by_name:
            return self._by_name[bare]
        lead = self._lead.match(bare)
        bare = bare[lead.end() :] if lead else bare
        while bare and bare not in self._by_name:
            tail = self._tail.search(bare)
            if tail is None or not tail[0]:
                return None
            bare = bare[: tail.start()]
        return self._by_name.get(bare)


@cache
def names_of(known: tuple[Indicator, ...], words: Words, place: str) -> Names:
    """The names for one place, made once for all its reports."""
    return Names(known, words, place)
