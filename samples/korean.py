"""The Korean sample: a granted patent in the layout of the gazette, as text with one TIFF a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from samples import korean_text as words
from samples.callouts import Callout
from samples.figure import Figure, figure
from samples.sheet import Sheet, sheet
from samples.valve import SHAFTS, exploded, valve
from samples.views import FRONT, PERSPECTIVE, TOP, View

STEM = "KR10-2990001B1"

_PERSPECTIVE = (
    Callout("100", "", "above", (14, 62, 0)),
    Callout("10", "하우징", "left", (-6, 12, 23.2)),
    Callout("12", "하우징", "left", (-60, 10, 15)),
    Callout("14", "하우징", "right", (64, -10, 4)),
    Callout("20", "커버", "right", (19, 31, 25.7)),
    Callout("22", "체결볼트", "right", (27.5, 37, 0)),
    Callout("24", "조절나사", "above", (1, 62, 1)),
    Callout("26", "조절노브", "left"),
    Callout("40", "다공성 컵", "left", (-8, -66, 10)),
    Callout("42", "다공성 컵", "right", (7, -60, 12.1)),
    Callout("44", "다공성 컵", "right", (24, -36, 11)),
)
_FRONT = (
    Callout("10", "하우징", "right", (10, 14, 20)),
    Callout("12", "하우징", "left", (-58, 10, 15)),
    Callout("14", "하우징", "right", (58, -10, 15)),
    Callout("20", "커버", "left", (-26, 30.5, 18)),
    Callout("22", "체결볼트", "left", (-28.5, 35.5, 3)),
    Callout("24", "조절나사", "right", (2, 61, 4)),
    Callout("26", "조절노브", "right"),
    Callout("40", "다공성 컵", "left", (-8, -80, 6)),
    Callout("42", "다공성 컵", "right", (7, -60, 12.1)),
    Callout("44", "다공성 컵", "right", (22, -36.5, 15)),
)
_TOP = (
    Callout("12", "하우징", "left", (-58, 25, 2)),
    Callout("14", "하우징", "right", (58, 5, 2)),
    Callout("20", "커버", "below"),
    Callout("22", "체결볼트", "above", (0, 37, -27.5)),
    Callout("26", "조절노브", "right", (12, 58, -8)),
)
_SECTION = (
    Callout("10", "하우징", "left", (-21.5, -16, 0)),
    Callout("12", "하우징", "left", (-61, 4, -4.5)),
    Callout("14", "하우징", "right", (61, -10, -7.5)),
    Callout("16", "하우징", "left", (-14, 0, 0)),
    Callout("18", "하우징", "right", (8.4, 0.5, 0)),
    Callout("20", "커버", "left", (-13, 30.5, 0)),
    Callout("22", "체결볼트", "right", (27.5, 35, 4)),
    Callout("24", "조절나사", "right", (2, 44, 4)),
    Callout("26", "조절노브", "right", (12, 54, 0)),
    Callout("28", "스프링받침", "right", (6.5, 14.5, 0)),
    Callout("30", "차단체", "left", (-9, -6.5, 0)),
    Callout("32", "로드", "right", (1, -14, 2)),
    Callout("34", "씰부재", "left", (-6, -24.5, 0)),
    Callout("36", "복귀스프링", "left"),
    Callout("38", "격판", "right", (14, -20, 0)),
    Callout("40", "다공성 컵", "left", (-15, -47, 0)),
    Callout("42", "-", "right", (12, -60, 0)),
    Callout("44", "다공성 컵", "right", (25, -36.5, 0)),
    Callout("50", "수분팽창체", "right", (3, -62, 0)),
    Callout("52", "가압판", "left", (-10, -31.5, 0)),
    Callout("60", "하우징", "right", (14, 22, -12.8)),
    Callout("62", "하우징", "left", (-15, -12, -11.6)),
)
_EXPLODED = (
    Callout("26", "조절노브", "right"),
    Callout("24", "조절나사", "right", (2, 118, 4)),
    Callout("22", "체결볼트", "left"),
    Callout("20", "커버", "right"),
    Callout("28", "스프링받침", "left"),
    Callout("36", "복귀스프링", "right"),
    Callout("10", "하우징", "left", (-4, 14, 23.6)),
    Callout("12", "하우징", "left", (-60, 10, 14.9)),
    Callout("14", "하우징", "right", (64, -10, 4)),
    Callout("30", "차단체", "left"),
    Callout("32", "로드", "right"),
    Callout("38", "격판", "left"),
    Callout("34", "씰부재", "right"),
    Callout("52", "가압판", "left"),
    Callout("50", "수분팽창체", "right"),
    Callout("40", "다공성 컵", "left", (-6, -246, 8)),
    Callout("42", "다공성 컵", "right", (7, -222, 12.1)),
    Callout("44", "다공성 컵", "right", (22, -198.5, 15)),
)


@cache
def korean_figures() -> tuple[Figure, ...]:
    """The five figures in order."""
    parts = list(valve().values())
    axis = [((0.0, 160.0, 0.0), (0.0, -262.0, 0.0))]
    return (
        figure("도 1", parts, PERSPECTIVE, 12, _PERSPECTIVE),
        figure("도 2", parts, FRONT, 12, _FRONT),
        figure("도 3", parts, TOP, 11, _TOP),
        figure("도 4", parts, FRONT, 14, _SECTION, section=SHAFTS),
        figure("도 5", exploded(), View(30, 18), 6.4, _EXPLODED, axes=axis),
    )


class _Paragraphs:
    """Numbers paragraphs through the whole description."""

    def __init__(self) -> None:
        self.last = 0

    def __call__(self, texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            self.last += 1
            first, *more = text.splitlines()
            yield f"[{self.last:04d}] {first}"
            yield from (f" {line}" for line in more)


def _claims() -> Iterator[str]:
    for number, claim in enumerate(words.CLAIMS, 1):
        yield f"청구항 {number}"
        yield claim or "삭제"


def publication(sheets: int) -> str:
    """The whole text of the publication."""
    numbered = _Paragraphs()
    live = sum(claim is not None for claim in words.CLAIMS)
    signs = "\n".join(f"{numeral}: {name}" for numeral, name in words.NUMERALS.items())
    lines = [
        words.FRONT_PAGE.format(claims=live),
        f"(54) 발명의 명칭 {words.TITLE}",
        "(57) 요 약",
        words.ABSTRACT.replace("\n", " "),
        "대 표 도 - 도1",
        "명 세 서",
        "청구범위",
        *_claims(),
        "발명의 설명",
        "기 술 분 야",
        *numbered(words.FIELD),
        "배 경 기 술",
        *numbered(words.BACKGROUND),
        "선행기술문헌",
        "특허문헌",
        *numbered(words.PRIOR_ART),
        "발명의 내용",
        "해결하려는 과제",
        *numbered(words.PROBLEM),
        "과제의 해결 수단",
        *numbered(words.SOLUTION),
        "발명의 효과",
        *numbered(words.EFFECT),
        "도면의 간단한 설명",
        *numbered([words.DRAWINGS]),
        "발명을 실시하기 위한 구체적인 내용",
        *numbered(words.DETAILED),
        "부호의 설명",
        *numbered([signs]),
        "도면",
        *(f"도면{number}" for number in range(1, sheets + 1)),
    ]
    return "\n".join(lines) + "\n"


def korean() -> dict[str, bytes]:
    """Every file of the publication by its path in the archive."""
    sheets: list[Sheet] = [sheet([drawn]) for drawn in korean_figures()]
    files = {f"{STEM}/{STEM}.txt": publication(len(sheets)).encode()}
    for number, one in enumerate(sheets, 1):
        files[f"{STEM}/{STEM}-D{number:05d}.TIF"] = one.tiff(f"PG{number:06d}")
    return files
