"""The model of a pack: its files, and how the page shows it."""

from patent2tech.techpack.solid.maker import ModelMaker

__all__ = ["ModelMaker"]
