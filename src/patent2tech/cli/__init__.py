"""The command line: `patent2tech`, also `p2t`."""

from patent2tech.cli.main import main

__all__ = ["main"]
