"""Write the solids into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measuring import row
from benchmarks.solids import write

row("solids written", str(len(write(Path(sys.argv[1])))))
