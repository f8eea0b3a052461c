"""HTML of strangers as lines of text: nothing is fetched or run, and nothing of the text is lost."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from patent2tech.errors import Malformed
from patent2tech.formats.formulas import write_formulas
from patent2tech.formats.marks import CELL, LINE
from patent2tech.formats.plain.cleaning import clean_text

_BLOCKS: Final = frozenset(
    "address article blockquote br caption claim-text dd div dl dt figure h1 h2 h3 h4 h5 h6 heading hr li maths "
    "math ol p pre section table tbody thead tr ul".split()
)
_CELLS: Final = frozenset({"td", "th", "entry"})
_SILENT: Final = frozenset({"script", "style"})
_TOO_DEEP: Final = re.compile("depth|huge", re.IGNORECASE)


def parse_html(text: str) -> etree._Element:
    """The root element of HTML, formulas as readable text.

    Raises:
        Malformed: when it holds no element, or is nested so deeply that the parser drops some of it.
    """
    from lxml import html

    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(clean_text(text).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Malformed(f"the HTML cannot be read: {error}") from None
    if any(_TOO_DEEP.search(each.message) for each in parser.error_log):
        raise Malformed("the HTML is nested too deeply to be read whole")
    write_formulas(root)
    return root


def html_lines(fragment: str) -> list[str]:
    """The lines of an HTML fragment."""
    return element_lines(parse_html(f"<div>{fragment}</div>")) if fragment.strip() else []


def element_lines(element: etree._Element) -> list[str]:
    """The lines of an element: blocks on lines of their own, cells set off by tabs, white space collapsed."""
    pieces: list[str] = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        tag = str(each.tag)
        silent = tag in _SILENT
        if event == "start":
            pieces.append("\n" if tag in _BLOCKS else "")
            pieces.append("" if silent else _flat(each.text))
        else:
            pieces.append("\n" if tag in _BLOCKS else "\t" if tag in _CELLS else "")
            pieces.append(_flat(each.tail) if each is not element else "")
    lines = ("\t".join(" ".join(cell.split()) for cell in line.split("\t")) for line in "".join(pieces).split("\n"))
    return [line for line in (line.strip() for line in lines) if line]


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\t", " ").replace(LINE, "\n").replace(CELL, "\t")
