"""The verbs over Spark DataFrames: ``clean(df)``, ``figures(df)``, ``relations(df)``, ``check(df)``, ``duplicates(df)``.

Each but the last is a ``mapInArrow`` over the function that files and processes use (:mod:`cleaner.runs.attempt`), so a
document gives what it gives locally. Rules are read once in each Python worker. Nothing runs before an action does.

Needs ``kanwu[spark]`` on the driver and on every worker, with the same version of Kanwu. A document that makes
Kanwu fail is named in the column ``problem``; the others go on.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.dedup.paragraphs import LEAST, SHORTEST
from cleaner.dedup.run import THRESHOLD
from cleaner.engine.settings import Settings
from cleaner.model import ContractResult, Document, Refusal
from cleaner.reading.batches import BATCH
from cleaner.reading.decode import sha256
from cleaner.reading.rows import row_document
from cleaner.runs.attempt import Attempted, Attempts, columns, tables_of
from cleaner.runs.options import Options
from cleaner.terms import Safety

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructType

Batches = Iterator["pa.RecordBatch"]

EDITS, PROBLEM = "edits", "problem"
"""The columns that :func:`clean` adds."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a worker needs to know; pickled once for each task."""

    options: Options
    text: str
    id: str | None
    table: str = ""


def clean(df: DataFrame, text: str = "text", id: str | None = None, **settings: Any) -> DataFrame:
    """Restore the texts of a column.

    Args:
        df: any DataFrame; its other columns are carried through.
        text: the column of strings that is restored; null stays null.
        id: the column that names a document in the ledger; without it a document is named by the SHA-256 of its text.
        settings: ``level``, ``select``, ``ignore``, ``packs``, ``protected``, ``reorder``, as of ``cleaner.clean``.

    Returns:
        The same rows, with ``text`` restored, ``edits`` (an array of ledger rows; lists in them are JSON), and
        ``problem``: null, or why a document stayed as it was or a rule was left out.

    Raises:
        ValueError: no such column, or one that is called as a column that is added.
    """
    from pyspark.sql import types as t

    asked = _Asked(_options(settings, judge=False), text, id)
    _check(df, asked, added=(EDITS, PROBLEM))
    edits = t.StructField(EDITS, t.ArrayType(_struct("edits"), containsNull=False), nullable=False)
    fields = [*df.schema.fields, edits, t.StructField(PROBLEM, t.StringType())]
    return df.mapInArrow(_mapped(_cleaned, asked), t.StructType(fields))


def figures(df: DataFrame, text: str = "text", id: str | None = None, **settings: Any) -> DataFrame:
    """The figures of every document, one a row, with the columns of figures.parquet and ``problem``.

    The arguments are those of :func:`clean`. A document that could not be read gives one row with ``doc`` and
    ``problem`` alone.
    """
    return _table(df, "figures", text, id, settings)


def relations(df: DataFrame, text: str = "text", id: str | None = None, **settings: Any) -> DataFrame:
    """The relations of every document with their verdicts; otherwise as :func:`figures`."""
    return _table(df, "relations", text, id, settings)


def check(df: DataFrame, text: str = "text", id: str | None = None, **settings: Any) -> DataFrame:
    """The findings of every document; otherwise as :func:`figures`."""
    return _table(df, "findings", text, id, settings)


def duplicates(
    df: DataFrame,
    text: str = "text",
    id: str | None = None,
    threshold: float = THRESHOLD,
    min_length: int = LEAST,
) -> DataFrame:
    """The paragraphs that stand more than once, with the columns of duplicates.parquet of ``kanwu dedup``.

    Not one map but several shuffles: paragraphs meet in the bands of their signatures, pairs are compared in full in the
    workers. The order of documents is that of their names, so give an ``id``, and a unique one. Some of it runs at once: how
    many rounds clusters take is not known before.

    Args:
        df: any DataFrame.
        text: the column of strings.
        id: the column that names a document; without it a document is named by the SHA-256 of its text.
        threshold: how alike near copies are at least; 1 for exact copies alone.
        min_length: shorter paragraphs are not compared.

    Raises:
        ValueError: no such column, a threshold outside 0.5 to 1, or a length below 8.
    """
    from pyspark.sql import functions as f

    from cleaner.dedup import shuffle

    _check(df, _Asked(Options((), Path()), text, id))
    if not (0.5 <= threshold <= 1 and min_length >= SHORTEST):
        message = (
            f"threshold {threshold} is not from 0.5 to 1, or min_length {min_length} is below {SHORTEST}"
        )
        raise ValueError(message)
    by_digest = f.concat(f.lit("sha256:"), f.sha2(f.encode(text, "UTF-8"), 256))
    named = f.col(id).cast("string") if id is not None else by_digest
    texts = df.where(f.col(text).isNotNull()).select(named.alias("doc"), f.col(text).alias("text"))
    return shuffle.duplicates(texts, min_length, threshold)


