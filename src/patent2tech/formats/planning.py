"""Cutting a source into chunks without parsing it; what is compressed flows past and is never held whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from patent2tech.errors import BadInput, NotAPatent, TooLarge
from patent2tech.formats.archive_planning import plan_gzip, plan_tar, plan_zip
from patent2tech.formats.chunks import Chunk, Kind
from patent2tech.formats.containers import ZIP_MARK, Folder
from patent2tech.formats.finding import is_image, known_formats
from patent2tech.formats.format import HEAD_BYTES, Format, Head
from patent2tech.formats.groups import CHUNK_BYTES, Group, Job
from patent2tech.formats.known import recognise, usual_format
from patent2tech.formats.outcome import Rejected
from patent2tech.formats.passed import PassedBy
from patent2tech.formats.ranges import ranges
from patent2tech.formats.slices import neighbours, open_slice
from patent2tech.formats.spool import Spool
from patent2tech.formats.tar import GZIP_MARK, is_tar


def plan(
    path: Path, spool: Spool, name: str | None = None, passed: PassedBy | None = None
) -> Iterator[Chunk | Rejected]:
    """The chunks of a file or a folder in a stable order, and a refusal for each part that cannot be read at all.

    Files of no known format in a folder or an archive are left to `passed`.

    Raises:
        BadInput: when the source as a whole cannot be read or holds no patent document at all.
    """
    passed = passed or PassedBy()
    if path.is_dir():
        folder = Folder(path)
        yield from _some(path.name, _plan_members(path, folder.members(), spool, passed, strict=False))
    elif not path.is_file():
        raise NotAPatent(f"there is no file or folder {path}; check the path")
    else:
        job = Job(str(path.absolute()), spool, _plan_file, passed)
        yield from _some(name or path.name, _plan_file(job, name or path.name, path, beside=True))


def plan_files(paths: Sequence[Path], spool: Spool, passed: PassedBy) -> Iterator[Chunk | Rejected]:
    """The chunks of files of one folder, small ones together; each file that cannot be read is refused on its own."""
    yield from _plan_members(paths[0].parent, [path.name for path in paths], spool, passed, strict=True)


def _plan_members(
    root: Path, members: Sequence[str], spool: Spool, passed: PassedBy, *, strict: bool
) -> Iterator[Chunk | Rejected]:
    group = Group(lambda names, digest, size: _folder_chunk(root, names, digest, size))
    folder: Path | None = None
    for member in members:
        if is_image(member) and not strict:
            continue
        path = root / member
        try:
            content = _small(path)
            if content is None or not recognise(Head(content)):
                job = Job(str(path.absolute()), spool, _plan_file, passed)
                yield from _plan_alone(job, member, path, strict=strict, small=content)
                continue
            if path.parent != folder:
                folder = path.parent
                group.seal(_images(folder))
            yield from group.add(member, sha256(content).hexdigest(), len(content))
        except (BadInput, OSError) as reason:
            yield Rejected(member, 1, _worded(member, reason))
    yield from group.close()


def _plan_alone(job: Job, member: str, path: Path, *, strict: bool, small: bytes | None) -> Iterator[Chunk | Rejected]:
    """What is large, an archive or of no known format."""
    head = small
    if head is None:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    first = Head(head)
    before = job.passed.count
    if strict or _is_archive(first) or recognise(first):
        try:
            yield from _some(member, _plan_file(job, member, path, beside=True))
        except NotAPatent:
            # A folder may hold other things than patents; a file that was named may not.
            if strict:
                raise
        else:
            return
    # Of an archive without any patent the members have been told one by one, if it has any.
    if job.passed.count == before:
        job.passed.add(member)


def _plan_file(
    job: Job, name: str, path: Path, begin: int = 0, length: int | None = None, *, beside: bool = False
) -> Iterator[Chunk | Rejected]:
    with open_slice(path, begin, length) as stream:
        head = Head(stream.read(HEAD_BYTES))
        stream.seek(0)
        if head.content.startswith(ZIP_MARK):
            yield from plan_zip(job, name, path, begin, length)
        elif is_tar(head.content):
            yield from plan_tar(job, name, path, begin, length)
        elif head.content.startswith(GZIP_MARK):
            yield from plan_gzip(job, name, stream)
        elif (known := recognise(head)) or head.root is not None:
            yield from _plan_documents(job, name, path, begin, length, known or usual_format(), beside=beside)
        else:
            raise NotAPatent(f"{name} is no patent document of a known format; known are {known_formats()}")


def _plan_documents(  # noqa: PLR0913 - a place is three values
    job: Job, name: str, path: Path, begin: int, length: int | None, known: Format, *, beside: bool
) -> Iterator[Chunk]:
    images = _images(path.parent) if beside else ""
    with open_slice(path, begin, length) as stream:
        for part in ranges(stream, CHUNK_BYTES):
            if part.begin == 0 and part.size >= 2 * CHUNK_BYTES:
                # Not concatenated XML, or a document of absurd length.
                break
            yield job.held(
                Chunk(
                    job.source,
                    name,
                    Kind.FILE,
                    path,
                    _seal(part.digest, str(part.first), images),
                    part.size,
                    begin=begin + part.begin,
                    length=part.size,
                    first=part.first,
                    beside=beside,
                )
            )
        else:
            return
        stream.seek(0)
        hasher, passed, taken, size = sha256(), 0, 0, 0
        for content in known.documents(stream):
            taken += 1
            if not isinstance(content, TooLarge):
                hasher.update(content)
                size += len(content)
            if size >= CHUNK_BYTES:
                yield _counted(job, name, path, begin, length, (passed, taken, size, hasher.hexdigest(), images))
                hasher, passed, taken, size = sha256(), passed + taken, 0, 0
        if taken:
            yield _counted(job, name, path, begin, length, (passed, taken, size, hasher.hexdigest(), images))


def _counted(
    job: Job, name: str, path: Path, begin: int, length: int | None, part: tuple[int, int, int, str, str]
) -> Chunk:
    passed, taken, size, digest, images = part
    return job.held(
        Chunk(
            job.source,
            name,
            Kind.FILE,
            path,
            _seal(digest, f"{passed}+{taken}", images),
            size,
            begin=begin,
            length=length,
            documents=(passed, taken),
            beside=bool(images),
        )
    )


def _folder_chunk(root: Path, names: tuple[str, ...], digest: str, size: int) -> Chunk:
    return Chunk(str(root.absolute()), root.name, Kind.FOLDER, root, digest, size, members=names)


def _small(path: Path) -> bytes | None:
    """The whole file when it is a small one that is no archive by its first bytes."""
    with path.open("rb") as stream:
        content = stream.read(CHUNK_BYTES)
    return None if len(content) == CHUNK_BYTES or _is_archive(Head(content)) else content


def _is_archive(head: Head) -> bool:
    return head.content.startswith((ZIP_MARK, GZIP_MARK)) or is_tar(head.content)


def _images(folder: Path) -> str:
    """One hash over what the images of a folder are, without reading them."""
    known = [(name, state.st_size, state.st_mtime_ns) for name, state in neighbours(folder) if is_image(name)]
    return sha256(repr(known).encode()).hexdigest() if known else ""


def _seal(*values: str) -> str:
    return sha256("\0".join(values).encode()).hexdigest()


def _worded(member: str, reason: BadInput | OSError) -> BadInput:
    if isinstance(reason, BadInput):
        return reason
    return NotAPatent(f"{member} cannot be read: {reason.strerror or reason}; permit reading it")


def _some(name: str, chunks: Iterator[Chunk | Rejected]) -> Iterator[Chunk | Rejected]:
    found = False
    for chunk in chunks:
        found = True
        yield chunk
    if not found:
        raise NotAPatent(f"{name} holds no patent document of a known format; known are {known_formats()}")
