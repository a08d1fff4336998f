"""Variants of one place as a pack that a person can accept: pack.yaml, one doubtful rule, proposals.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

import regex
from ruamel.yaml import YAML

from cleaner.lexicon.corpus import Text
from cleaner.lexicon.variants import Ground, Place, Reading, Variant

RULE = "variant-name"
_AROUND = 8
"""So many characters of the same line stand before and after a name in an example."""
_SHOWN = 3
_PLAIN = regex.compile(r"[\p{Han}\p{N}，、。；：]+")
_GROUNDS = {
    Ground.ALIKE: ("两字形近", "the two characters look alike"),
    Ground.FRAME: ("前后字全同，只差一字", "all characters but one agree"),
    Ground.APART: (
        "两种写法从不同见于一篇，各自反复出现",
        "the two never stand in one document, and each recurs in its own",
    ),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one place's documents print in two ways.

    ``accepted`` variants stand in the rule; ``unstated`` ones only in the list, for their readings meet in
    another variant, so that no rule could hold both.
    """

    name: str
    place: str
    texts: Sequence[Text]
    accepted: tuple[Variant, ...]
    unstated: tuple[Variant, ...]

    @classmethod
    def of(cls, name: str, place: str, texts: Sequence[Text], found: Sequence[Variant]) -> Proposal:
        """Part what one rule can hold from what it cannot."""
        accepted: list[Variant] = []
        for variant in found:
            if not any(_meet(variant, other) for other in accepted):
                accepted.append(variant)
        return cls(name, place, texts, tuple(accepted), tuple(v for v in found if v not in accepted))

    def files(self) -> Mapping[str, str]:
        """The files of the pack folder by name."""
        return {
            "pack.yaml": _yaml(_pack(self)),
            f"{RULE}.yaml": _yaml(_rule(self)),
            "proposals.md": _page(self),
        }


def _meet(one: Variant, other: Variant) -> bool:
    """Whether a reading of one variant is part of a reading of the other."""
    mine, theirs = ({v.rare.name, v.usual.name} for v in (one, other))
    return any(a in b or b in a for a in mine for b in theirs)


def _yaml(data: Mapping[str, Any]) -> str:
    writer = YAML()
    writer.width = 110
    writer.indent(mapping=2, sequence=4, offset=2)
    target = StringIO()
    writer.dump(dict(data), target)
    return target.getvalue()


def _pack(given: Proposal) -> dict[str, Any]:
    return {
        "name": given.name,
        "title": f"{given.place}：一名两写",
        "title_en": f"Names in two readings: {given.place}",
        "purpose": f"由 {len(given.texts)} 篇{given.place}文件比对而得，待人核定；只在提到{given.place}的文件里提示。",
        "purpose_en": f"Found by comparing {len(given.texts)} documents of {given.place}; for a person to accept.",
        "stage": "wording",
        "places": [given.place],
        "sources": sorted(text.doc for text in given.texts),
    }


def _rule(given: Proposal) -> dict[str, Any]:
    return {
        "id": f"{given.name}/{RULE}",
        "title": "一名两写",
        "title_en": "Names in two readings",
        "edit": "substitute",
        "by": "lexicon",
        "safety": "doubtful",
        "evidence": "external",
        "since": "0.1.0",
        "rationale": "同一地方的文件把一个名称写成两样。多的未必对：各条的方向只是多数，须查证后再定。",
        "rationale_en": "Documents of one place print one name in two ways. The more frequent need not be right: the "
        "direction of an entry is a majority, and no more, until a person has looked it up.",
        "entries": [_entry(v) for v in given.accepted],
        "examples": _examples(given),
        "source": "语料比对，见 proposals.md",
    }


def _entry(variant: Variant) -> dict[str, str]:
    rare, usual = variant.rare, variant.usual
    return {
        "wrong": rare.name,
        "right": usual.name,
        "source": f"语料：{rare.name} {_counted(rare)}，{usual.name} {_counted(usual)}；{_GROUNDS[variant.ground][0]}；待核",
    }


def _counted(reading: Reading) -> str:
    return f"{len(reading.places)} 处（{reading.documents} 篇）"


def _examples(given: Proposal) -> dict[str, Any]:
    fires: list[str] = []
    silent: dict[str, str] = {}
    wrongs = [v.rare.name for v in given.accepted]
    for variant in given.accepted:
        before, after = _alone(given, variant, wrongs)
        fires.append(f"{before}⟦{variant.rare.name}→{variant.usual.name}⟧{after}")
        silent[f"{before}{variant.usual.name}{after}"] = "已是多数的写法"
        silent[f"“{variant.usual.name}”"] = "已是多数的写法"
    return {"fires": fires, "silent": silent}


def _alone(given: Proposal, variant: Variant, wrongs: Sequence[str]) -> tuple[str, str]:
    """What stands around the first occurrence, if no entry of the rule fires there."""
    before, after = _context(given.texts, variant.rare, variant.rare.places[0])
    for name in (variant.rare.name, variant.usual.name):
        whole = f"{before}{name}{after}"
        others = sum(whole.count(wrong) for wrong in wrongs)
        if others != (name == variant.rare.name):
            return "", ""
    return before, after


def _context(texts: Sequence[Text], reading: Reading, place: Place) -> tuple[str, str]:
    """Plain characters of the line before and after a name."""
    text, end = texts[place.text].text, place.at + len(reading.name)
    before = regex.search(rf"{_PLAIN.pattern}$", text[max(0, place.at - _AROUND) : place.at])
    after = _PLAIN.match(text[end : end + _AROUND])
    return (before.group() if before else ""), (after.group() if after else "")


def _page(given: Proposal) -> str:
    lines = [
        f"# {given.place}：一名两写，待核 · Names in two readings, for a person to accept",
        "",
        "多数只是线索：整篇误认的名称会占多数。请逐条查证（地名录、企业登记、原件）：保留属实的条目，",
        "方向反了的对调 wrong 与 right，不是一名的删去；随后可把规则的 safety 提到 probable，",
        "用 `--packs` 加载本文件夹。本页只供阅读，程序不读。",
        "",
        "A vote is evidence for a reader, never an edit: a name misread throughout a report wins every vote.",
        "Look each one up; keep what is so, turn round what is the wrong way, delete two names that are two.",
        "Then `safety` may become `probable`, and `--packs` loads this folder. Nothing reads this page but you.",
        "",
    ]
    for number, variant in enumerate(given.accepted, 1):
        lines += [f"## {number}. {variant.rare.name} / {variant.usual.name}", "", *_body(given, variant), ""]
    for variant in given.unstated:
        lines += [f"## （未入规则 not in the rule）{variant.rare.name} / {variant.usual.name}", ""]
        lines += [*_body(given, variant), ""]
    return "\n".join(lines).rstrip() + "\n"


def _body(given: Proposal, variant: Variant) -> Iterator[str]:
    chinese, english = _GROUNDS[variant.ground]
    yield f"{chinese}。 {english}."
    for reading in (variant.rare, variant.usual):
        yield ""
        yield f"**{reading.name}** {_counted(reading)}"
        yield ""
        for place in reading.places[:_SHOWN]:
            before, after = _context(given.texts, reading, place)
            yield f"- {given.texts[place.text].doc}：…{before}**{reading.name}**{after}…"
