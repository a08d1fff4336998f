"""What each check looks for, in a line and in a paragraph: the help that machines show beside a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cleaner.packs.indicators import panel_relations
from cleaner.packs.relations import RelationType, relation_types
from cleaner.reports.words import Word

RESTORATION: Final[Mapping[str, Word]] = {
    "block-order": Word("版块次序可疑", "Blocks may be out of order"),
    "caption": Word("图片说明夹在正文间", "A caption stands between paragraphs"),
    "gap": Word("句子残缺，有文字脱落", "A sentence is cut and text is lost"),
    "introduced": Word(
        "改动造成了底本没有的矛盾", "An edit made a contradiction that the base text does not have"
    ),
    "joined-counts": Word("两个数连成了一个", "Two counts may have run together"),
    "list-separator": Word("并列之间的标点可疑", "A separator in a list is odd"),
    "lost-anchors": Word("正文缺了所注的位置", "The places that notes belong to are lost"),
    "missing-section": Word("序号中断，或缺一节", "A section may be missing"),
    "name-variant": Word("一个名称有两种写法", "A name is printed in two ways"),
    "odd-doubling": Word("字词重复可疑", "A word is doubled"),
    "odd-percent": Word("百分数的写法可疑", "A percentage is written oddly"),
    "orphan-head": Word("标题没有正文，或被截断", "A head without a body, or a torn one"),
    "phrase-variant": Word("固定说法有异文", "A fixed phrase is printed otherwise"),
    "repeated-tail": Word("句尾重复", "The end of a sentence is repeated"),
    "strange-word": Word("生僻的字词组合", "A combination of characters that is hardly used"),
    "uneven-list": Word("并列的一项与他项不同", "One item of a list is unlike the others"),
    "unpaired-mark": Word("括号或引号不成对", "A bracket or quotation mark has no partner"),
}
"""The checks of what looks damaged and was not repaired, without ``restoration/``."""
OTHERS: Final[Mapping[str, Word]] = {
    "kanwu/unreadable": Word("文件未能读入", "A file could not be read"),
    "kanwu/stopped-rule": Word("规则被停用", "A rule was stopped"),
    "kanwu/promise": Word("数据约定未守", "A promise of the tables was not kept"),
}
_RESTORATION_HELP = Word(
    "这里看来有未修复的损伤，工具没有把握改动。请对照原件；确无问题，可在 kanwu.toml 的 waivers 中写明理由。",
    "Something looks damaged here and the tool was not sure enough to change it. Compare the source; if all is well, "
    "say why under `waivers` in kanwu.toml.",
)


@dataclass(frozen=True, slots=True)
class CheckHelp:
    """A check in both languages: its title, and why it is made."""

    title: Word
    help: Word


def check_help(check: str) -> CheckHelp:
    """The help of a check; a check that nobody described is its own title."""
    family, _, name = check.partition("/")
    if family == "restoration" and name in RESTORATION:
        return CheckHelp(RESTORATION[name], _RESTORATION_HELP)
    relation = _relation(name)
    if relation is not None:
        title = Word(relation.title, relation.title_en)
        return CheckHelp(title, Word(relation.rationale.strip(), relation.rationale_en.strip()))
    title = OTHERS.get(check, Word(check, check))
    return CheckHelp(title, title)


def _relation(name: str) -> RelationType | None:
    return relation_types().get(name) or panel_relations().get(name)
