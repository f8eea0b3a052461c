"""The format of USPTO full text since 2005: ICE XML v4.x, documents concatenated in one file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, ClassVar

from patent2tech.errors import TooLarge
from patent2tech.formats.format import Document, Head
from patent2tech.formats.splitting import split_documents
from patent2tech.formats.uspto.document import ROOTS, parse_document
from patent2tech.formats.xml import parse_xml


class UsptoIce:
    """`us-patent-grant` and `us-patent-application`."""

    name: ClassVar[str] = "USPTO XML v4"

    def recognises(self, head: Head) -> bool:
        """By the root element."""
        return head.root in ROOTS

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """Cut at each XML declaration."""
        return split_documents(stream)

    def parse(self, content: bytes) -> Document:
        """The patent of one root element."""
        return Document(parse_document(parse_xml(content)))
