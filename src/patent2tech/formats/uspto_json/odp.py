"""File wrappers of the USPTO Open Data Portal: the bibliography of an application, without its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, ClassVar, Final

from patent2tech.errors import BadInput, NotAPatent, TooLarge
from patent2tech.formats.format import Document, Head, whole
from patent2tech.formats.uspto_json.fields import (
    Json,
    cut_out,
    date,
    is_object,
    load_json,
    objects,
    symbols,
    text,
    texts,
)
from patent2tech.formats.uspto_json.ppubs_front import patent_type
from patent2tech.patents import (
    Dates,
    NotAPublicationNumber,
    Party,
    Patent,
    PatentType,
    PublicationNumber,
    RelatedDocument,
)

_MAX_BYTES: Final = 128 * 1024 * 1024
_BAGS: Final = ("patentFileWrapperDataBag", "patentBag", "patentdata")
_MARK: Final = re.compile(
    r'"(?:patentFileWrapperDataBag|patentBag|patentdata|applicationMetaData|patentTrial\w*Bag|'
    r'documentBag|bulkDataProductBag|petitionDecisionDataBag|statusCodeBag|eventDataBag)"\s*:'
)
_TYPES: Final = {
    "design": PatentType.DESIGN,
    "plant": PatentType.PLANT,
    "re-issue": PatentType.REISSUE,
    "reissue": PatentType.REISSUE,
}

_RELATIONS: Final = {
    "CON": "continuation",
    "CIP": "continuation-in-part",
    "DIV": "division",
    "NST": "pct-filing",
    "PRO": "us-provisional-application",
    "REI": "reissue",
}
"""The portal's codes in the words of this office's full text."""


class OdpJson:
    """Answers with `patentFileWrapperDataBag` and `applicationMetaData`."""

    name: ClassVar[str] = "USPTO Open Data Portal JSON"

    def recognises(self, head: Head) -> bool:
        """By the bags that the portal packs its answers in."""
        return head.text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["} and bool(_MARK.search(head.text))

    def documents(self, stream: BinaryIO) -> Iterator[bytes | TooLarge]:
        """One document for each file wrapper; anything else as it is, to be refused with its reason."""
        for content in whole(stream, _MAX_BYTES):
            wrappers = () if isinstance(content, TooLarge) else _readable(content)
            for wrapper in wrappers:
                # The metadata goes first, so that the beginning of the document tells what it is.
                yield cut_out({"applicationMetaData": {}, **wrapper})
            if not wrappers:
                yield content

    def parse(self, content: bytes) -> Document:
        """The bibliography of one file wrapper."""
        wrappers = _wrappers(load_json(content))
        if not wrappers:
            raise NotAPatent("this answer of the USPTO Open Data Portal holds no application; ask for its file wrapper")
        return Document(parse_wrapper(wrappers[0]))


def parse_wrapper(wrapper: Json) -> Patent:
    """The publication that a file wrapper names: the grant, else the earliest publication.

    Raises:
        NotAPatent: when the application was not published, or the wrapper says nothing about it.
    """
    facts = _facts(wrapper)
    number = _number(facts)
    granted = date(text(facts, "grantDate", "issueDate")) if text(facts, "patentNumber") else None
    related = tuple(dict.fromkeys(_related(wrapper)))
    return Patent(
        number=number,
        title=text(facts, "inventionTitle"),
        type=_TYPES.get(text(facts, "applicationTypeLabelName").lower(), patent_type(number)),
        language="en",
        source_format="uspto-odp json",
        application_number=text(wrapper, "applicationNumberText") or text(facts, "applicationNumberText") or None,
        dates=Dates(
            filing=date(text(facts, "filingDate")),
            publication=granted or date(text(facts, "earliestPublicationDate")),
            grant=granted,
            priority=min((each.date for each in related if each.date), default=None),
        ),
        applicants=_parties(facts, "applicantBag", "applicantNameText")
        or _named(text(facts, "firstApplicantName", "firstNamedApplicant")),
        inventors=_parties(facts, "inventorBag", "inventorNameText") or _named(text(facts, "firstInventorName")),
        cpc=symbols(texts(facts, "cpcClassificationBag")),
        us_class=text(facts, "uspcSymbolText") or None,
        related=related,
    )


def _readable(content: bytes) -> tuple[Json, ...]:
    try:
        return _wrappers(load_json(content))
    except BadInput:
        return ()


def _wrappers(source: Any) -> tuple[Json, ...]:
    found: list[Json] = []
    for each in objects(source):
        bag = next((each[name] for name in _BAGS if name in each), None)
        found += objects(bag) if bag else [each] if is_object(each.get("applicationMetaData")) else []
    return tuple(found)


def _facts(wrapper: Json) -> Json:
    facts = wrapper.get("applicationMetaData")
    return facts if is_object(facts) and facts else wrapper


def _number(facts: Json) -> PublicationNumber:
    stated = (
        text(facts, "patentNumber"),
        text(facts, "earliestPublicationNumber"),
        text(facts, "pctPublicationNumber"),
    )
    for each in stated:
        try:
            if each:
                return PublicationNumber.parse(each)
        except NotAPublicationNumber:
            continue
    raise NotAPatent(
        "the file wrapper names no grant and no publication, so there is no published patent to read yet; "
        "ask the portal for applicationMetaData, or wait for the publication"
    )


def _parties(facts: Json, bag: str, name: str) -> tuple[Party, ...]:
    return tuple(dict.fromkeys(party for each in objects(facts.get(bag)) if (party := _party(each, name))))


def _party(stated: Json, name: str) -> Party | None:
    address: Json = next(iter(objects(stated.get("correspondenceAddressBag"))), {})
    if not (known := text(stated, name)):
        return None
    country = text(address, "countryCode") or text(stated, "countryCode")
    return Party(known, text(address, "cityName") or None, country or None)


def _named(name: str) -> tuple[Party, ...]:
    return (Party(name),) if name else ()


def _related(wrapper: Json) -> Iterator[RelatedDocument]:
    for each in objects(wrapper.get("foreignPriorityBag")):
        number, office = text(each, "applicationNumberText"), text(each, "ipOfficeName")
        if number:
            yield RelatedDocument("priority", office, number, date(text(each, "filingDate")))
    for each in objects(wrapper.get("parentContinuityBag")):
        number = text(each, "parentApplicationNumberText")
        if number:
            code = text(each, "claimParentageTypeCode")
            relation = _RELATIONS.get(code, code.lower() or "parent")
            yield RelatedDocument(relation, "US", number, date(text(each, "parentApplicationFilingDate")))
