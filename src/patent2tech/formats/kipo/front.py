"""The front page of a Korean gazette publication, cut into its INID fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from patent2tech.patents import PartialDate

_FIELD: Final = re.compile(r"^[^\S\n]*\((\d{2})\)\s*", re.MULTILINE)
_DATE: Final = re.compile(r"(\d{4})년\s*(\d{1,2})월\s*(\d{1,2})일")
_NOT_A_FIELD: Final = re.compile(
    r"^[^\S\n]*(전체\s*청구항\s*수|심사관|심사청구일자|대\s*표\s*도|기술이전\s*희망|이 발명을 지원한)[^\n]*$",
    re.MULTILINE,
)
_ABSTRACT_TITLE: Final = re.compile(r"^요\s*약(?:서)?\s*")


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The text of every INID field by its code; a repeated code is joined."""

    source: str
    fields: Mapping[str, str]

    @classmethod
    def parse(cls, text: str) -> FrontPage:
        """Cut the front page at its codes."""
        pieces = _FIELD.split(text)
        fields: dict[str, str] = {}
        for code, content in zip(pieces[1::2], pieces[2::2], strict=True):
            own = _NOT_A_FIELD.sub("", content).strip()
            fields[code] = f"{fields[code]}\n{own}" if code in fields else own
        return cls(text, fields)

    def text(self, code: str, *labels: str) -> str:
        """The field's text behind its printed label, white space collapsed."""
        return " ".join(self._behind_label(code, labels).split())

    def lines(self, code: str, *labels: str) -> tuple[str, ...]:
        """The field's lines behind its printed label."""
        lines = (" ".join(line.split()) for line in self._behind_label(code, labels).split("\n"))
        return tuple(line for line in lines if line)

    def first_line(self, code: str, *labels: str) -> str:
        """The first of the field's lines, empty when there is none."""
        return next(iter(self.lines(code, *labels)), "")

    def date(self, code: str) -> PartialDate | None:
        """The first date in the field."""
        match = _DATE.search(self.fields.get(code, ""))
        return PartialDate.parse(f"{match[1]}{int(match[2]):02}{int(match[3]):02}") if match else None

    def abstract(self) -> str:
        """The abstract behind `(57) 요 약`."""
        return " ".join(_ABSTRACT_TITLE.sub("", self.fields.get("57", "")).split())

    def _behind_label(self, code: str, labels: tuple[str, ...]) -> str:
        content = self.fields.get(code, "")
        for label in labels:
            pattern = r"\s*".join(map(re.escape, label.replace(" ", "")))
            if match := re.match(pattern, content):
                return content[match.end() :].lstrip(" :\t")
        return content
