"""Text on drawing sheets: lines with their boxes and by how much each is turned, read by OCR that works offline."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Protocol

from patent2tech.figures.model import Box
from patent2tech.figures.recognising import LONGEST_DETECTED, engine, recognise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from patent2tech.store.derived import Derived

KIND: Final = "ocr-4"
UPRIGHT: Final = (0,)
ALL_TURNS: Final = (0, 90, 180, 270)

# Numerals on 300 dpi sheets are 35 to 45 pixels high. Detection on 24 real utility sheets finds most at half of
# that resolution; the coarser pass adds labels, whose letters stand apart. Above 0.6 labels are lost.
_SCALES: Final = (0.2, 0.3, 0.45)
# To tell how a sheet must be turned, its labels are enough, and they are large.
_TURN_SCALES: Final = (0.2, 0.3)
_SMALL_SHEET: Final = 1000
# No line of text is thicker; a box that is holds the drawing.
_THICKEST: Final = 220
# Labels are among the highest lines; a table has hundreds of others.
_MOST_TURNED: Final = 60
_PAD: Final = 0.12
# Offices crop sheets to the ink; a line of text at the very edge is not found.
_MARGIN: Final = 60
_SURE: Final = 0.3
_DARK: Final = 128
_SAME: Final = 0.5
_SQUARISH: Final = 1.25
# What is read letter by letter misses stops and the dots of i and j: only numerals are taken over.
_CAPITALS: Final = re.compile(r"[A-Z0-9]*\d[A-Za-z]?'{0,2}")
_TAKEN_OVER: Final = 0.9
_WHOLLY: Final = 0.9
_PIECE: Final = 6


@dataclass(frozen=True, slots=True)
class TextLine:
    """One recognised line of text.

    `box` lies in the picture that was read. `turn` is by how many degrees counter-clockwise that picture must be
    turned for this line to stand upright.
    """

    text: str
    box: Box
    confidence: float
    turn: int = 0


class TextReader(Protocol):
    """Finds the lines of text in a picture.

    `read` SHALL give lines with boxes in pixels of the picture, each in one of the `turns` asked for, and MAY leave
    out what it is not sure of. It MAY take over what was `read` there before, instead of reading it again.
    `fingerprint` names the reader and its version, so that results can be kept.
    """

    @property
    def fingerprint(self) -> str:
        """What results depend on beside the picture."""
        ...

    def read(
        self, pixels: NDArray[np.uint8], turns: Sequence[int] = UPRIGHT, before: Sequence[TextLine] = ()
    ) -> tuple[TextLine, ...]:
        """The lines of a grey picture, from top to bottom."""
        ...


def read_lines(
    pixels: NDArray[np.uint8],
    reader: TextReader,
    kept: Derived | None = None,
    turns: Sequence[int] = UPRIGHT,
    before: Sequence[TextLine] = (),
) -> tuple[TextLine, ...]:
    """The lines of text in a picture, taken from what was kept for these very pixels where they were read before."""
    if kept is None:
        return reader.read(pixels, turns, before)
    key = f"{reader.fingerprint} {tuple(turns)} {pixels.shape} {sha256(pixels.tobytes()).hexdigest()}"
    if (content := kept.get(KIND, key)) is not None:
        return from_json(content)
    lines = reader.read(pixels, turns, before)
    kept.put(KIND, key, to_json(lines))
    return lines


def to_json(lines: Sequence[TextLine]) -> bytes:
    """Lines as they are kept."""
    return json.dumps([asdict(line) for line in lines]).encode()


def from_json(content: bytes) -> tuple[TextLine, ...]:
    """Lines as they were kept."""
    return tuple(
        TextLine(one["text"], tuple(one["box"]), one["confidence"], one["turn"]) for one in json.loads(content)
    )


class OfflineReader:
    """RapidOCR with the models that ship in its package: nothing is fetched, one thread, made once a process."""

    @property
    def fingerprint(self) -> str:
        """The package's version, which fixes its models."""
        from importlib.metadata import version

        return f"rapidocr {version('rapidocr')}"

    def read(
        self, pixels: NDArray[np.uint8], turns: Sequence[int] = UPRIGHT, before: Sequence[TextLine] = ()
    ) -> tuple[TextLine, ...]:
        """The lines of a grey picture; of several turns the one that is read with most confidence."""
        boxes = _detect(pixels, _SCALES if len(turns) == 1 else _TURN_SCALES)
        if len(turns) > 1:
            boxes = tuple(sorted(boxes, key=_height, reverse=True)[:_MOST_TURNED])
        best = {box: line for box in boxes if (line := _read_before(pixels, box, before))}
        asked = [(box, turn) for box in boxes if box not in best for turn in _likely_turns(box, turns)]
        found = recognise([_upright(_crop(pixels, box), turn) for box, turn in asked])
        for (box, turn), (text, confidence) in zip(asked, found, strict=True):
            line = TextLine(text.strip(), box, round(confidence, 3), turn)
            if line.text and confidence >= _SURE and (box not in best or confidence > best[box].confidence):
                best[box] = line
        return tuple(sorted(best.values(), key=lambda line: (line.box[1], line.box[0])))


