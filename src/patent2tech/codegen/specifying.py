"""From the reading of a patent to its specification, by rules and without a model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from patent2tech.codegen._disclosure import open_points, parameters_in
from patent2tech.codegen._explaining import Explanations
from patent2tech.codegen._things import introduced, used
from patent2tech.codegen.specification import Assumption, ClaimedThing, Gap, Kind, Requirement, Specification
from patent2tech.reading import ClaimCategory, ReadClaim, Reading
from patent2tech.text import Note

_CONDITION: Final = re.compile(
    r"^(?:and\s+)?(?:wherein|whereby|where|such that|provided that|characteri[sz]ed)\b", re.IGNORECASE
)
_WHEREIN: Final = re.compile(r"\b(?:wherein|whereby|characteri[sz]ed)\b", re.IGNORECASE)
_STEP: Final = re.compile(
    r"^(?:(?:[a-z0-9]{1,3}[.)]|\([a-z0-9]{1,4}\)|[ivx]+\))\s*)?(?:(?:an?|the|said)\s+steps?\s+(?:of|for)\s+)?"
    r"(?:(?:by|in|when|if|after|before|upon|while|during|responsive|response)\b.{0,160}?[,:]\s*)?"
    r"(?:\w+ly\s+)?(?:then\s+|further\s+|next\s+)?[a-z]+(?:-[a-z]+)?ing\b",
    re.IGNORECASE | re.DOTALL,
)
_STEP_KOREAN: Final = re.compile(r"(?:단계|과정|공정|하는 것)\s*$")
_ACTING: Final = re.compile(
    r"\b(?:to|perform\w*|operations?|cause\w*|steps|by)(?:\s+(?:comprising|including|of|the\s+following|operations))*\s*:?$",
    re.IGNORECASE,
)
_THING: Final = re.compile(
    r"^(?:an?|the|said|one|two|three|four|at\s+least|each|another|first|second|third|means|plural|multiple|\W*\w+\s+means)\b",
    re.IGNORECASE,
)
_VERBAL_KOREAN: Final = re.compile(r"[는인된한고며]\s*$")
_METHOD: Final = re.compile(r"\b(?:method|process|procedure)\b|방법\s*$|공정\s*$", re.IGNORECASE)
_NOT_STEPS: Final = re.compile(
    r"^(?:string|ring|spring|thing|wing|king|bearing|housing|opening|fitting|casing)\b", re.IGNORECASE
)
_PROCESS_SHARE: Final = 0.5
_MOST_REQUIREMENTS: Final = 1000
_MOST_NAMED: Final = 10


def specify(reading: Reading) -> Specification:
    """The specification of all live claims.

    A hostile document with more than 1000 elements is cut there, and the cut is a gap.
    """
    explanations = Explanations(reading)
    claims: list[ClaimedThing] = []
    gaps: list[Gap] = []
    numbers: set[int] = set()
    processes: dict[int, bool] = {}
    count = 0
    for read in reading.claims:
        if read.cancelled or read.number in numbers:
            continue
        if count >= _MOST_REQUIREMENTS:
            gaps.append(Gap("", Note.of("code.gap.cut", claim=read.number)))
            break
        numbers.add(read.number)
        parent = next((number for number in read.depends_on if number in processes), None)
        process = processes[parent] if parent is not None else _is_process(read)
        processes[read.number] = process
        requirements = tuple(_requirements(read, process=process, first=count + 1, explanations=explanations))
        count += len(requirements)
        gaps.extend(gap for requirement in requirements for gap in open_points(requirement))
        claims.append(ClaimedThing(read.number, parent, process, read.preamble, requirements))
    assumptions = tuple(_assumptions(claims, reading.claims))
    patent = reading.patent
    return Specification(str(patent.number), patent.title, patent.language, tuple(claims), tuple(gaps), assumptions)


def main_claim(specification: Specification) -> int | None:
    """The claim that code implements when nobody says otherwise: the first process, else the first claim."""
    independent = [claim for claim in specification.claims if claim.parent is None]
    process = next((claim for claim in independent if claim.process), None)
    chosen = process or next(iter(independent), None)
    return chosen.number if chosen else None


def _requirements(read: ReadClaim, *, process: bool, first: int, explanations: Explanations) -> Iterator[Requirement]:
    elements = read.elements or (read.preamble or _bare(read),)
    wherein = bool(_WHEREIN.search(read.transition))
    acting = False
    for position, text in enumerate(elements, 1):
        # "a processor configured to: normalize ...; update ...": what follows is what the component does.
        acting = (acting and not _THING.match(text)) or bool(_ACTING.search(text))
        does = acting and not _THING.match(text)
        evidence = explanations.of(text)
        yield Requirement(
            id=f"R{first + position - 1}",
            claim=read.number,
            element=position if read.elements else 0,
            kind=Kind.CONDITION if does and not process else _kind(text, process=process, wherein=wherein),
            text=text,
            introduces=introduced(text),
            uses=used(text),
            evidence=evidence,
            parameters=tuple(parameters_in(text, str(read.claim.locator), evidence, explanations.numerals)),
        )


def _kind(text: str, *, process: bool, wherein: bool) -> Kind:
    if _CONDITION.match(text):
        return Kind.CONDITION
    if not process and _VERBAL_KOREAN.search(text):
        return Kind.CONDITION
    if process:
        return Kind.STEP if _is_step(text) or not wherein else Kind.CONDITION
    return Kind.CONDITION if wherein else Kind.COMPONENT


def _is_step(text: str) -> bool:
    return bool((_STEP.match(text) and not _NOT_STEPS.match(text)) or _STEP_KOREAN.search(text))


def _is_process(read: ReadClaim) -> bool:
    """A process by its category, its preamble, or because most of what it lists are things to do."""
    if read.category in {ClaimCategory.DESIGN, ClaimCategory.PLANT, ClaimCategory.COMPOSITION}:
        return False
    if read.category is ClaimCategory.PROCESS or _METHOD.search(read.preamble.split(",")[0][:120]):
        return True
    steps = sum(_is_step(element) for element in read.elements)
    return bool(read.elements) and steps / len(read.elements) > _PROCESS_SHARE


def _bare(read: ReadClaim) -> str:
    return re.sub(r"^\s*\d+\s*[.)]?\s*", "", read.claim.text).strip() or f"claim {read.number}"


def _assumptions(claims: Sequence[ClaimedThing], read: Sequence[ReadClaim]) -> Iterator[Assumption]:
    notes = []
    if any(claim.process for claim in claims):
        notes.append(Note.of("code.assumption.order"))
    if any(not claim.process for claim in claims):
        notes.append(Note.of("code.assumption.connections"))
    several = [claim.number for claim in read if len(claim.depends_on) > 1]
    if several:
        notes.append(Note.of("code.assumption.first_parent", claims=", ".join(map(str, several[:_MOST_NAMED]))))
    for position, note in enumerate(notes, 1):
        yield Assumption(f"A{position}", note)
