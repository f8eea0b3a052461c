"""The attacks from inside without any sandbox, to see that they would work: `python unconfined.py ATTACK...`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from patent2tech.sandbox import Limits, Outcome, Run
from tests.security.sandbox import outside
from tests.security.sandbox.host import Attacker

_ONLY = """
from inside import run
run.ATTACKS = {name: run.ATTACKS[name] for name in %r}
run.main()
"""


class Unconfined:
    """A sandbox that is none; it exists here and nowhere else."""

    name = "unconfined"

    def run(
        self, files: Mapping[str, bytes], command: Sequence[str], limits: Limits, collect: Sequence[str] = ()
    ) -> Run:
        with tempfile.TemporaryDirectory() as folder:
            for name, content in files.items():
                (Path(folder) / name).parent.mkdir(exist_ok=True)
                (Path(folder) / name).write_bytes(content)
            started = time.monotonic()
            program = (
                f"import os, sys; sys.path.insert(0, '.'); os.environ['TMPDIR'] = {folder!r}\n" + _ONLY % sys.argv[1:]
            )
            done = subprocess.run(
                [sys.executable, "-B", "-c", program],
                cwd=folder,
                capture_output=True,
                text=True,
                timeout=limits.wall_seconds,
                check=True,
            )
            found = {name: (Path(folder) / name).read_bytes() for name in collect}
        return Run(Outcome.EXITED, 0, done.stdout, done.stderr, time.monotonic() - started, self.name, found)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        found = outside.attack_from_inside(Attacker(Unconfined(), Path(folder)))
        print(json.dumps({name: found[name] for name in sys.argv[1:]}))
