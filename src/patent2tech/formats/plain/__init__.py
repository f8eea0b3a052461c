"""Plain text and Markdown of a patent, and what every format without markup of its own shares."""

from patent2tech.formats.plain.text import PlainText

__all__ = ["PlainText"]
