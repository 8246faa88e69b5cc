"""Starts Spark, or says in one line what it needs; and what Spark says when something fails, in one line."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.base.errors import ResourceError
from kg.base.late import late
from kg.version import DISTRIBUTION

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["EXTRA", "JAVA", "session", "told_in_one_line"]

EXTRA: Final = f"pip install '{DISTRIBUTION}[spark]'"
JAVA: Final = "install Java 17 or 21 (Debian: apt-get install default-jre-headless), or set JAVA_HOME"

_SUBMITTED: Final = "PYSPARK_GATEWAY_PORT"  # spark-submit has started Java, and this process
_SETTINGS: Final = {
    "spark.app.name": "kg spark",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "256",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.codegen.wholeStage": "false",  # its rows are few and large
    "spark.executorEnv.PYTHONSAFEPATH": "1",
}
_LEAN: Final = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java does little here beside Python: compiling its own code again and again would cost more than that brings."""

_LOCAL: Final = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.extraJavaOptions": _LEAN,
    "spark.executor.extraJavaOptions": _LEAN,
}
_OURS: Final = "kg.base.errors."
_CHECK: Final = "check --master and --conf, and that Java is 17 or 21"
_READING: Final = late(r"while reading file (\S+?)\.?\s")


@contextmanager
def session(master: str, settings: Mapping[str, str]) -> Iterator[SparkSession]:
    """Start Spark, and end it with the ``with`` block.

    Args:
        master: where it runs; "" for what spark-submit says, else all processors of this machine.
        settings: those of Spark that the user gives; they go before kg's own.

    Raises:
        ResourceError: PySpark or Java are not there, or Spark does not start.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ResourceError("kg spark", "needs packages that are not installed", EXTRA) from error
    if _SUBMITTED not in os.environ and not _java_is_there():
        raise ResourceError("kg spark", "needs Java, and there is none", JAVA)
    where = master or ("" if _SUBMITTED in os.environ else "local[*]")
    builder: Any = SparkSession.builder
    if where:
        builder = builder.master(where)
    own = dict(_SETTINGS)
    if where.startswith("local"):
        own |= _LOCAL
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        spark: SparkSession = builder.config(map={**own, **settings}).getOrCreate()
    except (PySparkException, RuntimeError, OSError) as error:
        raise ResourceError("kg spark", f"Spark does not start: {_first_line(str(error))}", _CHECK) from error
    except Exception as error:
        if type(error).__module__.split(".")[0] != "py4j":
            raise
        raise ResourceError("kg spark", f"Spark does not start: {_first_line(str(error))}", _CHECK) from error
    try:
        yield spark
    finally:
        spark.stop()


def _java_is_there() -> bool:
    home = os.environ.get("JAVA_HOME")
    if home:
        return (Path(home) / "bin" / "java").exists()
    return shutil.which("java") is not None


@contextmanager
def told_in_one_line(stage: str) -> Iterator[None]:
    """Let what Spark says of a failure, in a hundred lines, be one line that names its cause.

    Raises:
        ResourceError: a stage failed.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise ResourceError(
            f"kg spark, {stage}",
            f"failed: {_cause(str(error))}",
            "mend that and give the same command again: it goes on where it stopped",
        ) from error


def _cause(words: str) -> str:
    r"""Return the line of a report that names what went wrong: the last error of Python in it, else the first line.

    >>> _cause("Job aborted\\nTraceback:\\n  File x\\nkg.base.errors.ResourceError: a: b (c)\\n\\n\\tat org.x")
    'a: b (c)'
    """
    lines = [line.strip() for line in words.splitlines()]
    own = [line for line in lines if line.startswith(_OURS)]
    if own:
        return own[0].partition(": ")[2]
    file = _READING.search(words)
    where = f"{file[1]}: " if file else ""
    caused = [line.removeprefix("Caused by: ") for line in lines if line.startswith("Caused by: ")]
    return where + _first_line(caused[-1] if caused else words)


def _first_line(words: str) -> str:
    return next((line.strip() for line in words.splitlines() if line.strip()), "for no reason that it gives")
