"""Words and phrases that every patent uses, so that they tell nothing about this one."""

from __future__ import annotations

from typing import Final

STOP_WORDS: Final = frozenset(
    "embodiment embodiments invention inventions claim claims fig figs figure figures present example "
    "examples exemplary aspect aspects disclosure prior art drawing drawings description application "
    "applications applicant detail details reference references numeral numerals various particular preferred "
    "alternative certain possible suitable desired appropriate similar different specific general "
    "conventional known new novel additional further above below following previous same first second third "
    "fourth fifth method methods case cases manner way ways purpose purposes time times number numbers "
    "portion portions part parts step steps means use uses used one ones two three more most less least "
    "plurality set sets kind kinds type types term terms order result results addition accordance accordingly "
    "respect regard view views scope spirit modification modifications person skilled ordinary skill field "
    "background summary object objects advantage advantages problem problems need fact such said wherein "
    "having being able made make makes take takes taken give given see seen become preferably "
    "embodiment-specific like well much many few inventor inventors clause clauses patent patents publication "
    "section paragraph table tables equation step-by-step amount amounts wishes does doing done want wants "
    "shows show showing illustrating illustrates describes describing according based not however therefore "
    "thus e.g i.e etc et al vs per via configured adapted arranged operable capable".split()
)
STOP_TERMS: Final = frozenset({"u s", "non transitory", "co pending"})

KOREAN_STOPS: Final = frozenset(
    "본 발명 상기 하기 이하 도 도면 실시예 일실시예 경우 것 수 등 및 또는 또한 그리고 따라서 이때 여기서 한편 "
    "즉 각각 복수 다수 하나 둘 청구항 제 항 기재 설명 특징 구성 목적 효과 과제 해결 수단 기술 분야 배경 내용 "
    "참조 부호 일 예 방법 단계 위 때 후 전 중 내지 이상 미만 초과 정도 대한 관한 더 매우 특히 예컨대 예를 "
    "들어 통상 필요 가능 이러한 이와 그 이 저 어느 다른 모든 위해 통해 의해 따라 의한 위한 따른 있다 없다 "
    "한다 된다".split()
)
_PARTICLES: Final = (
    "으로부터 로부터 에서의 으로써 으로서 에서는 에서 에게 으로 까지 부터 마다 보다 처럼 만큼 에는 에도 과의 "
    "와의 들은 들을 들이 들의 들 은 는 이 가 을 를 의 에 와 과 로 도 만"
).split()
DOUBTFUL_PARTICLES: Final = frozenset("이 가 도 로 과 와 만 에 의".split())
"""Particles that are also last syllables of short nouns, as in 높이."""

_VERB_ENDINGS: Final = (
    "하는데 되는데 하도록 되도록 하여야 하거나 되거나 하였다 되었다 하였으며 되었으며 하며 되며 하고 되고 "
    "하여 되어 하면 되면 하는 되는 한다 된다 하기 되기 했다 됐다 시키는 시켜 시킨 시키고 있는 없는 있다 없다 "
    "있으며 있고 있어 않는 않고 않으며 같이 같은 위한 위해 위하여 통해 통하여 의해 의하여 의한 대한 대해 관한 "
    "따라 따른 이루어진 이루어지는 갖는 가지는 포함 구비 이다 이며 이고 이나 이면 이라 입니다 습니다 지만 "
    "면서 므로 니다 려는 려고 을수록 된 될 할 한 함 됨 인 진 질 짐 면 며 고 서 게"
).split()
KOREAN_TAILS: Final = tuple(
    sorted(
        [(particle, True) for particle in _PARTICLES] + [(ending, False) for ending in _VERB_ENDINGS],
        key=lambda tail: (-len(tail[0]), tail[0]),
    )
)
"""Endings of Korean words, longest first, and whether a noun stands before them."""
