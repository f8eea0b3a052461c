"""A BERT encoder written as an ONNX graph, whose matrices stay in blocks of 4 bits, or are rounded again for speed.

The graph is a message of protocol buffers, which are simple enough to be written here: the number of a field with the
kind of its value, then the value. Numbers of fields are those of onnx.proto3.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

import numpy as np

from patent2tech.search.embedding.packed import BLOCK, Packed, numbers, weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from patent2tech.search.index import Vector

_MICROSOFT: Final = "com.microsoft"
_IR, _OPERATORS = 9, 20
_TYPES: Final = {"float32": 1, "uint8": 2, "int8": 3, "int64": 7}
_FLOAT, _INT = 1, 2
_SEVEN_BITS, _MORE = 0x7F, 0x80
_INT8_ACTIVATIONS: Final = 4
"""Accuracy level: what comes in is rounded to 8 bits in blocks too, as the model's own engine does."""

_LARGEST: Final = 127
"""Of 8 bits with a sign."""


def encoder(packed: Packed, *, quick: bool = False) -> bytes:
    """The model for onnxruntime: `x`, the vectors of tokens (1, tokens, width), to `mean` (1, width).

    `quick` takes half the time: each row of a matrix shares one scale of 8 bits, and so does all that comes in.
    """
    return _Encoder(packed, quick=quick).model()


class _Encoder:
    def __init__(self, packed: Packed, *, quick: bool) -> None:
        self._packed = packed
        self._quick = quick
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def model(self) -> bytes:
        sizes = self._packed.sizes
        self._node("LayerNormalization", ["x", *self._floats("emb.ln.w", "emb.ln.b")], "h", epsilon=sizes.epsilon)
        state = "h"
        for layer in range(sizes.layers):
            state = self._layer(f"l{layer}.", state)
        axis = self._constant("axis", np.array([1], np.int64))
        self._node("ReduceMean", [state, axis], "mean", keepdims=0)
        graph = b"".join(
            (
                *(_field(1, node) for node in self._nodes),
                _field(2, "e5"),
                *(_field(5, constant) for constant in self._constants),
                _field(11, _floats_of("x", "texts", "tokens", sizes.width)),
                _field(12, _floats_of("mean", "texts", sizes.width)),
            )
        )
        operators = _field(8, _field(1, "") + _field(2, _OPERATORS)) + _field(8, _field(1, _MICROSOFT) + _field(2, 1))
        return _field(1, _IR) + _field(7, graph) + operators

    def _layer(self, at: str, state: str) -> str:
        sizes = self._packed.sizes
        width, inner, epsilon = sizes.width, sizes.inner, sizes.epsilon
        asked = [self._matrix(state, f"{at}{name}", width, width) for name in "qkv"]
        heard = self._node("MultiHeadAttention", asked, f"{at}heard", _MICROSOFT, num_heads=sizes.heads)
        added = self._matrix(heard, f"{at}ao", width, width)
        normal = self._floats(f"{at}aln.w", f"{at}aln.b")
        middle = self._node(
            "SkipLayerNormalization", [state, added, *normal], f"{at}middle", _MICROSOFT, epsilon=epsilon
        )
        wide = self._node("Gelu", [self._matrix(middle, f"{at}fi", inner, width)], f"{at}wide", _MICROSOFT)
        added = self._matrix(wide, f"{at}fo", width, inner)
        normal = self._floats(f"{at}oln.w", f"{at}oln.b")
        return self._node("SkipLayerNormalization", [middle, added, *normal], f"{at}out", _MICROSOFT, epsilon=epsilon)

    def _matrix(self, state: str, name: str, rows: int, columns: int) -> str:
        blocks = self._packed.blocks(f"{name}.w", rows, columns)
        if self._quick:
            return self._rounded(state, name, weights(blocks))
        each = numbers(blocks)
        # Here two weights that follow each other share a byte.
        pairs = self._constant(f"{name}.w", each[..., 0::2] | (each[..., 1::2] << 4))
        scales = self._constant(f"{name}.s", blocks["scale"].astype(np.float32).reshape(-1))
        return self._node(
            "MatMulNBits",
            [state, pairs, scales, "", "", *self._floats(f"{name}.b")],
            f"{name}.out",
            _MICROSOFT,
            K=columns,
            N=rows,
            bits=4,
            block_size=BLOCK,
            accuracy_level=_INT8_ACTIVATIONS,
        )

    def _rounded(self, state: str, name: str, matrix: Vector) -> str:
        scales = np.abs(matrix).max(axis=1) / _LARGEST
        columns = self._constant(f"{name}.w", np.round(matrix / scales[:, None]).astype(np.int8).T)
        inputs = [state, columns, self._constant(f"{name}.s", scales), "", *self._floats(f"{name}.b")]
        return self._node("DynamicQuantizeMatMul", inputs, f"{name}.out", _MICROSOFT)

    def _floats(self, *names: str) -> list[str]:
        return [self._constant(name, self._packed.floats(name)) for name in names]

    def _constant(self, name: str, values: NDArray[np.generic]) -> str:
        sizes = b"".join(_field(1, size) for size in values.shape)
        kind = _field(2, _TYPES[values.dtype.name])
        self._constants.append(sizes + kind + _field(8, name) + _field(9, np.ascontiguousarray(values).tobytes()))
        return name

    def _node(self, kind: str, inputs: list[str], output: str, domain: str = "", **settings: float) -> str:
        self._nodes.append(
            b"".join(
                (
                    *(_field(1, name) for name in inputs),
                    _field(2, output),
                    _field(4, kind),
                    *(_field(5, _setting(name, value)) for name, value in settings.items()),
                    _field(7, domain),
                )
            )
        )
        return output


def _setting(name: str, value: float) -> bytes:
    if isinstance(value, int):
        return _field(1, name) + _field(3, value) + _field(20, _INT)
    return _field(1, name) + _field(2, value) + _field(20, _FLOAT)


def _floats_of(name: str, *sizes: str | int) -> bytes:
    shape = b"".join(_field(1, _field(1 if isinstance(size, int) else 2, size)) for size in sizes)
    return _field(1, name) + _field(2, _field(1, _field(1, _TYPES["float32"]) + _field(2, shape)))


def _field(number: int, value: float | str | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    if isinstance(value, float):
        return _varint(number << 3 | 5) + struct.pack("<f", value)
    data = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; the highest bit says that more follow."""
    out = bytearray()
    while number > _SEVEN_BITS:
        out.append(number & _SEVEN_BITS | _MORE)
        number >>= 7
    return bytes((*out, number))
