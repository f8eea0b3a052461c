"""The report: the pack's content as Markdown that no text of a patent can turn into links, images or HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from patent2tech.patents import Heading, Locator, Place
from patent2tech.reading.model import StatementKind
from patent2tech.techpack.claims import ClaimNode, Piece, Role, claim_tree
from patent2tech.techpack.page.render import without_unshowable
from patent2tech.techpack.request import PackRequest
from patent2tech.techpack.sheets import DrawnSheets
from patent2tech.text.markdown import escape_markdown
from patent2tech.text.notes import Lang, Note

__all__ = ["escape_markdown", "render_report"]


def render_report(request: PackRequest, drawn: DrawnSheets) -> str:
    """The whole report in the language of the request."""
    report = _Report(request, drawn)
    return without_unshowable("\n".join(report.lines()).rstrip() + "\n")


class _Report:
    def __init__(self, request: PackRequest, drawn: DrawnSheets) -> None:
        self._request, self._reading, self._patent = request, request.reading, request.patent
        self._drawn = drawn

    def lines(self) -> Iterator[str]:
        yield from self._front()
        yield from self._gist()
        yield from self._claims()
        yield from self._drawings()
        yield from self._parts()
        yield from self._description()
        yield from self._citations()
        for contribution in self._request.contributions:
            if contribution.section:
                yield from self._heading(f"pack.part.{contribution.part}")
                yield from (contribution.section.markdown, "")
        yield from self._about()

    def _front(self) -> Iterator[str]:
        patent, status = self._patent, self._reading.status
        yield from (f"# {escape_markdown(patent.title)}", "", f"**{patent.number}**", "")
        facts: Sequence[tuple[str, Sequence[object]]] = (
            ("pack.date.priority", [patent.dates.priority]),
            ("pack.date.filing", [patent.dates.filing]),
            ("pack.date.publication", [patent.dates.publication]),
            ("pack.date.grant", [patent.dates.grant]),
            ("pack.applicants", [party.name for party in patent.applicants]),
            ("pack.assignees", [party.name for party in patent.assignees]),
            ("pack.inventors", [party.name for party in patent.inventors]),
            ("pack.cpc", patent.cpc),
            ("pack.ipc", patent.ipc),
            ("pack.locarno", [patent.locarno]),
            ("pack.us_class", [patent.us_class]),
        )
        for code, values in facts:
            if said := ", ".join(escape_markdown(str(value)) for value in values if value):
                yield f"- **{self._t(code)}:** {said}"
        until = f" ({self._t('pack.status.until', date=status.expires)})" if status.expires else ""
        yield f"- **{self._t('pack.status')}:** {self._t(f'pack.status.{status.estimate}')}{until}"
        yield from (f"  - {self._note(note)}" for note in status.basis)
        yield from ("", f"> {self._t('pack.not_legal_advice')}", "")
        for note in (*self._request.notes, *self._reading.warnings, *self._drawn.left_out):
            yield f"> {self._note(note)}"
        cover = next((image for image in self._drawn.images if image.representative), None)
        if cover:
            yield from ("", f"![{self._t('pack.cover')}]({cover.path})")
        if patent.abstract:
            yield from self._heading("pack.abstract")
            yield from (escape_markdown(patent.abstract), "")

    def _gist(self) -> Iterator[str]:
        if not self._reading.statements and not self._reading.terms:
            return
        yield from self._heading("pack.gist")
        for kind in StatementKind:
            statements = [statement for statement in self._reading.statements if statement.kind is kind]
            if statements:
                yield from (f"### {self._t(f'pack.statement.{kind}')}", "")
                for statement in statements:
                    yield f"- “{escape_markdown(statement.text)}” ({self._place(statement.locator)})"
                yield ""
        if self._reading.terms:
            terms = ", ".join(f"{escape_markdown(term.text)} ({term.count})" for term in self._reading.terms)
            yield from (f"### {self._t('pack.terms')}", "", terms, "")

    def _claims(self) -> Iterator[str]:
        if self._reading.claims:
            yield from self._heading("pack.claims")
            for node in claim_tree(self._reading):
                yield from self._claim(node)
                yield ""

    def _claim(self, node: ClaimNode) -> Iterator[str]:
        indent, last = "  " * node.level, f"–{node.read.claim.through}" if node.read.claim.through else ""
        opening = _joined(piece for piece in node.pieces if piece.role is not Role.ELEMENT)
        if not node.itemised:
            yield f"{indent}- **{node.read.number}{last}.** {_joined(node.pieces)}"
        else:
            yield f"{indent}- **{node.read.number}{last}.** {opening}"
            for piece in node.pieces:
                if piece.role is Role.ELEMENT:
                    yield f"{indent}  - {_joined([piece])}"
        for child in node.children:
            yield from self._claim(child)

    def _drawings(self) -> Iterator[str]:
        if not self._reading.figures and not self._drawn.images:
            return
        yield from self._heading("pack.drawings")
        for figure in self._reading.figures:
            caption = escape_markdown(figure.caption or "")
            yield f"- **{self._place(Locator.figure(figure.label))}** {caption}"
        for image in self._drawn.images:
            if not image.representative:
                yield from ("", f"![{self._t('pack.sheet', number=image.number)}]({image.path})")
        yield ""

    def _parts(self) -> Iterator[str]:
        if not self._reading.parts:
            return
        yield from self._heading("pack.parts")
        columns = ("pack.parts.numeral", "pack.parts.names", "pack.parts.figures", "pack.parts.places")
        yield "| " + " | ".join(self._t(code) for code in columns) + " |"
        yield "|---|---|---|---|"
        for part in self._reading.parts:
            names = escape_markdown(", ".join(part.names))
            figures = escape_markdown(", ".join(part.figures))
            places = ", ".join(self._place(locator) for locator in part.locators)
            yield f"| {escape_markdown(part.numeral)} | {names} | {figures} | {places} |"
        yield ""

    def _description(self) -> Iterator[str]:
        if not self._patent.description:
            return
        yield from self._heading("pack.description")
        for block in self._patent.description:
            if isinstance(block, Heading):
                yield f"### {escape_markdown(block.text)}"
            else:
                yield f"**\\[{escape_markdown(block.number)}\\]** {escape_markdown(block.text)}"
            yield ""

    def _citations(self) -> Iterator[str]:
        if self._patent.citations:
            yield from self._heading("pack.cited")
            for citation in self._patent.citations:
                yield f"- {escape_markdown(str(citation.number or citation.text))}"

    def _about(self) -> Iterator[str]:
        source = self._request.source
        yield from self._heading("pack.about")
        yield f"- **{self._t('pack.about.source')}:** {escape_markdown(source.name)} ({escape_markdown(source.format)})"
        yield f"- **SHA-256:** `{source.sha256}`"
        yield f"- **{self._t('pack.about.created')}:** {self._request.created.isoformat()}"
        yield f"- **{self._t('pack.about.program')}:** Patent2Tech {self._request.program_version}"
        yield from ("", self._t("pack.about.by_rules"))

    def _heading(self, code: str) -> tuple[str, ...]:
        return ("", f"## {self._t(code)}", "")

    def _t(self, code: str, **values: object) -> str:
        return self._note(Note.of(code, **values))

    def _note(self, note: Note) -> str:
        return escape_markdown(note.wording(self._lang))

    @property
    def _lang(self) -> Lang:
        return self._request.lang

    def _place(self, locator: Locator) -> str:
        if locator.place is Place.PARAGRAPH:
            return escape_markdown(str(locator))
        return self._t(f"pack.place.{locator.place}", label=locator.label)


def _joined(pieces: Sequence[Piece] | Iterator[Piece]) -> str:
    return escape_markdown("".join(piece.text + piece.after for piece in pieces))
