"""From claims to requirements by rules."""

from __future__ import annotations

import datetime as dt

import pytest

from patent2tech.codegen.building import chosen
from patent2tech.codegen.outline import outline_of
from patent2tech.codegen.specification import Kind, Specification
from patent2tech.codegen.specifying import main_claim, specify
from patent2tech.errors import BadInput
from patent2tech.patents import Claim, Paragraph, Patent, PatentType, PublicationNumber
from patent2tech.reading import read

METHOD = (
    "1. A computer-implemented method of drying grain, the method comprising:\n"
    "measuring a moisture of the grain;\n"
    "heating the grain to a temperature when the moisture exceeds a predetermined threshold; and\n"
    "wherein the temperature is substantially constant."
)
MORE = "2. The method of claim 1, further comprising cooling the grain for a predetermined time."
DEVICE = (
    "3. A dryer, comprising:\na drum having an inlet;\na burner connected to the drum; and\n"
    "a controller configured to:\nmeasure the moisture; and\nstop the burner."
)
CANCELLED = "4. (canceled)"
TEXT = (
    "The moisture of the grain is measured with a probe.",
    "Heating stops at a temperature of 60 to 65 °C, and the threshold is 14 %.",
    "The burner 20 is connected to the drum 10, whose inlet is 120 mm wide. See FIG. 3 and step 5.",
)


def a_specification(*claims: str, text: tuple[str, ...] = TEXT) -> Specification:
    patent = Patent(
        number=PublicationNumber.parse("US99900019B2"),
        title="Dryer",
        type=PatentType.UTILITY,
        language="en",
        source_format="test",
        claims=tuple(Claim(int(each.split(".")[0]), each) for each in claims or (METHOD, MORE, DEVICE, CANCELLED)),
        description=tuple(Paragraph(f"{at:04}", each) for at, each in enumerate(text, 1)),
    )
    return specify(read(patent, dt.date(2026, 11, 2)))


def test_each_element_of_each_live_claim_is_a_requirement_of_its_kind() -> None:
    found = [(each.claim, each.element, each.kind) for each in a_specification().requirements]
    assert found == [
        (1, 1, Kind.STEP),
        (1, 2, Kind.STEP),
        (1, 3, Kind.CONDITION),
        (2, 1, Kind.STEP),
        (3, 1, Kind.COMPONENT),
        (3, 2, Kind.COMPONENT),
        (3, 3, Kind.COMPONENT),
        (3, 4, Kind.CONDITION),
        (3, 5, Kind.CONDITION),
    ]


def test_explaining_sentences_are_quoted_verbatim_with_their_place() -> None:
    measuring = a_specification().requirements[0]
    assert [(each.locator, each.quote) for each in measuring.evidence] == [("[0001]", TEXT[0])]


def test_disclosed_values_come_with_range_and_unit_and_numerals_are_none() -> None:
    requirements = a_specification().requirements
    heating = {(each.name, each.low, each.high, each.unit) for each in requirements[1].parameters}
    assert ("temperature", 60.0, 65.0, "°C") in heating
    assert ("threshold", 14.0, None, "%") in heating
    values = {each.low for requirement in requirements for each in requirement.parameters}
    assert not values & {3.0, 5.0, 10.0, 20.0}


def test_what_is_not_disclosed_is_listed_and_what_is_disclosed_is_not() -> None:
    gaps = [(gap.requirement, gap.note.wording()) for gap in a_specification().not_disclosed]
    assert ("R3", "“substantially” is a word of degree without a measure.") in gaps
    assert any(requirement == "R4" and "predetermined time" in text for requirement, text in gaps)
    assert not any(requirement == "R2" and "threshold" in text for requirement, text in gaps)


def test_connections_follow_what_a_component_takes_up() -> None:
    module = next(each for each in outline_of(a_specification()).modules if each.number == 3)
    assert [(one.thing, one.other) for one in module.components[1].connections] == [("drum", "R5")]


def test_the_main_claim_is_the_first_method() -> None:
    assert main_claim(a_specification(DEVICE.replace("3.", "1."), METHOD.replace("1.", "2."))) == 2


def test_a_chosen_claim_brings_what_it_builds_on() -> None:
    assert [claim.number for claim in chosen(a_specification(), (2,)).claims] == [1, 2]
    assert [claim.number for claim in chosen(a_specification(), ()).claims] == [1]
    with pytest.raises(BadInput, match="no claim 4"):
        chosen(a_specification(), (4,))


def test_a_document_without_claims_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match="no claims"):
        chosen(a_specification(CANCELLED), ())


def test_korean_claims_give_components_by_their_numerals() -> None:
    found = a_specification(
        "1. 유입구(12)가 형성된 하우징(10);\n상기 하우징(10)에 결합되는 커버(20)를 포함하는 것을 특징으로 하는 밸브.",
        text=("하우징(10)은 유입구(12)를 가진다.",),
    )
    cover = found.requirements[1]
    assert cover.introduces == ("커버",)
    assert cover.uses == ("하우징",)


def test_the_digest_changes_with_any_text() -> None:
    assert a_specification().digest == a_specification().digest
    assert a_specification().digest != a_specification(METHOD, MORE.replace("time", "period"), DEVICE).digest
