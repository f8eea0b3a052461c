"""The index in LanceDB: three tables in a folder or on object storage."""

from patent2tech.search.lance.opening import begin_anew, open_index
from patent2tech.search.lance.tables import LanceIndex

__all__ = ["LanceIndex", "begin_anew", "open_index"]
