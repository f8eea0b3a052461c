"""USPTO full text of all eras: green book (1976), SGML and XML v2 (2001), applications v1 (2001), ICE XML v4 (2005)."""

from patent2tech.formats.uspto.aps import UsptoAps
from patent2tech.formats.uspto.ice import UsptoIce
from patent2tech.formats.uspto.pap import UsptoPap
from patent2tech.formats.uspto.patdoc import UsptoPatdoc

__all__ = ["UsptoAps", "UsptoIce", "UsptoPap", "UsptoPatdoc"]
