"""The weights of the small net that finds names (``kg.names.net``): whole numbers, in a file of arrays.

They stand here since the tagger's graph computes the net's first layer: the sums of a word's states. All units are powers of
two, so that every sum is a whole number, exact in float32 in any order, and every division exact: the same on all processors.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kg.base.errors import ResourceError
from kg.base.intake import read_file
from kg.base.resources import weights_path

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE: Final = "names.npz"
_LARGEST: Final = 64 << 20  # bytes of the file
LAYERS: Final = (1, 2, 3)
"""How far apart the three words are that each layer sees."""

WIDEST: Final = 16  # words of a name
LONGEST: Final = 5  # characters of a word, and as many if there are more
OFTENEST: Final = 3  # times a word stands in the article, likewise


@dataclass(frozen=True, eq=False)
class NetWeights:
    """All arrays of the net; a row of a table is added to the sums of a word or a span.

    Attributes:
        tags: the tagger's labels that have a row in ``tag``; the first row is of all others.
        signs: the punctuation that has a row in ``sign``, likewise.
        states: two times 256 rows: of the states of a word's first and last character.
        tag: with the bias.
        length: of the word, in characters.
        sign: of the word, where it is one.
        times: how often the word stands in the article.
        marks: what begins at the word, ends with it, holds it: the rules' names, by type.
        layers: of each layer the weights of three words, (layer, to, from, word), and
        biases: its bias.
        start: from both ends of the layers to what the first word says of a span, and
        end: to what the last word says; the last seven columns go straight to the types.
        bias: of both.
        spans: of the number of words.
        rules: of the type of the rules' name that is this very span; the first row: none is.
        crossing: of a span that crosses a name of the rules.
        types: to the seven types, and
        last: their bias.
        gates: what a first and a last word have to say at least, of some type, for their span to be looked at.
    """

    tags: NDArray[Any]
    signs: NDArray[Any]
    states: NDArray[Any]
    tag: NDArray[Any]
    length: NDArray[Any]
    sign: NDArray[Any]
    times: NDArray[Any]
    marks: NDArray[Any]
    layers: NDArray[Any]
    biases: NDArray[Any]
    start: NDArray[Any]
    end: NDArray[Any]
    bias: NDArray[Any]
    spans: NDArray[Any]
    rules: NDArray[Any]
    crossing: NDArray[Any]
    types: NDArray[Any]
    last: NDArray[Any]
    gates: NDArray[Any]


def dump(weights: NetWeights) -> bytes:
    """Return the content of the file; the same weights give the same bytes."""
    content = BytesIO()
    np.savez_compressed(content, **{field.name: getattr(weights, field.name) for field in fields(NetWeights)})
    return content.getvalue()


def load(path: Path) -> NetWeights:
    """Return the weights in a file that ``dump`` wrote.

    Raises:
        ResourceError: it does not hold what it should.
    """
    try:
        with np.load(BytesIO(read_file(path, _LARGEST)), allow_pickle=False) as arrays:
            return NetWeights(**{field.name: arrays[field.name] for field in fields(NetWeights)})
    except Exception as error:  # zip, zlib, numpy and the system each have their own
        what = getattr(error, "strerror", None) or repr(error)
        raise ResourceError(path.name, f"no weights of names: {what}", "train them again") from error


@cache
def load_once(path: Path) -> NetWeights:
    """Return the weights in a file, read once."""
    return load(path)


def default_weights() -> NetWeights:
    """Return the weights that are shipped, or the user's own."""
    return load_once(weights_path(FILE))
