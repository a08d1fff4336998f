"""The browser of the tests lets nothing out, and a page that breaks fails its test."""

from __future__ import annotations

import pytest
from browser import at_home, open_page

OUTSIDE = "http://example.invalid/picture.png"


def shown(tmp_path, html):
    file = tmp_path / "页.html"
    file.write_text(f"<!doctype html><meta charset=utf-8>{html}", "utf-8")
    return file.as_uri()


def test_what_stays_on_this_machine():
    assert at_home("file:///tmp/a.html")
    assert at_home("http://127.0.0.1:8080/a")
    assert not at_home(OUTSIDE)
    assert not at_home("http://127.0.0.1.example.invalid/")


def test_a_page_of_a_file_is_shown(page, tmp_path):
    page.goto(shown(tmp_path, "<h1>刊误</h1>"))
    assert page.text_content("h1") == "刊误"


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        (f"<img src='{OUTSIDE}'>", "asked the network"),
        ("<script>throw new Error('broken')</script>", "complained"),
        (
            "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\"><script>1</script>",
            "complained",
        ),
    ],
)
def test_a_page_that_asks_or_breaks_fails_its_test(browser, tmp_path, html, complaint):
    with pytest.raises(AssertionError, match=complaint), open_page(browser) as page:
        page.goto(shown(tmp_path, html))
        page.wait_for_load_state("networkidle")
