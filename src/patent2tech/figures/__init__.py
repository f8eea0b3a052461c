"""Figures: from drawing sheets to single figures with label, view, numerals and the parts that these name."""

from patent2tech.figures.annotating import annotate
from patent2tech.figures.seeing import see

__all__ = ["annotate", "see"]
