"""Run every benchmark and print one line per figure."""

from benchmarks import analysing, importing, packing, parts, reading


def main() -> None:
    """Run them in turn."""
    reading.run()
    packing.run()
    importing.run()
    parts.run()
    analysing.run()


if __name__ == "__main__":
    main()
