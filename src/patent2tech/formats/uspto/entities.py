"""The named characters of the documents before 2005, whose entity tables do not come along."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Mapping
from typing import Final

_GREEK: Final = (
    "agr α Agr Α bgr β Bgr Β ggr γ Ggr Γ dgr δ Dgr Δ egr ε Egr Ε zgr ζ Zgr Ζ eegr η EEgr Η thgr θ THgr Θ igr ι Igr Ι "
    "kgr κ Kgr Κ lgr λ Lgr Λ mgr μ Mgr Μ ngr ν Ngr Ν xgr ξ Xgr Ξ ogr ο Ogr Ο pgr π Pgr Π rgr ρ Rgr Ρ sgr σ Sgr Σ "
    "sfgr ς tgr τ Tgr Τ ugr υ Ugr Υ phgr φ PHgr Φ khgr χ KHgr Χ psgr ψ PSgr Ψ ohgr ω OHgr Ω "
    "aacgr ά Aacgr Ά eacgr έ Eacgr Έ eeacgr ή EEacgr Ή idigr ϊ Idigr Ϊ iacgr ί Iacgr Ί idiagr ΐ oacgr ό Oacgr Ό "
    "udigr ϋ Udigr Ϋ uacgr ύ Uacgr Ύ udiagr ΰ ohacgr ώ OHacgr Ώ"
).split()
"""ISO 8879 Greek Letters and Monotoniko Greek, which HTML does not have."""

_BOLD_GREEK: Final = (
    "alpha beta gamma delta epsi zeta eta thetas iota kappa lambda mu nu xi omicron pi rho sigmav sigma tau upsi "
    "phi chi psi omega"
).split()
"""ISO 8879 Alternative Greek Symbols in the order of Unicode's bold letters, written `b.alpha`."""

_FIRST_BOLD: Final = 0x1D6C2

_NAMES: Final[Mapping[str, str]] = {
    **{name[:-1]: character for name, character in html.entities.html5.items() if name.endswith(";")},
    **dict(zip(_GREEK[::2], _GREEK[1::2], strict=True)),
    **{f"b.{name}": chr(_FIRST_BOLD + place) for place, name in enumerate(_BOLD_GREEK)},
}

_OF_XML: Final = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_REFERENCE: Final = re.compile(rb"&([A-Za-z][A-Za-z0-9.]{0,31});")


def character(name: str) -> str | None:
    """What `&name;` stands for, `None` when no table has it."""
    return _NAMES.get(name)


def with_characters(content: bytes) -> bytes:
    """The XML with named characters as numbers and unknown names as visible text, so that any parser reads it."""
    pieces = content.split(b"<![CDATA[")
    for place, piece in enumerate(pieces):
        marked = piece if place == 0 else piece.partition(b"]]>")[2]
        pieces[place] = piece[: len(piece) - len(marked)] + _REFERENCE.sub(_numbered, marked)
    return b"<![CDATA[".join(pieces)


def _numbered(reference: re.Match[bytes]) -> bytes:
    if reference[1] in _OF_XML:
        return reference[0]
    text = character(reference[1].decode())
    if text is None:
        return b"&amp;" + reference[1] + b";"
    return "".join(f"&#{ord(each)};" for each in text).encode()
