"""The figures of a patent as a folder: pictures and overlays first, the document that names them last."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from patent2tech.figures.files import figure_names, figure_png, figure_svg
from patent2tech.figures.wire import FiguresRead
from patent2tech.text.notes import Lang

if TYPE_CHECKING:
    from patent2tech.figures.model import SeenFigures

DOCUMENT: Final = "figures.json"


def write_figures(seen: SeenFigures, folder: Path, lang: Lang = Lang.EN) -> FiguresRead:
    """Write each figure as PNG, its numerals as SVG over it, and `figures.json`; each file is there whole or not."""
    names = figure_names(seen.figures)
    document = FiguresRead.of(seen, lang, names)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".figures.", dir=folder) as temporary:
        for name, figure in zip(names, seen.figures, strict=True):
            _put(folder, Path(temporary), f"{name}.png", figure_png(figure))
            _put(folder, Path(temporary), f"{name}.svg", figure_svg(figure, name))
        _put(folder, Path(temporary), DOCUMENT, (document.model_dump_json(indent=2) + "\n").encode())
    return document


def _put(folder: Path, temporary: Path, name: str, content: bytes) -> None:
    part = temporary / name
    part.write_bytes(content)
    part.replace(folder / name)
