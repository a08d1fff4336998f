"""The page on which a reader decides, in a browser: keys, typing, saving, reloading, hostile documents."""

from __future__ import annotations

import os
import threading

import pytest
from review_helpers import DOUBTFUL, TEXT, Place, served
from support import ROOT, kanwu, write_pack

from cleaner.engine.decisions import Choice
from cleaner.review.desk import open_desk
from cleaner.review.page import page_of
from cleaner.review.serve import ReviewServer
from cleaner.runs.decisions import parse_decisions, read_decisions, rendered


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def _press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _expect(page, selector: str):
    """What waits for a text; importing it says that Playwright is there, so it is not done before a page is."""
    from playwright.sync_api import expect

    return expect(page.locator(selector))


def _wait_saved(page) -> None:
    _expect(page, "#status").to_contain_text("saved in")


def _wait_count(page, count: str) -> None:
    _expect(page, "#count").to_have_text(f"{count} decided")


def _choices(place) -> list[str]:
    return [d.choice.value for d in read_decisions(place.file).entries]


def test_keys_decide_one_at_a_time_and_the_run_does_exactly_that(page, place):
    with served(place) as server:
        page.goto(server.url)
        assert page.inner_text("#count") == "0 of 4 decided"
        _press(page, "a", "r", "e")
        page.keyboard.type("与")
        _press(page, "Enter", "a")
        assert page.inner_text("#count") == "4 of 4 decided"
        _wait_saved(page)
        page.reload()
        assert page.inner_text("#count") == "4 of 4 decided"
    lines = place.file.read_text("utf-8")
    assert rendered(parse_decisions(lines, "")) == lines
    assert sorted(_choices(place)) == ["accept", "accept", "edit", "reject"]
    expected = TEXT.replace("革 and 发", "革和发").replace("村 and 各", "村与各").replace("1O", "10")
    assert place.decided() == expected
    before = place.file.read_bytes()
    with served(place) as server:
        page.goto(server.url)
        assert page.inner_text("#count") == "4 of 4 decided"
        page.select_option("#by-state", "decided")
        assert page.locator(".rv-row").count() == 4
        page.locator(".rv-row", has_text="1O").click()
        page.click("[data-act=clear]")
        _wait_saved(page)
    assert place.file.read_bytes() != before
    assert place.decided() == expected.replace("10", "1O")


def test_a_key_that_an_input_method_swallowed_is_known_by_its_place(page, place):
    with served(place) as server:
        page.goto(server.url)
        for shift in ("false", "true"):
            page.evaluate(
                "document.body.dispatchEvent(new KeyboardEvent('keydown', "
                f"{{key: 'Process', code: 'KeyA', shiftKey: {shift}, bubbles: true}}))"
            )
            _wait_saved(page)
    assert sorted(_choices(place)) == ["accept", "always"]


def test_undo_takes_back_the_last_decision_and_its_line(page, place):
    with served(place) as server:
        page.goto(server.url)
        _press(page, "a", "r", "u")
        _wait_saved(page)
        _wait_count(page, "1 of 4")
        page.reload()
        assert page.inner_text("#count") == "1 of 4 decided"
    assert _choices(place) == ["accept"]


def test_a_series_is_decided_place_by_place(page, place):
    with served(place) as server:
        page.goto(server.url)
        _press(page, "s")
        assert "The same change: 3 places" in page.inner_text("#card")
        _press(page, "a")
        assert page.inner_text("#count") == "3 of 4 decided"
        _wait_saved(page)
    assert _choices(place) == ["accept"] * 3
    assert place.decided() == TEXT.replace(" and ", "和")


def test_after_a_series_the_next_decision_is_about_one_place_again(page, tmp_path):
    place = Place(tmp_path, a=TEXT + "另有1O户，又有1O户。\n")
    with served(place) as server:
        page.goto(server.url)
        _press(page, "s", "a", "a")
        _wait_count(page, "4 of 6")
        _wait_saved(page)
    assert len(_choices(place)) == 4


def test_always_becomes_a_rule_and_never_holds_everywhere(page, place):
    with served(place) as server:
        page.goto(server.url)
        _press(page, "A")
        _expect(page, "#status").to_contain_text("a rule was made")
        assert page.inner_text("#count") == "3 of 4 decided"
        _press(page, "N")
        _wait_count(page, "4 of 4")
        _wait_saved(page)
        (rule,) = place.pack.glob("misread-*.yaml")
        assert "right: 和" in rule.read_text("utf-8")
        page.select_option("#by-state", "decided")
        page.locator(".rv-row").first.click()
        _press(page, "c")
        _wait_count(page, "1 of 4")
        _wait_saved(page)
    assert _choices(place) == ["never"]
    assert not list(place.pack.glob("misread-*.yaml"))
    assert place.decided() == TEXT


