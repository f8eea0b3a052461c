"""One row of a KIPRIS search as a `Patent`: camelCase from the KIPO gateway, PascalCase from the OpenAPI gateway."""

from __future__ import annotations

from lxml import etree

from patent2tech.errors import NotAPatent
from patent2tech.formats.kipo.kipris_fields import (
    LANGUAGE,
    SOURCE_FORMAT,
    Numbers,
    date_of,
    names_of,
    symbols_of,
    text_of,
)
from patent2tech.patents import Patent, PatentType


def patent_of_row(row: etree._Element) -> Patent:
    """The patent or design that the row describes.

    Raises:
        NotAPatent: when it is a trademark or was never published.
        Malformed: when its numbers are missing or broken.
    """
    if row.tag == "TradeMarkInfo":
        raise NotAPatent("the KIPRIS row is a trademark, not a patent")
    numbers = Numbers(
        application=text_of(row, "applicationNumber", "ApplicationNumber"),
        register=text_of(row, "registerNumber", "RegistrationNumber", "registrationNumber"),
        opening=text_of(row, "openNumber", "OpeningNumber"),
        publication=text_of(row, "publicationNumber", "PublicNumber"),
        filed=date_of(row, "applicationDate", "ApplicationDate"),
        registered=date_of(row, "registerDate", "RegistrationDate", "registrationDate"),
        opened=date_of(row, "openDate", "OpeningDate"),
        published=date_of(row, "publicationDate", "PublicDate"),
    )
    return Patent(
        type=PatentType.DESIGN if row.tag == "DesignInfo" else numbers.type(),
        number=numbers.number(),
        title=text_of(row, "inventionTitle", "InventionName", "articleName"),
        language=LANGUAGE,
        source_format=SOURCE_FORMAT,
        abstract=text_of(row, "astrtCont", "Abstract") or None,
        application_number=numbers.application or None,
        dates=numbers.dates(),
        applicants=names_of(text_of(row, "applicantName", "Applicant")),
        inventors=names_of(text_of(row, "inventorName")),
        # Designs carry classes of the Korean scheme, which are no Locarno classes.
        ipc=symbols_of(text_of(row, "ipcNumber", "InternationalpatentclassificationNumber")),
    )
