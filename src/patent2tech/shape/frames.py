"""Frames: how each side looks at the thing. +X is right in the front view, +Y up, +Z towards its viewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from patent2tech.figures.model import Side

Axis = tuple[int, int]
"""Which axis of the thing (0 x, 1 y, 2 z), and its sign."""

Volume = NDArray[np.float32]
Value = TypeVar("Value", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Frame:
    """A parallel view along an axis: where its right, its up and its viewer lie."""

    right: Axis
    up: Axis
    out: Axis

    def seen(self, volume: NDArray[Value]) -> NDArray[Value]:
        """The volume as rows downwards, columns to the right, depth away from the viewer; writes go through."""
        turned = volume.transpose(self.up[0], self.right[0], self.out[0])
        rows = slice(None, None, -1) if self.up[1] > 0 else slice(None)
        columns = slice(None) if self.right[1] > 0 else slice(None, None, -1)
        depth = slice(None, None, -1) if self.out[1] > 0 else slice(None)
        return turned[rows, columns, depth]


FRAMES: Final = {
    Side.FRONT: Frame((0, 1), (1, 1), (2, 1)),
    Side.REAR: Frame((0, -1), (1, 1), (2, -1)),
    Side.RIGHT: Frame((2, -1), (1, 1), (0, 1)),
    Side.LEFT: Frame((2, 1), (1, 1), (0, -1)),
    Side.TOP: Frame((0, 1), (2, -1), (1, 1)),
    Side.BOTTOM: Frame((0, 1), (2, 1), (1, -1)),
}
OPPOSITE: Final = {
    Side.FRONT: Side.REAR,
    Side.REAR: Side.FRONT,
    Side.LEFT: Side.RIGHT,
    Side.RIGHT: Side.LEFT,
    Side.TOP: Side.BOTTOM,
    Side.BOTTOM: Side.TOP,
}
PAIRS: Final = ((Side.FRONT, Side.REAR), (Side.RIGHT, Side.LEFT), (Side.TOP, Side.BOTTOM))


def mirrored(image: NDArray[Value], side: Side) -> NDArray[Value]:
    """The picture of one side as the opposite side shows its outline."""
    return image[::-1] if side in {Side.TOP, Side.BOTTOM} else image[:, ::-1]
