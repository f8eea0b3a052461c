"""The journey from a kept patent to its tech pack."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import threading
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from patent2tech.errors import P2TError
from patent2tech.library import Library
from patent2tech.patents import Patent, PublicationNumber
from patent2tech.reading import PatentRead, read
from patent2tech.techpack.contributions import Contribution, PartName
from patent2tech.techpack.makers import Maker, Order, Wishes, silent
from patent2tech.techpack.manifest import MANIFEST_FILE, read_manifest
from patent2tech.techpack.pack import PATENT_FILE, Pack, build_pack, patent_json
from patent2tech.techpack.request import PackRequest, Source
from patent2tech.techpack.writing import write_zip
from patent2tech.text.notes import Note

_NO_WISHES: Final = Wishes()


@dataclass(frozen=True, slots=True)
class Packer:
    """Makes tech packs of patents in the library and keeps them there."""

    library: Library
    program_version: str
    now: Callable[[], dt.datetime]
    makers: Sequence[Maker] = ()
    _making: threading.Lock = field(default_factory=threading.Lock, repr=False)
    """Two readers who ask for the same pack at once get one."""

    def pack(
        self,
        number: PublicationNumber,
        wishes: Wishes = _NO_WISHES,
        source_name: str | None = None,
        progress: Callable[[str], None] = silent,
    ) -> Pack:
        """Make the pack of a kept patent and keep its ZIP.

        Raises:
            NotFound: when the library has no such patent.
        """
        patent = self.library.get(number)
        pack = build_pack(self._request(patent, wishes, source_name, progress))
        archive = io.BytesIO()
        write_zip(pack, archive)
        self.library.keep_pack(patent.number, archive.getvalue())
        return pack

    def archive(self, number: PublicationNumber) -> bytes:
        """The ZIP of the latest pack, made now when there is none of this version and of the patent as it is kept.

        Raises:
            NotFound: when the library has no such patent.
        """
        with self._making:
            patent = self.library.get(number)
            for kept in self.library.packs(number)[:1]:
                content = self.library.pack(kept.sha256)
                if self._is_current(content, patent):
                    return content
            archive = io.BytesIO()
            write_zip(self.pack(patent.number), archive)
            return archive.getvalue()

    def _request(
        self, patent: Patent, wishes: Wishes, source_name: str | None, progress: Callable[[str], None]
    ) -> PackRequest:
        now = self.now()
        reading = read(patent, now.date())
        content = self.library.source(patent.number)
        images = {sheet.file: self.library.sheet(sheet.sha256) for sheet in patent.sheets if sheet.sha256}
        made = [self._make(maker, Order(reading, images, wishes, progress)) for maker in self.makers]
        return PackRequest(
            reading=reading,
            reading_json=PatentRead.of(reading, wishes.lang).model_dump_json(indent=2) + "\n",
            source=Source(source_name or str(patent.number), hashlib.sha256(content).hexdigest(), patent.source_format),
            created=now,
            program_version=self.program_version,
            images=images,
            lang=wishes.lang,
            notes=tuple(each for each in made if isinstance(each, Note)),
            contributions=tuple(each for each in made if isinstance(each, Contribution)),
            makers={maker.part: maker.fingerprint for maker in self.makers},
        )

    def _make(self, maker: Maker, order: Order) -> Contribution | Note | None:
        """One part, or why it is left out: a maker that fails takes nothing else of the pack with it."""
        try:
            return maker.contribute(order)
        except P2TError as reason:
            return Note.of("pack.warning.part_failed", part=maker.part, reason=reason)

    def _is_current(self, content: bytes, patent: Patent) -> bool:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            manifest = read_manifest(archive.read(f"{patent.number}/{MANIFEST_FILE}"))
        if manifest is None or manifest.program_version != self.program_version:
            return False
        if manifest.makers != {maker.part: maker.fingerprint for maker in self.makers}:
            return False
        packed = {entry.path: entry.sha256 for entry in manifest.parts[PartName.PATENT].files}
        return packed.get(PATENT_FILE) == hashlib.sha256(patent_json(patent)).hexdigest()
