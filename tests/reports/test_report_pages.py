"""A run of many documents: an index and a page for each, under names that no document can choose."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from browser import expect
from parsed_page import Page
from report_samples import HOSTILE, Change, clean_sample, hostile_run, sample_document, sample_run

from cleaner.model import Document, DocumentResult, RunResult
from cleaner.reports.page import key
from cleaner.reports.pages import MOST_CHARACTERS, MOST_DOCUMENTS, leaves, wants_pages, weight, write_html
from cleaner.runs.execute import execute
from cleaner.runs.options import Options


def plain(name, text="云泽县工作报告\n全县粮食产量12万吨O。\n"):
    cleaned = clean_sample(Document(name, text), [Change("O", "〇", "numeral/letter-o-as-zero")])
    return DocumentResult(cleaned)


def many(count=MOST_DOCUMENTS + 2):
    """A run over the threshold: the rich sample document among plain ones."""
    documents = [plain(f"文件{number:03d}.txt") for number in range(count - 1)]
    return replace(sample_run(), documents=(*documents[:7], sample_document(), *documents[7:]))


def links(html):
    return [unquote(found) for found in re.findall(r'href="((?!#)[^"#]*)', html)]


def files(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_few_documents_are_one_page(tmp_path):
    write_html(tmp_path, sample_run())
    assert files(tmp_path) == ["report.html"]


def test_more_than_thirty_documents_or_too_much_in_them_have_pages():
    few = [plain(f"{n}.txt") for n in range(MOST_DOCUMENTS)]
    assert not wants_pages(few)
    assert wants_pages([*few, plain("x.txt")])
    large = plain("y.txt", "全县粮食产量12万吨O。" + "云" * (MOST_CHARACTERS // 2))
    assert weight(large) > MOST_CHARACTERS
    assert wants_pages([large, plain("x.txt")])
    assert not wants_pages([large])


def test_every_page_is_linked_from_the_index_and_with_its_neighbours(tmp_path):
    write_html(tmp_path, many())
    pages = [page.removeprefix("report/") for page in files(tmp_path) if page.startswith("report/")]
    assert len(pages) == MOST_DOCUMENTS + 2
    index = links((tmp_path / "report.html").read_text("utf-8"))
    assert sorted(index) == sorted(f"report/{page}" for page in pages)
    order = [page.removeprefix("report/") for page in index]
    for number, page in enumerate(order):
        there = links((tmp_path / "report" / page).read_text("utf-8"))
        around = [order[number - 1]] if number else []
        after = [order[number + 1]] if number + 1 < len(order) else []
        assert there == [*around, "../report.html", *after]


def test_names_of_pages_are_the_same_in_every_run_and_readable():
    first = [leaf.href for leaf in leaves(many())]
    again = [leaf.href for leaf in leaves(replace(many(), documents=many().documents[3:]))]
    assert again == first[3:]
    assert unquote(first[7]) == f"report/村镇-云泽县2023-txt-{key('村镇/云泽县2023.txt')}.html"


NAMES = (
    "../../etc/passwd",
    "..",
    "a/../../b.txt",
    "C:\\windows\\x.txt",
    "CON",
    "a\x00b.txt",
    "x" * 5000,
    "云" * 300 + ".txt",
    "\u202egnp.txt",
    "\udcff.txt",
    "a?b#c%2e%2e.txt",
    "-rf.txt",
    " .txt ",
    *HOSTILE,
)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_no_name_of_a_document_chooses_where_its_page_lies(tmp_path, name):
    run = RunResult(tuple(plain(n) for n in (name, *(f"{n}.txt" for n in range(MOST_DOCUMENTS)))))
    (tmp_path / "out").mkdir()
    write_html(tmp_path / "out", run)
    found = files(tmp_path)
    assert len(found) == MOST_DOCUMENTS + 2
    for file in found:
        assert re.fullmatch(r"out/(report|report/[\w][\w-]*-[0-9a-f]{8})\.html", file), file
        assert len(file.rpartition("/")[2].encode()) < 160


def test_documents_of_one_name_have_pages_of_their_own(tmp_path):
    write_html(tmp_path, RunResult(tuple(plain("a.txt") for _ in range(MOST_DOCUMENTS + 1))))
    assert len(files(tmp_path)) == MOST_DOCUMENTS + 2


def test_rows_of_a_table_share_pages(tmp_path):
    rows = {f"表.jsonl#{n}": n for n in range(100)}
    run = RunResult(
        tuple(plain(doc) for doc in (*rows, "别.txt")),
        run={"inputs": [{"doc": "表.jsonl", "rows": rows}, {"doc": "别.txt", "rows": {}}]},
    )
    sizes = [len(leaf.documents) for leaf in leaves(run)]
    assert sizes == [30, 30, 30, 10, 1]
    write_html(tmp_path, run)
    assert len(files(tmp_path)) == 6


def test_pages_of_hostile_documents_are_no_markup(tmp_path):
    run = hostile_run()
    write_html(tmp_path, replace(run, documents=run.documents * 6))
    for file in files(tmp_path):
        page = Page((tmp_path / file).read_text("utf-8"))
        tags = [tag for tag, _ in page.elements]
        assert tags.count("script") == tags.count("style") == 1
        assert not {"img", "iframe", "object", "link", "base"} & set(tags)
        assert not [name for _, given in page.elements for name in given if name.startswith("on")]
        assert not [given for tag, given in page.elements if tag == "a" and ":" in given["href"]]


def test_a_later_run_leaves_no_page_of_an_earlier_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for number in range(MOST_DOCUMENTS + 1):
        (tmp_path / "in" / f"{number}.txt").write_text(f"云泽县第{number}号报告。\n", "utf-8")
    options = Options(("in",), Path("out"), judge=False)
    recorded = {entry["path"] for entry in execute(options).run["outputs"]}
    pages = {f"report/{name}" for name in files(tmp_path / "out" / "report")}
    assert len(pages) == MOST_DOCUMENTS + 1
    assert pages < recorded
    for number in range(3):
        (tmp_path / "in" / f"{number}.txt").unlink()
    execute(options)
    assert not (tmp_path / "out" / "report").exists()


# --- in Chromium ---


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    write_html(folder, many())
    return folder


@pytest.fixture
def index(page, written):
    page.goto((written / "report.html").as_uri())
    return page


def rows(page):
    return page.locator(".docs tbody tr:visible")


def test_the_index_is_filtered_by_name_severity_and_rule(index):
    index.keyboard.press("/")
    index.keyboard.type("文件01")
    expect(index.locator("#found")).to_have_text("10 / 32 篇")
    assert rows(index).count() == 10
    index.fill("#names", "")
    index.select_option("#severity", "error")
    assert rows(index).locator("a").all_text_contents() == ["村镇/云泽县2023.txt"]
    index.select_option("#severity", "")
    index.select_option("#rule", label="wording/lookalike (1)")
    assert rows(index).count() == 1
    index.select_option("#rule", label="numeral/letter-o-as-zero (32)")
    assert rows(index).count() == 32


def test_the_index_is_sorted_by_what_a_reader_clicks(index):
    index.click(".docs th:nth-child(3) button")
    assert rows(index).locator("a").first.text_content() == "村镇/云泽县2023.txt"
    index.click(".docs th:first-child button")
    names = rows(index).locator("a").all_text_contents()
    numbers = [name for name in names if name.startswith("文件")]
    assert numbers == sorted(numbers)


def test_from_the_index_to_a_page_on_to_the_next_and_back(index):
    index.click("text=文件006.txt")
    assert index.text_content("details.doc h2") == "文件006.txt"
    index.click(".around a[rel=next]")
    assert index.text_content("details.doc h2") == "村镇/云泽县2023.txt"
    index.keyboard.press("]")
    expect(index.locator("details.doc h2")).to_have_text("文件007.txt")
    index.keyboard.press("[")
    expect(index.locator("details.doc h2")).to_have_text("村镇/云泽县2023.txt")
    index.keyboard.press("n")
    assert index.locator("#pop.pinned").is_visible()
    index.click(".around a[rel=index]")
    assert index.locator(".docs tr.here a").text_content() == "村镇/云泽县2023.txt"


@pytest.mark.parametrize("thing", ["e-{}-e0000", "f-{}-f1", "g-{}-g1"])
def test_a_permalink_of_one_large_page_leads_on_from_the_index(page, written, thing):
    name = thing.format(key("村镇/云泽县2023.txt"))
    page.goto(f"{(written / 'report.html').as_uri()}#{name}")
    expect(page.locator("details.doc h2")).to_have_text("村镇/云泽县2023.txt")
    assert page.evaluate("location.hash") == f"#{name}"
    assert page.locator(f"[id='{name}']").is_visible()


def test_every_page_of_hostile_names_opens_and_runs_nothing(page, tmp_path):
    run = hostile_run()
    named = [plain(name) for name in NAMES if "\udcff" not in name]
    hostile = (*run.documents, *named)
    write_html(tmp_path, replace(run, documents=(*hostile, *many().documents)))
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.goto((tmp_path / "report.html").as_uri())
    addresses = page.locator(".docs tbody a").evaluate_all("all => all.map(each => each.href)")
    for address in addresses[: len(hostile)]:
        page.goto(address)
        assert page.locator("details.doc .sheet .row").count() > 1
        page.keyboard.press("n")
    assert said == []


def test_the_index_fits_a_small_screen(index):
    for width in (360, 768, 1400):
        index.set_viewport_size({"width": width, "height": 800})
        assert index.evaluate("document.documentElement.scrollWidth") <= width
