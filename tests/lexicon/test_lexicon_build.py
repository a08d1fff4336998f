"""A names pack from a corpus: what is proposed, what is not, and that it is evidence and no edit."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from cleaner.api import clean, read
from cleaner.cli.app import app
from cleaner.lexicon.build import LexiconError, build
from cleaner.lexicon.variants import Ground
from cleaner.model import Document
from cleaner.packs.load import load_packs
from cleaner.reading.decode import ReadError
from cleaner.testing.lint import lint_packs
from cleaner.testing.rules import test_rule

FIRST = (
    "云泽县人民政府工作报告\n\n全县重点推进铎绛鑫曜二期，铎绛鑫曜投产。\n\n"
    "涔河治理开工，涔河两岸绿化，涔河湿地获评省级。郦山大峡谷提档升级。"
)
SECOND = (
    "云泽县人民政府工作报告\n\n铎绛鑫曜获评先进，以铎峰鑫曜为龙头。\n\n"
    "浍河治理完工，浍河夜游开放，浍河堤防加固。郧山大峡谷接待游客，郦山大峡谷通车。"
)


def document(name: str, text: str, place: str = "云泽县") -> Document:
    return Document(name, text, place=place)


CORPUS = (document("a.txt", FIRST), document("b.txt", SECOND))


def proposed(*documents: Document, out) -> dict[tuple[str, str], Ground]:
    built = build(documents, out)
    return {(v.rare.name, v.usual.name): v.ground for _, p in built.packs for v in (*p.accepted, *p.unstated)}


def test_a_look_alike_and_a_water_of_two_names_are_proposed(tmp_path):
    found = proposed(*CORPUS, out=tmp_path / "names")
    assert found[("铎峰鑫曜", "铎绛鑫曜")] is Ground.ALIKE
    assert found[("浍河", "涔河")] is Ground.APART or found[("涔河", "浍河")] is Ground.APART


def test_a_firm_with_another_character_is_proposed_for_its_long_frame(tmp_path):
    other = document("b.txt", "云泽县工作报告。山西铎烟鑫曜新材料投产。")
    found = proposed(document("a.txt", FIRST), other, out=tmp_path / "names")
    assert found[("铎烟鑫曜", "铎绛鑫曜")] is Ground.FRAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("铎岭东路通车，铎岭东路绿化。", "铎岭西路通车，铎岭西路绿化。"),
        ("加快发展现代农业，推进农业产业。", "加快发展现代工业，推进农业产品。"),
        ("涔河治理，涔河绿化，涔河湿地，浍河。", "浍河治理，浍河绿化，浍河湿地。"),
    ],
    ids=["names that differ on purpose", "common words", "two waters of one document"],
)
def test_what_is_no_variant_is_not_proposed(one, other, tmp_path):
    assert proposed(document("a.txt", one), document("b.txt", other), out=tmp_path / "names") == {}
    assert not (tmp_path / "names").exists()


def test_names_of_two_places_are_not_compared(tmp_path):
    two = (document("a.txt", FIRST), document("b.txt", SECOND, "青岗县"))
    assert ("铎峰鑫曜", "铎绛鑫曜") in proposed(*two, out=tmp_path / "within")
    assert not any("河" in rare for rare, _ in proposed(*two, out=tmp_path / "names"))


def test_the_pack_loads_holds_its_examples_and_lives_with_the_others(tmp_path):
    build(CORPUS, tmp_path / "names")
    (pack,) = load_packs([tmp_path / "names"], shipped=False)
    (rule,) = pack.rules
    assert rule.places == ("云泽县",)
    assert (rule.safety, rule.evidence) == ("doubtful", "external")
    assert [str(failure) for failure in test_rule(rule)] == []
    assert [str(complaint) for complaint in lint_packs((tmp_path / "names",))] == []
    assert all("处（" in entry.source for entry in rule.entries)


def test_a_vote_is_shown_and_never_applied(tmp_path):
    build(CORPUS, tmp_path / "names")
    cleaned = clean(SECOND, packs=[tmp_path / "names"])
    assert "铎峰鑫曜" in cleaned.text
    shown = [e for e in cleaned.edits if e.rule == "names/variant-name" and e.before == "铎峰鑫曜"]
    assert [(e.after, e.applied) for e in shown] == [("铎绛鑫曜", False)]
    elsewhere = clean(SECOND.replace("云泽县", "青岗县"), packs=[tmp_path / "names"])
    assert not [e for e in elsewhere.edits if e.rule.startswith("names/")]


def test_the_page_shows_both_readings_with_counts_and_contexts(tmp_path):
    build(CORPUS, tmp_path / "names")
    page = (tmp_path / "names" / "proposals.md").read_text("utf-8")
    assert "**铎峰鑫曜** 1 处（1 篇）" in page
    assert "**铎绛鑫曜** 3 处（2 篇）" in page
    assert "- b.txt：…鑫曜获评先进，以**铎峰鑫曜**为龙头。…" in page


def test_what_the_machine_left_inside_a_name_does_not_hide_it(tmp_path):
    marked = SECOND.replace("铎峰鑫曜为", "铎峰\u200b鑫曜为")
    found = proposed(document("a.txt", FIRST), document("b.txt", marked), out=tmp_path / "names")
    assert ("铎峰鑫曜", "铎绛鑫曜") in found


def test_several_places_make_a_folder_of_packs(tmp_path):
    more = [document(f"c{i}.txt", d.text.replace("云泽县", "青岗县"), "青岗县") for i, d in enumerate(CORPUS)]
    built = build([*CORPUS, *more], tmp_path / "names")
    assert [(folder.name, p.place) for folder, p in built.packs] == [
        ("names-01", "云泽县"),
        ("names-02", "青岗县"),
    ]
    assert len(load_packs([tmp_path / "names"], shipped=False)) == 2


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "kept.txt").write_text("decided", "utf-8")
    with pytest.raises(LexiconError, match="there already"):
        build(CORPUS, tmp_path / "names")
    with pytest.raises(LexiconError, match="lower-case"):
        build(CORPUS, tmp_path / "Namen Ä")
    assert [p.name for p in tmp_path.rglob("*")] == ["names", "kept.txt"]


def test_the_order_of_documents_does_not_matter(tmp_path):
    build(CORPUS, tmp_path / "one" / "names")
    build(CORPUS[::-1], tmp_path / "two" / "names")
    one, two = ((tmp_path / n / "names" / "variant-name.yaml").read_text("utf-8") for n in ("one", "two"))
    assert one == two


def test_the_command_says_what_to_read_and_who_was_left_out(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST, "utf-8")
    (folder / "b.txt").write_text(SECOND, "utf-8")
    (folder / "c.txt").write_text("今日天气晴。", "utf-8")
    done = CliRunner().invoke(app, ["lexicon", "build", str(folder), "-o", str(tmp_path / "names")])
    assert done.exit_code == 0
    assert "1 documents say no place" in done.stderr
    assert "proposals.md" in done.stderr
    again = CliRunner().invoke(app, ["lexicon", "build", str(folder), "-o", str(tmp_path / "names")])
    assert again.exit_code == 2


def test_names_of_the_real_documents_are_proposed(shared, tmp_path):
    documents = [d for d in read(shared / "seeds") if d.doc[:3] in ("000", "004")]
    found = {frozenset(pair) for pair in proposed(*documents, out=tmp_path / "names")}
    assert found >= {
        frozenset({"博翔汇良", "博南汇良"}),
        frozenset({"峰北大峡谷", "绛北大峡谷"}),
        frozenset({"澧水", "涑水"}),
    }
    assert len(found) < 12


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_compared(tmp_path):
    for doc in CORPUS:
        (tmp_path / doc.doc).write_text(doc.text, "utf-8")
    (tmp_path / "c.txt").write_bytes(b"\0\1\2")
    given = [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")]
    done = CliRunner().invoke(app, ["lexicon", "build", *given, "-o", str(tmp_path / "names")])
    assert done.exit_code == 2, done.output
    assert "c.txt: not read: it is binary" in done.output
    assert (tmp_path / "names" / "proposals.md").is_file()
    with pytest.raises(ReadError, match=r"c\.txt: it is binary"):
        read(*given)
