"""How much of planted damage was restored, how precise the edits were, what harm they did.

All distances are on characters and paragraph marks: a run of line ends counts as one mark, so the habit of a
document (a blank line between paragraphs or none) is no damage and no repair.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields

import regex
from rapidfuzz.distance import Indel, Levenshtein

from cleaner.model import Cleaned
from cleaner.packs.grammar import Rule

_SUBSTANCE = regex.compile(r"[\p{Han}0-9０-９\n]")
_MARK = regex.compile(r"\n(?:[^\S\n]*\n)+")


def marked(text: str) -> str:
    """``text`` with every run of line ends as one paragraph mark, none at its ends."""
    return _MARK.sub("\n", text).strip("\n")


def digits(text: str) -> str:
    """The digits of ``text`` after NFKC, in order."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char in "0123456789")


def substance(text: str) -> str:
    """What no edit to sound text may touch: Han characters, digits and paragraph marks of ``text``, in order."""
    return "".join(_SUBSTANCE.findall(text))


@dataclass(frozen=True, slots=True)
class Score:
    """Sums over documents; the shares are computed from the sums.

    ``noise`` and ``left`` are Levenshtein distances to the truth, before and after. ``edited`` counts
    characters that the product took away or put in, ``right`` those that moved the text towards the truth.
    Digits are counted by the same rule on the digits alone. ``undeclared`` are edits that change digits by a rule
    that does not declare it. ``substance`` counts edited Han characters, digits and paragraph marks: in untouched
    text there must be none.
    """

    documents: int = 0
    characters: int = 0
    plants: int = 0
    noise: int = 0
    left: int = 0
    edited: int = 0
    right: int = 0
    digits_edited: int = 0
    digits_right: int = 0
    undeclared: int = 0
    substance: int = 0
    problems: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def restored(self) -> float:
        """1 − d(clean, truth) / d(noisy, truth); 1 where there was no damage and none was done."""
        return 1 - self.left / self.noise if self.noise else float(self.left == 0)

    @property
    def precision(self) -> float:
        """Share of the edited characters that moved the text towards the truth; 1 without an edit."""
        return self.right / self.edited if self.edited else 1.0

    @property
    def harm(self) -> float:
        """Characters edited away from the truth, per 10,000 characters of the truth."""
        return 10_000 * (self.edited - self.right) / self.characters if self.characters else 0.0

    @property
    def digits_harmed(self) -> int:
        """Digits that an edit took from the truth or put in against it."""
        return self.digits_edited - self.digits_right


def moved_towards(noisy: str, clean: str, truth: str) -> tuple[int, int]:
    """How many characters were edited, and how many of them moved the text towards the truth.

    On the indel distance every character taken away or put in moves a text by one towards the truth or by one
    away from it: right − wrong = d(noisy, truth) − d(clean, truth), right + wrong = d(noisy, clean). So the count
    needs no choice of an alignment, and it does not matter which of two equal copies was removed. A character that
    is replaced by another wrong one is half right.
    """
    edited = Indel.distance(noisy, clean)
    gained = Indel.distance(noisy, truth) - Indel.distance(clean, truth)
    return edited, (edited + gained) // 2


def undeclared_digits(cleaned: Cleaned, rules: Iterable[Rule]) -> int:
    """Applied edits that change digits by a rule that does not declare it.

    Parts of folded rows are counted singly; the halves of a move are weighed together.
    """
    declared = {rule.id for rule in rules if rule.digits}
    groups: dict[str, tuple[str, str]] = {}
    found = 0
    for edit in (e for e in cleaned.applied if e.rule not in declared):
        if edit.group:
            taken, given = groups.get(edit.group, ("", ""))
            taken += edit.before if edit.end > edit.start else ""
            groups[edit.group] = (taken, given + edit.after)
            continue
        pairs = [(p[2], p[3]) for p in edit.parts] or [(edit.before, edit.after)]
        found += sum(digits(before) != digits(after) for before, after in pairs)
    return found + sum(sorted(digits(taken)) != sorted(digits(given)) for taken, given in groups.values())


def score(truth: str, cleaned: Cleaned, rules: Iterable[Rule], plants: int = 0) -> Score:
    """Score one restored document against its truth. ``plants`` is how many damages were done to it."""
    noisy, clean, sound = marked(cleaned.document.text), marked(cleaned.text), marked(truth)
    edited, right = moved_towards(noisy, clean, sound)
    digits_edited, digits_right = moved_towards(digits(noisy), digits(clean), digits(sound))
    return Score(
        documents=1,
        characters=len(sound),
        plants=plants,
        noise=Levenshtein.distance(noisy, sound),
        left=Levenshtein.distance(clean, sound),
        edited=edited,
        right=right,
        digits_edited=digits_edited,
        digits_right=digits_right,
        undeclared=undeclared_digits(cleaned, rules),
        substance=Indel.distance(substance(noisy), substance(clean)),
        problems=len(cleaned.problems),
    )
