"""The reference: every rule and check has an entry, a terminal and a page say the same, and no text becomes markup."""

from __future__ import annotations

import re
import tomllib
from html.parser import HTMLParser

import pytest
from support import kanwu, write_pack

from cleaner.config.schema import ConfigFile
from cleaner.packs.indicators import panel_relations
from cleaner.packs.load import shipped_packs
from cleaner.packs.relations import relation_types
from cleaner.reports.checks import OTHERS, RESTORATION
from cleaner.testing.reference import as_markdown, as_text, explained, finding_entries, rule_entries
from cleaner.testing.reference.entry import Code, Sample, sample

RULES = {rule.id: rule for pack in shipped_packs() for rule in pack.rules}
ENTRIES = {**rule_entries(), **finding_entries()}


class Words(HTMLParser):
    """The words and the tags of a page."""

    def __init__(self, page):
        super().__init__()
        self.words, self.tags = [], set()
        self.feed(re.sub(r"(?:\A|(?<=\n\n))#+ ", "", page))

    def handle_data(self, data):
        self.words.append(data)

    def handle_starttag(self, tag, attrs):
        self.tags |= {tag, *(name for name, _ in attrs)}


def squeezed(text):
    """Text without white space and without the brackets that stand for colours on a terminal."""
    return re.sub(r"[\s⟦⟧]", "", text)


def test_every_rule_and_every_check_has_an_entry():
    relations = {f"relation/{name}" for name in relation_types()} | {f"panel/{n}" for n in panel_relations()}
    others = {f"restoration/{kind}" for kind in RESTORATION} | set(OTHERS)
    assert set(ENTRIES) == set(RULES) | relations | others


@pytest.mark.parametrize("name", ENTRIES)
def test_the_terminal_and_the_page_say_the_same(name):
    page = Words(as_markdown(ENTRIES[name], lambda other: f"{other}.md"))
    assert squeezed("".join(page.words)) == squeezed(as_text(ENTRIES[name]))


@pytest.mark.parametrize("name", RULES)
def test_an_entry_holds_all_that_the_rule_says_of_itself(name):
    rule, said = RULES[name], squeezed(as_text(ENTRIES[name]))
    reasons = [*rule.examples.silent.values(), *rule.examples.limits.values(), *rule.source]
    for text in (rule.title, rule.title_en, rule.rationale, rule.rationale_en, rule.safety_note, *reasons):
        assert squeezed(text) in said
    shown = [b for s in ENTRIES[name].sections for b in s.blocks if isinstance(b, Sample)]
    examples = (rule.examples.fires, rule.examples.silent, rule.examples.limits)
    assert [block.stays for block in shown] == [kind == 1 for kind in range(3) for _ in examples[kind]]


@pytest.mark.parametrize("name", ENTRIES)
def test_what_can_be_copied_into_kanwu_toml_is_read(name):
    for section in ENTRIES[name].sections:
        for block in section.blocks:
            if isinstance(block, Code) and block.language == "toml":
                given = ConfigFile.model_validate(tomllib.loads(block.text))
                assert (
                    given.ignore == [name] or name in (given.safety or {}) or given.waivers[0].check == name
                )


def test_the_command_that_switches_a_rule_off_does_and_a_step_is_accepted(tmp_path):
    said = explained("wording/stray-conjunction")
    command = re.search(r"^ +kanwu (run INPUT .*)$", said, re.M)[1]
    (tmp_path / "a.txt").write_text("建成就业驿站 and 零工市场。\n", "utf-8")
    code, _, _ = kanwu(
        *command.replace("INPUT", str(tmp_path)).replace("OUT", str(tmp_path / "o")).split(), "-q"
    )
    assert code == 0
    assert " and " in (tmp_path / "o" / "text" / "a.txt").read_text("utf-8")
    step = re.search(r"^ +(\[safety\])\n +(.*)$", said, re.M)
    (tmp_path / "kanwu.toml").write_text(f"{step[1]}\n{step[2]}\n", "utf-8")
    assert kanwu("config", tmp_path / "a.txt")[0] == 0


def test_an_example_is_shown_before_and_after_and_what_cannot_be_seen_is():
    shown = sample("甲⟦ \u200band\xa0→和⟧乙⏎丙")
    assert shown.before == ("甲", "␣⟨U+200B⟩and⟨U+00A0⟩", "乙⏎丙")
    assert shown.after == ("甲", "和", "乙⏎丙")
    assert sample("丙").stays


HOSTILE = "</title><script>alert(1)</script> [a](javascript:alert(2)) **b** `c` <b onclick=x> & \x1b[31m"


def test_what_a_rule_says_of_itself_writes_no_markup(tmp_path):
    pack = write_pack(
        tmp_path, "mine", odd={"match": " and ", "more": "safety_note: '<img src=x onerror=alert(3)>'"}
    )
    rule = pack / "odd.yaml"
    told = (
        rule.read_text("utf-8").replace("夹入外文", "PLACE").replace("'甲和乙'", "'<i onclick=x>甲和乙</i>'")
    )
    rule.write_text(
        told.replace("title: PLACE", f"title: {HOSTILE!r}".replace("\\x1b", "\\e").replace("'", '"')), "utf-8"
    )
    entry = rule_entries((tmp_path,))["mine/odd"]
    page = Words(as_markdown(entry))
    assert "<script>alert(1)</script>" in "".join(page.words)
    assert "\x1b" not in as_text(entry)
    assert page.tags <= {
        "dl", "dt", "dd", "p", "div", "b", "del", "ins", "pre", "code", "table", "thead", "tbody", "tr", "th", "td",
        "class",
    }  # fmt: skip
    heading = as_markdown(entry).splitlines()[0].removeprefix("# ")
    assert not re.search(r"[\[\]*`<>_()!]", heading)


def test_the_command_prints_the_entry():
    assert kanwu("explain", "relation/share_of_total")[1] == as_text(ENTRIES["relation/share_of_total"])
