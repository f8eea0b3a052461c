"""Speed of parsing, as a ratio against lxml alone, and of reading by rules."""

from __future__ import annotations

import datetime as dt

from lxml import etree

from benchmarks.corpus import documents
from benchmarks.measuring import best_of, fastest, row
from patent2tech.formats.uspto.document import ROOTS, parse_document
from patent2tech.formats.xml import parse_xml, root_name
from patent2tech.reading import read

_RUNS = 3
_READ_EVERY = 5


def run() -> None:
    """Print the figures of both."""
    parsed = [outcome for outcome in documents() if root_name(outcome.content) in ROOTS]
    contents = [outcome.content for outcome in parsed]
    megabytes = sum(map(len, contents)) / 1e6
    options = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)

    def with_lxml(content: bytes) -> object:
        return "".join(map(str, etree.fromstring(content.strip(), options).itertext()))

    def with_formats(content: bytes) -> object:
        return parse_document(parse_xml(content))

    peer, ours = fastest(_RUNS, contents, (with_lxml, with_formats))
    row("parse: documents, MB", f"{len(contents)}, {megabytes:.1f}")
    row("parse: lxml and all text (peer), MB/s of one core", f"{megabytes / peer:.0f}")
    row("parse: to a Patent, MB/s of one core", f"{megabytes / ours:.0f}")
    row("parse: time against the peer", f"{ours / peer:.2f} x")

    chosen = [outcome.patent for outcome in parsed[::_READ_EVERY]]
    seconds = best_of(1, lambda: [read(patent, dt.date(2026, 1, 1)) for patent in chosen])
    row("read by rules: patents/s of one core", f"{len(chosen) / seconds:.0f}")
