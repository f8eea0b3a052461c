"""KIPO publications: the text of the Korean gazette (공개특허공보, 등록특허공보)."""

from patent2tech.formats.kipo.gazette import KoreanGazette

__all__ = ["KoreanGazette"]
