"""The model as a section of the page: viewer, self-check, figures beside their re-rendering, assumptions."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files as resources
from typing import Any, Final

import numpy as np
import trimesh
from markupsafe import Markup
from PIL import Image

from patent2tech.shape.report import depth_note, note_of
from patent2tech.techpack.contributions import Section
from patent2tech.techpack.page import both, data
from patent2tech.techpack.page.wording import said
from patent2tech.techpack.png import sixteen_greys_png
from patent2tech.techpack.report import escape_markdown
from patent2tech.text.notes import Lang, Note

_PICTURE_PIXELS: Final = 300
_PNG_LEVEL: Final = 6
_STILL: Final = "renders/front-right-top.png"
_STEPS: Final = 32767
"""Positions go to the viewer as 16-bit integers."""
_VIEWS: Final = ("front", "rear", "left", "right", "top", "bottom")


def section_of(report: Mapping[str, Any], files: Mapping[str, bytes], folder: str) -> Section:
    """The section of a pack's model, or of its refusal."""
    models = [report, *report["embodiments"]]
    html = Markup("").join(part for model in models for part in _model(model, files, folder))
    markdown = "\n".join(line for model in models for line in _markdown(model, folder))
    return Section(html, markdown, _asset("model.css"), _asset("viewer.js"))


def _model(model: Mapping[str, Any], files: Mapping[str, bytes], folder: str) -> Iterator[Markup]:
    if model["embodiment"] > 1:
        yield Markup("<h3>{}</h3>").format(both("pack.model.embodiment", number=model["embodiment"]))
    reason = note_of(model["reason"])
    if reason is not None:
        yield Markup('<p class="refused">{}</p>').format(said(reason))
    if model["files"]["glb"] is None:
        return
    prefix = model["files"]["glb"].removesuffix("model.glb")
    yield _quality(model)
    yield _viewer(model, files, prefix)
    yield _parts(model)
    yield Markup('<p class="downloads">{} {}</p>').format(
        both("pack.model.files"),
        Markup(" ").join(
            Markup('<a href="{}/{}" download>{}</a>').format(folder, path, kind.upper())
            for kind, path in model["files"].items()
        ),
    )
    yield _assumptions(model)
    yield _figures(model, files)


def _quality(model: Mapping[str, Any]) -> Markup:
    words = note_of(model["quality_in_words"])
    meaning = said(words) if words else Markup("")
    return Markup('<p class="quality"><strong>{:.2f}</strong> {} <small>{}</small></p>').format(
        model["quality"], meaning, both("pack.model.quality_about")
    )


def _viewer(model: Mapping[str, Any], files: Mapping[str, bytes], prefix: str) -> Markup:
    """A still picture, which the script replaces with the model where the browser can draw it."""
    still = _image(files.get(f"{prefix}{_STILL}"), "still", Note.of("pack.model.still"))
    buttons = Markup("").join(
        Markup('<button type="button" data-view="{}">{}</button>').format(name, both(f"pack.view.{name}"))
        for name in _VIEWS
    )
    return Markup(
        '<div class="solid"><script type="application/json">{data}</script>'
        '<div class="stage">{still}<div class="pins"></div><p class="hint" hidden>{hint}</p></div>'
        '<div class="tools" hidden>{buttons}<button type="button" data-do="in" aria-label="+">+</button>'
        '<button type="button" data-do="out" aria-label="&minus;">&minus;</button>'
        '<label><input type="checkbox" data-do="wire"> {wire}</label>'
        '{around}<label>{section} <select data-do="axis"><option value="">&ndash;</option><option value="0">X</option>'
        '<option value="1">Y</option><option value="2">Z</option></select></label>'
        '<input type="range" data-do="cut" min="-100" max="100" value="0" disabled aria-label="{cut}"></div></div>'
    ).format(
        data=data(_shown(model, files, prefix)),
        still=still,
        hint=both("pack.model.hint"),
        buttons=buttons,
        wire=both("pack.model.wireframe"),
        around=Markup('<label><input type="checkbox" data-do="around" checked> {}</label>').format(
            both("pack.model.environment")
        )
        if model["environment"]
        else "",
        section=both("pack.model.section"),
        cut=Note.of("pack.model.section").wording(Lang.EN),
    )


def _shown(model: Mapping[str, Any], files: Mapping[str, bytes], prefix: str) -> dict[str, Any]:
    """What the viewer draws: the body, what is around it, and where the leads of numerals end on it."""
    around = model["environment"]
    places = [
        {
            "part": f"part{one['numeral']}",
            "label": one["numeral"],
            "title": " ".join(filter(None, (one["numeral"], one["name"]))),
            "at": one["at"],
            "towards": one["towards"],
        }
        for one in model["parts"]
    ]
    return {
        "body": _geometry(files[f"{prefix}model.ply"]),
        "around": _geometry(files[around["file"]]) if around else None,
        "parts": places,
    }


