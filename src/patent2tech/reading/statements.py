"""Sentences that state the problem, the solution or an advantage, found by cue phrases and quoted verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from patent2tech.patents import Paragraph, Patent, Section
from patent2tech.reading.model import Statement, StatementKind
from patent2tech.text.sentences import sentences

_PROBLEM: Final = re.compile(
    r"\b(?:problems?|disadvantages?|drawbacks?|shortcomings?|deficienc(?:y|ies)|difficult(?:y|ies)?|inconvenien\w+|"
    r"unfortunately|suffers?\s+from|fails?\s+to|unable\s+to|cannot\s+be|limitations?|prone\s+to|"
    r"there\s+(?:is|exists|remains)\s+(?:therefore\s+|thus\s+|also\s+)?a\s+(?:\w+\s+)?need|need\s+exists|"
    r"would\s+be\s+(?:desirable|advantageous|beneficial)|is\s+desired|time[- ]consuming|expensive|costly)\b"
    r"|문제점?|단점|어려움|어렵|곤란|불편|한계가|필요성|요구되|우려가|번거로",
    re.IGNORECASE,
)
_SOLUTION: Final = re.compile(
    r"\b(?:(?:object|objective|aim|purpose|goal)s?\s+(?:of|is|are)\b|(?:present\s+)?(?:invention|disclosure|embodiments?)\s+"
    r"(?:therefore\s+|thus\s+|also\s+|further\s+)?(?:provides?|relates?\s+to|solves?|overcomes?|addresses|is\s+directed|are\s+directed|proposes|discloses)|"
    r"(?:is|are|was|were)\s+(?:achieved|solved|accomplished|attained|met)\s+by|to\s+(?:solve|overcome|address|achieve)\s+(?:the|this|these|such)|"
    r"according\s+to\s+(?:the|one|an)\s+(?:present\s+)?(?:invention|aspect|embodiment))"
    r"|본\s*발명은.{0,200}(?:제공|목적|관한)|해결하기\s*위(?:하여|한|해)|목적으로\s*한다|제공하는\s*(?:것|데)|달성하기\s*위",
    re.IGNORECASE,
)
_ADVANTAGE: Final = re.compile(
    r"\b(?:advantage(?:s|ous|ously)?|benefit(?:s|icial)?|improv(?:es|ed|ing|ement)|thereby\s+\w+ing|"
    r"(?:makes?|making)\s+it\s+(?:possible|easier)|reduc(?:es|ed|ing)\s+(?:the\s+)?(?:cost|time|number|risk|noise|weight|size|need)|"
    r"(?:is|are|becomes?)\s+(?:thus\s+|thereby\s+|therefore\s+)?(?:prevented|eliminated|minimi[sz]ed|simplified|facilitated)|"
    r"without\s+(?:the\s+)?(?:need|having)|more\s+(?:efficient|reliable|accurate|compact|economical)(?:ly)?|can\s+be\s+(?:easily|readily|quickly))\b"
    r"|효과가|효과를|장점|이점|향상|개선|용이하게|절감|방지할\s*수|줄일\s*수|할\s*수\s*있는\s*효과",
    re.IGNORECASE,
)
_DISCLAIMER: Final = re.compile(
    r"\b(?:not\s+(?:intended\s+to\s+)?(?:be\s+)?limit(?:ed|ing)|scope\s+of\s+(?:the|this)|skilled\s+in\s+the\s+art|without\s+departing)\b|한정되(?:지|는)|통상의\s*지식",
    re.IGNORECASE,
)
_KINDS_OF_SECTIONS: Final = {
    StatementKind.PROBLEM: {Section.BACKGROUND, Section.PROBLEM, Section.SUMMARY, Section.FIELD, Section.OTHER},
    StatementKind.SOLUTION: {
        Section.SUMMARY,
        Section.SOLUTION,
        Section.PROBLEM,
        Section.FIELD,
        Section.OTHER,
        Section.BACKGROUND,
    },
    StatementKind.ADVANTAGE: {Section.SUMMARY, Section.SOLUTION, Section.ADVANTAGE, Section.DETAILED, Section.OTHER},
}
_CUES: Final = {
    StatementKind.PROBLEM: _PROBLEM,
    StatementKind.SOLUTION: _SOLUTION,
    StatementKind.ADVANTAGE: _ADVANTAGE,
}
_OWN_SECTION: Final = {
    Section.PROBLEM: StatementKind.PROBLEM,
    Section.SOLUTION: StatementKind.SOLUTION,
    Section.ADVANTAGE: StatementKind.ADVANTAGE,
}
_MIN_CHARACTERS: Final = 20
_MAX_PER_KIND: Final = 20


def read_statements(patent: Patent, sections: Mapping[str, Section]) -> tuple[Statement, ...]:
    """The first such sentences of each kind, in the order of the text; one sentence may be of several kinds."""
    found: list[Statement] = []
    for kind in StatementKind:
        matching = _of_kind(kind, patent, sections)
        found.extend(statement for statement, _ in zip(matching, range(_MAX_PER_KIND), strict=False))
    return tuple(found)


def _of_kind(kind: StatementKind, patent: Patent, sections: Mapping[str, Section]) -> Iterator[Statement]:
    for paragraph in patent.paragraphs:
        section = sections[paragraph.number]
        if section in _KINDS_OF_SECTIONS[kind]:
            yield from _in_paragraph(kind, paragraph, section)


def _in_paragraph(kind: StatementKind, paragraph: Paragraph, section: Section) -> Iterator[Statement]:
    for sentence in sentences(paragraph.text):
        if len(sentence) < _MIN_CHARACTERS or _DISCLAIMER.search(sentence):
            continue
        if _OWN_SECTION.get(section) is kind or _CUES[kind].search(sentence):
            yield Statement(kind, sentence, paragraph.locator)
