"""Google Patents: the server-rendered page of one publication, as a person saves it from a browser."""

from patent2tech.formats.google.page import GooglePage

__all__ = ["GooglePage"]
