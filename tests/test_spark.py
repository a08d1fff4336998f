"""The verbs over a real local Spark session give row by row what they give here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'kanwu[spark]'")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java 17, and there is no java", allow_module_level=True)

from pyspark.sql import SparkSession  # noqa: E402

from cleaner import spark  # noqa: E402
from cleaner.model import Refusal  # noqa: E402
from cleaner.reading.rows import row_document  # noqa: E402
from cleaner.runs.attempt import Attempts  # noqa: E402

SENTENCES = (
    "云泽县全年粮食产量4O.5万吨,比上年增长3.2%。",
    "三次产业结构由14.6：41.8：44.6调整为14.2：41.9：43.9。",
    "青岗县新建农村公路12公里。\n\n新增城镇就业 5 1 2 人,脱贫人口务工稳定。",
    "全县财政收入 and 支出平衡，办结建议63件。",
)
FAILING = "这一篇使刊误出错。"
PATCH = f"""
import cleaner.runs.attempt as attempt
real = attempt.process_document
def failing(document, *given):
    if document.text == {FAILING!r}:
        raise RuntimeError("no such luck")
    return real(document, *given)
attempt.process_document = failing
"""
"""Stands in every Python worker: what Kanwu fails on in earnest is mended, and cannot be asked for."""


def rows():
    """A thousand documents: most of a sentence, some of a page, one of many pages, one null, one that fails."""
    found = []
    for number in range(1000):
        text = f"第{number}号。{SENTENCES[number % len(SENTENCES)]}"
        if number % 200 == 50:
            text = "\n\n".join(f"{n}。{SENTENCES[n % 4]}" for n in range(20))
        found.append([f"r{number}", text, number / 2])
    found[700][1] = "\n\n".join(f"{n}。{SENTENCES[n % 4]}" for n in range(400))
    found[11][1], found[12][1] = None, FAILING
    return found


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    folder = tmp_path_factory.mktemp("worker")
    (folder / "sitecustomize.py").write_text(PATCH, "utf-8")
    root = os.path.dirname(os.path.dirname(spark.__file__))  # noqa: PTH120
    path = os.pathsep.join([str(folder), root, *filter(None, [os.environ.get("PYTHONPATH")])])
    set_aside = {name: os.environ.get(name) for name in ("PYSPARK_PYTHON", "PYTHONPATH")}
    os.environ.update({"PYSPARK_PYTHON": sys.executable, "PYTHONPATH": path})
    builder = SparkSession.builder.master("local[2]").appName("kanwu")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "300",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
    for name, value in set_aside.items():
        if value is None:
            os.environ.pop(name)
        else:
            os.environ[name] = value


@pytest.fixture(scope="module")
def table(session):
    return session.createDataFrame(rows(), "id string, text string, page double").repartition(3)


@pytest.fixture(scope="module")
def here():
    """What every document gives without Spark; the one that fails is refused."""
    attempts = Attempts(spark._options({}, judge=True))
    found = {r[0]: attempts.attempt(row_document(r[0], r[1])) for r in rows() if r[1] not in (None, FAILING)}
    assert not [one for one in found.values() if isinstance(one, Refusal)]
    return found


def test_clean_gives_texts_and_ledgers_row_by_row(table, here):
    given = {r[0]: r for r in rows()}
    found = {r.id: r for r in spark.clean(table, id="id").collect()}
    assert found.keys() == given.keys()
    for name, row in found.items():
        assert row.page == given[name][2]
        if name in here:
            assert row.text == here[name].result.cleaned.text
            assert [edit_row(e.asDict()) for e in row.edits] == list(here[name].rows["edits"])
            assert row.problem is None
    assert sum(len(r.edits) for r in found.values()) > 1000
    assert (found["r11"].text, found["r11"].edits, found["r11"].problem) == (None, [], None)
    assert (found["r12"].text, found["r12"].edits) == (FAILING, [])
    assert "no such luck" in found["r12"].problem


def edit_row(row):
    return {**row, "spans": json.loads(row["spans"]), "parts": json.loads(row["parts"])}


@pytest.mark.parametrize("verb", ["figures", "relations", "check"])
def test_tables_hold_the_rows_that_they_hold_here(table, here, verb):
    name = {"check": "findings"}.get(verb, verb)
    found = [r.asDict() for r in getattr(spark, verb)(table, id="id").collect()]
    told = [r for r in found if r.pop("problem") is not None]
    assert [r["doc"] for r in told] == ["r12"]
    lists = ("spans", "components", "members")
    by_doc = {}
    for row in found:
        if row not in told:
            by_doc.setdefault(row["doc"], []).append(
                {k: json.loads(v) if k in lists else v for k, v in row.items()}
            )
    expected = {doc: list(one.rows[name]) for doc, one in here.items() if one.rows[name]}
    assert by_doc == expected
    assert len(expected) > 100


def test_duplicates_are_those_of_the_same_table_here(session, tmp_path):
    """A crowd, chains, other numbers, copies within a document: what `kanwu dedup` leaves, column by column."""
    from dedup.dedup_helpers import changed, compare, paragraph
    from runs.parts_helpers import write_table

    texts = []
    for number in range(80):
        first = changed(paragraph(number % 9), (0, 0.03, 0.08, 0.3)[number % 4], number)
        chain = "甲" * (number % 16) + paragraph(99)[number % 16 :]
        numbers = f"全年建成项目{number % 3}个，" + paragraph(50 + number % 5)
        texts.append(
            "\n\n".join(["标题", first, f"　　{chain}", numbers, changed(paragraph(7), 0.05, number)])
        )
    texts[5] = None
    found = [{"id": f"r{n:03d}", "text": text} for n, text in enumerate(texts)]
    path = write_table(tmp_path / "t.jsonl", found)
    _, here = compare(path, tmp_path / "out", id_field="id")
    frame = session.createDataFrame([[r["id"], r["text"]] for r in found], "key string, text string")
    there = [r.asDict() for r in spark.duplicates(frame.repartition(3), id="key").collect()]
    assert len({row["kind"] for row in here}) == 5
    assert list(there[0]) == list(here[0])
    for row in there:
        row |= {"doc": f"t.jsonl#{row['doc']}", "of_doc": f"t.jsonl#{row['of_doc']}"}
    places = [sorted(rows, key=lambda r: (r["doc"], r["block"])) for rows in (here, there)]
    assert places[0] == places[1]


def test_exact_duplicates_alone_and_what_is_refused(session):
    text = "青岗县持续推进乡村振兴，新建农村公路，改造危房，群众出行和居住条件明显改善，各项任务如期完成。"
    frame = session.createDataFrame([[text], [text], [SENTENCES[0]]], "text string")
    name = f"sha256:{row_document('', text).sha256}"
    found = spark.duplicates(frame, threshold=1.0).collect()
    assert [(r.doc, r.kind, r.copies, r.documents) for r in found] == [(name, "first", 2, 1)] * 2
    for wrong in ({"threshold": 0.2}, {"min_length": 2}):
        with pytest.raises(ValueError, match=r"is not from|is below"):
            spark.duplicates(frame, **wrong)


def test_promises_are_those_of_the_same_documents_here(session, table, here, tmp_path):
    from cleaner.contracts.parts import Examiner, settled
    from cleaner.runs.attempt import tables_of
    from cleaner.runs.process import all_packs, rule_words

    chosen = [r for r in rows() if r[0] in here][:60]
    told = spark.promises(session.createDataFrame(chosen, "id string, text string, page double"), id="id")
    one = Examiner(rule_words(all_packs(())), (), None)
    texts = {r[0]: r[1] for r in chosen}
    expected = settled(one.examine(tables_of([here[r[0]] for r in chosen]), texts))
    assert [(c.source, c.name, c.success, c.broken) for c in told] == [
        (c.source, c.name, c.success, c.broken) for c in expected
    ]
    counted = [(c.name, c.applicable) for c in told if c.name != "suite"]
    assert counted == [(c.name, c.applicable) for c in expected if c.name != "suite"]


def described(results):
    return [(r.source, r.name, r.severity, r.success, r.applicable, r.broken) for r in results]


def test_suites_say_of_a_dataframe_what_they_say_of_the_table_here(session, table, here):
    """The figures and findings of the same documents, through the Spark engine and through the engine of pandas."""
    from cleaner.contracts.arrow import frame
    from cleaner.contracts.run import suite_results
    from cleaner.contracts.suites import load_suite
    from cleaner.packs.source import data_folder
    from cleaner.runs.attempt import tables_of

    chosen = [r for r in rows() if r[0] in here][:40]
    some = session.createDataFrame(chosen, "id string, text string, page double")
    made = tables_of([here[r[0]] for r in chosen])
    for name, verb in (("figures", spark.figures), ("findings", spark.check)):
        suite = load_suite(data_folder("expectations") / "suites" / f"{name}.json")
        expected = list(suite_results([suite], {name: frame(name, made[name])}))[:-1]
        assert described(spark.validate(verb(some, id="id"), name)) == described(expected)


def test_a_suite_of_your_own_that_fails_names_values_and_severity(session, tmp_path):
    entries = [
        {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "unit", "value_set": ["户"]}},
        {
            "type": "expect_column_values_to_not_be_null",
            "kwargs": {"column": "value"},
            "meta": {"min_applicable": 99},
        },
    ]
    suite = {
        "name": "own",
        "meta": {"table": "figures"},
        "expectations": [{**e, "severity": "warning"} for e in entries],
    }
    (tmp_path / "own.json").write_text(json.dumps(suite), "utf-8")
    frame = session.createDataFrame([["a", SENTENCES[2]], ["b", FAILING]], "id string, text string")
    unit, value, problem = spark.validate(spark.figures(frame, id="id"), tmp_path / "own.json")
    assert (unit.success, unit.severity, unit.applicable) == (False, "warning", 2)
    assert any("'公里'" in told for told in unit.failures)
    assert (value.success, "至少要 99 行" in value.failures[0]) == (False, True)
    assert (problem.name, problem.broken, problem.applicable) == ("problem", True, 1)


def test_documents_of_a_run_in_parts_are_examined_with_what_is_worked_out(session, tmp_path):
    from dedup.dedup_helpers import lay
    from runs.parts_helpers import run

    run(
        tmp_path / "out",
        lay(tmp_path / "in", a="云泽县政府工作报告\n\n" + SENTENCES[1], b="农业稳步发展。"),
        command="run",
    )
    found = {
        r.name: r
        for r in spark.validate(session.read.parquet(str(tmp_path / "out" / "documents")), "documents")
    }
    assert all(r.success and not r.broken for r in found.values())
    assert found["expect_column_values_to_be_between(edits_per_thousand)"].applicable == 2
    assert found["expect_column_values_to_be_between(checkable)"].applicable == 1


def test_what_needs_whole_documents_is_said_and_not_passed_over(session, tmp_path):
    from cleaner.contracts.on_spark import SparkSuiteError

    frame = session.createDataFrame([["a", SENTENCES[1]]], "id string, text string")
    with pytest.raises(SparkSuiteError, match=r"promises examines them"):
        spark.validate(spark.relations(frame, id="id"), "relations")
    with pytest.raises(SparkSuiteError, match="there are documents, drift, figures"):
        spark.validate(frame, "figure")
    with pytest.raises(SparkSuiteError, match="found no column finding_id"):
        spark.validate(frame, "findings")
    entries = [
        {"type": "expect_table_row_count_to_be_between", "kwargs": {"min_value": 1}, "severity": "info"},
        {"type": "expect_dates_to_exist", "kwargs": {}, "severity": "critical"},
    ]
    suite = {"name": "own", "meta": {"table": "relations"}, "expectations": entries}
    (tmp_path / "own.json").write_text(json.dumps(suite), "utf-8")
    counted, elsewhere = spark.validate(spark.relations(frame, id="id"), tmp_path / "own.json")
    assert (counted.success, counted.name) == (True, "expect_table_row_count_to_be_between")
    assert (elsewhere.name, elsewhere.applicable) == ("expect_dates_to_exist", 0)
    assert "examined by promises, not here" in elsewhere.note


def test_documents_without_an_id_are_named_by_their_digest(session):
    frame = session.createDataFrame([[SENTENCES[0]], [SENTENCES[1]]], "body string")
    docs = {r.doc for r in spark.figures(frame, text="body").collect()}
    assert docs == {f"sha256:{row_document('', s).sha256}" for s in SENTENCES[:2]}


def test_settings_reach_the_workers(session):
    frame = session.createDataFrame([[SENTENCES[3]]], "text string")
    assert " and " in spark.clean(frame, ignore=["wording"]).collect()[0].text
    assert " and " not in spark.clean(frame).collect()[0].text


def test_wrong_columns_and_settings_are_refused_before_anything_runs(session):
    frame = session.createDataFrame([["a", 1]], "text string, edits int")
    with pytest.raises(ValueError, match="no column 'body'"):
        spark.clean(frame, text="body")
    with pytest.raises(ValueError, match="no column 'key'"):
        spark.figures(frame, id="key")
    with pytest.raises(ValueError, match="holds int"):
        spark.check(frame, text="edits")
    with pytest.raises(ValueError, match="rename them first"):
        spark.clean(frame)
    with pytest.raises(TypeError, match="no setting levle"):
        spark.figures(frame, levle="certain")


def test_spark_is_imported_by_no_one_and_brings_none_of_what_breaks_with_it():
    code = (
        "import sys, cleaner, cleaner.spark\n"
        "assert not {m for m in sys.modules if m.split('.')[0] in ('pyspark', 'pandas', 'great_expectations')}\n"
        "import cleaner.contracts.models\n"
        "assert not {'pyspark.pandas', 'pandera.pyspark'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
