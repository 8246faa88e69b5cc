"""The corpus that the process pool of one machine makes of some articles."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.cli.sources import SKIPPED
from tests.spark.sources import needs_spark, run, write_lines


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the articles, and in ``corpus`` what the pool makes of them; do not change it."""
    needs_spark()
    folder = tmp_path_factory.mktemp("spark")
    paths = write_lines(folder)
    before = Path.cwd()
    os.chdir(folder)
    try:
        run("build", *(path.name for path in paths), "-o", "corpus", "-j", 2, "--no-validate", status=SKIPPED)
    finally:
        os.chdir(before)
    return folder
