"""The one place that finds the product's own files: ``data/`` and ``queries/``, in a wheel and in a checkout alike."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from kg.base.errors import ResourceError
from kg.base.intake import read_text

_PACKAGE = Path(__file__).parent.parent


@cache
def _root(folder: str) -> Path:
    for place in (_PACKAGE / folder, _PACKAGE.parent / folder):
        if place.is_dir():
            return place
    raise ResourceError(folder, "the product's own files are missing", "install kg again")


def data_path(name: str) -> Path:
    """Return the path of a file or folder under ``data/``: the folder that ``KG_DATA`` names, or kg's own.

    Raises:
        ResourceError: there is none, or ``KG_DATA`` names no folder.
    """
    own = os.environ.get("KG_DATA")
    if own and not Path(own).is_dir():
        raise ResourceError(own, "no folder of data", "KG_DATA names a copy of kg's own")
    path = (Path(own) if own else _root("data")) / name
    if not path.exists():
        raise ResourceError(
            f"data/{name}", "missing", f"copy kg's own into {own}" if own else "install kg again"
        )
    return path


def is_own_data() -> bool:
    """Say whether ``data/`` is kg's own, which its tests have read, and not a folder that ``KG_DATA`` names."""
    return not os.environ.get("KG_DATA")


def queries_path() -> Path:
    """Return the folder of the named queries."""
    return _root("queries")


def weights_path(name: str) -> Path:
    """Return the path of a file of learned weights: under the folder that ``KG_WEIGHTS`` names, or kg's own.

    Raises:
        ResourceError: there is none, or ``KG_WEIGHTS`` names no folder.
    """
    return _weights_path(name, os.environ.get("KG_WEIGHTS"), os.environ.get("KG_DATA"))


@cache  # asked for every article
def _weights_path(name: str, own: str | None, _: str | None) -> Path:
    if own and not Path(own).is_dir():
        raise ResourceError(own, "no folder of weights", "`kg train` makes one; KG_WEIGHTS names it")
    if own and (Path(own) / name).exists():
        return Path(own) / name
    return data_path(f"weights/{name}")


def load_toml(name: str) -> dict[str, Any]:
    """Return the content of a TOML file under ``data/``.

    Raises:
        ResourceError: it is missing or no TOML.
    """
    try:
        return tomli.loads(read_text(data_path(name)))
    except tomli.TOMLDecodeError as error:
        raise ResourceError(f"data/{name}", f"no TOML: {error}") from error


def load_json(name: str) -> Any:  # noqa: ANN401 - JSON is what it is; callers check the shape
    """Return the content of a JSON file under ``data/``.

    Raises:
        ResourceError: it is missing or no JSON.
    """
    try:
        return json.loads(read_text(data_path(name)))
    except json.JSONDecodeError as error:
        raise ResourceError(f"data/{name}", f"no JSON: {error}") from error
