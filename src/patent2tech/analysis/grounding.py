"""The gate: whether a statement is proved by its quotations. It computes, and asks no model.

A disclosed statement passes when each of its quotations stands word for word at the place that it names; when the
numbers, reference numerals and names of parts of the statement are in those quotations, each numeral with a name of
its part; when the quotations are about the same things; and when nothing in them is turned around. What does not pass
keeps its text and gets a reason.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from patent2tech.analysis.contradictions import contradiction
from patent2tech.analysis.fitting import fit, is_opposed, share
from patent2tech.analysis.korean import unlicensed_korean
from patent2tech.analysis.lexicon import contradicts, translated
from patent2tech.analysis.licence import unlicensed
from patent2tech.analysis.model import Evidence, Kind, Statement
from patent2tech.analysis.naming import Named, Names
from patent2tech.analysis.negation import plainly
from patent2tech.analysis.normalising import normal
from patent2tech.analysis.opposites import sides_of_word
from patent2tech.analysis.places import without_places
from patent2tech.analysis.quantities import NumberKind, Quantity, quantities
from patent2tech.analysis.sides import turned_twice
from patent2tech.analysis.source import Source
from patent2tech.analysis.wording import content_stems, is_korean, words
from patent2tech.text.notes import Note
from patent2tech.text.sentences import sentences

_LEAST_WORDS: Final = 3
"""Of a quotation; fewer prove nothing."""
_LEAST_LETTERS: Final = 10
_LEAST_LETTERS_KOREAN: Final = 6
_LEAST_SHARED: Final = 2
"""Content words that statement and quotations have in common, at least, and as a part of the statement's."""
_LEAST_SHARE: Final = 0.3
_MOST_NEW: Final = 0.2
"""The part of a statement's content words that may be another's words for those of its quotations."""
_FEW: Final = 4
"""Content words of a sentence that mostly says numbers."""
_CLAUSE_END: Final = re.compile(r"(?:(?<=\s[A-Z]\.)|(?<=\d [A-Z]\.)|(?<=°[A-Z]\.)|(?<=° [A-Z]\.))\s+(?=[A-Z])|;\s+")
_BRACKET: Final = 1
"""Letters that can stand behind a numeral in its name."""
_LATIN_TERM: Final = re.compile(r"[A-Za-z]{2,}")
_HANGUL_TERM: Final = re.compile(r"[가-힣]{2,}")


