"""Finding documents in a container, one after another and before any is parsed, so that known ones can be passed by."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import BinaryIO, Final, cast

from patent2tech.errors import BadInput, Malformed, NotAPatent, TooLarge
from patent2tech.formats.containers import ZIP_MARK, Container, open_zip
from patent2tech.formats.format import HEAD_BYTES, Format, Head
from patent2tech.formats.images import IMAGE_SUFFIXES
from patent2tech.formats.known import formats, recognise
from patent2tech.formats.outcome import Outcome, Parsed, Rejected, Skipped
from patent2tech.formats.sheets import SheetImages
from patent2tech.formats.tar import is_tar

_BETWEEN_PATENTS: Final = frozenset({"sequence-cwu"})
"""Roots that stand between the patents of a weekly file and are not patents."""

_MAX_NESTING: Final = 2
_HELD_BYTES: Final = 32 * 1024 * 1024
_MAX_NESTED_BYTES: Final = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Found:
    """A document that was cut out and not yet parsed; `position` counts from 1 in its file."""

    source: str
    position: int
    content: bytes | TooLarge
    format: Format
    sheets: SheetImages

    def read(self) -> Outcome:
        """The patent, or why there is none."""
        if isinstance(self.content, TooLarge):
            return Rejected(self.source, self.position, self.content)
        head = Head(self.content)
        if head.root in _BETWEEN_PATENTS:
            return Skipped(self.source, self.position, str(head.root))
        try:
            # A file may mix documents of several formats, as weekly files do.
            own = self.format if self.format.recognises(head) else recognise(head)
            if own is None:
                raise _unknown(self.source, head)
            document = own.parse(self.content)
            images = self.sheets.find(self.source, document.patent.sheets, document.images)
        except BadInput as reason:
            return Rejected(self.source, self.position, reason)
        patent = replace(document.patent, sheets=images.sheets)
        notes = (*document.notes, *images.notes)
        return Parsed(self.source, self.position, patent, self.content, images.contents, notes)


def find_in_members(container: Container, members: Iterable[str], nesting: int = 0) -> Iterator[Found | Rejected]:
    """The documents of these members, whatever they are, and of archives among them.

    Raises:
        BadInput: when a member cannot be read at all.
    """
    sheets = SheetImages(container)
    for member in members:
        yield from find_in_member(container, sheets, member, nesting)


def find_in_member(
    container: Container, sheets: SheetImages, member: str, nesting: int = 0
) -> Iterator[Found | Rejected]:
    """The documents of one member of a container whose images are known.

    Raises:
        BadInput: when it cannot be read at all.
    """
    if is_image(member):
        return
    with container.open(member) as stream:
        head = Head(stream.read(HEAD_BYTES))
    if head.content.startswith(ZIP_MARK) and nesting < _MAX_NESTING:
        yield from _find_in_nested(container, member, nesting + 1)
    elif is_tar(head.content):
        yield Rejected(member, 1, Malformed(f"{member} is a TAR deep within another archive: unpack that first"))
    elif known := recognise(head):
        with container.open(member) as stream:
            yield from find_in_stream(known, sheets, member, stream)


def find_in_stream(
    known: Format, sheets: SheetImages, member: str, stream: BinaryIO, first: int = 1
) -> Iterator[Found]:
    """The documents of one file, the first of which has the position `first`."""
    for position, content in enumerate(known.documents(stream), first):
        yield Found(member, position, content, known, sheets)


def is_image(member: str) -> bool:
    """Whether a member is a drawing sheet by its name."""
    return PurePosixPath(member).suffix.lower() in IMAGE_SUFFIXES


def known_formats() -> str:
    """The names of all formats, for messages."""
    return ", ".join(each.name for each in formats())


def _find_in_nested(container: Container, member: str, nesting: int) -> Iterator[Found | Rejected]:
    try:
        with (
            container.open(member) as stream,
            seekable(member, stream) as file,
            open_zip(member, file) as archive,
        ):
            yield from find_in_members(archive, archive.members(), nesting)
    except BadInput as reason:
        yield Rejected(member, 1, reason)


def seekable(member: str, stream: BinaryIO) -> BinaryIO:
    """The same bytes in a temporary file that has no name; small ones stay in memory.

    Raises:
        TooLarge: when there are more than 2 GB.
    """
    file = cast("BinaryIO", tempfile.SpooledTemporaryFile(_HELD_BYTES))  # noqa: SIM115 - the caller closes it
    try:
        shutil.copyfileobj(LimitedStream(member, stream), file, 1024 * 1024)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


class LimitedStream:
    """A stream that refuses to go on for ever, for archives within archives."""

    def __init__(self, member: str, stream: BinaryIO) -> None:
        self._member = member
        self._stream = stream
        self._left = _MAX_NESTED_BYTES

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes.

        Raises:
            TooLarge: when there were over 2 GB of them.
        """
        content = self._stream.read(size)
        self._left -= len(content)
        if self._left < 0:
            raise TooLarge(f"{self._member} is an archive of over {_MAX_NESTED_BYTES // 1024**3} GB within another")
        return content


def _unknown(member: str, head: Head) -> NotAPatent:
    what = f"an XML document with the root <{head.root}>" if head.root else "no XML document"
    return NotAPatent(f"{member} is {what}, not a patent of a known format; known are {known_formats()}")
