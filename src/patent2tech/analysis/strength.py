"""Strength: whether a statement says `all`, `only`, `must` or `less` where its quotations say no such thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class _Strong:
    """Words that say much, what in a quotation licenses them, and what there speaks against them."""

    said: re.Pattern[str]
    shown: re.Pattern[str]
    against: re.Pattern[str] | None = None


def _any_of(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_STRONG: Final = (
    _Strong(
        _any_of(
            r"(?<!of )(?<!at )(?<!after )(?<!above )(?<!can )(?<!may )"
            r"\b(?:all|every|always|invariably|in (?:each|any) case)\b(?! other)"
            r"|모든|모두|항상|언제나|반드시"
        ),
        _any_of(
            r"\b(?:all|every\w*|each|any|always|entire\w*|whole|full\w*|complete\w*|both|respective\w*|none|no|never|"
            r"constant\w*|continuous\w*|permanent\w*|throughout|100)\b|모든|모두|항상|각|전체|전부|언제나|반드시|매"
        ),
    ),
    _Strong(
        _any_of(r"(?<!had )(?<!has )(?<!have )\b(?:only|solely|exclusively)\b|[에로만서을를]만(?=\s)|오직|단지|뿐"),
        _any_of(
            r"\b(?:only|sole\w*|exclusive\w*|alone|just|merely|single|limited|unless|until|except\w*|unique\w*|"
            r"consist\w*|no(?:ne|t)?|never|without|cannot)\b|만|오직|단지|뿐|한하|제한|단일|유일"
        ),
    ),
    _Strong(
        _any_of(
            r"\b(?:must|(?:has|have|had|having) to|needs? to|necessar\w+|mandatory|obligatory|indispensable|"
            r"essential\w*|"
            r"(?:is|are) (?:required|needed))\b(?! not)|(?:야|아야|어야|여야) (?:한다|하며|하고|된다)|필수|반드시"
        ),
        _any_of(
            r"\b(?<!not )(?<!without )(?<!without the )(?<!no )(?:must|shall|"
            r"(?:has|have|had|having) to|need(?:s|ed)?(?! not)|necess\w+|"
            r"requir\w+|mandatory|obligat\w+|indispensable|essential\w*|crucial|critical|important|demand\w*|ensur\w+|"
            r"should|only|is to be|are to be|imperative|vital)\b"
            r"|야 |필수|반드시|필요|요구|해야"
        ),
    ),
    _Strong(
        _any_of(r"\b(?:exactly|precisely|strictly)\b|정확히"),
        _any_of(r"\b(?:exact\w*|precise\w*|strict\w*|accurate\w*|identical\w*)\b|정확"),
        _any_of(r"\b(?:about|approximately|substantially|roughly|around|nearly)\b|약 |대략|거의"),
    ),
    _Strong(
        _any_of(r"(?<!at )\b(?:most of|most|mostly|majority|mainly|predominantly)\b(?! prefer)|대부분|가장|주로"),
        _any_of(
            r"\b(?:most\w*|majority|main\w*|predominant\w*|primar\w+|chief\w*|large\w*|best|optim\w+|max\w+|[a-z]{3,}est|"
            r"prefer\w+|highly|major|extreme\w*|principal\w*|generally|especially)\b|대부분|가장|주로|최"
        ),
    ),
    _Strong(
        _any_of(r"\b(?:less|fewer|least)\b(?! than or equal)|덜\s"),
        _any_of(
            r"\b(?:less\w*|fewer|least|low\w*|small\w*|short\w*|narrow\w*|thin\w*|light\w*|decreas\w*|reduc\w*|minim\w*|"
            r"below|under|sub\w*|not|no|without|never|exceed\w*|more|greater|larger|higher|longer|above|over|than|within|"
            r"up to|or more|avoid\w*|inferior|weak\w*|drop\w*|fall\w*|diminish\w*|lessen\w*|worse\w*|poor\w*|sav\w+|"
            r"difficult\w*|prevent\w*|suppress\w*|cheap\w*)\b|[<≤≦≥≧>]|작|적|낮|짧|덜|이하|미만|감소|저"
        ),
    ),
    _Strong(
        _any_of(r"\b(?:(?<!no )(?<!not )more than|at least|no less than|not less than|exceed\w*)\b|이상|초과|최소"),
        _any_of(
            r"\b(?:more|at least|less|exceed\w*|over|above|greater|higher|longer|larger|wider|thicker|minimum|beyond|"
            r"lower limit|plural\w*|multiple|several|further|additional\w*|from|between|[a-z]+er than)\b|[>≥≧⩾]"
            r"|이상|초과|최소|넘|보다|복수|다수"
        ),
    ),
    _Strong(
        _any_of(r"\b(?:(?<!no )(?<!not )less than|at most|no more than|not more than|fewer than)\b|이하|미만|최대"),
        _any_of(
            r"\b(?:less|at most|more|up to|maxim\w+|under|below|within|fewer|lower|smaller|shorter|narrower|thinner|"
            r"upper limit|not exceed\w*|exceed\w*|from|between|limit\w*|sub\w*|[a-z]+er than|or)\b|[<≤≦⩽]"
            r"|이하|미만|최대|보다|까지|내|안"
        ),
    ),
    _Strong(
        _any_of(r"\bunless\b"),
        _any_of(r"\b(?:unless|except\w*|until|only|not|no|without|otherwise|cannot)\b"),
    ),
    _Strong(
        _any_of(r"\b(?:because|due to|owing to|as a result of|consequently|therefore)\b"),
        _any_of(
            r"\b(?:because|since|as|due|owing|therefore|thus|thereby|hence|so|accordingly|caus\w*|reason\w*|result\w*|"
            r"consequen\w*|enabl\w*|allow\w*|permit\w*|lead\w*|led|in order|order to|whereby|account|virtue|"
            r"attribut\w*|"
            r"mak(?:e|es|ing)|prevent\w*|ensur\w*|avoid\w*|advantag\w*|by|if|when|effect|given|through|help\w*|"
            r"reduc\w*|"
            r"improv\w*|increas\w*)\b"
        ),
    ),
    _Strong(
        _any_of(r"\b(?:never|under no circumstances|in no case)\b|결코|절대"),
        _any_of(r"\b(?:never|no|not|cannot|without|prevent\w*|none|impossible)\b|않|없|못|결코|절대|방지"),
    ),
)
_ALL_OF: Final = re.compile(r"\b(?:all|every|always)\b\s+(?:the\s+|of the\s+)?(\w+(?:\s\w+)?)", re.IGNORECASE)
_THE_MORE: Final = re.compile(r"\bthe (more|less)\b.{2,80}?\bthe (more|less|\w{2,}er|worse)\b", re.IGNORECASE)


def overstated(said: str, quotes: Sequence[str]) -> str | None:
    """A word of a statement that is stronger than anything its quotations say."""
    quoted = " ".join(quotes)
    for strong in _STRONG:
        if match := strong.said.search(said):
            if not strong.shown.search(quoted):
                return match.group()
            if strong.against and strong.against.search(quoted) and not strong.against.search(said):
                return match.group()
    return _all_of_some(said, quotes) or _the_more(said, quoted)


def _all_of_some(said: str, quotes: Sequence[str]) -> str | None:
    """`all X` where the quotations have `some X`."""
    for match in _ALL_OF.finditer(said):
        if re.search(
            rf"\b(?:some|certain|several|many|most|one or more|part)\s+(?:of\s+(?:the\s+)?)?{match[1]}",
            " ".join(quotes),
        ):
            return match.group()
    return None


def _the_more(said: str, quoted: str) -> str | None:
    """`the less ..., the more ...` where the quotations have `the more ..., the more ...`."""
    mine, theirs = _THE_MORE.search(said), _THE_MORE.search(quoted)
    if mine and theirs:
        ours = [word.lower() == "less" for word in mine.groups()]
        others = [word.lower() == "less" for word in theirs.groups()]
        if (ours[0] is ours[1]) is not (others[0] is others[1]):
            return mine.group()
    return None
