"""How report.html looks, and what it withstands: languages, colours, widths, paper, saved pages, hostile text."""

from __future__ import annotations

import pytest
from browser import open_page
from report_samples import HOSTILE, hostile_run, sample_run, saved


def test_languages_turn_with_one_button_and_are_remembered(opened):
    zh = opened.locator("h2 .zh", has_text="总览")
    en = opened.locator("h2 .en", has_text="Summary")
    assert (zh.is_visible(), en.is_visible()) == (True, False)
    opened.click("[data-do=lang]")
    assert (zh.is_visible(), en.is_visible()) == (False, True)
    assert opened.get_attribute("#q", "placeholder") == "search texts, edits, findings"
    assert opened.locator("#rule option").first.text_content() == "all rules"
    assert opened.locator(".card .msg:visible").first.text_content() == "the share does not fit its quotient"
    opened.reload()
    assert (zh.is_visible(), en.is_visible()) == (False, True)
    opened.locator("body").press("l")
    assert (zh.is_visible(), en.is_visible()) == (True, True)


@pytest.mark.parametrize(("system", "other"), [("light", "dark"), ("dark", "light")])
def test_the_theme_follows_the_system_and_turns_with_one_button(browser, report, system, other):
    paper = "getComputedStyle(document.body).backgroundColor"
    with open_page(browser, color_scheme=system) as page:
        page.goto(report)
        before = page.evaluate(paper)
        page.click("[data-do=theme]")
        assert page.evaluate("document.documentElement.dataset.theme") == other
        assert page.evaluate(paper) != before
        page.reload()
        assert page.evaluate(paper) != before


CONTRAST = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour, under) => {
    canvas.fillStyle = under; canvas.fillRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return Array.from(canvas.getImageData(0, 0, 1, 1).data).slice(0, 3);
  };
  const light = (parts) => parts.map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const css = (parts) => `rgb(${parts.join(",")})`;
  const ground = (node) => {
    if (!node) return rgb("white", "white");
    const own = getComputedStyle(node).backgroundColor;
    return rgb(own, css(ground(node.parentElement)));
  };
  const poor = [];
  document.querySelectorAll("details").forEach(each => { each.open = true; });
  for (const node of document.querySelectorAll("body *")) {
    const own = Array.from(node.childNodes).some(c => c.nodeType === 3 && c.data.trim());
    if (!own || node.closest("script, style, svg, .sr, .skip, option, [hidden]") || !node.getClientRects().length) continue;
    const under = ground(node), over = rgb(getComputedStyle(node).color, css(under));
    const [a, b] = [light(under), light(over)].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) poor.push([node.className, node.textContent.slice(0, 20), ratio.toFixed(2)]);
  }
  return poor;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(browser, report, scheme):
    with open_page(browser, color_scheme=scheme) as page:
        page.goto(report)
        assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("which", [sample_run, hostile_run])
def test_no_page_is_wider_than_its_window(page, tmp_path, which):
    page.goto(saved(tmp_path / "report.html", which()))
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    for width in (360, 390, 768, 1400, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        for lang in ("zh", "en", "both"):
            page.evaluate("lang => { document.documentElement.dataset.lang = lang; }", lang)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, lang)


def test_on_a_small_screen_proposals_and_findings_are_seen_in_the_text(browser, report):
    with open_page(browser, viewport={"width": 390, "height": 800}) as page:
        page.goto(report)
        for mark in ("a.m.find", "a.m.prop", "a.m.ins", "a.m.sub"):
            assert page.locator(f".sheet {mark}:visible").count() >= 1, mark


def test_paper_shows_what_is_folded_and_no_tools(opened):
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.emulate_media(media="print")
    assert opened.locator(".doc details:not([open])").count() == 0
    assert opened.locator(".fold del").first.is_visible()
    for part in (".tools", ".switches", "#pop"):
        assert opened.locator(part).is_hidden()
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    opened.emulate_media(media="screen")
    opened.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.locator(".doc details:not([open])").count() > 0


def test_a_dark_report_is_printed_on_white(browser, report):
    with open_page(browser, color_scheme="dark") as page:
        page.goto(report)
        page.click("[data-do=theme]")
        page.click("[data-do=theme]")
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


# --- what readers do with the file ---


def test_a_page_that_was_saved_from_the_browser_still_works(page, report, tmp_path):
    page.goto(report)
    page.keyboard.press("n")
    kept = tmp_path / "kept.html"
    kept.write_text(page.content(), "utf-8")
    page.goto(kept.as_uri())
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.locator("#pop.pinned").is_visible()
    assert page.locator(".e").count() == len([e for d in sample_run().documents for e in d.cleaned.edits])


def test_without_scripts_all_is_there_and_permalinks_lead_to_the_entries(browser, report):
    with open_page(browser, java_script_enabled=False) as page:
        page.goto(report)
        name = page.locator(".e").first.get_attribute("id")
        page.goto(f"{report}#{name}")
        assert page.locator(f"#{name}").is_visible()
        assert page.locator(".tools").is_hidden()
        assert page.locator(".sheet .row").count() > 10


def test_hostile_text_is_never_run_however_it_is_handled(page, tmp_path):
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.goto(saved(tmp_path / "report.html", hostile_run()))
    elements = "document.querySelectorAll('img, iframe, object, embed, link, base, form:not([method=dialog])').length"
    for _ in range(40):
        page.keyboard.press("n")
        page.keyboard.press("e")
    for attack in HOSTILE[:4]:
        page.fill("#q", attack)
        page.keyboard.press("Enter")
        assert page.locator(".row:not(.head):visible").count() >= 1
    page.fill("#q", "")
    for choice in ("#rule", "#document"):
        for value in page.locator(f"{choice} option").evaluate_all("all => all.map(each => each.value)"):
            page.select_option(choice, value)
    for link in page.locator("a").evaluate_all("all => all.map(each => each.getAttribute('href'))"):
        assert link.startswith("#")
    assert page.evaluate(elements) == 0
    assert page.locator("script").count() == 1
    assert page.locator("style").count() == 1
    assert said == []
