"""The tech pack of one patent: a folder, a ZIP and a page that stands alone."""

from patent2tech.techpack.contributions import Contribution, PartName, Section
from patent2tech.techpack.manifest import Manifest, read_manifest
from patent2tech.techpack.pack import Pack, build_pack
from patent2tech.techpack.request import PackRequest, Source
from patent2tech.techpack.writing import WrittenPack, write_pack, write_zip

__all__ = [
    "Contribution",
    "Manifest",
    "Pack",
    "PackRequest",
    "PartName",
    "Section",
    "Source",
    "WrittenPack",
    "build_pack",
    "read_manifest",
    "write_pack",
    "write_zip",
]