def _parts(model: Mapping[str, Any]) -> Markup:
    """The parts whose place on the model some figure's lead line shows."""
    names = {one["numeral"]: one["name"] or "" for one in model["parts"]}
    if not names:
        return Markup("")
    items = Markup("").join(
        Markup('<li><button type="button" class="on-model" data-part="part{}">{} {}</button></li>').format(
            numeral, numeral, name
        )
        for numeral, name in names.items()
    )
    return Markup('<div class="placed"><p>{}</p><ul>{}</ul></div>').format(both("pack.model.parts"), items)


def _geometry(ply: bytes) -> dict[str, str | float]:
    """Vertices as 16-bit integers and triangles as 32-bit, both little-endian in base 64."""
    mesh = trimesh.load_mesh(io.BytesIO(ply), file_type="ply")
    if not isinstance(mesh, trimesh.Trimesh):
        raise TypeError("a model has one mesh")
    scale = float(np.abs(mesh.vertices).max()) or 1.0
    points = np.round(np.asarray(mesh.vertices) / scale * _STEPS).astype("<i2")
    return {
        "scale": scale,
        "points": base64.b64encode(points.tobytes()).decode(),
        "faces": base64.b64encode(np.asarray(mesh.faces).astype("<u4").tobytes()).decode(),
    }


def _assumptions(model: Mapping[str, Any]) -> Markup:
    notes = [depth_note(each["side"], each["depth"], each["basis"]) for each in model["assumed_depths"]]
    notes += [note for note in map(note_of, model["notes"]) if note is not None]
    items = [said(note) for note in notes]
    if model["missing_views"]:
        names = Markup(", ").join(both(f"pack.view.{side}") for side in model["missing_views"])
        items.append(Markup("{}: {}").format(both("pack.model.missing"), names))
    if not items:
        return Markup("<p>{}</p>").format(both("pack.model.nothing_assumed"))
    listed = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    return Markup("<h3>{}</h3><ul>{}</ul>").format(both("pack.model.assumed"), listed)


def _figures(model: Mapping[str, Any], files: Mapping[str, bytes]) -> Markup:
    cards = []
    for view in model["views"]:
        label = view["figure"] or "–"
        if not view["used"] or view["drawn"] is None:
            reason = note_of(view["reason"])
            if reason is not None:
                cards.append(
                    Markup('<li class="left-out"><b>{}</b> {}</li>').format(
                        both("pack.place.figure", label=label), said(reason)
                    )
                )
            continue
        pictures = Markup("").join(
            _image(files.get(view[key]), key, Note.of(f"pack.model.{key}", label=label)) for key in ("drawn", "redrawn")
        )
        cards.append(
            Markup("<li>{}<span><b>{}</b> {} · {:.3f} · {:.2f}</span></li>").format(
                pictures,
                both("pack.place.figure", label=label),
                both(f"pack.view.{view['view']}"),
                view["silhouette_iou"],
                view["line_score"],
            )
        )
    return Markup('<h3>{}</h3><p>{}</p><ul class="pairs">{}</ul>').format(
        both("pack.model.compared"), both("pack.model.compared_about"), Markup("").join(cards)
    )


def _image(png: bytes | None, kind: str, text: Note) -> Markup:
    if png is None:
        return Markup("")
    with Image.open(io.BytesIO(png)) as image:
        small = image.convert("L")
        small.thumbnail((_PICTURE_PIXELS, _PICTURE_PIXELS) if kind != "still" else (600, 600))
        content = sixteen_greys_png(small, _PNG_LEVEL)
        size = small.size
    return Markup('<img class="{}" alt="{}" width="{}" height="{}" src="data:image/png;base64,{}">').format(
        kind, text.wording(Lang.EN), *size, base64.b64encode(content).decode()
    )


def _markdown(model: Mapping[str, Any], folder: str) -> Iterator[str]:
    if model["reason"]:
        yield escape_markdown(model["reason"]["text"])
        yield ""
    if model["files"]["glb"] is None:
        return
    yield f"Quality {model['quality']:.2f}: {escape_markdown(model['quality_in_words']['text'])}"
    yield ""
    for kind, path in model["files"].items():
        yield f"- {kind.upper()}: {folder}/{path}"
    for each in model["assumed_depths"]:
        yield f"- {escape_markdown(each['text'])}"
    for note in model["notes"]:
        yield f"- {escape_markdown(note['text'])}"
    yield ""


@cache
def _asset(name: str) -> str:
    return resources("patent2tech.techpack.solid").joinpath("assets", name).read_text(encoding="utf-8")
