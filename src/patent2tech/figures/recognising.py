"""Pictures of single lines of text, recognised by the models that ship in the package: nothing is fetched."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

LONGEST_DETECTED: Final = 2400
"""The longest side, in pixels, of a picture that the detector is given."""

_LINE_HEIGHT: Final = 48
_BATCH: Final = 16
_STEP: Final = 16
# 33 letters in a row; a longer line is squeezed, since the model pays by its length.
_WIDEST: Final = 1200


@cache
def engine() -> tuple[Any, Any]:
    """Detector and recogniser, loaded once a process, one thread each."""
    from rapidocr import RapidOCR

    loaded: Any = RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_type": "max",
            "Det.limit_side_len": LONGEST_DETECTED,
        }
    )
    return loaded._load_det_model(), loaded._load_rec_model()  # noqa: SLF001 - the two steps have no public face


def recognise(parts: Sequence[NDArray[np.uint8]]) -> list[tuple[str, float]]:
    """Text and confidence of grey pictures that hold one line each, black on white."""
    read: list[tuple[str, float]] = [("", 0.0)] * len(parts)
    wide = [min(_WIDEST, math.ceil(_LINE_HEIGHT * part.shape[1] / part.shape[0])) for part in parts]
    order = sorted(range(len(parts)), key=wide.__getitem__)
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        # Lines of like width go together: the model pays for the widest.
        width = max(_LINE_HEIGHT, (max(wide[each] for each in batch) + _STEP - 1) // _STEP * _STEP)
        lines = np.zeros((len(batch), 3, _LINE_HEIGHT, width), np.float32)
        for line, each in zip(lines, batch, strict=True):
            line[:, :, : wide[each]] = cv2.resize(parts[each], (wide[each], _LINE_HEIGHT), interpolation=cv2.INTER_AREA)
            line[:, :, : wide[each]] = line[:, :, : wide[each]] / 127.5 - 1
        for each, found in zip(batch, _decode(engine()[1].session(lines)), strict=True):
            read[each] = found
    return read


def _decode(scores: NDArray[np.float32]) -> Iterable[tuple[str, float]]:
    """Collapse what repeats and drop blanks (CTC)."""
    alphabet = engine()[1].postprocess_op.character
    for best, sure in zip(scores.argmax(2), scores.max(2), strict=True):
        starts = (best != 0) & np.concatenate(([True], best[1:] != best[:-1]))
        text = "".join(alphabet[each] for each in best[starts])
        yield text.strip(), float(sure[starts].mean()) if starts.any() else 0.0
