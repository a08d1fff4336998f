"""report.html as a reader has it: clicked, typed into, saved and opened again in Chromium."""

from __future__ import annotations

from browser import expect, open_page

from cleaner.reports.page import key

DOC = key("村镇/云泽县2023.txt")
OTHER = key("柳溪县.txt")
CURRENT = ".sheet a.m.on"


def in_view(page, selector):
    return page.locator(selector).first.evaluate(
        "part => { const box = part.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
    )


def chosen(page):
    """The permalink of the mark that is shown."""
    return page.evaluate("location.hash.slice(1)")


# --- the summary ---


def test_every_plot_has_its_text(opened):
    for bar in opened.locator("svg[role=img]").all():
        label = bar.get_attribute("aria-label")
        assert any(c.isdigit() for c in label), label
    assert opened.locator(".summary svg.bar").count() >= 6
    assert "错误 error 1" in opened.locator("svg[aria-label^='判定']").first.get_attribute("aria-label")


def test_the_table_of_documents_leads_to_each_and_can_be_sorted(opened):
    names = opened.locator(".docs tbody td:first-child a")
    assert names.all_text_contents() == ["村镇/云泽县2023.txt", "柳溪县.txt"]
    opened.click(".docs th:nth-child(3) button")
    assert opened.get_attribute(".docs th:nth-child(3)", "aria-sort") == "descending"
    assert names.all_text_contents() == ["村镇/云泽县2023.txt", "柳溪县.txt"]
    opened.click(".docs th:nth-child(3) button")
    assert names.all_text_contents() == ["柳溪县.txt", "村镇/云泽县2023.txt"]
    names.first.click()
    assert chosen(opened) == f"d-{OTHER}"
    assert in_view(opened, f"#d-{OTHER} summary")


# --- permalinks ---


def test_the_permalink_of_every_edit_leads_to_its_place_in_the_text(page, report):
    page.goto(report)
    for name in page.locator(".e").evaluate_all("all => all.map(each => each.id)"):
        page.goto("about:blank")
        page.goto(f"{report}#{name}")
        mark = page.locator(CURRENT).first
        assert name in (mark.get_attribute("data-a") or mark.get_attribute("href")[1:]).split(), name
        assert mark.is_visible(), name
        assert page.locator("#pop.pinned").is_visible()


def test_a_permalink_opens_what_is_folded(page, report):
    page.goto(report)
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = false; })")
    fold = page.locator(".fold a.m").first
    name = fold.get_attribute("href")[1:]
    assert not fold.is_visible()
    page.evaluate("name => { location.hash = name; }", name)
    page.wait_for_selector(CURRENT)
    assert fold.is_visible()
    assert in_view(page, CURRENT)


def test_the_permalink_of_a_finding_leads_to_its_card_and_on_into_the_text(page, report):
    page.goto(f"{report}#f-{DOC}-f1")
    assert page.locator(".card.here .msg").first.text_content() == "占比与两数之商不合"
    page.click(".card.here a.at")
    assert page.locator(CURRENT).first.text_content() == "70.2%"
    assert "占比与两数之商不合" in page.text_content("#pop")


def test_a_permalink_that_leads_nowhere_is_harmless(page, report):
    page.goto(f"{report}#%E0%A4%A")
    page.goto(f"{report}#nothing")
    assert page.locator("#pop").is_hidden()


def test_a_click_on_a_mark_gives_its_permalink_and_a_reload_keeps_the_place(opened):
    opened.locator(".sheet .c a.m", has_text="身子").or_(
        opened.locator(".sheet .c a.m", has_text="子")
    ).first.click()
    name = chosen(opened)
    assert "wording/lookalike" in opened.text_content("#pop")
    opened.reload()
    assert chosen(opened) == name
    assert opened.locator("#pop.pinned").is_visible()
    opened.click("#pop [data-do=entry]")
    assert opened.locator(".e.here").get_attribute("id") == name
    assert in_view(opened, ".e.here")


# --- both ends of a move ---