def promises(
    df: DataFrame,
    text: str = "text",
    id: str | None = None,
    suites: Sequence[str | Path] = (),
    **settings: Any,
) -> tuple[ContractResult, ...]:
    """What became of every table contract and suite over all documents, as in a run in parts: an action.

    Great Expectations examines some whole documents at a time, in the workers; the counts are put together here.
    ``suites`` are files of your own, which must lie where every worker finds them.
    """
    from pyspark.sql import types as t

    from cleaner.contracts.parts import Measured, settled, together

    options = _options(settings, judge=True, suites=tuple(Path(suite) for suite in suites))
    asked = _Asked(options, text, id)
    _check(df, asked)
    found: tuple[Measured, ...] = ()
    schema = t.StructType([t.StructField("measured", t.BinaryType())])
    for row in df.mapInArrow(_mapped(_examined, asked), schema).toLocalIterator():
        found = together(found, tuple(map(Measured.of_row, pickle.loads(row.measured))))  # noqa: S301 (our own)
    return settled(found)


def validate(df: DataFrame, suite: str | Path) -> tuple[ContractResult, ...]:
    """What became of a suite over a DataFrame of figures, findings or documents, through the Spark engine: an action.

    Only the built-in expectations of Great Expectations are examined so; the named ones need whole documents, are
    examined by :func:`promises`, and say so in their result. See :mod:`cleaner.contracts.on_spark`.

    Args:
        df: what :func:`figures`, :func:`relations` or :func:`check` gave, or a table of a run in parts, read by Spark.
        suite: the name of a shipped suite (``figures``, ``findings``, ``documents``), or a file of your own.

    Raises:
        SuiteError, SparkSuiteError: the suite cannot be trusted, or is not about such a DataFrame.
    """
    from cleaner.contracts import on_spark

    return on_spark.validate(df, suite)


def _options(given: Mapping[str, Any], judge: bool, suites: tuple[Path, ...] = ()) -> Options:
    known = {"level", "select", "ignore", "packs", "protected", "reorder"}
    if unknown := set(given) - known:
        raise TypeError(f"no setting {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}")
    settings = Settings(
        level=Safety(given.get("level", "probable")),
        select=tuple(given.get("select", ())),
        ignore=tuple(given.get("ignore", ())),
        protected=frozenset(given.get("protected", ())),
        reorder=bool(given.get("reorder", False)),
    )
    packs = tuple(Path(pack) for pack in given.get("packs", ()))
    return Options((), Path(), settings=settings, packs=packs, judge=judge, suites=suites)


def _check(df: DataFrame, asked: _Asked, added: Iterable[str] = ()) -> None:
    for name in (asked.text, asked.id):
        if name is not None and name not in df.columns:
            raise ValueError(f"no column '{name}'; there are {', '.join(df.columns)}")
    kind = df.schema[asked.text].dataType.simpleString()
    if kind != "string":
        raise ValueError(f"column '{asked.text}' holds {kind}, not strings")
    if taken := [name for name in added if name in df.columns]:
        raise ValueError(f"the columns {', '.join(taken)} are there already; rename them first")


def _table(df: DataFrame, table: str, text: str, id: str | None, settings: Mapping[str, Any]) -> DataFrame:
    from pyspark.sql import types as t

    asked = _Asked(_options(settings, judge=True), text, id, table)
    _check(df, asked)
    return df.mapInArrow(
        _mapped(_rows, asked), t.StructType([*_struct(table), t.StructField(PROBLEM, t.StringType())])
    )


def _struct(table: str) -> StructType:
    from pyspark.sql import types as t

    from cleaner.contracts.tables import DECIMAL_DIGITS, DECIMAL_PLACES

    kinds: dict[str, DataType] = {
        **{"text": t.StringType(), "list": t.StringType(), "int": t.LongType(), "bool": t.BooleanType()},
        "decimal": t.DecimalType(DECIMAL_DIGITS, DECIMAL_PLACES),
    }
    return t.StructType([t.StructField(name, kinds[kind]) for name, kind in columns()[table].items()])


def _mapped(function: Callable[[Batches, _Asked], Batches], asked: _Asked) -> Callable[[Batches], Batches]:
    """``function`` with what was asked, as Spark sends it to its workers."""
    sent = pickle.dumps(asked)

    def over(batches: Batches) -> Batches:
        return function(batches, pickle.loads(sent))  # noqa: S301 (what was pickled a line above)

    return over


