"""Run the benchmarks that are named, or every one, and print one line per figure."""

import sys

from benchmarks import importing, packing, parts, reading

_BENCHMARKS = {
    "reading": reading.run,
    "packing": packing.run,
    "importing": importing.run,
    "parts": parts.run,
}
_LONG = {"growth": importing.growth}
"""What only runs when it is named."""


def main() -> None:
    """Run them in turn."""
    for name in sys.argv[1:] or _BENCHMARKS:
        (_BENCHMARKS | _LONG)[name]()


if __name__ == "__main__":
    main()
