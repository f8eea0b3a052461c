"""The program: its services, and what every entry point asks of several of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from patent2tech.app.services import Services, describe
from patent2tech.app.sources import number_of, one_patent, path_of
from patent2tech.patents import Patent, PublicationNumber

if TYPE_CHECKING:
    from patent2tech.figures.model import SeenFigures
    from patent2tech.shape.model import Model, ShapeOptions


class App(Services):
    """What a command, a route or a tool is given."""

    def patent(self, source: str) -> Patent:
        """The patent that a SOURCE names: a file, `sample:NAME` or a publication number in the library.

        Raises:
            BadInput: when the file holds no patent or several.
            NotFound: when the library has no such number.
        """
        path = path_of(source)
        return one_patent(path).patent if path else self.library.get(number_of(source))

    def drawn(self, source: str) -> tuple[Patent, Mapping[str, bytes]]:
        """The patent that a SOURCE names, with the images of its drawing sheets by their hash or file name.

        Raises:
            BadInput: when the file holds no patent or several.
            NotFound: when the library has no such number.
        """
        path = path_of(source)
        if path:
            parsed = one_patent(path)
            return parsed.patent, parsed.sheets
        patent = self.library.get(number_of(source))
        return patent, {sheet.file: self.library.sheet(sheet.sha256) for sheet in patent.sheets if sheet.sha256}

    def see(self, patent: Patent, images: Mapping[str, bytes], progress: Callable[[str], None]) -> SeenFigures:
        """The figures on a patent's drawing sheets, with their numerals and the parts that these name."""
        from patent2tech.figures import annotate, see

        figures, parts = describe(patent)
        names = {part.numeral: part.names[0] if part.names else None for part in parts}
        return annotate(
            see(patent, figures, images, progress, self.derived, self.reader), names, progress, self.derived
        )

    def models(self, source: str, options: ShapeOptions) -> tuple[Model, ...]:
        """The models of the patent that a SOURCE names, one per embodiment; a file is not kept for it.

        Raises:
            BadInput: when the file holds no patent or several.
            NotFound: when the library has no such number.
        """
        return self.modeller.models(*self.drawn(source), options)

    def keep(self, source: str) -> PublicationNumber:
        """Bring the patent that a SOURCE names into the library, if it is not there, and give its number.

        Raises:
            BadInput: when the file holds no patent or several.
        """
        path = path_of(source)
        if path is None:
            return self.library.get(number_of(source)).number
        parsed = one_patent(path)
        report = self.importer.import_outcomes([parsed])
        for rejected in report.rejected:
            raise rejected.reason
        return parsed.patent.number
