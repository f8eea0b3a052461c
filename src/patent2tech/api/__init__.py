"""The HTTP API and the pages that a browser shows."""

from patent2tech.api.application import create_api

__all__ = ["create_api"]
