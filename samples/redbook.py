"""The USPTO's red-book layout: one folder with the XML of a grant and one TIFF a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samples.biblio import bibliography
from samples.grant import Description, Grant
from samples.markup import marked


class _Counter:
    """Hands out the running ids of headings and paragraphs, which count through the whole document."""

    def __init__(self, first_number: int) -> None:
        self.headings = 0
        self.paragraphs = 0
        self.number = first_number

    def heading(self) -> str:
        self.headings += 1
        return f'id="h-{self.headings:04d}"'

    def paragraph(self) -> str:
        self.paragraphs += 1
        self.number += 1
        return f'id="p-{self.paragraphs:04d}" num="{self.number - 1:04d}"'


def _blocks(text: str, counter: _Counter, description: Description) -> Iterator[str]:
    for block in filter(None, (piece.strip() for piece in text.split("\n\n"))):
        if block.startswith("# "):
            yield f'<heading {counter.heading()} level="1">{marked(block[2:])}</heading>'
            continue
        joined = " ".join(line.strip() for line in block.splitlines())
        content = "".join(
            description.inserts[piece[1:]] if piece.startswith("@") else marked(piece)
            for piece in re.split(r"(@\w+)", joined)
        )
        yield f"<p {counter.paragraph()}>{content}</p>"


def _section(mark: str, words: str, body: list[str]) -> list[str]:
    if not body:
        return []
    return [f'<?{mark} description="{words}" end="lead"?>', *body, f'<?{mark} description="{words}" end="tail"?>']


def _description(description: Description, counter: _Counter) -> list[str]:
    related = list(_blocks(description.related, counter, description))
    summary = list(_blocks(description.summary, counter, description))
    drawings = list(_blocks(description.drawings, counter, description))
    detailed = list(_blocks(description.detailed, counter, description))
    return [
        '<description id="description">',
        *_section("RELAPP", "Other Patent Relations", related),
        *_section("BRFSUM", "Brief Summary", summary),
        *_section(
            "brief-description-of-drawings",
            "Brief Description of Drawings",
            ["<description-of-drawings>", *drawings, "</description-of-drawings>"],
        ),
        *_section("DETDESC", "Detailed Description", detailed),
        "</description>",
    ]


def _claim(number: int, text: str) -> str:
    lines = [(len(line) - len(line.lstrip()), marked(line.strip())) for line in text.strip("\n").splitlines()]
    depth = 0
    out = ""
    for indent, line in lines:
        level = indent // 2 + 1
        while depth >= level:
            out += "</claim-text>\n"
            depth -= 1
        out = out.rstrip("\n") + ("\n" if out else "") + f"<claim-text>{line}"
        depth += 1
    out += "</claim-text>\n" * depth
    return f'<claim id="CLM-{number:05d}" num="{number:05d}">\n{out}</claim>'


def _drawings(grant: Grant) -> list[str]:
    rows = ['<drawings id="DRAWINGS">']
    for number, sheet in enumerate((grant.front, *grant.sheets)):
        turned = ' orientation="landscape"' if sheet.landscape else ""
        rows += [
            f'<figure id="Fig-EMI-D{number:05d}" num="{number:05d}">',
            (
                f'<img id="EMI-D{number:05d}" he="{sheet.height_mm}" wi="{sheet.width_mm}"{turned} '
                f'file="{grant.stem}-D{number:05d}.TIF" alt="embedded image" img-content="drawing" img-format="tif"/>'
            ),
            "</figure>",
        ]
    return [*rows, "</drawings>"]


def grant_xml(grant: Grant) -> bytes:
    """The grant as the office's XML, with characters beyond ASCII as numeric references as the office writes them."""
    counter = _Counter(0 if grant.abstract else 1)
    version = re.sub(r"^v(\d)\.(\d) (.*)$", r"v\1\2-\3", grant.dtd)
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<!DOCTYPE us-patent-grant SYSTEM "us-patent-grant-{version}.dtd" [ ]>',
        (
            f'<us-patent-grant lang="EN" dtd-version="{grant.dtd}" file="{grant.stem}.XML" status="PRODUCTION" '
            f'id="us-patent-grant" country="US" date-produced="{grant.produced}" date-publ="{grant.published}">'
        ),
        *bibliography(grant),
    ]
    if grant.abstract:
        rows += ['<abstract id="abstract">', f"<p {counter.paragraph()}>{marked(grant.abstract)}</p>", "</abstract>"]
    rows += [
        *_drawings(grant),
        *_description(grant.description, counter),
        f"<us-claim-statement>{grant.statement}</us-claim-statement>",
        '<claims id="claims">',
        *(_claim(number, text) for number, text in enumerate(grant.claims, 1)),
        "</claims>",
        "</us-patent-grant>",
    ]
    return ("\n".join(rows) + "\n").encode("ascii", "xmlcharrefreplace")


def red_book(grant: Grant) -> dict[str, bytes]:
    """Every file of the grant by its path in the archive."""
    files = {f"{grant.stem}/{grant.stem}.XML": grant_xml(grant)}
    for number, sheet in enumerate((grant.front, *grant.sheets)):
        name = f"PG{number:06d}" if number else "OGFIG"
        files[f"{grant.stem}/{grant.stem}-D{number:05d}.TIF"] = sheet.tiff(name)
    return dict(sorted(files.items()))
