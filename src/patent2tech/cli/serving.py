"""`patent2tech serve`: the library page and the HTTP API on this machine."""

from __future__ import annotations

import socket
import webbrowser
from typing import Annotated

import typer

from patent2tech.app import App, version
from patent2tech.cli.output import Console, JsonOption
from patent2tech.errors import OutsideFailure
from patent2tech.samples import SAMPLE_PREFIX, sample_names
from patent2tech.settings import Settings, load_settings

_HOST = "127.0.0.1"
_API = "patent2tech.api:api_from_settings"


def serve(
    port: Annotated[int | None, typer.Option("--port", help="Port; 0 takes a free one. Default: P2T_PORT.")] = None,
    samples: Annotated[bool, typer.Option("--samples", help="Import and pack the sample patents first.")] = False,
    open_page: Annotated[bool, typer.Option("--open", help="Open the library page in a browser.")] = False,
    json: JsonOption = False,
) -> None:
    """Serve the library page, the packs and the API to this machine until interrupted."""
    import uvicorn

    settings = load_settings()
    console = Console(json=json)
    listening = _listen(settings.port if port is None else port)
    with listening:
        if samples:
            _pack_samples(settings, console)
        address = f"http://{_HOST}:{listening.getsockname()[1]}/"
        console.result(
            {"address": address, "version": version()},
            (f"patent2tech {version()} at {address}  (interrupt to stop)",),
        )
        if open_page:
            webbrowser.open(address)
        # Named, not imported: entry points know nothing of each other.
        config = uvicorn.Config(_API, factory=True, log_level=settings.log_level.lower(), server_header=False)
        uvicorn.Server(config).run(sockets=[listening])


def _pack_samples(settings: Settings, console: Console) -> None:
    names = sample_names()
    with App(settings) as app:
        for count, name in enumerate(names, 1):
            console.notice(f"packing sample {count} of {len(names)}: {name}")
            app.packer.archive(app.keep(f"{SAMPLE_PREFIX}{name}"))


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((_HOST, port))
        # From now on callers are kept waiting and not turned away, so that the address may be told.
        listening.listen()
    except OSError as error:
        listening.close()
        raise OutsideFailure(
            f"port {port} of {_HOST} cannot be used ({error.strerror}): stop what uses it, or choose one with --port"
        ) from None
    return listening