def test_digits_of_a_series_are_changed_only_after_a_second_press(page, place):
    with served(place) as server:
        page.goto(server.url)
        page.locator(".rv-row", has_text="1O").click()
        assert "changes digits" in page.inner_text("#card")
        _press(page, "A")
        assert "Press again" in page.inner_text("#ask")
        assert page.inner_text("#count") == "0 of 4 decided"
        _press(page, "k", "j", "A", "A")
        assert page.inner_text("#count") == "1 of 4 decided"
        _wait_saved(page)
    assert [d.choice for d in read_decisions(place.file).entries] == [Choice.ALWAYS]


def test_typing_what_was_proposed_accepts_it(page, place):
    with served(place) as server:
        page.goto(server.url)
        _press(page, "e", "Enter")
        _wait_saved(page)
    assert _choices(place) == ["accept"]


def test_digits_that_are_typed_for_a_series_ask_for_a_second_press(page, place):
    with served(place) as server:
        page.goto(server.url)
        _press(page, "s", "e")
        page.keyboard.type("7")
        _press(page, "Enter")
        assert "3 places. Press again" in page.inner_text("#ask")
        assert page.input_value("#wording") == "7"
        _press(page, "Enter")
        _wait_saved(page)
    assert place.decided() == TEXT.replace(" and ", "7")


def test_editing_takes_any_text_and_escape_leaves_it(page, place):
    wording = '<b>"&amp;\n\u202e与\U00020000'
    with served(place) as server:
        page.goto(server.url)
        _press(page, "e", "Escape")
        assert page.locator("#wording").count() == 0
        _press(page, "e")
        page.fill("#wording", wording)
        page.click("#write")
        _wait_saved(page)
        page.select_option("#by-state", "decided")
        page.wait_for_selector(".rv-row")
        assert "⟨U+202E⟩" in page.inner_text("#card")
        page.select_option("#by-state", "undecided")
        _press(page, "e")
        page.fill("#wording", " and ")
        page.click("#write")
        _wait_saved(page)
    assert place.decided() == TEXT.replace("革 and 发", f"革{wording}发")


def test_filters_and_search_choose_what_is_shown(page, tmp_path):
    place = Place(tmp_path, a=TEXT, b="柳溪县水利 and 交通项目开工。\n")
    with served(place) as server:
        page.goto(server.url)
        assert page.locator(".rv-row").count() == 5
        page.select_option("#by-doc", "1")
        assert page.locator(".rv-row").count() == 1
        assert "水利" in page.inner_text("#card")
        page.select_option("#by-doc", "")
        page.select_option("#by-rule", "own/misread")
        assert page.locator(".rv-row").count() == 1
        page.select_option("#by-rule", "")
        _press(page, "/")
        page.keyboard.type("交通项目a")
        assert "No change fits." in page.inner_text("#card")
        _press(page, "Backspace", "Enter", "a")
        _wait_saved(page)
    (decision,) = read_decisions(place.file).entries
    assert decision.left == "柳溪县水利"


HOSTILE = (
    "改革<script>window.broken=1</script> and <img src=x onerror=window.broken=1>发展\u202e成效\u2028。\n"
)


@pytest.mark.skipif(os.name == "nt", reason="no file of such a name there")
def test_documents_names_and_rules_are_text_and_nothing_else(page, tmp_path):
    name = '<img src=x onerror="window.broken=1">\'&amp;'
    title = "</script><script>window.broken=1</script>\"'"
    place = Place(tmp_path, title, **{name: HOSTILE})
    with served(place, lang="zh") as server:
        page.goto(server.url)
        _press(page, "s", "?")
        _press(page, "Escape")
        shown = page.inner_text("#card")
        assert "改革<script>window.broken=1</script>" in shown
        assert "⟨U+202E⟩" in shown
        assert "⟨U+2028⟩" in shown
        assert name in shown
        assert title in shown
        assert page.evaluate("window.broken") is None
        assert page.evaluate("document.querySelectorAll('img, #card script').length") == 0
        _press(page, "a")
        _expect(page, "#status").to_contain_text("已存入")
    assert place.decided() == HOSTILE.replace(" and ", "和")


def test_what_could_not_be_saved_stays_and_is_saved_when_it_can_be(page, place):
    with served(place) as server:
        page.goto(server.url)
        place.file.write_text("<<<<<<< ours\n", "utf-8")
        _press(page, "a")
        page.wait_for_selector(".rv-status.bad button")
        assert "merge conflict" in page.inner_text("#status")
        assert page.inner_text("#count") == "1 of 4 decided"
        place.file.unlink()
        page.click(".rv-status.bad button")
        _wait_saved(page)
    assert _choices(place) == ["accept"]


