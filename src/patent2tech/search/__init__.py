"""The derived index, the query language, and the journey from a question to hits with their proof.

Importing this room is cheap; LanceDB and the embedding model are loaded when they are first used.
"""

from patent2tech.search.parsing import parse_query
from patent2tech.search.query import Filters, Mode, Query, Span, Term
from patent2tech.search.results import Hit, Results
from patent2tech.search.searching import Ask, Search

__all__ = ["Ask", "Filters", "Hit", "Mode", "Query", "Results", "Search", "Span", "Term", "parse_query"]
