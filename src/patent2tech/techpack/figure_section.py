"""The figures' own section of the page and of the report: a mosaic whose numerals light up the parts they name."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from markupsafe import Markup
from PIL import Image

from patent2tech.figures.model import Numeral, SeenFigure, SeenFigures
from patent2tech.patents import Locator, Part
from patent2tech.reading.model import Reading
from patent2tech.techpack.chart_section import chart_markdown, chart_markup
from patent2tech.techpack.contributions import Section
from patent2tech.techpack.mentions import part_anchor
from patent2tech.techpack.page.anchors import fragment
from patent2tech.techpack.page.wording import both, place, word
from patent2tech.techpack.png import line_art_png, sixteen_greys_png
from patent2tech.text.markdown import escape_markdown
from patent2tech.text.notes import Lang, Note

PAGE_WIDTH_PX: Final = 1000
_LEVEL: Final = 3
_RIM: Final = 7
_TIP: Final = 9


@dataclass(frozen=True, slots=True)
class _Known:
    """What the page can say about one part: its row, its name, the claims that name it, the figures that show it."""

    part: Part
    claims: tuple[Locator, ...]
    figures: tuple[int, ...]


def figure_section(seen: SeenFigures, names: Sequence[str], reading: Reading, lang: Lang) -> Section:
    """The section of the figures that were seen; `names` are those of their files."""
    known = _known(seen, reading)
    lit = sum(each.part is not None for figure in seen.figures for each in figure.numerals)
    html = Markup("\n").join(
        [
            Markup('<p class="aside js-only">{}</p>').format(both("pack.figures.intro")) if lit else Markup(),
            Markup(
                '<p class="controls js-only">'
                '<button type="button" class="quiet" data-fig-large aria-pressed="false">{}</button></p>'
            ).format(both("pack.figures.large")),
            Markup('<ol class="fig-mosaic">'),
            *(_card(index, seen, names, known, reading) for index in range(len(seen.figures))),
            Markup("</ol>"),
            *_panel(seen, names, known),
        ]
    )
    return Section(html, "\n".join(_markdown(seen, names, reading, lang)), _asset("figures.css"), _asset("figures.js"))


@cache
def _asset(name: str) -> str:
    return files("patent2tech.techpack.page").joinpath("assets", name).read_text(encoding="utf-8")


def _known(seen: SeenFigures, reading: Reading) -> Mapping[str, _Known]:
    shown: dict[str, list[int]] = {}
    for index, figure in enumerate(seen.figures):
        for text in dict.fromkeys(each.text for each in figure.numerals):
            shown.setdefault(text, []).append(index)
    return {
        part.numeral: _Known(part, _claims_naming(part, reading), tuple(shown.get(part.numeral, ())))
        for part in reading.parts
    }


def _claims_naming(part: Part, reading: Reading) -> tuple[Locator, ...]:
    """The claims that use a name of the part, or its numeral in brackets."""
    words = "|".join(re.escape(name) for name in part.names if name)
    named = re.compile(
        rf"(?i)(?<!\w)(?:{words})(?:s|es)?(?![A-Za-z0-9])|[(（]{re.escape(part.numeral)}[)）]" if words else r"(?!)"
    )
    return tuple(claim.claim.locator for claim in reading.claims if named.search(claim.claim.text))


def _card(index: int, seen: SeenFigures, names: Sequence[str], known: Mapping[str, _Known], reading: Reading) -> Markup:
    figure = seen.figures[index]
    high, wide = figure.pixels.shape
    labelled = any(each.label == figure.label for each in reading.figures)
    label = _label(figure, names[index])
    heading = (
        Markup('<a href="{}">{}</a>').format(fragment(Locator.figure(figure.label or "").anchor), label)
        if labelled
        else label
    )
    spots = Markup("").join(_spot(figure, each, known) for each in figure.numerals)
    return Markup(
        '<li class="fig-card" id="{}"><figure>\n'
        '<figcaption><span class="figure-label">{}</span> <span class="badge">{}</span>{}</figcaption>\n'
        '<div class="fig-stage paper{}"><div class="fig-fit" style="--ratio:{}">'
        '<img src="{}" width="{}" height="{}" alt="{}" loading="lazy">'
        '<svg viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg></div></div>\n'
        "{}{}</figure></li>"
    ).format(
        _anchor(index),
        heading,
        word("pack.kind", figure.kind),
        _doubt(figure),
        " line" if _is_line_art(figure) else "",
        f"{wide / high:.4f}",
        _uri(figure),
        wide,
        high,
        figure.caption or "",
        wide,
        high,
        f"FIG. {figure.label}" if figure.label else names[index],
        spots,
        _legend(figure),
        chart_markup(figure, reading),
    )


def _anchor(index: int) -> str:
    return f"seen{index + 1}"


def _label(figure: SeenFigure, name: str) -> Markup:
    return place(Locator.figure(figure.label)) if figure.label else Markup("{}").format(name)


def _doubt(figure: SeenFigure) -> Markup:
    if figure.label is None:
        return Markup(' <span class="aside">{}</span>').format(both("pack.figures.no_label"))
    return Markup()


def _spot(figure: SeenFigure, each: Numeral, known: Mapping[str, _Known]) -> Markup:
    """One numeral: a place to point at, with the way to the part; a link where the text names the part."""
    left, top = figure.box[:2]
    x0, y0, x1, y1 = (each.box[0] - left, each.box[1] - top, each.box[2] - left, each.box[3] - top)
    lead = Markup()
    if each.tip:
        x, y = each.tip[0] - left, each.tip[1] - top
        lead = Markup('<path d="M{} {}L{} {}"/><circle cx="{}" cy="{}" r="{}"/>').format(
            (x0 + x1) // 2, (y0 + y1) // 2, round(x), round(y), round(x), round(y), _TIP
        )
    shape = Markup('{}<rect x="{}" y="{}" width="{}" height="{}" rx="6"/>').format(
        lead, x0 - _RIM, y0 - _RIM, x1 - x0 + 2 * _RIM, y1 - y0 + 2 * _RIM
    )
    if (one := known.get(each.text)) is None:
        return Markup('<g class="fig-spot unnamed" data-numeral="{}"><title>{}</title>{}</g>').format(
            each.text, each.text, shape
        )
    name = one.part.names[0] if one.part.names else ""
    return Markup('<a class="fig-spot" href="{}" data-part="{}" aria-label="{}">{}</a>').format(
        fragment(part_anchor(one.part)), part_anchor(one.part), f"{each.text} {name}".strip(), shape
    )


def _legend(figure: SeenFigure) -> Markup:
    """The numerals of a figure with the names of their parts: what print has instead of pointing."""
    named = {each.text: each.part for each in sorted(figure.numerals, key=lambda each: _natural(each.text))}
    if not named:
        return Markup()
    rows = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(text, name or "–") for text, name in named.items()
    )
    return Markup('<dl class="fig-legend">{}</dl>').format(rows)


def _natural(text: str) -> tuple[int, str]:
    digits = re.search(r"\d+", text)
    return int(digits[0]) if digits else 0, text


def _panel(seen: SeenFigures, names: Sequence[str], known: Mapping[str, _Known]) -> Iterator[Markup]:
    """What is known of the part that is lit: one row for each, of which the script shows one."""
    rows = [_row(one, seen, names) for one in known.values() if one.figures]
    if rows:
        yield Markup('<div class="fig-panel js-only" hidden>{}</div>').format(Markup("").join(rows))


def _row(one: _Known, seen: SeenFigures, names: Sequence[str]) -> Markup:
    claims = Markup(" ").join(
        Markup('<a class="place" href="{}">{}</a>').format(fragment(each.anchor), place(each)) for each in one.claims
    )
    figures = Markup(" ").join(
        Markup('<a class="place" href="#{}">{}</a>').format(_anchor(index), _label(seen.figures[index], names[index]))
        for index in one.figures
    )
    return Markup(
        '<div class="fig-part" data-part="{}" hidden><p><a href="{}"><b>{}</b> {}</a></p><p>{} {}</p><p>{} {}</p></div>'
    ).format(
        part_anchor(one.part),
        fragment(part_anchor(one.part)),
        one.part.numeral,
        ", ".join(one.part.names[:3]),
        both("pack.figures.in_figures"),
        figures,
        both("pack.figures.in_claims") if one.claims else both("pack.figures.in_no_claim"),
        claims,
    )


def _is_line_art(figure: SeenFigure) -> bool:
    return bool(((figure.pixels == 0) | (figure.pixels == 255)).mean() > 0.98)  # noqa: PLR2004 - all but the rims


def _uri(figure: SeenFigure) -> str:
    """The figure small enough to live in the page."""
    image = Image.fromarray(figure.pixels)
    if image.width > PAGE_WIDTH_PX:
        height = max(1, round(image.height * PAGE_WIDTH_PX / image.width))
        content = sixteen_greys_png(image.resize((PAGE_WIDTH_PX, height), Image.Resampling.BOX), _LEVEL)
    elif np.isin(figure.pixels, (0, 255)).all():
        content = line_art_png(image.convert("1", dither=Image.Dither.NONE), _LEVEL)
    else:
        stream = io.BytesIO()
        image.save(stream, "PNG", compress_level=_LEVEL)
        content = stream.getvalue()
    return f"data:image/png;base64,{base64.b64encode(content).decode('ascii')}"


def _markdown(seen: SeenFigures, names: Sequence[str], reading: Reading, lang: Lang) -> Iterator[str]:
    for figure, name in zip(seen.figures, names, strict=True):
        label = Note.of("pack.place.figure", label=figure.label).wording(lang) if figure.label else name
        kind = Note(f"pack.kind.{figure.kind}").wording(lang)
        yield f"### {escape_markdown(label)} ({kind})"
        yield ""
        yield f"![{escape_markdown(label)}](figures/{name}.png)"
        yield ""
        named = {each.text: each.part for each in sorted(figure.numerals, key=lambda each: _natural(each.text))}
        if named:
            yield (
                "| "
                + " | ".join(Note(code).wording(lang) for code in ("pack.parts.numeral", "pack.parts.names"))
                + " |"
            )
            yield "|---|---|"
            for text, part in named.items():
                yield f"| {escape_markdown(text)} | {escape_markdown(part or '–')} |"
            yield ""
        yield from chart_markdown(figure, reading, lang)
