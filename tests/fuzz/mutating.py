"""Damaging documents the way that disks, editors and attackers do, repeatably from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

TOKENS = (
    *b"<claim> </claim-text> <claim-ref> <figref> <tables> &#0; &#x10ffff; &lt; ]]> <!-- <![CDATA[".split(),
    *b"PATN { [ 1e999".split(),
    b"<p num='0001'>",
    b"<claim-ref idref='CLM-00001'>",
    b"<?xml version='1.0'?>",
    b"<div itemprop='claims'>",
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\r\n",
    b"FIG. 99999",
    b"claims 1 to 99999",
    b"99999999999999999999",
    b"20031399",
    b"(" * 200,
    b"9" * 500,
    *(each * 5000 for each in (b" ", b"\n", b"\t", b"]", b"-", b"*", b".", b";", b"#", b"<b>", "】".encode())),
    "제1항 내지 제99999항 하우징(10)".encode(),
)

Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def mutated(chance: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """The content after one to four mutations; `others` are documents to splice with."""
    for _ in range(chance.randint(1, 4)):
        content = chance.choice(_MUTATIONS)(chance, content, others)
    return content


def _flip(chance: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _truncate(chance: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    return content[: chance.randint(0, len(content))]


def _drop(chance: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _span(chance, content)
    return content[:start] + content[end:]


def _repeat(chance: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _span(chance, content)
    return content[:end] + content[start:end] * chance.randint(1, 20) + content[end:]


def _insert(chance: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    place = chance.randint(0, len(content))
    return content[:place] + chance.choice(TOKENS) + content[place:]


def _splice(chance: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)
    return content[: chance.randint(0, len(content))] + other[chance.randint(0, len(other)) :]


def _swap_tags(chance: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    """Exchange two stretches that begin at tags, so that the document may stay well-formed."""
    tags = [place for place in (content.find(b"<", chance.randint(0, len(content))) for _ in range(4)) if place >= 0]
    if len(set(tags)) < len(_SWAPPED):
        return content
    a, b, c = sorted(set(tags))[: len(_SWAPPED)]
    return content[:a] + content[b:c] + content[a:b] + content[c:]


def _span(chance: random.Random, content: bytes) -> tuple[int, int]:
    start = chance.randint(0, len(content))
    return start, min(len(content), start + chance.choice((1, 10, 100, 2000)))


_SWAPPED = ("first", "second", "end")
_MUTATIONS: tuple[Mutation, ...] = (_flip, _truncate, _drop, _repeat, _insert, _insert, _splice, _swap_tags)
