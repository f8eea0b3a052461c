"""Claims as a tree and as pieces: nothing is lost, nothing hangs."""

from __future__ import annotations

import pytest

from patent2tech.reading.model import ReadClaim
from patent2tech.techpack import build_pack
from patent2tech.techpack.claims import DEEPEST_LEVEL, ClaimNode, Role, claim_tree, lay_out
from tests.unit.techpack.builders import a_claim, a_patent, a_reading, a_request, some_claims


def tree_of(*claims: ReadClaim) -> tuple[ClaimNode, ...]:
    return claim_tree(a_reading(a_patent(claims=claims), claims))


@pytest.mark.parametrize("claim", some_claims(8))
def test_the_pieces_together_are_the_published_text(claim: ReadClaim) -> None:
    text = "".join(piece.text + piece.after for piece in lay_out(claim))

    assert f"{claim.number}. {text}" == claim.claim.text


def test_a_korean_claim_names_its_elements_first() -> None:
    text = "몸체(10);\n상기 몸체에 놓이는 스프링(20); 을 포함하는 체크 밸브."
    claim = a_claim(
        1,
        text,
        preamble="체크 밸브",
        transition="포함하는",
        elements=("몸체(10)", "상기 몸체에 놓이는 스프링(20)"),
    )
    pieces = lay_out(claim)

    assert [piece.role for piece in pieces] == [Role.ELEMENT, Role.ELEMENT, Role.TRANSITION, Role.PREAMBLE]
    assert "".join(piece.text + piece.after for piece in pieces) == text


def test_parts_that_are_not_in_the_text_leave_it_in_one_piece() -> None:
    pieces = lay_out(a_claim(1, "1. A valve.", preamble="A pump", elements=("a rotor",)))

    assert [(piece.role, piece.text) for piece in pieces] == [(Role.PLAIN, "A valve.")]


def test_claims_nest_under_the_first_claim_that_they_build_on() -> None:
    roots = tree_of(a_claim(1, "1. A."), a_claim(2, "2. B.", on=(1,)), a_claim(3, "3. C.", on=(2, 1)), a_claim(4, "4."))

    assert [node.read.number for node in roots] == [1, 4]
    assert roots[0].descendants == 2
    assert roots[0].children[0].children[0].also_on == (1,)


def test_circles_and_references_to_nothing_do_not_break_the_tree() -> None:
    roots = tree_of(
        a_claim(1, "1.", on=(2,)), a_claim(2, "2.", on=(1,)), a_claim(3, "3.", on=(3,)), a_claim(4, "4.", on=(99,))
    )

    assert [node.read.number for node in roots] == [1, 3, 4]


def test_an_endless_chain_stays_shallow_and_still_makes_a_page() -> None:
    claims = tuple(
        a_claim(number, f"{number}. A.", on=(number - 1,) if number > 1 else ()) for number in range(1, 1200)
    )
    node, depth = tree_of(*claims)[0], 0
    while node.children:
        node, depth = node.children[-1], depth + 1

    assert depth == DEEPEST_LEVEL
    assert b'id="c1199"' in build_pack(a_request(a_reading(a_patent(claims=claims), claims))).page
