"""The index in LanceDB: three tables in a folder or on object storage."""

from patent2tech.search.lance.opening import IndexPlace, open_index
from patent2tech.search.lance.tables import LanceIndex

__all__ = ["IndexPlace", "LanceIndex", "open_index"]
