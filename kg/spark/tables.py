"""The tables of a job and how they are made, as Spark is asked for them; nothing here looks at an article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kg.spark.arrow import batch_of
from kg.spark.intake import articles_in
from kg.spark.merging import FOLDED, MERGED, TOLD, folded_in, merged_in, told_in
from kg.spark.reading import read_in
from kg.spark.rows import ARTICLES, READINGS, Asked

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from kg.corpus.groups import Groups

__all__ = ["Tables"]

FIELDS: Final = ("id", "title", "text", "date", "publisher", "author", "url")
"""Columns of a Parquet file that say something of an article."""

_LEAST: Final = 32  # articles of a task that reads
_TASKS: Final = 3  # for each processor
_END: Final = ".parquet"
_PIECES: Final = "fold int, sha256 string, piece binary"


class Tables:
    """Makes the tables of a job.

    Args:
        spark: what makes them.
        asked: what was asked.
    """

    def __init__(self, spark: SparkSession, asked: Asked) -> None:
        self._spark, self._asked = spark, asked

    def table(self, path: str) -> DataFrame:
        """Return a table that was written."""
        return self._spark.read.parquet(path)

    def write(self, table: DataFrame, path: str, by: str = "") -> None:
        """Write a table in the place of what is there; ``by``: with a folder for each value of a column."""
        writer = table.write.mode("overwrite").option("compression", "zstd")
        (writer.partitionBy(by) if by else writer).parquet(path)

    def articles(self, inputs: Sequence[str]) -> DataFrame:
        """Return the articles of JSON Lines (``.gz`` too) and Parquet, and what in them is none."""
        from pyspark.sql.functions import col

        kinds = (
            [each for each in inputs if each.endswith(_END)],
            [each for each in inputs if not each.endswith(_END)],
        )
        found = [self._rows(kinds[0])] if kinds[0] else []
        found += [self._lines(kinds[1])] if kinds[1] else []
        lines = found[0].unionAll(found[1]) if len(found) > 1 else found[0]
        parse: Any = partial(articles_in, mask=self._asked.mask, buckets=self._asked.buckets)
        table = lines.mapInArrow(parse, ARTICLES)
        return table.repartition(max(self._cores, min(self._asked.buckets, 64)), col("bucket"))

    def _lines(self, paths: list[str]) -> DataFrame:
        table = self._spark.read.option("lineSep", "\n").text(paths)
        return table.selectExpr("CAST(value AS BINARY) AS line", *_WHERE)

    def _rows(self, paths: list[str]) -> DataFrame:
        """Return rows of Parquet as the lines of JSON that they would be."""
        table = self._spark.read.option("mergeSchema", "true").parquet(*paths)
        own = ", ".join(f"`{name}`" for name in FIELDS if name in table.columns)
        line = f"CAST(to_json(struct({own})) AS BINARY)" if own else "CAST('{}' AS BINARY)"
        return table.selectExpr(f"{line} AS line", *_WHERE)

    def missing(self, articles: DataFrame, bucket: int, many: int, names: Mapping[str, str]) -> DataFrame:
        """Return what is read in the articles of a bucket, each text once, as the first that has it."""
        from pyspark.sql import Window
        from pyspark.sql.functions import col, desc, row_number

        order = Window.partitionBy("sha256").orderBy("origin", "id", desc("block"), desc("number"))
        rows = articles.where(col("bucket") == bucket).repartition(self.tasks(many), "sha256")
        first = rows.withColumn("at", row_number().over(order)).where(col("at") == 1)
        read: Any = partial(read_in, asked=self._asked, names=names)
        return first.select("sha256", "name", "text", "entry").mapInArrow(read, READINGS)

    def told(self, readings: DataFrame, ends: DataFrame, many: int, names: Mapping[str, str]) -> DataFrame:
        """Return what articles tell of what the identity graph names."""
        tell: Any = partial(told_in, asked=self._asked, names=names)
        rows = readings.select("sha256", "name", "text", "entry", "shard").join(ends, "sha256")
        return rows.repartition(self.tasks(many), "sha256").mapInArrow(tell, TOLD)

    def merged(
        self,
        readings: DataFrame,
        ties: DataFrame,
        many: int,
        names: Mapping[str, str],
        coded: Mapping[str, str],
        folds: int,
    ) -> DataFrame:
        """Return the quads of each article, and what is left to be said of all together in each of some buckets."""
        rows = readings.select("sha256", "name", "text", "entry", "shard", "said").join(
            ties, "sha256", "left"
        )
        rows = rows.repartitionByRange(self.tasks(many), "sha256").sortWithinPartitions("sha256")
        merge: Any = partial(merged_in, asked=self._asked, names=names, coded=coded, folds=folds)
        return rows.mapInArrow(merge, MERGED)

    def folded(
        self,
        merged: DataFrame,
        more: Sequence[Mapping[str, Any]],
        folds: int,
        common: Mapping[str, str],
        copies: Groups[str],
    ) -> DataFrame:
        """Return what all articles together say, bucket by bucket.

        Args:
            merged: what they leave in each.
            more: rows of what the driver leaves there.
            folds: how many buckets there are.
            common: what is called by its own name, over all articles.
            copies: which articles are copies of each other.
        """
        from pyspark.sql.functions import col

        rows = merged.where(col("piece").isNotNull()).select("fold", "sha256", "piece")
        if more:
            rows = rows.unionAll(self.made_of(more, _PIECES))
        rows = rows.repartition(folds, "fold").sortWithinPartitions("fold", "sha256")
        together: Any = partial(folded_in, asked=self._asked, common=common, copies=copies)
        return rows.mapInArrow(together, FOLDED)

    def write_quads(self, merged: DataFrame, first: str, path: str) -> None:
        """Write the quads of each bucket into a packed file, in the order of the checksums of the articles.

        Args:
            merged: quads of articles, or of buckets.
            first: the line that each file begins with.
            path: where a folder of each bucket goes.
        """
        from pyspark.sql.functions import col, lit

        lines = merged.where(col("lines").isNotNull()).select("bucket", "sha256", "lines")
        heads = (
            lines.select("bucket")
            .distinct()
            .select("bucket", lit("").alias("sha256"), lit(first).alias("lines"))
        )
        rows = lines.unionAll(heads)
        rows = rows.repartition(max(self._cores, min(self._asked.buckets, 64)), "bucket")
        rows = rows.sortWithinPartitions("bucket", "sha256").select("bucket", "lines")
        rows.write.mode("overwrite").partitionBy("bucket").option("compression", "gzip").text(path)

    def made_of(self, rows: Iterable[Mapping[str, Any]], ddl: str) -> DataFrame:
        """Return a table of rows that the driver has."""
        import pyarrow as pa

        table: Any = pa.Table.from_batches([batch_of(rows, ddl)])
        return self._spark.createDataFrame(table)

    def tasks(self, many: int) -> int:
        """Return in how many tasks so many articles are gone through."""
        return max(1, min(many // _LEAST, _TASKS * self._cores))

    @property
    def _cores(self) -> int:
        return max(int(self._spark.sparkContext.defaultParallelism), 1)


_WHERE: Final = ("_metadata.file_path AS file", "_metadata.file_block_start AS block")
