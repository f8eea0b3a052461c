"""Running code that nobody trusts, with limits, or not at all."""

from patent2tech.sandbox.protocol import Limits, Outcome, Run, Sandbox

__all__ = ["Limits", "Outcome", "Run", "Sandbox"]
