"""The sandboxes that tests run on: each that this machine can have, and a clear word where it cannot."""

from __future__ import annotations

import os
import shutil
from functools import cache

import pytest

from patent2tech.sandbox import Sandbox
from patent2tech.sandbox.stage import kernel
from patent2tech.sandbox.staged import StagedSandbox

BACKENDS: dict[str, Sandbox] = {
    "sandlock": StagedSandbox("sandlock"),
    "sandlock-without-namespaces": StagedSandbox("sandlock", namespaces=False),
    "bubblewrap": StagedSandbox("bubblewrap"),
}


def require(backend: str) -> Sandbox:
    """A backend, or a skip that says what this machine lacks for it; nothing else is a reason to skip."""
    if backend == "bubblewrap" and not shutil.which("bwrap"):
        assert not os.environ.get("CI"), "bubblewrap is missing: apt-get install -y bubblewrap"
        pytest.skip("bubblewrap is not installed: apt-get install -y bubblewrap")
    if not backend.endswith("without-namespaces") and not namespaces_can_be_made():
        pytest.skip("this machine lets nobody make namespaces, as inside most containers")
    return BACKENDS[backend]


@cache
def namespaces_can_be_made() -> bool:
    """Whether the system lets this user have a view of the file system of its own."""
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                kernel.unshare(kernel.Namespace.MOUNT)
            else:
                uid, gid = os.getuid(), os.getgid()
                kernel.unshare(kernel.Namespace.USER | kernel.Namespace.MOUNT)
                kernel.map_user(uid, gid)
            kernel.make_mounts_private()
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0