def test_a_move_is_linked_at_both_ends(opened):
    there = opened.locator(".sheet .mate", has_text="移至")
    back = opened.locator(".sheet .mate", has_text="移自")
    assert there.count() == back.count() == 1
    opened.locator("details.fold", has_text="移至").locator("summary").click()
    there.click()
    first = chosen(opened)
    assert (
        opened.locator(f".c {CURRENT.removeprefix('.sheet ')}")
        .first.text_content()
        .startswith("新增城镇就业")
    )
    back.click()
    assert chosen(opened) != first
    opened.keyboard.press("m")
    assert chosen(opened) == first
    assert opened.locator(".sheet a.m.pair").count() >= 1


def test_the_way_back_from_the_other_end_is_the_browsers(opened):
    opened.locator(".sheet .mate", has_text="移自").click()
    first = chosen(opened)
    opened.locator(f"[id='{first}'] a.mate").click()
    assert chosen(opened) != first
    opened.go_back()
    expect(opened.locator("#pop.pinned")).to_contain_text("移至")
    assert chosen(opened) == first


def test_the_link_to_a_place_can_be_copied(browser, report):
    with open_page(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(report)
        page.keyboard.press("n")
        page.keyboard.press("c")
        expect(page.locator("#pop [data-do=copy]")).to_have_text("已复制")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.url
        assert "#e-" in copied


# --- removed blocks ---


def test_a_removed_block_is_folded_and_whole(opened):
    fold = opened.locator("details.fold", has_text="- 3 -")
    assert not fold.locator("del").first.is_visible()
    fold.locator("summary").click()
    assert fold.locator("del").first.is_visible()
    assert fold.locator("del").first.text_content().strip() == "- 3 -"


# --- keys ---


def test_keys_lead_through_every_edit_and_finding_in_order_and_round(opened):
    every = set(opened.locator(".e, .card").evaluate_all("all => all.map(each => each.id)"))
    seen, places = [], []
    for _ in every:
        opened.keyboard.press("n")
        seen.append(chosen(opened))
        places.append(opened.locator(CURRENT).first.evaluate(
            "mark => all.findIndex(each => each === mark)".replace("all", "Array.from(document.querySelectorAll('.sheet a.m'))")
        ))  # fmt: skip
    assert set(seen) == every
    assert places == sorted(places)
    opened.keyboard.press("j")
    assert chosen(opened) == seen[0]
    opened.keyboard.press("p")
    assert chosen(opened) == seen[-1]
    opened.keyboard.press("k")
    assert chosen(opened) == seen[-2]


def test_keys_lead_from_finding_to_finding(opened):
    opened.keyboard.press("f")
    first = chosen(opened)
    opened.keyboard.press("f")
    assert {first, chosen(opened)} == {f"f-{DOC}-f1", f"f-{DOC}-f2"}
    opened.keyboard.press("Shift+F")
    assert chosen(opened) == first


def test_keys_lead_from_document_to_document(opened):
    opened.evaluate("document.querySelectorAll('details.doc').forEach(each => { each.open = false; })")
    opened.keyboard.press("]")
    assert opened.evaluate("document.activeElement.closest('details').id") == f"d-{DOC}"
    opened.keyboard.press("]")
    assert opened.evaluate("document.activeElement.closest('details').id") == f"d-{OTHER}"
    opened.keyboard.press("[")
    assert opened.evaluate("document.activeElement.closest('details').id") == f"d-{DOC}"


def test_the_list_of_keys_and_escape(opened):
    opened.keyboard.press("?")
    assert opened.locator("#help").is_visible()
    assert "下一处改动或判定" in opened.text_content("#help")
    opened.keyboard.press("Escape")
    assert opened.locator("#help").is_hidden()
    opened.keyboard.press("n")
    assert opened.locator("#pop").is_visible()
    opened.keyboard.press("Escape")
    assert opened.locator("#pop").is_hidden()


def test_the_entry_of_a_place_is_one_key_away(opened):
    opened.keyboard.press("n")
    name = chosen(opened)
    opened.keyboard.press("e")
    assert opened.evaluate("document.activeElement.id") == name


def test_a_mark_that_the_tab_key_reaches_shows_its_note(opened):
    opened.locator(".sheet a.m").first.focus()
    assert opened.locator("#pop").is_visible()
    opened.keyboard.press("Enter")
    assert opened.locator("#pop.pinned").is_visible()


def test_a_note_stays_within_the_window(opened):
    opened.set_viewport_size({"width": 1000, "height": 420})
    for _ in range(opened.locator(".e").count()):
        opened.keyboard.press("n")
        assert in_view(opened, "#pop"), chosen(opened)
        assert in_view(opened, "#pop .acts"), chosen(opened)


# --- search and filters ---


def test_search_keeps_what_fits_paints_it_and_goes_on_with_enter(opened):
    opened.keyboard.press("/")
    opened.keyboard.type("粮食产量")
    expect(opened.locator("#found")).not_to_be_empty()
    rows = opened.locator(".sheet .row:not(.head):visible")
    assert all("粮食产量" in text for text in rows.all_text_contents())
    assert rows.count() == 2
    assert opened.evaluate("CSS.highlights.get('sought').size") >= 2
    opened.keyboard.press("Enter")
    first = opened.locator(".row.here").text_content()
    opened.keyboard.press("Enter")
    assert opened.locator(".row.here").text_content() != first
    opened.fill("#q", "")
    expect(opened.locator("#found")).to_be_empty()
    assert opened.locator(".miss").count() == 0
    assert not opened.evaluate("CSS.highlights.has('sought')")


def test_search_finds_a_text_across_the_marks_in_it(opened):
    opened.fill("#q", "二〇二三年工作报告")
    expect(opened.locator("#found")).not_to_be_empty()
    assert opened.locator(".sheet .row:not(.head):visible").count() == 1
    painted = "Array.from(CSS.highlights.get('sought')).map(range => range.toString())"
    assert set(opened.evaluate(painted)) == {"二〇二三年工作报告"}


def test_the_filter_of_a_rule_leaves_its_edits(opened):
    opened.select_option("#rule", label="wording/lookalike (1)")
    assert opened.locator(".e:visible").count() == 1
    assert opened.locator(".sheet .row:not(.head):visible").count() == 1
    opened.keyboard.press("n")
    first = chosen(opened)
    opened.locator("body").press("n")
    assert chosen(opened) == first
    opened.select_option("#rule", "")
    assert opened.locator(".e.miss").count() == 0


def test_the_filter_of_a_severity_leaves_its_findings(opened):
    opened.select_option("#severity", "error")
    assert opened.locator(".card:visible").count() == 1
    assert opened.locator(".e:visible").count() == 0
    assert "70.2%" in opened.locator(".sheet .row:not(.head):visible").text_content()


def test_the_filter_of_safety_hides_entries_marks_and_stops(opened):
    for safety in ("certain", "doubtful", "shown"):
        opened.uncheck(f"[data-safety={safety}]")
    visible = opened.locator(".e:visible").evaluate_all("all => all.map(each => each.className)")
    assert visible
    assert all("s-probable" in style for style in visible)
    seen = set()
    for _ in range(20):
        opened.locator("body").press("n")
        seen.add(chosen(opened))
    hidden = set(opened.locator(".e:not(:visible)").evaluate_all("all => all.map(each => each.id)"))
    assert not seen & hidden


def test_the_filter_of_a_document_leaves_it(opened):
    opened.select_option("#document", label="柳溪县.txt")
    assert opened.locator("details.doc:visible").count() == 1
    assert opened.locator("details.doc:visible").get_attribute("id") == f"d-{OTHER}"
    opened.select_option("#document", "")
    assert opened.locator("details.doc:visible").count() == 2


def test_views_leave_what_is_marked_and_the_clean_text(opened):
    opened.select_option("#view", "changed")
    assert opened.locator(".row.same:not(.noted):visible").count() == 0
    assert opened.locator(".row.edit:visible").count() > 3
    opened.select_option("#view", "clean")
    assert opened.locator(".row .b:visible").count() == 0


def test_a_permalink_wins_over_a_filter(opened):
    name = opened.locator(".e", has_text="wording/lookalike").get_attribute("id")
    opened.select_option("#rule", label="numeral/letter-o-as-zero (1)")
    opened.evaluate("name => { location.hash = name; }", name)
    opened.wait_for_selector(CURRENT)
    assert opened.locator(CURRENT).first.is_visible()
