"""Which of the program's languages a reader wants."""

from __future__ import annotations

from patent2tech.text import Lang


def preferred(chosen: str | None, accept_language: str | None) -> Lang:
    """The language chosen by name, else the best of an `Accept-Language` header, else English."""
    if chosen in set(Lang):
        return Lang(chosen)
    weighed = [(weight, lang) for lang, weight in map(_weighed, (accept_language or "").split(",")) if lang]
    # Of equal weights the first named counts, which `max` keeps.
    weight, lang = max(weighed, key=lambda pair: pair[0], default=(0.0, None))
    return lang if lang and weight > 0 else Lang.EN


def _weighed(part: str) -> tuple[Lang | None, float]:
    tag, _, parameters = part.partition(";")
    name = tag.strip().lower().partition("-")[0]
    lang = Lang(name) if name in set(Lang) else None
    quality = parameters.strip().lower().removeprefix("q=")
    try:
        return lang, float(quality) if quality else 1.0
    except ValueError:
        return None, 0.0
