"""Parsing of XML that strangers wrote: no network, no entity expansion, no unbounded trees."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from patent2tech.errors import Malformed, Unsafe

_PROLOG_BYTES: Final = 64 * 1024
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_DECLARED_ENCODING: Final = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']""")
_ASCII_SUPERSETS: Final = frozenset(
    "utf-8 utf8 us-ascii ascii iso-8859-1 iso-8859-15 latin1 windows-1252 cp1252 euc-kr cp949 ks_c_5601-1987".split()
)
_ENTITY: Final = re.compile(rb"<!ENTITY\s+(%\s*)?[^\s>]+\s+(?P<rest>[^>]*)>")
_BEFORE_ROOT: Final = re.compile(rb"\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ROOT: Final = re.compile(rb"<([A-Za-z_][\w.:-]*)[\s/>]")


def root_name(head: bytes) -> str | None:
    """The name of the root element, read from the first bytes of a document, or `None` if they are no XML."""
    head = as_utf8(head[:_PROLOG_BYTES]).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"<"):
        return None
    place = 0
    while before := _BEFORE_ROOT.match(head, place):
        place = before.end()
    match = _ROOT.match(head, place)
    return match[1].decode() if match else None


def as_utf8(content: bytes) -> bytes:
    """The same document in UTF-8 when a byte order mark says UTF-16, so that byte patterns can be trusted."""
    if content[:2] not in _UTF16_MARKS:
        return content
    text = content[: len(content) // 2 * 2].decode("utf-16", errors="replace")
    return re.sub(r'(<\?xml[^>]*?)\sencoding\s*=\s*["\'][^"\']*["\']', r"\1", text, count=1).encode()


def parse_xml(content: bytes) -> etree._Element:
    """The root element of one XML document.

    Raises:
        Unsafe: when it declares entities other than unparsed images (`NDATA`), which patent files never need.
        Malformed: when it is not well-formed; the message gives line and column.
    """
    content = as_utf8(content)
    _refuse_foreign_encoding(content)
    _refuse_entities(content)
    try:
        # libxml2 wants the declaration at the very first byte.
        return etree.fromstring(content.lstrip(b" \t\r\n"), _parser())
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = str(error.msg).removesuffix(f", line {line}, column {column}")
        raise Malformed(f"the XML is broken at line {line}, column {column}: {reason}") from None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _refuse_foreign_encoding(content: bytes) -> None:
    declared = _DECLARED_ENCODING.match(content)
    if declared and declared[1].decode().lower() not in _ASCII_SUPERSETS:
        raise Unsafe(f"the XML declares the encoding {declared[1].decode()}; save it as UTF-8 and try again")


def _refuse_entities(content: bytes) -> None:
    if b"<!ENTITY" not in content:
        return
    for entity in _ENTITY.finditer(content):
        if not re.search(rb"\sNDATA\s", entity["rest"]):
            raise Unsafe("the XML declares entities, which could read other files or grow without bound; remove them")
    if re.search(rb"<!ENTITY\s", _ENTITY.sub(b"", content)):
        raise Unsafe("the XML declares entities in a form that is not understood; remove them")
