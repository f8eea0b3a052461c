"""Cutting archives into chunks: ZIPs by their directory, TARs by offsets, what only flows by pieces in the spool."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, cast

from patent2tech.errors import BadInput, NotAPatent, TooLarge
from patent2tech.formats.chunks import Chunk, Kind
from patent2tech.formats.containers import ZIP_MARK, Zip, open_zip
from patent2tech.formats.finding import LimitedStream, is_image, known_formats
from patent2tech.formats.format import HEAD_BYTES, Head
from patent2tech.formats.groups import CHUNK_BYTES, Group, Job
from patent2tech.formats.known import recognise, usual_format
from patent2tech.formats.outcome import Rejected
from patent2tech.formats.slices import Place, Slice, open_slice
from patent2tech.formats.tar import GZIP_MARK, gunzipped, is_tar, streamed_members, tar_members
from patent2tech.formats.together import Gathered

_BUFFER_BYTES: Final = 1024 * 1024
_LARGE_BYTES: Final = 2 * CHUNK_BYTES


def plan_zip(job: Job, name: str, path: Path, begin: int = 0, length: int | None = None) -> Iterator[Chunk | Rejected]:
    """Small members go together by their names; large ones flow into the spool in pieces."""

    def build(names: tuple[str, ...], digest: str, size: int) -> Chunk:
        return job.held(
            Chunk(job.source, name, Kind.ZIP, path, digest, size, begin=begin, length=length, members=names)
        )

    with open_slice(path, begin, length) as file, open_zip(name, file) as archive:
        group = Group(build)
        images: dict[PurePosixPath, list[str]] = {}
        for member in filter(is_image, archive.members()):
            images.setdefault(PurePosixPath(member).parent, []).append(archive.stamp(member))
        for member in archive.members():
            if is_image(member):
                continue
            beside = images.get(PurePosixPath(member).parent, [])
            try:
                if _in_place(archive, member, has_images=bool(beside)):
                    stamp = sha256("\n".join((archive.stamp(member), *beside)).encode()).hexdigest()
                    yield from group.add(member, stamp, archive.size(member))
                    continue
                with archive.open(member) as stream:
                    if _is_document_or_archive(member, _peeked(stream)):
                        yield from _plan_flow(job, member, stream)
                    else:
                        job.pass_by(member)
            except BadInput as reason:
                yield Rejected(member, 1, reason)
        yield from group.close()


def plan_tar(job: Job, name: str, path: Path, begin: int = 0, length: int | None = None) -> Iterator[Chunk | Rejected]:
    """Small members go together by their offsets, those of one folder never apart."""
    gathered = Gathered(job, path)
    with open_slice(path, begin, length) as file, open_slice(path, begin, length) as inside:
        for info in tar_members(name, file):
            member = Slice(inside, info.offset_data, info.size, owned=False)
            place = Place(begin + info.offset_data, info.size)
            if info.size < _LARGE_BYTES:
                content = member.readall() or b""
                if not _flows(content):
                    yield from gathered.add(info.name, content, place)
                    continue
            if _is_document_or_archive(info.name, open_head(member)):
                yield from _refused(info.name, job.plan_file(job, info.name, path, place.begin, place.size))
            else:
                job.pass_by(info.name)
    yield from gathered.close()


def plan_gzip(job: Job, name: str, packed: BinaryIO) -> Iterator[Chunk | Rejected]:
    """A TAR that flows, or documents that do.

    Raises:
        NotAPatent: when it is neither.
    """
    stream = gunzipped(name, packed)
    if not is_tar(_peeked(stream).content):
        yield from _plan_flow(job, name, stream)
        return
    gathered = Gathered(job, None)
    for info, content in streamed_members(name, stream):
        member = content
        if info.size < _LARGE_BYTES:
            small = member.read()
            if not _flows(small):
                yield from gathered.add(info.name, small, None)
                continue
            member = io.BufferedReader(io.BytesIO(small), HEAD_BYTES)
        if _is_document_or_archive(info.name, _peeked(member)):
            yield from _refused(info.name, _plan_flow(job, info.name, member))
        else:
            job.pass_by(info.name)
    yield from gathered.close()


def open_head(stream: Slice) -> Head:
    """The head of a slice, read from its beginning."""
    stream.seek(0)
    return Head(stream.read(HEAD_BYTES) or b"")


def _plan_flow(job: Job, name: str, stream: BinaryIO) -> Iterator[Chunk | Rejected]:
    """What can only be read from front to back."""
    head = _peeked(stream)
    if head.content.startswith(GZIP_MARK):
        yield from plan_gzip(job, name, stream)
    elif head.content.startswith(ZIP_MARK) or is_tar(head.content):
        yield from _plan_spooled(job, name, stream)
    elif recognise(head) or head.root is not None:
        yield from _plan_pieces(job, name, stream, head)
    else:
        raise NotAPatent(f"{name} is no patent document of a known format; known are {known_formats()}")


def _plan_spooled(job: Job, name: str, stream: BinaryIO) -> Iterator[Chunk | Rejected]:
    """An archive that has to be sought in: it goes into a temporary file, up to a limit."""
    path = job.spool.new()
    with path.open("wb") as file:
        shutil.copyfileobj(LimitedStream(name, stream), file, _BUFFER_BYTES)
    yield from job.plan_file(job, name, path)
    job.spool.seal(path)


def _plan_pieces(job: Job, name: str, stream: BinaryIO, head: Head) -> Iterator[Chunk | Rejected]:
    """Documents one after another, each chunk of them in a temporary file of its own."""
    piece: list[bytes] = []
    size = 0
    first = position = 1
    for position, content in enumerate((recognise(head) or usual_format()).documents(stream), 1):
        if not isinstance(content, TooLarge):
            piece.append(content)
            size += len(content)
        if size >= CHUNK_BYTES or (piece and isinstance(content, TooLarge)):
            yield _piece(job, name, piece, first)
            piece, size = [], 0
        if isinstance(content, TooLarge):
            yield Rejected(name, position, content)
        if not piece:
            first = position + 1
    if piece:
        yield _piece(job, name, piece, first)


def _piece(job: Job, name: str, documents: list[bytes], first: int) -> Chunk:
    content = b"".join(documents)
    path = job.spool.new()
    path.write_bytes(content)
    digest = sha256(sha256(content).digest() + str(first).encode()).hexdigest()
    chunk = job.held(Chunk(job.source, name, Kind.FILE, path, digest, len(content), first=first))
    job.spool.seal(path)
    return chunk


def _in_place(archive: Zip, member: str, *, has_images: bool) -> bool:
    """Whether a worker is to read the member where it stands."""
    with archive.open(member) as stream:
        head = Head(stream.read(HEAD_BYTES))
    if _flows(head.content):
        return False
    if archive.size(member) < _LARGE_BYTES:
        return _is_document_or_archive(member, head)
    return has_images and not head.content.startswith(ZIP_MARK)


def _flows(content: bytes) -> bool:
    return content.startswith(GZIP_MARK) or is_tar(content)


def _is_document_or_archive(name: str, head: Head) -> bool:
    if is_image(name):
        return False
    return head.content.startswith(ZIP_MARK) or _flows(head.content) or bool(recognise(head) or head.root)


def _peeked(stream: BinaryIO) -> Head:
    return Head(cast("io.BufferedReader", stream).peek(HEAD_BYTES))


def _refused(name: str, chunks: Iterator[Chunk | Rejected]) -> Iterator[Chunk | Rejected]:
    """The chunks of one member, which cannot spoil those of the others."""
    try:
        yield from chunks
    except BadInput as reason:
        yield Rejected(name, 1, reason)
