"""The claim tree: what each claim depends on, what it is a claim to, and its limitations one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from patent2tech.patents import Claim, Patent, PatentType
from patent2tech.reading import _claims_en as english
from patent2tech.reading import _claims_ko as korean
from patent2tech.reading.model import ClaimCategory, ReadClaim
from patent2tech.text.notes import Note

_NUMBER: Final = re.compile(r"^\s*\d{1,4}(?:\s*[-\u2013\u2014]\s*\d{1,4})?\s*[.)]?\s*")
_CANCELLED: Final = re.compile(r"^\W*(?:cancel?led|deleted|삭\s*제)\W*$", re.IGNORECASE)
_HANGUL: Final = re.compile(r"[가-힣]")


def read_claims(patent: Patent) -> tuple[ReadClaim, ...]:
    """Take every claim of the patent apart, in order."""
    live = {claim.number for claim in patent.claims if not is_cancelled(claim)}
    read: dict[int, ReadClaim] = {}
    for claim in patent.claims:
        read[claim.number] = _read_claim(claim, patent.type, live, read)
    return tuple(read.values()) if len(read) == len(patent.claims) else _with_repeats(patent, live)


def claim_warnings(claims: Sequence[ReadClaim]) -> tuple[Note, ...]:
    """What in the claim tree cannot be right: references to claims that are not there, or cancelled, or that loop."""
    by_number = {claim.number: claim for claim in claims}
    notes: list[Note] = []
    for claim in claims:
        if claim.number in claim.claim.references:
            notes.append(Note.of("warning.claim_self", claim=claim.number))
        for target in (*claim.depends_on, *claim.refers_to):
            if target not in by_number and not _in_range(target, claims):
                notes.append(Note.of("warning.claim_missing", claim=claim.number, target=target))
            elif _is_cancelled_number(target, by_number, claims):
                notes.append(Note.of("warning.claim_cancelled", claim=claim.number, target=target))
            elif target > claim.number:
                notes.append(Note.of("warning.claim_forward", claim=claim.number, target=target))
    return tuple(notes)


def is_cancelled(claim: Claim) -> bool:
    """Whether the claim only says that it was cancelled or deleted."""
    return bool(_CANCELLED.match(bare_text(claim)))


def bare_text(claim: Claim) -> str:
    """The claim's text without its printed number."""
    return _NUMBER.sub("", claim.text, count=1)


def _read_claim(claim: Claim, patent_type: PatentType, live: set[int], earlier: Mapping[int, ReadClaim]) -> ReadClaim:
    text = bare_text(claim)
    if is_cancelled(claim):
        return ReadClaim(
            claim, (), (), _fixed_category(patent_type) or ClaimCategory.PRODUCT, "", "", (), cancelled=True
        )
    language = korean if _HANGUL.search(text) else english
    parts = language.take_apart(text)
    category = _fixed_category(patent_type) or language.category(parts)
    mentioned = language.references(text, claim.number, live)
    mentioned += tuple(number for number in claim.references if number not in mentioned)
    bases = {number: earlier[number].preamble for number in mentioned if number in earlier}
    direct = language.direct_references(text, claim.number, live, bases)
    # The office marks only the first claim of a range, so its marks add to what the words say, never replace it.
    depends = tuple(number for number in mentioned if number in direct and number != claim.number)
    refers = tuple(number for number in mentioned if number not in depends and number != claim.number)
    if depends and depends[0] in earlier and _fixed_category(patent_type) is None:
        category = earlier[depends[0]].category
    return ReadClaim(claim, depends, refers, category, parts.preamble, parts.transition, parts.elements)


def _fixed_category(patent_type: PatentType) -> ClaimCategory | None:
    return {PatentType.DESIGN: ClaimCategory.DESIGN, PatentType.PLANT: ClaimCategory.PLANT}.get(patent_type)


def _with_repeats(patent: Patent, live: set[int]) -> tuple[ReadClaim, ...]:
    """The same for a document that numbers two claims alike: each is read against the ones before it."""
    earlier: dict[int, ReadClaim] = {}
    read: list[ReadClaim] = []
    for claim in patent.claims:
        read.append(_read_claim(claim, patent.type, live, earlier))
        earlier[claim.number] = read[-1]
    return tuple(read)


def _in_range(number: int, claims: Sequence[ReadClaim]) -> bool:
    return any(claim.number <= number <= (claim.claim.through or claim.number) for claim in claims)


def _is_cancelled_number(number: int, by_number: Mapping[int, ReadClaim], claims: Sequence[ReadClaim]) -> bool:
    if number in by_number:
        return by_number[number].cancelled
    return _in_range(number, claims)
