"""The same comparison over a Spark DataFrame: what one machine does by sorting, a cluster does by its shuffle.

Paragraphs meet in their bands (a window over each key), pairs are compared in full in the workers, clusters are found by
handing the least name of a cluster along its edges, and each is settled by the function that settles it on one machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from cleaner.dedup.candidates import PARTNERS, WINDOW, least_shared
from cleaner.dedup.clusters import Kind, settle
from cleaner.dedup.find import EXCERPT
from cleaner.dedup.likeness import MOST, similarity
from cleaner.dedup.paragraphs import lines_of, normalised
from cleaner.dedup.signatures import BANDS, bands, signatures

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import Column, DataFrame

Batches = Iterator["pa.RecordBatch"]

_NODE = "struct<doc: string, block: bigint>"
"""A different paragraph goes by the place where it stands first: places are in order, and no two are one."""
_PARAGRAPHS = "doc string, block bigint, start bigint, end bigint, digest binary, length bigint, bands array<bigint>, text string"
_DECIDED = f"node {_NODE}, root {_NODE}, kind string, of {_NODE}, similarity double"


def duplicates(texts: DataFrame, least: int, threshold: float) -> DataFrame:
    """The rows of duplicates.parquet.

    Args:
        texts: a column ``doc``, unique names by whose order the first is the first, and a column ``text``.
        least: the length of a paragraph that is compared.
        threshold: how alike near copies are.
    """
    from pyspark.sql import functions as f

    stand = texts.mapInArrow(partial(_paragraphs, least), _PARAGRAPHS)
    different = stand.groupBy("digest").agg(
        f.min(f.struct("doc", "block")).alias("node"),
        f.count(f.lit(1)).alias("times"),
        *(f.any_value(name).alias(name) for name in ("length", "bands", "text")),
    )
    decided = _decided(different, _edges(different, threshold), threshold)
    names = different.select(f.col("node").alias("root"), f.hex(f.substring("digest", 1, 8)).alias("cluster"))
    told = decided.join(names, "root").join(different.select("node", "digest", "text"), "node")
    return _rows(stand.drop("text", "bands", "length").join(told, "digest"))


def _paragraphs(least: int, batches: Batches) -> Batches:
    """The paragraphs of some documents with all that they are compared by."""
    import pyarrow as pa

    for batch in batches:
        places: list[tuple[str, int, int, int]] = []
        texts: list[str] = []
        for doc, text in zip(batch.column("doc").to_pylist(), batch.column("text").to_pylist(), strict=True):
            for line in lines_of(text or ""):
                if line.end - line.start >= least:
                    places.append((doc, line.number, line.start, line.end))
                    texts.append(text[line.start : line.end])
        if not texts:
            continue
        whole = normalised(texts)
        prose = whole.prose(least)
        normal = whole.chosen(prose)
        kept = [place for place, is_prose in zip(places, prose.tolist(), strict=True) if is_prose]
        arrays = [
            *(pa.array(column) for column in zip(*kept, strict=True)),
            pa.array(normal.digests(), pa.binary()),
            pa.array(normal.ends - normal.starts),
            pa.array(bands(signatures(normal)).tolist(), pa.list_(pa.int64())),
            pa.array(normal.texts(), pa.string()),
        ]
        if kept:
            names = ["doc", "block", "start", "end", "digest", "length", "bands", "text"]
            yield pa.RecordBatch.from_arrays(arrays, names=names)


def _edges(different: DataFrame, threshold: float) -> DataFrame:
    """Pairs that are as alike as the threshold, compared in the workers: ``left``, ``right``, ``similarity``."""
    from pyspark.sql import functions as f

    schema = f"left {_NODE}, right {_NODE}, similarity double"
    if threshold >= 1:
        return different.sparkSession.createDataFrame([], schema)
    pairs = _pairs(different, threshold)
    for side in ("left", "right"):
        text = different.select(f.col("node").alias(side), f.col("text").alias(f"{side}_text"))
        pairs = pairs.join(text, side)
    return pairs.mapInArrow(partial(_compared, threshold), schema).localCheckpoint()


def _pairs(different: DataFrame, threshold: float) -> DataFrame:
    """The pairs that :func:`cleaner.dedup.candidates.candidates` gives."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    numbers = f.array(*(f.lit(band) for band in range(BANDS)))
    banded = different.where(f.col("length") <= MOST).select(
        f.struct("node", "length", "bands").alias("one"), f.explode(numbers).alias("band")
    )
    key = f.element_at("one.bands", f.col("band") + 1)
    following = f.element_at("one.bands", (f.col("band") + 1) % BANDS + 1)
    crowd = Window.partitionBy("band", "key").orderBy("following", "one.node").rowsBetween(1, WINDOW)
    beside = banded.withColumns({"key": key, "following": following}).select(
        "one", f.collect_list("one").over(crowd).alias("others")
    )
    met = beside.select("one", f.explode("others").alias("other"))
    able = f.least("one.length", "other.length") >= threshold * f.greatest("one.length", "other.length")
    alike = met.where(able).withColumn("shared", _agreeing())
    pairs = alike.where(f.col("shared") >= least_shared(threshold)).select(
        f.least("one.node", "other.node").alias("left"),
        f.greatest("one.node", "other.node").alias("right"),
        "shared",
    )
    best = Window.partitionBy("right").orderBy(f.desc("shared"), "left")
    ranked = pairs.distinct().withColumn("rank", f.row_number().over(best))
    return ranked.where(f.col("rank") <= PARTNERS).select("left", "right")


