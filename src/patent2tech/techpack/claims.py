"""Claims laid out: the tree of dependence, and each text divided into its parts without losing a character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from patent2tech.reading.model import AntecedentHint, ReadClaim, Reading

# Deeper chains stay at this level: a page of 360 px has no room for more, and a hostile chain no end.
DEEPEST_LEVEL = 6

_PRINTED_NUMBER = re.compile(r"\s*(?:[\[【]\s*청구항\s*\d+\s*[\]】]|\d+\s*[.)])?\s*")


class Role(StrEnum):
    """What a piece of a claim's text is."""

    PREAMBLE = "preamble"
    TRANSITION = "transition"
    ELEMENT = "element"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a claim's text and its role; `after` is what stands before the next piece, e.g. `; and`."""

    role: Role
    text: str
    after: str = ""


@dataclass(slots=True)
class ClaimNode:
    """One claim in the tree: its pieces, the claims that depend on it, and its further parents."""

    read: ReadClaim
    pieces: tuple[Piece, ...]
    hints: tuple[AntecedentHint, ...] = ()
    also_on: tuple[int, ...] = ()
    level: int = 0
    holder: ClaimNode | None = field(default=None, repr=False)
    children: list[ClaimNode] = field(default_factory=list)

    @property
    def descendants(self) -> int:
        """How many claims build on this one in the tree."""
        return len(self.children) + sum(child.descendants for child in self.children)

    @property
    def itemised(self) -> bool:
        """Whether the elements are worth a list of their own."""
        return sum(piece.role is Role.ELEMENT for piece in self.pieces) > 1

    @property
    def groups(self) -> tuple[tuple[bool, tuple[Piece, ...]], ...]:
        """The pieces in their order; where they are itemised, runs of elements apart from what stands around them."""
        runs = groupby(self.pieces, key=lambda piece: self.itemised and piece.role is Role.ELEMENT)
        return tuple((elements, tuple(pieces)) for elements, pieces in runs)


def claim_tree(reading: Reading) -> tuple[ClaimNode, ...]:
    """The claims with each dependent one under the first claim that it builds on.

    Only a claim that was met before can be a parent, so a circle or a reference to nothing cannot break the tree.
    """
    hints: dict[int, list[AntecedentHint]] = {}
    for hint in reading.antecedents:
        hints.setdefault(hint.claim, []).append(hint)
    roots: list[ClaimNode] = []
    met: dict[int, ClaimNode] = {}
    for read in reading.claims:
        node = ClaimNode(read, lay_out(read), tuple(hints.get(read.number, ())), read.depends_on[1:])
        parent = next((met[number] for number in read.depends_on if number in met), None)
        while parent and parent.holder and parent.level >= DEEPEST_LEVEL:
            parent = parent.holder
        if parent:
            node.holder, node.level = parent, parent.level + 1
            parent.children.append(node)
        else:
            roots.append(node)
        met.setdefault(read.number, node)
    return tuple(roots)


def lay_out(read: ReadClaim) -> tuple[Piece, ...]:
    """Divide the claim's own text at its preamble, transition and elements.

    The pieces together are the published text behind its printed number. A claim whose parts cannot be found in its
    text in order stays in one piece.
    """
    text = read.claim.text[_number_length(read.claim.text) :].rstrip()
    opening = [(Role.PREAMBLE, read.preamble), (Role.TRANSITION, read.transition)]
    elements = [(Role.ELEMENT, element) for element in read.elements]
    # A Korean claim names its elements first and closes with the transition and what is claimed.
    for order in (opening + elements, elements + opening[::-1], opening[:1] + elements + opening[1:]):
        spans = _locate(text, [(role, part) for role, part in order if part.strip()])
        if spans and not read.cancelled:
            return _pieces(text, spans)
    return (Piece(Role.PLAIN, text),)


def _pieces(text: str, spans: Sequence[tuple[Role, int, int]]) -> tuple[Piece, ...]:
    ends = [start for _, start, _ in spans[1:]] + [len(text)]
    before = text[: spans[0][1]]
    lead = (Piece(Role.PLAIN, before),) if before.strip() else ()
    return lead + tuple(
        Piece(role, text[start:end], text[end:until]) for (role, start, end), until in zip(spans, ends, strict=True)
    )


def _locate(text: str, parts: Sequence[tuple[Role, str]]) -> list[tuple[Role, int, int]]:
    spans: list[tuple[Role, int, int]] = []
    position = 0
    for role, part in parts:
        pattern = r"\s+".join(re.escape(word) for word in part.split())
        found = re.compile(pattern).search(text, position)
        if not found:
            return []
        spans.append((role, found.start(), found.end()))
        position = found.end()
    return spans


def _number_length(text: str) -> int:
    match = _PRINTED_NUMBER.match(text)
    return match.end() if match else 0
