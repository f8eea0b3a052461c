"""The HTTP API and the pages that a browser shows."""

from fastapi import FastAPI

from patent2tech.api.application import create_api
from patent2tech.app import App
from patent2tech.settings import keep_to_one_thread, load_settings

__all__ = ["api_from_settings", "create_api"]


def api_from_settings() -> FastAPI:
    """The application of this installation, for a server that makes its own: `patent2tech.api:api_from_settings`."""
    keep_to_one_thread()
    return create_api(App(load_settings()))
