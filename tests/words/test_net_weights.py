from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from kg.base.errors import ResourceError
from kg.base.resources import weights_path
from kg.names.net import TOP
from kg.words.lac import EXACT, STATE_STEPS
from kg.words.net_weights import FILE, LAYERS, NetWeights, default_weights, dump, load


def test_weights_come_back_as_they_were_written_and_give_the_same_bytes(tmp_path: Path) -> None:
    weights = default_weights()
    content = dump(weights)
    (tmp_path / FILE).write_bytes(content)
    again = load(tmp_path / FILE)

    assert all(
        np.array_equal(getattr(weights, field.name), getattr(again, field.name))
        for field in fields(NetWeights)
    )
    assert dump(again) == content


def test_the_shipped_weights_are_small_and_whole_and_every_sum_is_exact() -> None:
    weights = default_weights()
    sums = {
        "states": max(np.abs(part).sum(axis=0).max() for part in np.split(weights.states.astype(int), 2))
        * STATE_STEPS,
        "layers": np.abs(weights.layers.astype(int)).sum(axis=(2, 3)).max() * TOP
        + np.abs(weights.biases).max(),
        "start": np.abs(weights.start.astype(int)).sum(axis=0).max() * TOP + np.abs(weights.bias).max(),
        "end": np.abs(weights.end.astype(int)).sum(axis=0).max() * TOP,
        "types": np.abs(weights.types.astype(int)).sum(axis=0).max() * 2 * TOP,
    }

    assert weights_path(FILE).stat().st_size < 250_000
    assert len(weights.layers) == len(LAYERS)
    assert all(
        getattr(weights, field.name).dtype.kind == "i"
        for field in fields(NetWeights)
        if field.name not in {"tags", "signs"}
    )
    assert all(most < EXACT for most in sums.values()), sums


@pytest.mark.parametrize("content", [b"", b"PK", b"no weights"])
def test_a_file_that_holds_no_weights_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)

    with pytest.raises(ResourceError, match=r"names\.npz"):
        load(tmp_path / FILE)
