"""The four samples by name."""

from __future__ import annotations

from samples.archive import archive
from samples.design import design
from samples.korean import korean
from samples.mechanical import mechanical
from samples.redbook import red_book
from samples.software import software


def contents() -> dict[str, dict[str, bytes]]:
    """The files of every sample."""
    return {
        "mechanical": red_book(mechanical()),
        "design": red_book(design()),
        "software": red_book(software()),
        "korean": korean(),
    }


def archives() -> dict[str, bytes]:
    """Every sample as the ZIP that the package ships."""
    return {name: archive(files) for name, files in contents().items()}