@dataclass(frozen=True)
class Gate:
    """The gate for statements about some sources; the first is the one that evidence without a source means."""

    sources: Sequence[Source]

    def ground(self, statement: Statement) -> Statement:
        """The statement with the gate's verdict, its quotations as the source writes them."""
        if statement.kind is Kind.NOT_DISCLOSED:
            return self._absent(statement)
        proofs: list[Evidence] = []
        for evidence in statement.evidence:
            found = self._found(evidence)
            if isinstance(found, Note):
                return replace(statement, verified=False, fault=found)
            proofs.append(found)
        statement = replace(statement, evidence=tuple(proofs))
        fault = next(self._faults(statement), None)
        return replace(statement, verified=fault is None, fault=fault)

    def lifted(self, statement: Statement) -> Statement | None:
        """A statement whose text is its own quotation or a piece of it, verified; `None` where it is not."""
        proofs: list[Evidence] = []
        for evidence in statement.evidence:
            place = self.sources[0].at(evidence.locator)
            quote = place.find(evidence.quote) if place else None
            if quote is None or normal(statement.text) not in normal(quote):
                return None
            proofs.append(Evidence(evidence.locator, quote))
        return replace(statement, evidence=tuple(proofs), verified=bool(proofs), fault=None)

    def _found(self, evidence: Evidence) -> Evidence | Note:
        """The evidence as the source has it, or why it is none."""
        source = self._source(evidence.source)
        locator = source.locator(evidence.locator) if source else None
        if source is None or locator is None:
            return Note.of("analysis.fault.no_place", place=evidence.locator[:40])
        place = source.at(locator)
        quote = place.find(evidence.quote) if place else None
        if quote is None:
            elsewhere = source.where(evidence.quote) if normal(evidence.quote) else None
            if elsewhere:
                return Note.of("analysis.fault.elsewhere", place=locator, elsewhere=elsewhere)
            return Note.of("analysis.fault.not_verbatim", place=locator)
        if _proves_nothing(quote) or self._only_names(quote):
            return Note.of("analysis.fault.too_short", place=locator)
        return Evidence(locator, quote, source.name if evidence.source else "")

    def _only_names(self, quote: str) -> bool:
        """Whether a quotation names parts and says nothing of them."""
        form = list(normal(quote))
        for named in self._names.mentions(normal(quote)):
            form[named.start : named.end] = " " * (named.end - named.start)
        rest = "".join(form)
        return not content_stems(rest) and not quantities(rest)

    def _source(self, name: str) -> Source | None:
        if not name:
            return self.sources[0]
        return next((source for source in self.sources if source.name == name), None)

    def _faults(self, statement: Statement) -> Iterator[Note]:
        if not statement.evidence:
            yield Note.of("analysis.fault.no_evidence")
            return
        text = plainly(normal(statement.text))
        quotes = [plainly(normal(evidence.quote)) for evidence in statement.evidence]
        said = without_places(text, [evidence.locator for evidence in statement.evidence], self._quoted(statement))
        yield from self._unproved_names(said, quotes, statement.kind)
        yield from self._unproved_numbers(said, quotes)
        across = is_korean(said) is not is_korean(" ".join(quotes))
        yield from self._untied(said, quotes) if across else _unrelated(said, quotes, statement.kind)
        if statement.kind is Kind.DISCLOSED:
            if missing := self._unlicensed(said, quotes, across=across):
                yield Note.of("analysis.fault.words_not_quoted", words=", ".join(missing))
            if turned := contradiction(said, quotes, self._names):
                yield Note.of("analysis.fault.swapped", words=turned)

    def _quoted(self, statement: Statement) -> Iterator[str]:
        """The whole texts of the places that a statement quotes."""
        for evidence in statement.evidence:
            source = self._source(evidence.source)
            if source and (place := source.at(evidence.locator)):
                yield place.form

    def _unlicensed(self, said: str, quotes: Sequence[str], *, across: bool) -> list[str]:
        """Words that the quotations do not license; the thing as a whole may be named by the words of its title.

        A few English words that the source has nowhere are taken for a wording of what it says by others: a thing that
        was put in another's place is one of the source, and the opposite of a word is no wording of it. Across
        languages only originals can be compared that a Korean statement gives behind its terms.
        """
        if is_korean(said) and not across:
            return unlicensed_korean(said, quotes)
        if across and not is_korean(said):
            return []
        twice = turned_twice(said, quotes)
        found = unlicensed(said, quotes, self._names, self._subject)
        missing = [word for word in found if word.lower() not in twice]
        few = len(missing) <= _MOST_NEW * len(content_stems(said))
        return [] if few and not any(self._is_known(word) or sides_of_word(word) for word in missing) else missing

    def _is_known(self, word: str) -> bool:
        return any(source.mentioning(word) for source in self.sources)

    def _unproved_names(self, said: str, quotes: Sequence[str], kind: Kind) -> Iterator[Note]:
        quoted = [each for quote in quotes for each in self._names.mentions(quote)]
        numerals = {each.numeral for each in quoted if each.numeral}
        for named in self._names.mentions(said, numerals):
            if named.numeral:
                yield from self._wrong_numeral(named, quoted)
            elif kind is Kind.DISCLOSED and is_korean(said) and not self._is_quoted(named, quoted, quotes):
                yield Note.of("analysis.fault.name_not_quoted", name=named.text)

    def _wrong_numeral(self, named: Named, quoted: Sequence[Named]) -> Iterator[Note]:
        same = [each for each in quoted if each.numeral == named.numeral]
        if not same:
            yield Note.of("analysis.fault.numeral_not_quoted", numeral=named.numeral, name=named.text)
            return
        right = self._names.of(named.numeral or "") | {each.stems for each in same}
        if is_korean(named.text) is not any(is_korean("".join(each)) for each in right):
            others = {n: names for n, names in self._parts.items() if n != named.numeral}
            others |= {each.numeral: (each.text,) for each in quoted if each.numeral not in {None, named.numeral}}
            mine = [*self._parts.get(named.numeral or "", ()), *(each.text for each in same)]
            wrong = contradicts(named.text, mine, others, {each.numeral for each in quoted})
        else:
            wrong = self._is_anothers(named, right) or is_opposed(named, same)
        if wrong:
            yield Note.of("analysis.fault.wrong_name", numeral=named.numeral, name=named.text)

    def _is_anothers(self, named: Named, right: set[tuple[str, ...]]) -> bool:
        """Whether a name is not that of its part, or fits another part better (`upper jaw` for `lower jaw`)."""
        if any(set(named.stems) <= set(each) and named.stems[-1:] == each[-1:] for each in right):
            return False
        mine = max((fit(named.stems, each) for each in right), default=0)
        others = (self._names.of(numeral) for numeral in self._parts if numeral != named.numeral)
        return not mine or any(fit(named.stems, each) > mine for names in others for each in names)

    def _is_quoted(self, named: Named, quoted: Sequence[Named], quotes: Sequence[str]) -> bool:
        subject = self.sources[0].subject
        if set(named.stems) <= subject:
            return True
        if any(share(named, each) for each in quoted):
            return True
        # The last word alone, where it is not the name of another part.
        head = named.stems[-1]
        heads = {each.stems[-1] for each in quoted}
        return head not in heads and any(head in content_stems(quote) for quote in quotes)

    def _unproved_numbers(self, said: str, quotes: Sequence[str]) -> Iterator[Note]:
        shown = [number for quote in quotes for number in self._plain_numbers(quote)]
        labels = {number.text for quote in quotes for number in quantities(quote)}
        numerals = {each.numeral for quote in quotes for each in self._names.mentions(quote) if each.numeral}
        for number in self._plain_numbers(said, numerals):
            if number.loose or (number.kind is NumberKind.LABEL and number.text in labels):
                continue
            # A Korean name of an English part is not known, so that its numeral looks like a number.
            if is_korean(said) and not number.unit and number.text in numerals:
                continue
            if not any(_proves(each, number) for each in shown):
                yield Note.of("analysis.fault.number_not_quoted", number=number.text)

    def _plain_numbers(self, text: str, numerals: Collection[str] = ()) -> Iterator[Quantity]:
        """The numbers of a text that are no reference numerals."""
        mentions = self._names.mentions(text, numerals)
        taken = {
            each.end - back for each in mentions if each.numeral for back in range(len(each.numeral) + _BRACKET + 1)
        }
        yield from (number for number in quantities(text) if number.start not in taken)

    def _untied(self, said: str, quotes: Sequence[str]) -> Iterator[Note]:
        """Across languages words cannot be compared: something that is written alike must tie both together."""
        quoted = " ".join(quotes)
        terms = [match.group() for match in (_LATIN_TERM if is_korean(said) else _HANGUL_TERM).finditer(said)]
        for term in terms:
            if not self.sources[0].mentioning(term):
                yield Note.of("analysis.fault.unknown_term", term=term)
        stems = content_stems(quoted)
        tied = any(content_stems(term) & stems for term in terms) or any(not n.loose for n in quantities(said))
        korean, english = (said, quoted) if is_korean(said) else (quoted, said)
        if not tied and not translated(korean, english):
            yield Note.of("analysis.fault.untied")

    def _absent(self, statement: Statement) -> Statement:
        """Whether the source really lacks every word that was sought."""
        if not statement.sought:
            return replace(statement, verified=False, fault=Note.of("analysis.fault.nothing_sought"))
        for term in statement.sought:
            if place := self.sources[0].mentioning(term):
                fault = Note.of("analysis.fault.is_disclosed", term=term[:60], place=place)
                return replace(statement, verified=False, fault=fault)
        return replace(statement, verified=True, fault=None)

    @cached_property
    def _parts(self) -> Mapping[str, tuple[str, ...]]:
        merged: dict[str, tuple[str, ...]] = {}
        for source in self.sources:
            for numeral, names in source.parts.items():
                merged[numeral] = (*merged.get(numeral, ()), *names)
        return merged

    @cached_property
    def _subject(self) -> frozenset[str]:
        return frozenset().union(*(source.subject for source in self.sources))

    @cached_property
    def _names(self) -> Names:
        return Names(self._parts)


