"""Which sandbox this machine can have: the first backend that passes the self-test, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from patent2tech.errors import SandboxUnavailable
from patent2tech.sandbox.docker import DockerSandbox
from patent2tech.sandbox.protocol import Limits, Run, Sandbox
from patent2tech.sandbox.selftest import Finding, examine
from patent2tech.sandbox.staged import StagedSandbox

AUTOMATIC = "auto"


def backends(wanted: str, docker: DockerSandbox, cgroup: str = "") -> list[Sandbox]:
    """The backends to try, best first."""
    known: dict[str, Callable[[], list[Sandbox]]] = {
        "sandlock": lambda: [StagedSandbox("sandlock", on, cgroup) for on in (True, False)],
        "bubblewrap": lambda: [StagedSandbox("bubblewrap", cgroup=cgroup)],
        "docker": lambda: [docker],
    }
    names = tuple(known) if wanted == AUTOMATIC else (wanted,)
    return [backend for name in names if name in known for backend in known[name]()]


@dataclass
class ChosenSandbox:
    """The sandbox of this installation; it is examined when it is first needed, once.

    It is itself a `Sandbox`. Where no backend passes, `run` raises `SandboxUnavailable`: nothing is ever run without.
    """

    wanted: str = AUTOMATIC
    docker: DockerSandbox = field(default_factory=DockerSandbox)
    cgroup: str = ""

    def __post_init__(self) -> None:
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The backend that passed its self-test."""
        return self._chosen.name

    def run(
        self, files: Mapping[str, bytes], command: Sequence[str], limits: Limits, collect: Sequence[str] = ()
    ) -> Run:
        """Run the command and give the account.

        Raises:
            SandboxUnavailable: when no backend passed its self-test.
        """
        return self._chosen.run(files, command, limits, collect)

    @cached_property
    def _examined(self) -> tuple[Sandbox | None, tuple[Finding, ...]]:
        findings = []
        for backend in backends(self.wanted, self.docker, self.cgroup):
            finding = examine(backend)
            findings.append(finding)
            if finding.passed:
                return backend, tuple(findings)
        return None, tuple(findings)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the self-test found, of every backend that was tried."""
        with self._lock:
            return self._examined[1]

    @property
    def _chosen(self) -> Sandbox:
        with self._lock:
            chosen, findings = self._examined
        if chosen is None:
            reasons = "; ".join(f"{finding.backend}: {finding.failures[0]}" for finding in findings)
            raise SandboxUnavailable(
                f"no sandbox works on this machine, so nothing is run ({reasons or 'P2T_SANDBOX names none'}): "
                "install bubblewrap, or name a working one by P2T_SANDBOX"
            )
        return chosen
