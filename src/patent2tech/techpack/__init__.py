"""The tech pack of one patent: a folder, a ZIP and a page that stands alone."""

from patent2tech.techpack.contributions import Contribution, PartName, Section
from patent2tech.techpack.makers import Maker, Order, Wishes
from patent2tech.techpack.manifest import Manifest, read_manifest
from patent2tech.techpack.pack import Pack, build_pack
from patent2tech.techpack.request import PackRequest, Source
from patent2tech.techpack.writing import WrittenPack, write_pack, write_zip

__all__ = [
    "Contribution",
    "Maker",
    "Manifest",
    "Order",
    "Pack",
    "PackRequest",
    "PartName",
    "Section",
    "Source",
    "Wishes",
    "WrittenPack",
    "build_pack",
    "read_manifest",
    "write_pack",
    "write_zip",
]
