"""The format of KIPRIS Plus: rows of a search and the bibliography of one application, from both gateways.

Field map: answers of the services patUtiModInfoSearchSevice (spelled so) and designInfoSearchService.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, ClassVar, Final

from lxml import etree

from patent2tech.errors import BadInput, NotAPatent, TooLarge
from patent2tech.formats.format import Document, Head, whole
from patent2tech.formats.kipo.kipris_detail import patent_of_detail
from patent2tech.formats.kipo.kipris_row import patent_of_row
from patent2tech.formats.xml import parse_xml

_ROW_PATHS: Final = tuple(f"body/items/{tag}" for tag in ("item", "PatentUtilityInfo", "DesignInfo", "TradeMarkInfo"))
_MAX_BYTES: Final = 8 * 1024 * 1024
"""A search gives 500 rows at most, which are about one megabyte."""

_SUCCESS: Final = frozenset({"", "00", "0"})
"""The OpenAPI gateway leaves the code of a successful answer empty."""


class KiprisPlus:
    """`response` with rows or a bibliography; an answer with an error or without a patent is refused."""

    name: ClassVar[str] = "KIPRIS Plus XML"

    def recognises(self, head: Head) -> bool:
        """By the root element and the result code that every answer has."""
        return head.root == "response" and "<resultCode" in head.text

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """Each row as an answer of its own; anything else whole."""
        for content in whole(stream, _MAX_BYTES):
            if isinstance(content, TooLarge):
                yield content
            else:
                yield from _cut(content)

    def parse(self, content: bytes) -> Document:
        """The patent of the first row, or of the bibliography."""
        root = parse_xml(content)
        _refuse_error(root)
        detail = root.find("body/item")
        if detail is not None:
            return Document(patent_of_detail(detail))
        row = next(_rows(root), None)
        if row is None:
            raise NotAPatent(_what_it_is(root))
        return Document(patent_of_row(row))


def _cut(content: bytes) -> Iterator[bytes]:
    try:
        root = parse_xml(content)
    except BadInput:
        # Parsing it as a document says what is wrong with it.
        yield content
        return
    rows = list(_rows(root))
    if len(rows) <= 1:
        yield content
        return
    header = root.find("header")
    for row in rows:
        yield _alone(header, row)


def _rows(root: etree._Element) -> Iterator[etree._Element]:
    for path in _ROW_PATHS:
        yield from (row for row in root.iterfind(path) if len(row))


def _alone(header: etree._Element | None, row: etree._Element) -> bytes:
    """The answer as it would be with this row only."""
    pieces = [b"<response>", b"" if header is None else _xml(header), b"<body><items>", _xml(row)]
    return b"".join([*pieces, b"</items></body></response>"])


def _xml(element: etree._Element) -> bytes:
    # Serialised as UTF-8 text without declaration, so that pieces can be joined.
    return etree.tostring(element, encoding="unicode", with_tail=False).encode()


def _refuse_error(root: etree._Element) -> None:
    code = (root.findtext("header/resultCode") or "").strip()
    succeeded = (root.findtext("header/successYN") or "Y").strip().upper() != "N"
    if code in _SUCCESS and succeeded:
        return
    message = " ".join((root.findtext("header/resultMsg") or "").split())
    raise NotAPatent(f"KIPRIS answered with the error {code or '(no code)'}: {message or '(no message)'}")


def _what_it_is(root: etree._Element) -> str:
    if root.find("body/items/claimInfo") is not None:
        return "this KIPRIS answer is a list of claims that names no patent; fetch the bibliography, which has them too"
    items = root.find("body/items")
    names = dict.fromkeys(str(each.tag) for each in (items if items is not None else ()) if len(each))
    found = f" but {', '.join(names)}" if names else ""
    return f"this KIPRIS answer holds no patent{found}"