@dataclass(slots=True)
class _Some:
    """Some rows of a partition with what became of their documents; ``done`` has None where the text is null."""

    batch: pa.RecordBatch
    documents: list[Document | None] = field(default_factory=list)
    done: list[Attempted | Refusal | None] = field(default_factory=list)

    @property
    def attempted(self) -> list[Attempted]:
        return [one for one in self.done if isinstance(one, Attempted)]

    @property
    def refused(self) -> list[Refusal]:
        return [one for one in self.done if isinstance(one, Refusal)]


def _attempted(batches: Batches, asked: _Asked) -> Iterator[_Some]:
    """The rows of a partition, so many at a time as make a batch."""
    attempts = _attempts(pickle.dumps(asked.options))
    for batch in batches:
        some, start, size = _Some(batch), 0, 0
        for index, document in enumerate(_documents(batch, asked)):
            some.documents.append(document)
            some.done.append(None if document is None else attempts.attempt(document))
            size += 0 if document is None else len(document.text)
            if size >= BATCH:
                some.batch = batch.slice(start, index + 1 - start)
                yield some
                some, start, size = _Some(batch), index + 1, 0
        if some.done:
            some.batch = batch.slice(start)
            yield some


@lru_cache(maxsize=4)
def _attempts(options: bytes) -> Attempts:
    """The engine of a worker process: made once, for all tasks that ask the same."""
    return Attempts(pickle.loads(options))  # noqa: S301 (pickled by the line that calls this)


def _documents(batch: pa.RecordBatch, asked: _Asked) -> Iterator[Document | None]:
    texts = batch.column(asked.text).to_pylist()
    keys = batch.column(asked.id).to_pylist() if asked.id is not None else [None] * len(texts)
    for text, key in zip(texts, keys, strict=True):
        if text is None:
            yield None
        else:
            yield row_document(str(key) if asked.id is not None else f"sha256:{sha256(text.encode())}", text)


def _cleaned(batches: Batches, asked: _Asked) -> Batches:
    import pyarrow as pa

    for some in _attempted(batches, asked):
        place = some.batch.schema.get_field_index(asked.text)
        given = some.batch.column(place)
        texts = [
            one.result.cleaned.text if isinstance(one, Attempted) else text
            for one, text in zip(some.done, given.to_pylist(), strict=True)
        ]
        made = some.batch.set_column(place, some.batch.schema.field(place), pa.array(texts, given.type))
        arrays = [*made.columns, _edits(some), pa.array(map(_problem, some.done), pa.string())]
        yield pa.RecordBatch.from_arrays(arrays, names=[*made.schema.names, EDITS, PROBLEM])


def _edits(some: _Some) -> pa.Array:
    """The ledger rows of each row, as a list of structs."""
    import pyarrow as pa

    rows = tables_of(some.attempted)["edits"].combine_chunks().to_struct_array()
    ends = [0]
    for one in some.done:
        ends.append(ends[-1] + (len(one.rows["edits"]) if isinstance(one, Attempted) else 0))
    flat = rows.combine_chunks() if isinstance(rows, pa.ChunkedArray) else rows
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), flat)


def _problem(one: Attempted | Refusal | None) -> str | None:
    if isinstance(one, Refusal):
        return one.reason
    return "; ".join(one.result.cleaned.problems) or None if one is not None else None


def _rows(batches: Batches, asked: _Asked) -> Batches:
    import pyarrow as pa

    from cleaner.contracts.arrow import arrow_schema

    schema = arrow_schema(columns()[asked.table]).append(pa.field(PROBLEM, pa.string()))
    for some in _attempted(batches, asked):
        made = tables_of(some.attempted)[asked.table]
        nothing = pa.nulls(made.num_rows, pa.string())
        yield from made.append_column(PROBLEM, nothing).to_batches()
        told = [
            {"doc": one.result.cleaned.document.doc, PROBLEM: problem}
            for one in some.attempted
            if (problem := _problem(one))
        ]
        told += [{"doc": refused.doc, PROBLEM: refused.reason} for refused in some.refused]
        if told:
            yield pa.RecordBatch.from_pylist(told, schema)


def _examined(batches: Batches, asked: _Asked) -> Batches:
    import pyarrow as pa

    from cleaner.runs.parts.work import examiner_of

    for some in _attempted(batches, asked):
        if some.attempted:
            texts = {document.doc: document.text for document in some.documents if document is not None}
            measured = examiner_of(asked.options).examine(tables_of(some.attempted), texts)
            row = pickle.dumps([one.as_row() for one in measured])
            yield pa.record_batch({"measured": pa.array([row], pa.binary())})
