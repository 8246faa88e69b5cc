"""What a user says of a model in ``kg.toml``, all but its address and its key: those name somebody, or are secret.

[model]
name = "qwen3:8b"        # --model-name
calls = 100              # --model-calls
cache = "answers"        # --model-cache, from the folder of the file
parallel = 4             # calls at the same time
seconds = 120            # until a call is cut off
[model.confidence]       # how sure its proposals are: kg score FOLDER --model measures it
holdsPosition = 0.8
other = 0.5
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import tomli

from kg.base.errors import KgError
from kg.base.intake import read_text
from kg.base.schema import schema
from kg.base.wordlist import did_you_mean
from kg.propose.address import KEY

__all__ = ["FILE", "Settings", "read_settings"]

FILE: Final = "kg.toml"
_OTHER: Final = "other"
_TABLE: Final = "model"
_SECRET: Final = re.compile(r"key|token|secret|passw|auth|credential|bearer", re.IGNORECASE)
_LOOKS_SECRET: Final = re.compile(r"(?:sk|pk|ak|ghp|hf|gsk|xai)[-_][\w-]{12,}|Bearer\s", re.IGNORECASE)
_NUMBERS: Final = {"calls": (0, 10_000_000), "parallel": (1, 64), "seconds": (1, 3600)}
_WORDS: Final = ("name", "cache")
_ADDRESSES: Final = ("url", "address", "endpoint", "base_url", "host", "proxy")


@dataclass(frozen=True)
class Settings:
    """What a file says; None and "" where it says nothing."""

    name: str = ""
    calls: int | None = None
    cache: Path | None = None
    parallel: int = 4
    seconds: float = 120.0
    confidence: Mapping[str, float] = field(default_factory=dict)


def read_settings(path: Path) -> Settings:
    """Return what a file says of the model.

    Raises:
        KgError: it cannot be read, holds a secret, or something that nobody reads.
    """
    try:
        text = read_text(path)
        raw = tomli.loads(text)
    except OSError as error:
        raise KgError(path, f"cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise KgError(path, "no TOML in UTF-8") from error
    _refuse_secrets(path, raw)
    for key in raw:
        if key != _TABLE:
            raise KgError(path, f"unknown table {key!r}", did_you_mean(key, [_TABLE]))
    table = raw.get(_TABLE, {})
    if not isinstance(table, dict):
        raise KgError(path, f"{_TABLE!r} is no table", '[model]\nname = "..."'.replace("\n", " "))
    return _settings(path, table)


def _settings(path: Path, table: Mapping[str, Any]) -> Settings:
    own: dict[str, Any] = {}
    for key, value in table.items():
        if key in _NUMBERS:
            own[key] = _number(path, key, value)
        elif key in _WORDS:
            if not isinstance(value, str) or not value.strip():
                raise KgError(path, f"{key!r} is no text", f'{key} = "..."')
            own[key] = path.parent / value if key == "cache" else value
        elif key == "confidence":
            own[key] = _confidence(path, value)
        elif key in _ADDRESSES:
            raise KgError(
                path,
                f"{key!r} does not belong here: who is asked is said by the command alone",
                "--model URL",
            )
        else:
            raise KgError(
                path, f"unknown setting {key!r}", did_you_mean(key, [*_NUMBERS, *_WORDS, "confidence"])
            )
    return Settings(**own)


def _number(path: Path, key: str, value: object) -> int:
    least, most = _NUMBERS[key]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise KgError(path, f"{key!r} is no whole number from {least} to {most}")
    return value


def _confidence(path: Path, value: object) -> dict[str, float]:
    if not isinstance(value, dict):
        raise KgError(path, "'confidence' is no table", "[model.confidence] holdsPosition = 0.8")
    known = [*schema().predicates, _OTHER]
    found = {}
    for name, share in value.items():
        if name not in known:
            raise KgError(path, f"unknown predicate {name!r} under 'confidence'", did_you_mean(name, known))
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise KgError(path, f"the confidence of {name!r} is no number from 0 to 1")
        found["" if name == _OTHER else name] = float(share)
    return found


def _refuse_secrets(path: Path, value: object, name: str = "") -> None:
    """Refuse a file with a secret in it; what it is, is told nowhere."""
    if _SECRET.search(name) or (isinstance(value, str) and _LOOKS_SECRET.search(value)):
        where = f"{name!r} " if name else ""
        raise KgError(
            path,
            f"{where}looks like a secret, which is no business of a file",
            f"set {KEY} in the environment",
        )
    if isinstance(value, dict):
        for key, own in value.items():
            _refuse_secrets(path, own, str(key))
    elif isinstance(value, list):
        for own in value:
            _refuse_secrets(path, own)
