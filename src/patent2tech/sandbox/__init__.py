"""Running code that nobody trusts, with limits, or not at all."""

from patent2tech.sandbox.choosing import ChosenSandbox
from patent2tech.sandbox.docker import DockerSandbox
from patent2tech.sandbox.protocol import Limits, Outcome, Run, Sandbox

__all__ = ["ChosenSandbox", "DockerSandbox", "Limits", "Outcome", "Run", "Sandbox"]
