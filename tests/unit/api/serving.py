"""The API on real services for tests: one library, one application, one client that speaks as a browser here would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi.testclient import TestClient

from patent2tech.api import create_api
from patent2tech.app import App
from patent2tech.samples import sample_path
from patent2tech.settings import Settings
from tests.unit.search.building import embedder

if TYPE_CHECKING:
    from pathlib import Path

    from patent2tech.library import Library

ADDRESS = "http://127.0.0.1:8321"


def an_app(library: Library, folder: Path, **settings: object) -> App:
    """All services around a library that is there already; settings by the names of their variables."""
    app = App(Settings(**{"P2T_DATA_DIR": folder, **settings}, _env_file=None))  # type: ignore[arg-type] # by alias
    app.library = library
    # Loaded once for all tests; each application would load its own.
    app.embedder = embedder()
    # Analyses are kept where the library is; another database would take seconds to make.
    app.database = library._database
    return app


def a_client(app: App) -> TestClient:
    """A client of the whole application, guards included."""
    return TestClient(create_api(app), base_url=ADDRESS, follow_redirects=False)


def sample(name: str) -> tuple[str, bytes]:
    """The file name and the bytes of a sample."""
    path = sample_path(name)
    return path.name, path.read_bytes()


def document(number: str, title: str) -> bytes:
    """A small US grant as an XML file."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<us-patent-grant lang="EN" dtd-version="v4.7 2022-02-17" country="US"><us-bibliographic-data-grant>'
        "<publication-reference><document-id><country>US</country>"
        f"<doc-number>{number}</doc-number><kind>B2</kind><date>20230606</date></document-id></publication-reference>"
        f'<application-reference appl-type="utility"/><invention-title id="d2e1">{title}</invention-title>'
        "</us-bibliographic-data-grant><description><p id='p-0001' num='0001'>A latch with a spring 12.</p>"
        "</description><claims><claim id='CLM-00001' num='00001'><claim-text>1. A latch.</claim-text></claim></claims>"
        "</us-patent-grant>\n"
    ).encode()
