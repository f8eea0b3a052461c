"""A container engine for tests: it speaks the engine's HTTP interface at a unix socket and runs what it is told to run.

It confines nothing, which the self-test must notice; it checks that each container was asked for with every limit.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import socketserver
import struct
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_PATIENCE_SECONDS = 120
USER = 64_322  # as root, so that what confines nothing can still break nothing


class EngineStandIn(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Serves at a socket until it is closed; remembers the containers it was asked for, and those that are left."""

    daemon_threads = True

    def __init__(self, path: Path, *, broken: str = "") -> None:
        super().__init__(str(path), _Handler)
        self.broken = broken
        self.asked: list[dict[str, Any]] = []
        self.left: dict[str, dict[str, Any]] = {}
        self.thread = threading.Thread(target=self.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()
        self.thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: EngineStandIn

    def address_string(self) -> str:
        return "unix"

    def log_message(self, *_: object) -> None:
        return

    def _answer(self, status: int, body: object = None) -> None:
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        parts = urlsplit(self.path).path.split("/")[2:]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.server.broken == parts[-1]:
            self._answer(500, {"message": f"cannot {parts[-1]}"})
        elif parts == ["containers", "create"]:
            asked = json.loads(body)
            self.server.asked.append(asked)
            name = f"c{len(self.server.asked)}"
            self.server.left[name] = {"asked": asked, "attached": threading.Event(), "ended": threading.Event()}
            self._answer(201, {"Id": name})
        else:
            getattr(self, f"_{parts[2]}")(self.server.left[parts[1]])

    def do_GET(self) -> None:
        container = self.server.left[urlsplit(self.path).path.split("/")[3]]
        self._answer(200, {"State": {"ExitCode": container["status"], "OOMKilled": self.server.broken == "memory"}})

    def do_DELETE(self) -> None:
        container = self.server.left.pop(urlsplit(self.path).path.split("/")[3])
        if "process" in container:
            _kill(container)
            container["ended"].wait(_PATIENCE_SECONDS)
        self._answer(204)

    def _attach(self, container: dict[str, Any]) -> None:
        self.wfile.write(
            b"HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\n"
            b"Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
        )
        container["connection"] = self.connection
        container["attached"].set()
        container["ended"].wait()
        self.close_connection = True

    def _start(self, container: dict[str, Any]) -> None:
        container["attached"].wait(_PATIENCE_SECONDS)
        asked = container["asked"]
        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            other = USER if os.geteuid() == 0 else None
            if other:
                os.chown(folder, other, other)
            container["process"] = subprocess.Popen(
                [sys.executable, *asked["Entrypoint"][1:]],
                cwd=folder,
                env={},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                user=other,
                group=other,
                extra_groups=[] if other else None,
            )
            container["cleaning"] = stack.pop_all()
        threads = [threading.Thread(target=_feed, args=(container,), daemon=True)]
        threads += [threading.Thread(target=_pump, args=(container, kind), daemon=True) for kind in (1, 2)]
        for thread in threads:
            thread.start()
        threading.Thread(target=_finish, args=(container, threads[1:]), daemon=True).start()
        self._answer(204)

    def _kill(self, container: dict[str, Any]) -> None:
        _kill(container)
        self._answer(204)

    def _wait(self, container: dict[str, Any]) -> None:
        container["ended"].wait(_PATIENCE_SECONDS)
        self._answer(200, {"StatusCode": container["status"]})


def _kill(container: dict[str, Any]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(container["process"].pid, signal.SIGKILL)


def _feed(container: dict[str, Any]) -> None:
    with contextlib.suppress(OSError, ValueError):
        while piece := container["connection"].recv(65536):
            container["process"].stdin.write(piece)
            container["process"].stdin.flush()


def _pump(container: dict[str, Any], kind: int) -> None:
    source = container["process"].stdout if kind == 1 else container["process"].stderr
    with contextlib.suppress(OSError, ValueError):
        while piece := os.read(source.fileno(), 10_000):
            container["connection"].sendall(struct.pack(">BxxxL", kind, len(piece)) + piece)


def _finish(container: dict[str, Any], pumps: list[threading.Thread]) -> None:
    container["status"] = container["process"].wait()
    for thread in pumps:
        thread.join(5)
    with contextlib.suppress(OSError):
        container["connection"].shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        container["process"].stdin.close()
    container["process"].stdout.close()
    container["process"].stderr.close()
    container["cleaning"].close()
    container["ended"].set()