def _read_before(pixels: NDArray[np.uint8], box: Box, lines: Sequence[TextLine]) -> TextLine | None:
    """The numeral that was surely read before and is all that stands in a box."""
    for line in lines:
        x0, y0, x1, y1 = line.box
        across, down = min(x1, box[2]) - max(x0, box[0]), min(y1, box[3]) - max(y0, box[1])
        if min(across, down) <= 0 or across * down < _WHOLLY * (x1 - x0) * (y1 - y0):
            continue
        if line.confidence >= _TAKEN_OVER and _CAPITALS.fullmatch(line.text) and _pieces(pixels, box) == len(line.text):
            return replace(line, box=box)
    return None


def _pieces(pixels: NDArray[np.uint8], box: Box) -> int:
    """How many pieces of ink stand in a box: letters, but also stops and ends of lines, which are no specks."""
    import cv2
    import numpy as np

    dark = (pixels[box[1] : box[3], box[0] : box[2]] < _DARK).astype(np.uint8)
    stats = cv2.connectedComponentsWithStats(dark, connectivity=8)[2]
    return int((stats[1:, cv2.CC_STAT_AREA] >= _PIECE).sum())


def _detect(pixels: NDArray[np.uint8], scales: Sequence[float]) -> tuple[Box, ...]:
    """Boxes around lines of text, found at several scales, each once."""
    import numpy as np

    x0, y0, x1, y1 = _inked(pixels)
    framed = np.pad(pixels[y0:y1, x0:x1], _MARGIN, constant_values=255)
    found = [
        (score, _unframed(box, (x0, y0), pixels))
        for scale in _fitting(scales, framed.shape)
        for score, box in _detect_at(framed, scale)
    ]
    kept: list[Box] = []
    for _, box in sorted(found, reverse=True):
        if 0 < min(box[2] - box[0], box[3] - box[1]) <= _THICKEST and all(
            _overlap(box, other) < _SAME for other in kept
        ):
            kept.append(box)
    return tuple(kept)


def _inked(pixels: NDArray[np.uint8]) -> Box:
    """The part of a picture that has ink; all of it when it has none."""
    import numpy as np

    dark = pixels < _DARK
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if len(rows) == 0:
        return 0, 0, pixels.shape[1], pixels.shape[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _fitting(scales: Sequence[float], shape: tuple[int, ...]) -> Iterable[float]:
    """The scales for a picture of this size: small ones are looked at as they are."""
    longest = max(shape)
    if longest < _SMALL_SHEET:
        return (1.0,)
    return tuple(min(scale, LONGEST_DETECTED / longest) for scale in scales)


def _detect_at(pixels: NDArray[np.uint8], scale: float) -> list[tuple[float, Box]]:
    import cv2

    size = (max(32, round(pixels.shape[1] * scale)), max(32, round(pixels.shape[0] * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    result = engine()[0](cv2.cvtColor(small, cv2.COLOR_GRAY2RGB))
    if result.boxes is None:
        return []
    across, down = pixels.shape[1] / size[0], pixels.shape[0] / size[1]
    return [
        (
            float(score),
            (
                int(quad[:, 0].min() * across),
                int(quad[:, 1].min() * down),
                int(quad[:, 0].max() * across) + 1,
                int(quad[:, 1].max() * down) + 1,
            ),
        )
        for quad, score in zip(result.boxes, result.scores, strict=True)
    ]


def _unframed(box: Box, corner: tuple[int, int], pixels: NDArray[np.uint8]) -> Box:
    """A box of the framed part in the picture itself."""
    high, wide = pixels.shape
    across = [min(max(value - _MARGIN + corner[0], 0), wide) for value in box[::2]]
    down = [min(max(value - _MARGIN + corner[1], 0), high) for value in box[1::2]]
    return across[0], down[0], across[1], down[1]


def _height(box: Box) -> int:
    """The height of a line, whichever way it runs."""
    return min(box[2] - box[0], box[3] - box[1])


def _overlap(one: Box, other: Box) -> float:
    """The shared area as a part of the smaller box."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    if across <= 0 or down <= 0:
        return 0.0
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return across * down / smaller


def _likely_turns(box: Box, turns: Sequence[int]) -> tuple[int, ...]:
    """The turns that let a box of this shape hold a line: a long one is read along its length only."""
    if len(turns) == 1:
        return tuple(turns)
    wide, high = box[2] - box[0], box[3] - box[1]
    if wide > high * _SQUARISH:
        return tuple(turn for turn in turns if turn % 180 == 0)
    if high > wide * _SQUARISH:
        return tuple(turn for turn in turns if turn % 180)
    return tuple(turns)


def _crop(pixels: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    """The pixels of a box with a little white around, as the recogniser learned its lines."""
    import numpy as np

    part = pixels[box[1] : box[3], box[0] : box[2]]
    return np.pad(part, max(2, round(min(part.shape) * _PAD)), constant_values=255)


def _upright(part: NDArray[np.uint8], turn: int) -> NDArray[np.uint8]:
    """The part turned for reading."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(part, turn // 90))
