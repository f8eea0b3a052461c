"""Speed, memory and growth of bulk imports, from bare parsing to patents that would survive a power cut."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from benchmarks.corpus import documents
from benchmarks.measuring import fastest, row
from patent2tech.formats.format import Head
from patent2tech.formats.known import recognise
from patent2tech.formats.splitting import split_documents

_DOCUMENTS = int(os.environ.get("P2T_BENCH_DOCUMENTS", "5000"))
_GROWTH = tuple(int(each) for each in os.environ.get("P2T_BENCH_GROWTH", "1000,10000").split(","))
_GROWTH_WHOLE = (1_000, 10_000, 50_000)
_WORKERS = 2
_PARSED = 500
_ROUNDS = 9
_NUMBER = re.compile(rb"(<publication-reference>.*?<doc-number>)[^<]+(</doc-number>)", re.DOTALL)
_FIRST_NUMBER = 20_000_000
_PAUSE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Measured:
    """One import: wall seconds, CPU seconds of all its processes, and the most memory that they held together."""

    wall: float
    cpu: float
    memory: int


def run() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory(prefix="p2t-bench-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        file = place / "weekly.xml"
        size = write(file, _DOCUMENTS) / 1e6
        _parsing(file)
        data = place / "data"
        found = imported(file, data)
        row(f"import: documents, MB, with {_WORKERS} workers", f"{_DOCUMENTS}, {size:.1f}")
        row("import: whole, patents/s and MB/s by the clock", f"{_DOCUMENTS / found.wall:.0f}, {size / found.wall:.1f}")
        rates = f"{_DOCUMENTS / found.cpu:.0f}, {1000 * found.cpu / _DOCUMENTS:.1f}"
        row("import: whole, patents/s of one core, ms of CPU each", rates)
        row("import: most memory of all processes, MB", f"{found.memory / 1e6:.0f}")
        indexed = imported(file, place / "indexed", "--no-vectors")
        rates = f"{_DOCUMENTS / indexed.wall:.0f}, {1000 * indexed.cpu / _DOCUMENTS:.1f}, {indexed.memory / 1e6:.0f}"
        row("import with the index of words: patents/s by the clock, ms of CPU each, MB", rates)
        again = imported(file, data)
        row("import again, all whole: patents/s by the clock", f"{_DOCUMENTS / again.wall:.0f}")
    growth(_GROWTH)


def growth(counts: Sequence[int] = _GROWTH_WHOLE) -> None:
    """Print what an import costs for each document as the file grows; each library is thrown away at once."""
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="p2t-bench-") as folder:
            place = Path(folder)
            place.chmod(0o755)
            size = write(place / "weekly.xml", count)
            found = imported(place / "weekly.xml", place / "data")
            rates = f"{1000 * found.cpu / count:.2f}, {count / found.cpu:.0f}, {count / found.wall:.0f}"
            memory = f"{found.memory / 1e6:.0f}"
            row(f"import of {count} ({size / 1e6:.0f} MB): ms of CPU each, patents/s of a core, by the clock", rates)
            row(f"import of {count}: most memory of all processes, MB", memory)


def write(file: Path, count: int) -> int:
    """Write a weekly file of real patents, repeated under new numbers, and give its length."""
    with file.open("wb") as stream:
        for content in _renumbered(count):
            stream.write(content)
        return stream.tell()


def imported(file: Path, data: Path, how: str = "--no-index") -> Measured:
    """Import a file with the command, as a user does, but by default without the search index that follows."""
    data.mkdir(mode=0o755, exist_ok=True)
    begin, before = time.perf_counter(), _spent()
    process = subprocess.Popen(
        [sys.executable, "-m", "patent2tech", "import", str(file), "--workers", str(_WORKERS), how],
        env={**os.environ, "P2T_DATA_DIR": str(data)},
        stdout=subprocess.DEVNULL,
    )
    memory, server = 0, 0.0
    while process.poll() is None:
        family = _family(process.pid)
        memory = max(memory, sum(_held(pid) for pid in family))
        server = max(server, sum(_server_seconds(pid) for pid in family))
        time.sleep(_PAUSE_SECONDS)
    if process.returncode:
        raise RuntimeError(f"the import failed with {process.returncode}")
    return Measured(time.perf_counter() - begin, _spent() - before + server, memory)


def _parsing(file: Path) -> None:
    with file.open("rb") as stream:
        contents = [each for each, _ in zip(split_documents(stream), range(_PARSED), strict=False)]
    texts = [each for each in contents if isinstance(each, bytes)]
    megabytes = sum(map(len, texts)) / 1e6
    options = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)

    def with_lxml(text: bytes) -> object:
        return "".join(map(str, etree.fromstring(text.strip(), options).itertext()))

    def with_formats(text: bytes) -> object:
        known = recognise(Head(text))
        return known.parse(text) if known is not None else None

    bare, ours = fastest(_ROUNDS, texts, (with_lxml, with_formats))
    row("import: lxml and all text, MB/s and patents/s of a core", f"{megabytes / bare:.0f}, {len(texts) / bare:.0f}")
    row("import: to a Patent, MB/s and patents/s of a core", f"{megabytes / ours:.0f}, {len(texts) / ours:.0f}")
    row("import: to a Patent, speed against lxml and all text", f"{bare / ours:.2f}")


def _renumbered(count: int) -> Iterator[bytes]:
    contents = [each.content.strip() + b"\n" for each in documents() if each.content.lstrip().startswith(b"<?xml")]
    made = 0
    while made < count:
        before = made
        for content in contents:
            number = b"%08d" % (_FIRST_NUMBER + made)
            renumbered, found = _NUMBER.subn(lambda match, n=number: match[1] + n + match[2], content, count=1)  # type: ignore[misc]
            if found and made < count:
                made += 1
                yield renumbered
        if made == before:
            raise RuntimeError("no document to repeat")


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(pid: int) -> list[int]:
    """A process and all that descend from it, the database server too while it is its child."""
    found = [pid]
    for each in found:
        try:
            tasks = list(Path(f"/proc/{each}/task").iterdir())
            found += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _held(pid: int) -> int:
    """Memory of a process, its share of what is shared."""
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return 1024 * int(found[1]) if found else 0


def _server_seconds(pid: int) -> float:
    """CPU seconds of a process of PostgreSQL, which nobody waits for."""
    try:
        name, fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)
    except OSError:
        return 0
    values = fields.split()
    return (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK") if "(postgres" in name else 0
