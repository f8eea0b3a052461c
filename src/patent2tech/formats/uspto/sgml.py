"""Reading the SGML of the year 2001: like XML, but empty elements have no end tag and names no fixed case.

Element types: the DTD ST32-US-Grant v2.4 of the USPTO. Nothing outside the text is read and nothing is expanded but
named and numbered characters; every step goes forward in the text, so the time is linear in its length.
"""

from __future__ import annotations

import re
import sys
from typing import Final

from lxml import etree

from patent2tech.errors import Malformed, Unsafe
from patent2tech.formats.uspto.entities import character

_MAX_DEPTH: Final = 200

_EMPTY: Final = frozenset(
    "B221US B473US B597US CHEMCDX CHEMMOL CITED-BY-EXAMINER CITED-BY-OTHER CLREF CRF CUSTOM-CHARACTER DEL-E DEL-S "
    "DFREF EMI EMR FOR INS-E INS-S LSTREF MATHEMATICA PAREF TBLREF SEQREF colspec spanspec "
    "MSPACE MPRESCRIPTS NONE MALIGNMARK MALIGNGROUP SEP ABS AND ARCCOS ARCSIN ARCTAN COMPOSE CONJUGATE COS COSH COT "
    "COTH CSC CSCH DETERMINANT DIFF DIVIDE EQ EXISTS EXP FACTORIAL FORALL GCD GEQ GT IDENT IMPLIES IN INT INTERSECT "
    "INVERSE LEQ LIMIT LN LOG LT MAX MEAN MEDIAN MIN MINUS MODE MOMENT NEQ NOT NOTIN NOTPRSUBSET NOTSUBSET OR "
    "PARTIALDIFF PLUS POWER PRODUCT PRSUBSET QUOTIENT REM ROOT SDEV SEC SECH SELECT SETDIFF SIN SINH SUBSET SUM TAN "
    "TANH TENDSTO TIMES TRANSPOSE UNION VAR XOR".split()
)
"""Elements without content; where a document closes one all the same, its end tag is passed over."""

_TABLE: Final = frozenset("table tgroup colspec spanspec thead tfoot tbody row entry title".split())
"""The element types that the DTD names in lower case and that the layout of text knows."""

_START: Final = re.compile(r"""<([A-Za-z][A-Za-z0-9._-]*+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""")
_END: Final = re.compile(r"</([A-Za-z][A-Za-z0-9._-]*+)\s*+>")
_ATTRIBUTE: Final = re.compile(r"""([A-Za-z][A-Za-z0-9._-]*+)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'<>]++)""")
_REFERENCE: Final = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9.]{0,31}));")
_ENTITY: Final = re.compile(r"<!ENTITY\b([^<>]*+)", re.IGNORECASE)
_UNPARSED: Final = re.compile(r"\sNDATA\s", re.IGNORECASE)
_NOT_XML: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse_sgml(content: bytes, root: str) -> etree._Element:
    """The root element, found behind the document type.

    Raises:
        Unsafe: when the document type declares entities other than unparsed images.
        Malformed: when the tags do not nest; the message gives the line.
    """
    text = _NOT_XML.sub("\ufffd", _decoded(content))
    begin = re.search(rf"<{root}[\s>]", text, re.IGNORECASE)
    if not begin:
        raise Malformed(f"the SGML has no element {root}; it may be truncated")
    if any(not _UNPARSED.search(entity[1]) for entity in _ENTITY.finditer(text, 0, begin.start())):
        raise Unsafe("the SGML declares entities, which could read other files or grow without bound; remove them")
    return _Reader(text).read(begin.start())


class _Reader:
    """One pass over the text that builds the tree as it goes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._builder = etree.TreeBuilder()
        self._open: list[str] = []

    def read(self, at: int) -> etree._Element:
        """Read the element that starts here; what follows it is no part of the document."""
        at = self._start(at)
        while self._open:
            tag = self._text.find("<", at)
            if tag < 0:
                raise self._broken(len(self._text), f"it ends within the element {self._open[-1]}")
            if tag > at:
                self._builder.data(_characters(self._text[at:tag]))
            at = self._markup(tag)
        return self._builder.close()

    def _markup(self, at: int) -> int:
        following = self._text[at + 1 : at + 9]
        if following.startswith("/"):
            return self._end(at)
        if following.startswith("!--"):
            return self._behind("-->", at + 4)
        if following == "![CDATA[":
            end = self._behind("]]>", at + 9)
            self._builder.data(self._text[at + 9 : end - 3])
            return end
        if following[:1] in {"!", "?"}:
            return self._behind(">", at)
        if following[:1].isascii() and following[:1].isalpha():
            return self._start(at)
        self._builder.data("<")
        return at + 1

    def _start(self, at: int) -> int:
        tag = _START.match(self._text, at)
        if not tag:
            raise self._broken(at, "a tag is not closed")
        name = _folded(tag[1])
        self._builder.start(name, _attributes(tag[2]))
        if name in _EMPTY or tag[2].endswith("/"):
            self._builder.end(name)
        elif len(self._open) >= _MAX_DEPTH:
            raise self._broken(at, f"elements nest deeper than {_MAX_DEPTH}")
        else:
            self._open.append(name)
        return tag.end()

    def _end(self, at: int) -> int:
        tag = _END.match(self._text, at)
        if not tag:
            raise self._broken(at, "an end tag is not closed")
        name = _folded(tag[1])
        if name == self._open[-1]:
            self._builder.end(self._open.pop())
        elif name not in _EMPTY:
            raise self._broken(at, f"</{tag[1]}> stands where the element {self._open[-1]} is open")
        return tag.end()

    def _behind(self, mark: str, at: int) -> int:
        found = self._text.find(mark, at)
        if found < 0:
            raise self._broken(at, f"{mark} is missing")
        return found + len(mark)

    def _broken(self, at: int, reason: str) -> Malformed:
        line = self._text.count("\n", 0, at) + 1
        return Malformed(f"the SGML is broken at line {line}: {reason}")


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _folded(name: str) -> str:
    lower = name.lower()
    return lower if lower in _TABLE else name.upper()


def _attributes(text: str) -> dict[str | bytes, str | bytes]:
    return {each[1].upper(): _characters(each[2].strip("\"'")) for each in _ATTRIBUTE.finditer(text)}


def _characters(text: str) -> str:
    return _REFERENCE.sub(_resolved, text) if "&" in text else text


def _resolved(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name:
        return character(name) or reference[0]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    found = chr(code) if 0 < code <= sys.maxunicode else ""
    return reference[0] if not found or _NOT_XML.match(found) else found
