"""The sample patents: fictional, written for this project, packed by `make run` and used by its tests."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from patent2tech.errors import NotFound

SAMPLE_PREFIX: Final = "sample:"


def sample_names() -> tuple[str, ...]:
    """The names behind `sample:`."""
    data = files("patent2tech.samples").joinpath("data")
    return tuple(sorted(Path(each.name).stem for each in data.iterdir() if each.name.endswith(".zip")))


def sample_path(name: str) -> Path:
    """The file of a sample.

    Raises:
        NotFound: when there is no such sample; the message lists them.
    """
    if name not in sample_names():
        raise NotFound(f"there is no sample {name!r}; the samples are {', '.join(sample_names())}")
    with as_file(files("patent2tech.samples").joinpath("data", f"{name}.zip")) as path:
        return path
