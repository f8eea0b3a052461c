"""What an import did, in the words of the library page, for the page itself and for its script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from patent2tech.library import KeptStatus
from patent2tech.text import Lang, Note, wordings

if TYPE_CHECKING:
    from patent2tech.api.schemas import ImportResult

_FAMILIES: Final = {"web.import.": "", "web.problem.": "problem."}


def import_words(lang: Lang) -> dict[str, str]:
    """All wordings that the script may need, by their code within the page."""
    return {
        short + code.removeprefix(family): text
        for code, text in wordings(lang).items()
        for family, short in _FAMILIES.items()
        if code.startswith(family)
    }


def summary(lang: Lang, result: ImportResult) -> str:
    """One line on what was added, replaced, unchanged and rejected."""
    counts = {str(status): sum(kept.status is status for kept in result.kept) for status in KeptStatus}
    counts["rejected"] = len(result.rejected)
    return " · ".join(
        Note.of(f"web.import.{what}.{'one' if number == 1 else 'many'}", number=number).wording(lang)
        for what, number in counts.items()
        if number
    )
