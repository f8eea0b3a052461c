"""The modeller: from a patent and its sheets to its models, and to their files, which are kept."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from patent2tech.figures import annotate, see
from patent2tech.figures.model import SeenFigures
from patent2tech.figures.ocr import TextReader
from patent2tech.patents import Patent, PatentType
from patent2tech.reading import figures_and_parts
from patent2tech.shape.files import files_of
from patent2tech.shape.model import Model, ShapeOptions, silent
from patent2tech.shape.modelling import models_from
from patent2tech.store.derived import Derived
from patent2tech.text.notes import Lang

VERSION: Final = "4"
"""Changes whenever the same figures would give another model; kept models of another version are not used."""
_KIND: Final = f"model-{VERSION}"


@dataclass(frozen=True, slots=True)
class Modeller:
    """Rebuilds the solids of patents; what took long is kept in the cache."""

    cache: Derived
    reader: TextReader | None = None
    """What reads the text on the sheets; by default the offline reader."""

    def models(self, patent: Patent, images: Mapping[str, bytes], options: ShapeOptions) -> tuple[Model, ...]:
        """The models of a patent, one per embodiment; `images` are its sheets by file name or hash."""
        seen = self.figures(patent, images, options.progress)
        return models_from(seen, patent.title, replace(options, hidden_edges=patent.type is not PatentType.DESIGN))

    def figures(
        self, patent: Patent, images: Mapping[str, bytes], progress: Callable[[str], None] = silent
    ) -> SeenFigures:
        """The figures that models are made from, with the numerals that stand in them."""
        described, parts = figures_and_parts(patent)
        seen = see(patent, described, images, progress, self.cache, self.reader)
        if patent.type is not PatentType.DESIGN:
            # Designs have no reference numerals.
            names = {part.numeral: part.names[0] if part.names else None for part in parts}
            seen = annotate(seen, names, progress, self.cache)
        return seen

    def files(
        self, patent: Patent, images: Mapping[str, bytes], options: ShapeOptions, lang: Lang = Lang.EN
    ) -> dict[str, bytes]:
        """The files of a patent's models, made once for the same text, sheets and options."""
        key = _key(patent, images, options, lang)
        kept = self.cache.get(_KIND, key)
        files = _unpacked(kept) if kept else None
        if files is None:
            files = files_of(self.models(patent, images, options), lang)
            self.cache.put(_KIND, key, _packed(files))
        return files


def _key(patent: Patent, images: Mapping[str, bytes], options: ShapeOptions, lang: Lang) -> str:
    sheets = sorted(sha256(content).hexdigest() for content in images.values())
    captions = [paragraph.text for paragraph in patent.description]
    return json.dumps([patent.title, captions, sheets, options.guess, repr(options.corrections), lang.value])


def _packed(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _unpacked(content: bytes) -> dict[str, bytes] | None:
    """The files of a kept model, or `None` when what was kept is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError):
        return None
