"""Run every benchmark and print one line per figure."""

from benchmarks import importing, packing, parts, reading, sandbox


def main() -> None:
    """Run them in turn."""
    reading.run()
    packing.run()
    importing.run()
    parts.run()
    sandbox.run()


if __name__ == "__main__":
    main()
