"""Writes the four fictional sample patents, so that texts, sheets and archives can be made again from source."""
