"""EPO documents as trees of local names, because OPS, DOCDB and ST.36 put the same elements into other namespaces."""

from __future__ import annotations

from lxml import etree

from patent2tech.errors import Malformed
from patent2tech.formats.formulas import write_formulas
from patent2tech.formats.prose import plain
from patent2tech.formats.xml import parse_xml
from patent2tech.patents import NotAPublicationNumber, PartialDate, PublicationNumber


def local_tree(content: bytes) -> etree._Element:
    """The root of the document, every element under its name without namespace, formulas as readable text.

    Raises:
        BadInput: as `parse_xml`.
    """
    root = parse_xml(content)
    for element in root.iter("*"):
        element.tag = local_name(str(element.tag))
    write_formulas(root)
    return root


def local_name(tag: str) -> str:
    """The name without namespace or prefix."""
    return tag.rpartition("}")[2].rpartition(":")[2]


def text_at(element: etree._Element | None, path: str) -> str:
    """The text of the first element at the path on one line, empty when there is none."""
    found = None if element is None else element.find(path)
    return "" if found is None else plain(found)


def date_at(element: etree._Element | None, path: str) -> PartialDate | None:
    """The date at the path."""
    return PartialDate.parse(text_at(element, path))


def own_number(country: str, serial: str, kind: str) -> PublicationNumber:
    """The number under which the document was published.

    Raises:
        Malformed: when it is missing or of no form that is known.
    """
    if not country or not serial:
        raise Malformed("the document states no publication number; it may be truncated")
    try:
        return PublicationNumber.of(country, serial, kind)
    except NotAPublicationNumber as error:
        raise Malformed(f"the document's publication number is of no known form: {error}") from None


def number_or_none(country: str, serial: str, kind: str) -> PublicationNumber | None:
    """A cited number, `None` when it is of no form that is known."""
    try:
        return PublicationNumber.of(country, serial, kind) if country and serial else None
    except NotAPublicationNumber:
        return None
