"""Run the benchmarks that are named, or every short one, and print one line per figure."""

import sys
from importlib import import_module

_SHORT = {
    "reading": "reading:run",
    "packing": "packing:run",
    "importing": "importing:run",
    "parts": "parts:run",
    "sandbox": "sandbox:run",
    "coding": "coding:run",
    "analysing": "analysing:run",
}
_LONG = {
    "growth": "importing:growth",
}
"""What only runs when it is named."""


def main() -> None:
    """Run them in turn."""
    for name in sys.argv[1:] or _SHORT:
        module, function = (_SHORT | _LONG)[name].split(":")
        getattr(import_module(f"benchmarks.{module}"), function)()


if __name__ == "__main__":
    main()
