"""EPO publications: OPS and DOCDB exchange documents, OPS full text, and ST.36 specifications."""

from patent2tech.formats.epo.exchange import EpoExchange
from patent2tech.formats.epo.fulltext import OpsFullText
from patent2tech.formats.epo.specification import EpSpecification

__all__ = ["EpSpecification", "EpoExchange", "OpsFullText"]
