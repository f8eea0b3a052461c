"""Figures: from drawing sheets to single figures with label, view, numerals and the parts that these name."""
