"""Contradictions: whether a statement says otherwise than its quotations, by each rule in turn."""

from __future__ import annotations

from collections.abc import Sequence

from patent2tech.analysis.across import denied_across, misplaced_across
from patent2tech.analysis.bounds import (
    crossed_lists,
    crossed_pairs,
    crossed_values,
    denied_number,
    exchanged_value,
    misplaced_number,
    turned_bound,
)
from patent2tech.analysis.conditions import crossed_condition, mixed_condition
from patent2tech.analysis.exchange import exchanged
from patent2tech.analysis.korean import turned_particles
from patent2tech.analysis.naming import Names
from patent2tech.analysis.negation import denies_alone, turned_condition
from patent2tech.analysis.opposites import reversed_word
from patent2tech.analysis.pairing import paired_otherwise
from patent2tech.analysis.relations import anothers_number, swapped
from patent2tech.analysis.roles import only_compared, turned_roles
from patent2tech.analysis.sides import turned_relation, turned_twice
from patent2tech.analysis.strength import overstated
from patent2tech.analysis.wording import is_korean


def contradiction(said: str, quotes: Sequence[str], names: Names) -> str | None:
    """The words of a statement that its quotations deny, exceed, turn around or say of something else."""
    across = is_korean(said) is not is_korean(" ".join(quotes))
    held = [*(each.text for each in names.mentions(said)), *turned_twice(said, quotes)]
    return (
        denies_alone(said, quotes)
        or turned_bound(said, quotes)
        or reversed_word(said, quotes, held)
        or only_compared(said, quotes, names)
        or paired_otherwise(said, quotes, names)
        or (_across(said, quotes, names) if across else _alike(said, quotes, names))
    )


def _alike(said: str, quotes: Sequence[str], names: Names) -> str | None:
    """Where statement and quotations are in one language, their words can be compared one by one."""
    return (
        exchanged_value(said, quotes)
        or crossed_values(said, quotes)
        or crossed_lists(said, quotes)
        or crossed_pairs(said, quotes)
        or misplaced_number(said, quotes)
        or denied_number(said, quotes)
        or turned_condition(said, quotes)
        or mixed_condition(said, quotes)
        or crossed_condition(said, quotes)
        or overstated(said, quotes)
        or turned_relation(said, quotes)
        or turned_roles(said, quotes)
        or exchanged(said, quotes)
        or turned_particles(said, quotes)
        or swapped(said, quotes, names)
    )


def _across(said: str, quotes: Sequence[str], names: Names) -> str | None:
    """Where they are in two, parts and known terms tie one to the other."""
    return anothers_number(said, quotes, names) or denied_across(said, quotes) or misplaced_across(said, quotes)
