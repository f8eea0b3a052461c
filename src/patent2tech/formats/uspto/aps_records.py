"""The lines of the green book text: four-letter codes, their text, and its continuation on indented lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

GROUPS: Final = frozenset(
    "PATN INVT ASSG PRIR REIS RLAP CLAS UREF FREF OREF LREP PCTA ABST GOVT PARN BSUM DRWD DETD CLMS DCLM".split()
)
"""Codes that stand alone and begin a group of fields."""

_HEADER: Final = "HHHHHT"
"""What begins the header of a weekly file, which stands between patents where such files are joined."""

_CODE: Final = re.compile(r"([A-Z][A-Z0-9]{2,3})(?: |$)")
_HYPHENATED: Final = re.compile(r"(?<=[a-z])-\Z")
_JOINED: Final = re.compile(r"(?!(?:and|or|to)\b)[a-z]")
_MARK: Final = re.compile(r"##\w+##$")
_GAP: Final = re.compile(r" {2,}")

_GREEK: Final = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi "
    "chi psi omega"
).split()
_SIGNS: Final = (
    "degree times div dbd tbd sym crclbar rarw fwdarw rarrow larrow gtoreq ltoreq infin sqroot multidot intg perp "
    "angle vertline circle quadrature box-solid circle-solid tangle-solidup thrfore +- about"
).split()
_CHARACTERS: Final = {
    **dict(zip(_GREEK, "αβγδεζηθικλμνξοπρστυφχψω", strict=True)),
    **dict(zip(_SIGNS, "°×÷═≡⊕⊖←→→←≥≤∞√·∫⊥∠|○□■●▲∴±~", strict=True)),
    "sub": "",
    "sup": "",
}
"""What the codes between two points stand for; a lowered position is lost in plain text."""

_POWER: Final = re.compile(r"(?<=[\w)\]])\.sup\.(?=[+-]?\d)", re.IGNORECASE)

_SPECIAL: Final = re.compile(
    r"(?<!www)\.(" + "|".join(re.escape(each) for each in sorted(_CHARACTERS, key=len, reverse=True)) + r")\.",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Field:
    """One code with its lines, which keep their inner spaces."""

    code: str
    lines: list[str]

    @property
    def flat(self) -> str:
        """The text on one line."""
        return " ".join(" ".join(self.lines).split())

    @property
    def text(self) -> str:
        """The text as a person reads it; a table keeps its lines, with tabs between its columns."""
        return _table(self.lines) if self.code.startswith("TBL") else _paragraph(self.lines)


@dataclass(slots=True)
class Group:
    """A group of fields, e.g. one inventor or the detailed description."""

    code: str
    fields: list[Field] = field(default_factory=list)

    def value(self, code: str) -> str:
        """The text of the first field with this code on one line, empty when there is none."""
        return next((each.flat for each in self.fields if each.code == code), "")

    def packed(self, code: str) -> Iterator[str]:
        """The first lines of all fields with this code, with their fixed columns."""
        return (each.lines[0].strip() for each in self.fields if each.code == code)


def groups(text: str) -> Iterator[Group]:
    """The groups of a document, from its `PATN` on."""
    group: Group | None = None
    for line in text.splitlines():
        begins = _CODE.match(line)
        if begins and begins[1] in GROUPS and not line[len(begins[1]) :].strip():
            if group:
                yield group
            group = Group(begins[1]) if group or begins[1] == "PATN" else None
        elif group is None:
            continue
        elif begins:
            group.fields.append(Field(begins[1], [line[begins.end() :].rstrip()]))
        elif line.startswith(_HEADER):
            continue
        elif line.strip() and group.fields:
            group.fields[-1].lines.append(line.rstrip())
        elif line.strip():
            group.fields.append(Field("PAR", [line.rstrip()]))
    if group:
        yield group


def readable(text: str) -> str:
    """The text with the characters that the codes between two points stand for; unknown codes stay visible."""
    return _SPECIAL.sub(_character, _POWER.sub("^", text))


def _character(code: re.Match[str]) -> str:
    found = _CHARACTERS[code[1].lower()]
    return found.upper() if code[1][0].isupper() else found


def _paragraph(lines: list[str]) -> str:
    pieces: list[str] = []
    before = ""
    for line in filter(None, (" ".join(line.split()) for line in lines)):
        if before:
            pieces.append(_between(before, line))
        pieces.append(line)
        before = line
    return readable("".join(pieces))


def _between(before: str, line: str) -> str:
    """A formula mark has a line of its own; a word that was divided at its hyphen grows together again."""
    if _MARK.match(before) or _MARK.match(line):
        return "\n"
    return "" if _HYPHENATED.search(before) and _JOINED.match(line) else " "


def _table(lines: list[str]) -> str:
    kept = (_GAP.sub("\t", line.strip()) for line in lines)
    return readable("\n".join(line for line in kept if line))
