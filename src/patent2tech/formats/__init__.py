"""From bytes to patents: every format is recognised by its content and read safely, one document at a time."""

from patent2tech.formats.outcome import Outcome, Parsed, Rejected, Skipped
from patent2tech.formats.reader import read_path, read_upload

__all__ = ["Outcome", "Parsed", "Rejected", "Skipped", "read_path", "read_upload"]
