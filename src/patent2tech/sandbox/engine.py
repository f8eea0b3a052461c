"""A container engine by its HTTP interface, as far as one run needs it (Docker Engine API 1.41 and later)."""

from __future__ import annotations

import json
import struct
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpcore
import httpx

from patent2tech.errors import SandboxUnavailable

_VERSION = "v1.41"
_SECONDS = 30.0
_HEAD = struct.Struct(">BxxxL")
_PIECE = 65536
_STANDARD_ERROR = 2
_ERROR = 400


class Engine:
    """One engine at a unix socket; every failure is a `SandboxUnavailable` that says what the engine said."""

    def __init__(self, address: str) -> None:
        if not address.startswith("unix:///"):
            raise SandboxUnavailable(
                f"the container engine must be at a unix socket, not at {address}: set DOCKER_HOST"
            )
        self._address = address
        if not Path(address.removeprefix("unix://")).is_socket():
            raise self._failure("there is no such socket")
        self._client = httpx.Client(
            transport=httpx.HTTPTransport(uds=address.removeprefix("unix://")),
            base_url=f"http://engine/{_VERSION}",
            timeout=_SECONDS,
            trust_env=False,
        )

    @contextmanager
    def container(self, name: str, configuration: Mapping[str, Any]) -> Iterator[str]:
        """A container that is made, and removed with all that is in it."""
        made = self._ask("POST", "/containers/create", params={"name": name}, content=json.dumps(configuration))
        try:
            yield str(made["Id"])
        finally:
            self._ask("DELETE", f"/containers/{made['Id']}", params={"force": "true", "v": "true"})

    @contextmanager
    def attached(self, container: str) -> Iterator[Attachment]:
        """The container's input and outputs."""
        request = self._client.build_request(
            "POST",
            f"/containers/{container}/attach",
            params={"stream": "1", "stdin": "1", "stdout": "1", "stderr": "1"},
            headers={"Upgrade": "tcp", "Connection": "Upgrade"},
        )
        try:
            response = self._client.send(request, stream=True)
        except httpx.HTTPError as error:
            raise self._failure(error) from None
        try:
            if response.status_code >= _ERROR:
                raise self._failure(response.read().decode("utf-8", "replace"))
            yield Attachment(response.extensions["network_stream"])
        finally:
            response.close()

    def start(self, container: str) -> None:
        """Start a container that was made."""
        self._ask("POST", f"/containers/{container}/start")

    def kill(self, container: str) -> None:
        """End a container now, if it still runs."""
        try:
            self._ask("POST", f"/containers/{container}/kill")
        except SandboxUnavailable:
            return

    def state(self, container: str) -> dict[str, Any]:
        """How a container is or ended: `ExitCode`, `OOMKilled`."""
        state: dict[str, Any] = self._ask("GET", f"/containers/{container}/json")["State"]
        return state

    def wait(self, container: str) -> None:
        """Wait until a container that is ending has ended."""
        self._ask("POST", f"/containers/{container}/wait")

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _ask(self, method: str, path: str, **options: Any) -> Any:
        try:
            response = self._client.request(method, path, headers={"Content-Type": "application/json"}, **options)
        except httpx.HTTPError as error:
            raise self._failure(error) from None
        if response.status_code >= _ERROR:
            raise self._failure(response.text)
        return response.json() if response.content else {}

    def _failure(self, reason: object) -> SandboxUnavailable:
        return SandboxUnavailable(f"the container engine at {self._address} does not serve a run: {str(reason)[:300]}")


class Attachment:
    """The stream to a container: what is written is its input; what comes are pieces of its two outputs."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, data: bytes) -> None:
        """Send input."""
        self._stream.write(data, timeout=_SECONDS)

    def pieces(self, deadline: float) -> Iterator[tuple[bool, bytes]]:
        """Pieces of output until it ends, each with whether it is of the error stream.

        Raises:
            TimeoutError: when the deadline (of `time.monotonic`) passes first.
        """
        waiting = bytearray()
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                piece = self._stream.read(_PIECE, timeout=left)
            except httpcore.ReadTimeout:
                raise TimeoutError from None
            except httpcore.NetworkError as error:
                raise SandboxUnavailable(f"the container's output broke off: {error}") from None
            if not piece:
                return
            waiting += piece
            while len(waiting) >= _HEAD.size:
                kind, length = _HEAD.unpack_from(waiting)
                if len(waiting) < _HEAD.size + length:
                    break
                yield kind == _STANDARD_ERROR, bytes(waiting[_HEAD.size : _HEAD.size + length])
                del waiting[: _HEAD.size + length]
