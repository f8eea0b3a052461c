"""What a SOURCE names: a file, a sample, or the publication number of a patent in the library."""

from __future__ import annotations

from pathlib import Path

from patent2tech.errors import BadInput, NotAPatent
from patent2tech.formats import Parsed, Rejected, read_path
from patent2tech.patents import NotAPublicationNumber, PublicationNumber
from patent2tech.samples import SAMPLE_PREFIX, sample_path

_MAX_NAMED = 5


def path_of(source: str) -> Path | None:
    """The file that a SOURCE means, or `None` when it can only be a number.

    Raises:
        BadInput: when it is neither a file nor a number.
    """
    if source.startswith(SAMPLE_PREFIX):
        return sample_path(source.removeprefix(SAMPLE_PREFIX))
    path = Path(source)
    if path.exists():
        return path
    number_of(source)
    return None


def number_of(source: str) -> PublicationNumber:
    """The publication number that a SOURCE means.

    Raises:
        BadInput: when it is none.
    """
    try:
        return PublicationNumber.parse(source)
    except NotAPublicationNumber:
        raise BadInput(f"there is no file {source!r}, and it is no publication number such as US8418361B2") from None


def one_patent(path: Path) -> Parsed:
    """The only patent of a file.

    Raises:
        BadInput: when there is none, or more than one.
    """
    found: list[Parsed] = []
    rejected: list[Rejected] = []
    for outcome in read_path(path):
        if isinstance(outcome, Parsed):
            found.append(outcome)
        elif isinstance(outcome, Rejected):
            rejected.append(outcome)
        if len(found) > _MAX_NAMED:
            break
    if len(found) == 1:
        return found[0]
    if rejected and not found:
        raise rejected[0].reason
    if not found:
        raise NotAPatent(f"{path.name} holds no patent document")
    numbers = ", ".join(str(parsed.patent.number) for parsed in found[:_MAX_NAMED])
    raise BadInput(f"{path.name} holds several patents ({numbers} ...): import it, then name one of them by its number")
