"""An outline as the templates print it: every name already safe in its language, every text still raw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from patent2tech.codegen.escaping import Source, pascal, requirement_id, snake
from patent2tech.codegen.outline import Connection, Member, Module, Outline
from patent2tech.codegen.specification import Kind, Parameter

Naming = Callable[[tuple[str, ...]], Source]


@dataclass(frozen=True, slots=True)
class MemberView:
    """One requirement as a template prints it; `label` is its name in lower case, for tests."""

    id: Source
    name: Source
    label: Source
    kind: str
    claim: int
    element: int
    text: str
    places: str
    disclosed: tuple[str, ...]
    gaps: tuple[str, ...]
    makes: str
    takes: str
    parts: tuple[str, ...]
    connections: tuple[Connection, ...]


@dataclass(frozen=True, slots=True)
class ModuleView:
    """One module as a template prints it; a parent of 0 is none."""

    number: int
    process: bool
    heading: str
    parents: tuple[tuple[int, int], ...]
    things: tuple[Source, ...]
    members: tuple[MemberView, ...]

    @property
    def steps(self) -> tuple[MemberView, ...]:
        """The steps in order."""
        return self._of(Kind.STEP)

    @property
    def components(self) -> tuple[MemberView, ...]:
        """The components in order."""
        return self._of(Kind.COMPONENT)

    @property
    def conditions(self) -> tuple[MemberView, ...]:
        """The conditions in order."""
        return self._of(Kind.CONDITION)

    def _of(self, kind: Kind) -> tuple[MemberView, ...]:
        return tuple(member for member in self.members if member.kind == kind)


def views_of(
    outline: Outline, function: Naming, thing: Naming, reserved: frozenset[str], component: Naming = pascal
) -> tuple[ModuleView, ...]:
    """The modules with the names of one language; a name in `reserved` gets the requirement's id."""
    gaps: dict[str, list[str]] = {}
    for gap in outline.specification.not_disclosed:
        gaps.setdefault(gap.requirement, []).append(gap.note.wording().removesuffix("."))

    def name_of(member: Member) -> Source:
        naming = component if member.requirement.kind is Kind.COMPONENT else function
        name = naming(member.words)
        return naming((*member.words, member.requirement.id.lower())) if name in reserved else name

    def thing_name(words: tuple[str, ...]) -> Source:
        name = thing(words)
        return thing(("the", *words)) if name in reserved else name

    return tuple(_module(module, name_of, thing_name, gaps) for module in outline.modules)


def disclosed(parameter: Parameter) -> str:
    """`thickness 2 to 3 mm [0023]`."""
    number = f"{parameter.low:g}" if parameter.high is None else f"{parameter.low:g} to {parameter.high:g}"
    return " ".join(filter(None, (parameter.name, number, parameter.unit, f"({parameter.evidence.locator})")))


def _module(
    module: Module, name_of: Callable[[Member], Source], thing_name: Naming, gaps: Mapping[str, list[str]]
) -> ModuleView:
    return ModuleView(
        number=module.number,
        process=module.process,
        heading=f"Claim {module.number}: {module.claim.preamble or module.claim.requirements[0].text}",
        parents=tuple((number, parent or 0) for number, parent in module.parents.items()),
        things=tuple(thing_name(words) for words, _ in module.things),
        members=tuple(_member(each, name_of(each), gaps) for each in module.members),
    )


def _member(member: Member, name: Source, gaps: Mapping[str, list[str]]) -> MemberView:
    requirement = member.requirement
    return MemberView(
        id=requirement_id(requirement.id),
        name=name,
        label=snake((requirement.id.lower(), *member.words)),
        kind=requirement.kind.value,
        claim=requirement.claim,
        element=requirement.element,
        text=requirement.text,
        places=", ".join(dict.fromkeys(each.locator for each in requirement.evidence)),
        disclosed=tuple(map(disclosed, requirement.parameters)),
        gaps=tuple(gaps.get(requirement.id, ())),
        makes=", ".join(requirement.introduces),
        takes=", ".join(requirement.uses),
        parts=requirement.introduces[1:],
        connections=member.connections,
    )
