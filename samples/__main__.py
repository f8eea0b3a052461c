"""Write the four sample archives into the package that ships them."""

from __future__ import annotations

import sys
from pathlib import Path

from samples.catalogue import archives

DATA = Path(__file__).parents[1] / "src" / "patent2tech" / "samples" / "data"


def main() -> None:
    """Write every archive and say how large it became."""
    DATA.mkdir(parents=True, exist_ok=True)
    for name, data in archives().items():
        (DATA / f"{name}.zip").write_bytes(data)
        sys.stdout.write(f"{name}.zip {len(data)} bytes\n")


if __name__ == "__main__":
    main()