def _proves_nothing(quote: str) -> bool:
    signs = sum(character.isalnum() for character in quote)
    if is_korean(quote):
        return signs < _LEAST_LETTERS_KOREAN
    return signs < _LEAST_LETTERS or len(words(quote)) + len(quantities(quote)) < _LEAST_WORDS


def _unrelated(said: str, quotes: Sequence[str], kind: Kind) -> Iterator[Note]:
    """Each sentence shares words with the quotations; an inference, at least one."""
    quoted = {stem for quote in quotes for stem in content_stems(quote)}
    for sentence in _clauses(said):
        mine = content_stems(sentence)
        shared = len(mine & quoted)
        if len(mine) <= _FEW:
            # Where there are few words, numbers tie both together as well, since each is proved by itself.
            shared += len({each.value for each in quantities(sentence) if not each.loose})
        least = max(_LEAST_SHARED, _LEAST_SHARE * len(mine)) if kind is Kind.DISCLOSED else 1
        if shared < min(least, len(mine)):
            yield Note.of("analysis.fault.unrelated")


def _clauses(text: str) -> Iterator[str]:
    """The sentences of a statement; unlike in a patent, a unit at the end ends one, and so does a semicolon."""
    for sentence in sentences(text):
        yield from filter(None, _CLAUSE_END.split(sentence))


def _proves(shown: Quantity, number: Quantity) -> bool:
    if shown.kind is not number.kind or number.kind is NumberKind.LABEL:
        return False
    return (shown.value, shown.unit) == (number.value, number.unit)
