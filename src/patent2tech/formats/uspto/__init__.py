"""USPTO full-text XML, ICE v4.x: grants and applications, utility, design, plant, reissue and statutory invention."""

from patent2tech.formats.uspto.document import ROOTS, parse_document

__all__ = ["ROOTS", "parse_document"]
