"""The composition root: builds every service once, from the settings, when it is first needed."""

from patent2tech.app.application import App
from patent2tech.app.present import now, version
from patent2tech.app.sources import number_of, one_patent, path_of

__all__ = ["App", "now", "number_of", "one_patent", "path_of", "version"]
