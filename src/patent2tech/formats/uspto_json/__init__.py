"""USPTO answers in JSON: full text of Public Search (PPUBS), file wrappers of the Open Data Portal (ODP)."""

from patent2tech.formats.uspto_json.odp import OdpJson
from patent2tech.formats.uspto_json.ppubs import PpubsJson

__all__ = ["OdpJson", "PpubsJson"]
