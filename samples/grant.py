"""What a US grant states, before it becomes XML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from samples.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Person:
    """An inventor or examiner with the place that the front page prints."""

    last: str
    first: str
    city: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Company:
    """An applicant and assignee."""

    name: str
    city: str
    state: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """A CPC or IPC symbol such as `F16B 2/10` with the version date of its scheme."""

    text: str
    version: str = "20130101"
    value: str = "I"


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited document; literature has only `name`, which then holds its whole text."""

    name: str
    number: str = ""
    kind: str = ""
    date: str = ""
    country: str = "US"
    by: str = "applicant"
    cpc: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """The description in the order of the office's section marks; lines that begin with `# ` are headings."""

    related: str = ""
    summary: str = ""
    drawings: str = ""
    detailed: str = ""
    inserts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grant:
    """One fictional US grant; `claims` hold one string a claim, indented lines are nested claim texts."""

    number: str
    kind: str
    type: str
    dtd: str
    published: str
    produced: str
    application: str
    filed: str
    title: str
    claims: tuple[str, ...]
    description: Description
    sheets: tuple[Sheet, ...]
    front: Sheet
    figure_count: int
    inventors: tuple[Person, ...]
    company: Company
    agent: str
    examiner: Person
    department: str
    cited: tuple[Cited, ...]
    abstract: str = ""
    assistant: Person | None = None
    cpc: tuple[Symbol, ...] = ()
    ipc: tuple[Symbol, ...] = ()
    searched: tuple[str, ...] = ()
    locarno: str = ""
    national: str = ""
    extension_days: int | None = None
    years: int | None = None
    provisional: tuple[str, str] | None = None
    publication: tuple[str, str] | None = None
    statement: str = "What is claimed is:"

    @property
    def stem(self) -> str:
        """The name of the folder and of the files in it."""
        return f"US{self.number}-{self.published}"
