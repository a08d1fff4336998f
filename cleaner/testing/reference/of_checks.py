"""A relation type or another check as an entry: what it asks, on which words, with sentences for each verdict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cleaner.packs.relations import RelationType
from cleaner.reports.checks import OTHERS, RESTORATION, check_help
from cleaner.reports.safe import one_line
from cleaner.reports.words import SEVERITY, VERDICT, Word, word
from cleaner.testing.reference.entry import (
    Block,
    Code,
    Entry,
    Facts,
    Paragraph,
    Section,
    Table,
    prose,
    sample,
    samples,
)

_FAMILY: Final = {
    "equality": Word("等式", "equality"),
    "inequality": Word("不等式", "inequality"),
    "textual": Word("文字", "textual"),
}
_SLIP: Final = Word("错这一处，即判不合。", "This one slip is found.")


def relation_entry(relation: RelationType, family: str) -> Entry:
    """The entry of a relation type; ``family`` is ``relation``, or ``panel`` for one between reports."""
    facts = (
        (Word("类别", "family"), _both(word(_FAMILY, relation.family))),
        (Word("不合时", "if it fails"), _both(word(SEVERITY, relation.severity))),
        (Word("式", "formula"), one_line(relation.formula)),
        (Word("文件", "file"), f"{relation.path.parent.name}/{relation.path.name}"),
    )
    name = f"{family}/{relation.name}"
    sections = (
        Section(Word("缘由", "why"), _paragraphs(relation.rationale, relation.rationale_en)),
        *_verdicts(relation),
        *_words(relation),
        _accepting(name),
    )
    return Entry(name, Word(one_line(relation.title), one_line(relation.title_en)), Facts(facts), sections)


def check_entries() -> Iterator[Entry]:
    """The entries of the checks that are no relations: of restoring, and of the run itself."""
    for name in (*(f"restoration/{kind}" for kind in RESTORATION), *OTHERS):
        about = check_help(name)
        sections = [Section(Word("缘由", "why"), _paragraphs(about.help.zh, about.help.en))]
        if name.startswith("restoration/"):
            sections.append(_accepting(name))
        family = name.partition("/")[0]
        facts = Facts(((Word("类别", "family"), _both(_KINDS[family])),))
        yield Entry(name, about.title, facts, tuple(sections))


_KINDS: Final = {
    "restoration": Word("复原之后的可疑之处", "what looks damaged still"),
    "kanwu": Word("运行本身", "the run itself"),
}


def _both(label: Word) -> str:
    return f"{label.zh} {label.en}"


def _paragraphs(chinese: str, english: str) -> tuple[Paragraph, ...]:
    return Paragraph(prose(chinese.strip())), Paragraph(prose(english.strip()))


def _verdicts(relation: RelationType) -> Iterator[Section]:
    for verdict, sentences in relation.examples.items():
        blocks: tuple[Block, ...] = samples(sentences)
        if verdict == "inconsistent" and relation.mutation:
            blocks = (*blocks, sample(relation.mutation, f"{_SLIP.zh} {_SLIP.en}"))
        if blocks:
            yield Section(word(VERDICT, verdict), blocks)


def _words(relation: RelationType) -> Iterator[Section]:
    rows = tuple((one_line(key), one_line(" | ".join(words))) for key, words in relation.trigger.items())
    yield Section(
        Word("引出的字句", "words that open it"),
        (Table((Word("处", "place"), Word("模式", "patterns")), rows),),
    )
    if relation.exclusions:
        excluded = tuple((one_line(pattern),) for pattern in relation.exclusions)
        yield Section(
            Word("作罢的字句", "words that close it"), (Table((Word("模式", "patterns"),), excluded),)
        )


def _accepting(name: str) -> Section:
    waiver = f'[[waivers]]\ncheck = "{name}"\npaths = ["2019/*.txt"]\nreason = "printed so; compared with the paper copy"'
    told = "写入 kanwu.toml，须有理由；判定从不改动文字。 For kanwu.toml, with a reason. A finding never changes the text."
    return Section(Word("豁免", "accept"), (Code("toml", waiver), Paragraph(told)))
