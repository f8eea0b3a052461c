"""What the program says of itself and of the moment."""

from __future__ import annotations

import datetime as dt
from importlib import metadata


def version() -> str:
    """The installed version of the program."""
    return metadata.version("patent2tech")


def now() -> dt.datetime:
    """The present, in UTC."""
    return dt.datetime.now(dt.UTC)