def _agreeing() -> Column:
    """In how many bins two signatures agree: a band is two of them."""
    from pyspark.sql import functions as f

    def halves(one: Column, other: Column) -> Column:
        low = one.bitwiseAND(f.lit(0xFFFFFFFF)) == other.bitwiseAND(f.lit(0xFFFFFFFF))
        high = f.shiftrightunsigned(one, 32) == f.shiftrightunsigned(other, 32)
        return low.cast("int") + high.cast("int")

    both = f.zip_with("one.bands", "other.bands", halves)
    return f.aggregate(both, f.lit(0), lambda total, one: total + one)


def _compared(threshold: float, batches: Batches) -> Batches:
    import pyarrow as pa

    for batch in batches:
        texts = zip(
            batch.column("left_text").to_pylist(), batch.column("right_text").to_pylist(), strict=True
        )
        alike = pa.array([similarity(one, other, threshold) for one, other in texts], pa.float64())
        columns = [batch.column("left"), batch.column("right"), alike]
        made = pa.RecordBatch.from_arrays(columns, names=["left", "right", "similarity"])
        yield made.filter(pa.compute.greater(alike, 0))


def _roots(edges: DataFrame) -> DataFrame:
    """Each paragraph with the first of its cluster: the least name is handed on until none gets a lesser one."""
    from pyspark.sql import functions as f

    ends = [edges.select(f.col(a).alias("node"), f.col(b).alias("beside")) for a, b in _WAYS]
    both = ends[0].union(ends[1]).localCheckpoint()
    roots = both.groupBy("node").agg(f.least("node", f.min("beside")).alias("root")).localCheckpoint()
    while True:
        of = roots.select(f.col("node").alias("beside"), f.col("root").alias("theirs"))
        handed = both.join(of, "beside").groupBy("node").agg(f.min("theirs").alias("theirs"))
        lesser = roots.join(handed, "node").select("node", "root", f.least("root", "theirs").alias("next"))
        jump = roots.select(f.col("node").alias("next"), f.col("root").alias("end"))
        moved = lesser.join(jump, "next").select(
            "node", f.col("root").alias("before"), f.col("end").alias("root")
        )
        moved = moved.localCheckpoint()
        roots = moved.select("node", "root")
        if moved.where("root != before").isEmpty():
            return roots


_WAYS = (("left", "right"), ("right", "left"))


def _decided(different: DataFrame, edges: DataFrame, threshold: float) -> DataFrame:
    """What became of every different paragraph that has a copy or is like another."""
    from pyspark.sql import functions as f

    lone = different.where("times > 1").select("node")
    if edges.isEmpty():
        return _alone(lone)
    roots = _roots(edges)
    members = roots.join(different.select("node", "text"), "node")
    group = roots.select(f.col("node").alias("left"), f.col("root").alias("group"))
    within = edges.join(group, "left")
    near = members.groupBy("root").cogroup(within.groupBy("group"))
    settled = near.applyInArrow(partial(_settled, threshold), _DECIDED)
    return settled.union(_alone(lone.join(roots.select("node"), "node", "left_anti")))


def _alone(lone: DataFrame) -> DataFrame:
    """Decisions on paragraphs that have exact copies and nothing else."""
    from pyspark.sql import functions as f

    return lone.select(
        "node",
        f.col("node").alias("root"),
        f.lit(Kind.FIRST.value).alias("kind"),
        f.col("node").alias("of"),
        f.lit(1.0).alias("similarity"),
    )


def _settled(threshold: float, members: pa.Table, edges: pa.Table) -> pa.Table:
    """One cluster, settled in a worker."""
    import pyarrow as pa

    ordered = sorted(
        zip(members.column("node").to_pylist(), members.column("text").to_pylist(), strict=True),
        key=lambda member: (member[0]["doc"], member[0]["block"]),
    )
    place = {(node["doc"], node["block"]): index for index, (node, _) in enumerate(ordered)}
    named = [
        (
            place[row["left"]["doc"], row["left"]["block"]],
            place[row["right"]["doc"], row["right"]["block"]],
            row["similarity"],
        )
        for row in edges.to_pylist()
    ]
    decided = settle(range(len(ordered)), sorted(named), lambda index: str(ordered[index][1]), threshold)
    rows = [
        {
            "node": ordered[index][0],
            "root": ordered[0][0],
            "kind": decision.kind.value,
            "of": ordered[decision.of][0],
            "similarity": decision.similarity,
        }
        for index, decision in decided.items()
    ]
    node = members.schema.field("node").type
    types = (node, node, pa.string(), node, pa.float64())
    names = ("node", "root", "kind", "of", "similarity")
    return pa.Table.from_pylist(rows, pa.schema(list(zip(names, types, strict=True))))


def _rows(stand: DataFrame) -> DataFrame:
    """Every time that a paragraph of a cluster stands, with the columns of duplicates.parquet."""
    from pyspark.sql import functions as f

    stays = f.col("kind").isin([kind.value for kind in Kind if kind.stays])
    again = stays & (f.struct("doc", "block") != f.col("node"))
    of = f.when(again, f.col("node")).otherwise(f.col("of"))
    made = stand.select(
        f.lower("cluster").alias("cluster"),
        *("doc", "block", "start", "end"),
        f.when(again, f.lit(Kind.EXACT.value)).otherwise(f.col("kind")).alias("kind"),
        f.when(again, f.lit(1.0)).otherwise(f.col("similarity")).alias("similarity"),
        (stays & ~again).alias("kept"),
        of["doc"].alias("of_doc"),
        of["block"].alias("of_block"),
        f.substring("text", 1, EXCERPT).alias("excerpt"),
    )
    counted = made.groupBy("cluster").agg(
        f.count(f.lit(1)).alias("copies"), f.countDistinct("doc").alias("documents")
    )
    order = [*(c for c in made.columns if c != "excerpt"), "copies", "documents", "excerpt"]
    return made.join(counted, "cluster").select(*order)