def test_what_another_program_wrote_meanwhile_stays(page, place):
    line = (
        '{"rule": "own/else", "before": "甲", "after": "乙", "left": "", "right": "", "decision": "never"}\n'
    )
    with served(place) as server:
        page.goto(server.url)
        place.file.write_text(line, "utf-8")
        _press(page, "a")
        _wait_saved(page)
    assert line in place.file.read_text("utf-8")
    assert len(_choices(place)) == 2


def test_a_page_that_stands_alone_remembers_saves_and_loads(page, place, tmp_path):
    _, make = page_of(place.out, place.desk(), "en", served=False)
    (tmp_path / "review.html").write_text(make(), "utf-8")
    url = (tmp_path / "review.html").as_uri()
    page.goto(url)
    _press(page, "a", "r", "A", "u", "e")
    page.keyboard.type("与")
    _press(page, "Enter")
    page.reload()
    assert page.inner_text("#count") == "3 of 4 decided"
    with page.expect_download() as caught:
        page.click("#save")
    caught.value.save_as(place.file)
    text = place.file.read_text("utf-8")
    assert rendered(parse_decisions(text, "")) == text
    assert sorted(_choices(place)) == ["accept", "edit", "reject"]
    assert place.decided() == TEXT.replace("革 and 发", "革和发").replace("村 and 各", "村与各")
    page.evaluate("localStorage.clear()")
    page.reload()
    assert page.inner_text("#count") == "0 of 4 decided"
    page.set_input_files("#file", place.file)
    _wait_count(page, "3 of 4")
    (tmp_path / "bad.jsonl").write_text("\nno <b>\n", "utf-8")
    page.set_input_files("#file", tmp_path / "bad.jsonl")
    page.wait_for_selector(".rv-status.bad")
    assert "line 2 is no decision: no <b>" in page.inner_text("#status")


def test_thousands_of_changes_are_a_light_list(page, tmp_path):
    place = Place(tmp_path, a="".join(f"第{n}村改革 and 发展成效明显。\n" for n in range(3000)))
    with served(place) as server:
        page.goto(server.url)
        assert page.inner_text("#count") == "0 of 3000 decided"
        assert page.locator(".rv-row").count() < 60
        _press(page, *["j"] * 30)
        assert "第30村" in page.inner_text("#card")
        page.evaluate("document.getElementById('list').scrollTop = 48 * 2000")
        page.wait_for_selector(".rv-row[data-item='2005']")
        assert page.locator(".rv-row").count() < 60


def test_language_and_theme_are_a_click_away(page, place):
    with served(place, lang="zh") as server:
        page.goto(server.url)
        assert page.inner_text("#count") == "已裁定 0 / 4"
        page.click("#lang")
        assert page.inner_text("#count") == "0 of 4 decided"
        assert page.get_attribute("html", "lang") == "en"
        page.click("#theme")
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.click("#theme")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


def test_a_move_shows_both_ends_and_can_only_be_accepted_or_rejected(page, tmp_path):
    out = tmp_path / "out"
    kanwu("clean", ROOT / "seeds" / "qinggang_2025_scan.txt", "-o", out, "--no-config")
    desk = open_desk(out, None, None)
    _, make = page_of(out, desk, "en", served=False)
    (tmp_path / "review.html").write_text(make(), "utf-8")
    page.goto((tmp_path / "review.html").as_uri())
    assert "(moved elsewhere, see below)" in page.inner_text("#card")
    assert "Done together with it" in page.inner_text("#card")
    assert page.is_disabled("[data-act=edit]")
    _press(page, "e")
    assert "can only be accepted or rejected" in page.inner_text("#status")
    assert page.locator("#wording").count() == 0


def test_what_else_was_proposed_at_a_place_can_be_taken(page, tmp_path):
    rule = {**DOUBTFUL, "match": "抚育工程"}
    packs = write_pack(
        tmp_path, "own", one={**rule, "replace": "培育工程"}, two={**rule, "replace": "保育工程"}
    )
    text = "云泽县实施森林抚育工程三年。\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    given = (tmp_path / "a.txt", "-o", tmp_path / "out", "--packs", packs, "--select", "own", "--no-config")
    kanwu("clean", *given)
    desk = open_desk(tmp_path / "out", None, None)
    _, make = page_of(tmp_path / "out", desk, "en")
    with ReviewServer(desk, make) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(server.url)
        page.click("text=Use it")
        _wait_saved(page)
        server.shutdown()
    kanwu("clean", *given, "--decisions", desk.path)
    assert (tmp_path / "out" / "text" / "a.txt").read_text("utf-8") == text.replace("抚育", "保育")
