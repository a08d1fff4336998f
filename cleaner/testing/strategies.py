"""Hypothesis strategies: documents made of what rules say of themselves, and of what they never heard of."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from cleaner.packs.grammar import Rule
from cleaner.packs.marks import read_marks

ALPHABET = (
    "县镇村水工业和的在了中国。，、；：！？（）“”《》 \n\t　0123456789.%-—*#$|<>&abBand"
    "〇一二三十運題⼀\u200b\ufeff\U00020000"
)
"""Characters that rules care about, and some that none knows."""


def snippets(rules: Sequence[Rule]) -> list[str]:
    """The texts of all examples of ``rules``, damaged and sound."""
    found: list[str] = []
    for rule in rules:
        found += [read_marks(example).text for example in rule.examples.fires]
        found += [text.replace("⏎", "\n") for text in rule.examples.silent]
    return sorted(set(found))


def documents(rules: Sequence[Rule], longest: int = 6) -> st.SearchStrategy[str]:
    """Texts of up to ``longest`` passages: examples of ``rules``, whole or cut, and random characters between."""
    passages = st.sampled_from(snippets(rules))
    cut = st.builds(
        lambda text, a, b: text[min(a, b) : max(a, b)], passages, st.integers(0, 60), st.integers(0, 60)
    )
    noise = st.text(ALPHABET, max_size=30)
    joints = st.sampled_from(["", "\n", "\n\n", "\n\n\n", "。", " "])
    parts = st.lists(st.tuples(st.one_of(passages, cut, noise), joints), max_size=longest)
    return parts.map(lambda chosen: "".join(text + joint for text, joint in chosen))
