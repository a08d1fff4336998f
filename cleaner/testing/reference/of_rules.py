"""A rule as an entry: why, what it changes, where it holds its tongue, limits, safety, how to switch it off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cleaner.packs.grammar import Method, Rule
from cleaner.reports.safe import one_line
from cleaner.reports.words import EVIDENCE, KIND, SAFETY, Word, word
from cleaner.terms import Safety
from cleaner.testing.reference.entry import (
    Block,
    Code,
    Entry,
    Facts,
    Names,
    Paragraph,
    Section,
    Table,
    prose,
    samples,
)

SHOWN: Final = 40
"""So many lines of a list are shown; the file has them all."""
_LONG: Final = 60
_BY: Final = {
    Method.REGEX: Word("模式", "regex"),
    Method.LEXICON: Word("词表", "lexicon"),
    Method.CHARS: Word("字表", "chars"),
    Method.OPENCC: Word("繁简转换", "opencc"),
    Method.CODE: Word("程序", "code"),
}
_DIGITS: Final = {
    "": Word("不许变动", "may not change"),
    "may-change": Word("可以改", "may-change"),
    "removes": Word("可以删", "removes"),
}
_APPLIED: Final = {
    Safety.CERTAIN: Word(
        "径改：直接施行，--level certain 时也施行。", "Applied, also under --level certain; recorded."
    ),
    Safety.PROBABLE: Word(
        "改而出校：默认施行并记录，--level certain 时只列不改。",
        "Applied and recorded; under --level certain only shown.",
    ),
    Safety.DOUBTFUL: Word("存疑：只列出，从不施行。", "Only shown, never applied."),
}
_GROUNDS: Final = {
    "form": Word("自明：自身即不成文。", "It rests on form: malformed on its face."),
    "witness": Word("对校：另有一份读法为证。", "It rests on a witness: another reading of the passage."),
    "internal": Word("本校：以本文件的其余部分为证。", "It rests on the rest of this document."),
    "external": Word(
        "他校：以词典、语料或公布的文字为证。",
        "It rests on other texts: a lexicon, a corpus, a published wording.",
    ),
    "reasoning": Word("理校：只凭推断。", "It rests on reasoning alone."),
}
_NO_LIMITS: Final = Word(
    "没有登记力所不及的例句；这不等于没有。",
    "No example of a limit is recorded, which does not say that there is none.",
)


def rule_entry(rule: Rule) -> Entry:
    """The entry of one rule."""
    sections = (
        Section(Word("缘由", "why"), _both(rule.rationale, rule.rationale_en)),
        Section(Word("当改", "fires"), samples(rule.examples.fires)),
        Section(Word("不改", "silent"), samples(rule.examples.silent)),
        Section(Word("力所不及", "limits"), tuple(_limits(rule))),
        Section(Word("安全", "safety"), tuple(_safety(rule))),
        Section(Word("停用", "switch off"), _switch_off(rule.id)),
        Section(Word("升降", "raise or lower"), (_raise_or_lower(rule),)),
        Section(Word("所据", "how it is found"), tuple(_matter(rule))),
        *_sources(rule),
    )
    return Entry(rule.id, Word(one_line(rule.title), one_line(rule.title_en)), _facts(rule), sections)


def _facts(rule: Rule) -> Facts:
    scope = "、".join(sorted(rule.scope)) or "各种版块 every block"
    rows = [
        (Word("改动", "edit"), _both_words(word(KIND, rule.edit))),
        (Word("方法", "by"), _both_words(_BY[rule.by])),
        (Word("阶段", "stage"), rule.stage),
        (Word("把握", "safety"), _both_words(word(SAFETY, rule.safety))),
        (Word("依据", "evidence"), _both_words(word(EVIDENCE, rule.evidence))),
        (Word("范围", "scope"), scope),
        (Word("数字", "digits"), _both_words(_DIGITS[rule.digits])),
        (Word("始于", "since"), rule.since),
        (Word("文件", "file"), f"{rule.pack}/{rule.path.name}"),
    ]
    if rule.places:
        places = one_line("、".join(rule.places))
        rows.append((Word("只在提到", "only where named"), places))
    return Facts(tuple(rows))


def _both_words(label: Word) -> str:
    return f"{label.zh} {label.en}"


def _both(chinese: str, english: str) -> tuple[Paragraph, ...]:
    return Paragraph(prose(chinese.strip())), Paragraph(prose(english.strip()))


def _matter(rule: Rule) -> Iterator[Block]:
    """What the rule looks for and what it puts in its place, by its method."""
    if rule.entries:
        heads = (
            Word("误", "wrong"),
            Word("正", "right"),
            Word("左文", "left"),
            Word("右文", "right context"),
        )
        rows = [(e.wrong, e.right, e.left, e.right_context) for e in rule.entries]
        yield from _listed(heads, rows)
    elif rule.map:
        columns = (Word("误", "wrong"), Word("码", "code"), Word("正", "right"))
        yield from _listed(columns, [(wrong, _codes(wrong), right) for wrong, right in rule.map.items()])
    elif rule.match:
        given = rule.replace.items() if isinstance(rule.replace, Mapping) else [("", rule.replace)]
        keys = [("match", rule.match), *((f"replace {key}".strip(), value) for key, value in given)]
        yield from _listed((Word("键", "key"), Word("值", "value")), keys)
    else:
        yield from _settings(rule)
    if rule.unless:
        yield from _listed((Word("护栏：相触即不改", "unless"),), [(guard,) for guard in rule.unless])


def _codes(text: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in text)


def _settings(rule: Rule) -> Iterator[Block]:
    given = {"code": rule.code, "config": rule.config, "protect": list(rule.protect), **rule.parameters}
    rows = [
        (key, value if isinstance(value, str) else _short(value)) for key, value in given.items() if value
    ]
    yield from _listed((Word("键", "key"), Word("值", "value")), rows)


def _short(value: object) -> str:
    text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"


def _listed(heads: tuple[Word, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[Block]:
    yield Table(heads, tuple(tuple(map(_cell, row)) for row in rows[:SHOWN]))
    if len(rows) > SHOWN:
        left = len(rows) - SHOWN
        yield Paragraph(f"另有 {left} 条，见规则文件。 {left} more are in the rule's file.")


def _cell(text: str) -> str:
    """A pattern or a word; spaces at its ends are part of it and are shown."""
    body = text.strip(" ")
    first = len(text) - len(text.lstrip(" "))
    return "␣" * first + one_line(body) + "␣" * (len(text) - first - len(body))


def _limits(rule: Rule) -> Iterator[Block]:
    if not rule.examples.limits:
        yield Paragraph(f"{_NO_LIMITS.zh} {_NO_LIMITS.en}")
        return
    yield Paragraph("本当如此改，眼下还不能。 What it should do, and cannot do yet.")
    yield from samples(rule.examples.limits)


def _safety(rule: Rule) -> Iterator[Block]:
    grounds, applied = _GROUNDS[rule.evidence], _APPLIED[rule.safety]
    yield Paragraph(f"{applied.zh}{grounds.zh}")
    yield Paragraph(f"{applied.en} {grounds.en}")
    if rule.safety_note:
        yield Paragraph(prose(rule.safety_note.strip()))


def _switch_off(name: str) -> tuple[Block, ...]:
    return (
        Code("sh", f"kanwu run INPUT -o OUT --ignore {name}"),
        Code("toml", f'ignore = ["{name}"]'),
        Paragraph("第二段写入 kanwu.toml。 The second goes into kanwu.toml."),
    )


def _raise_or_lower(rule: Rule) -> Code:
    """One step either way is what a configuration may do."""
    steps = list(Safety)
    lines = [
        f'"{rule.id}" = "{steps[rank]}"  # {note.zh} {note.en}'
        for rank, note in (
            (rule.safety.rank - 1, Word("升一级", "a step up")),
            (rule.safety.rank + 1, Word("降一级", "a step down")),
        )
        if 0 <= rank < len(steps)
    ]
    return Code("toml", "\n".join(["[safety]", lines[0], *(f"# {line}" for line in lines[1:])]))


def _sources(rule: Rule) -> Iterator[Section]:
    if rule.source:
        yield Section(Word("出处", "source"), tuple(Paragraph(prose(s)) for s in rule.source))
    if rule.see_also:
        yield Section(Word("参见", "see also"), (Names(rule.see_also),))
