"""Word lists by which reference numerals are told from other numbers, and names from the words around them."""

from __future__ import annotations

from typing import Final

DETERMINERS: Final = frozenset(
    "a an the said each its their his her our your this that these those another any every no one two three "
    "four five six seven eight nine ten several many both all such some respective corresponding either "
    "plural plurality various multiple more least other remaining aforesaid aforementioned abovementioned "
    "above-mentioned".split()
)
"""Words that open a noun phrase, so that what follows them is the whole name."""

BOUNDARIES: Final = frozenset(
    "of to in on at by with from for into onto upon over under between through via within without along about "
    "around across against behind below beneath beside beyond toward towards above after before during until "
    "since per than as like near off out up down inside outside adjacent and or nor but if when where whereas "
    "while whereby wherein which who whose whom that because so then thus hence therefore however is are was "
    "were be been being am has have had having do does did can could may might must shall should will would "
    "not also only just still yet even again further furthermore moreover additionally comprising comprises "
    "comprise comprised including includes include included consisting consists consist containing contains "
    "contain i.e e.g it they he she we you there here respectively preferably generally typically usually "
    "optionally alternatively shown illustrated depicted described defined provided mounted disposed arranged "
    "connected coupled attached secured fixedly using uses use called named designated denoted indicated "
    "identified referred numbered labeled labelled causes cause allows allow enables enable receives receive "
    "sends send provides provide defines define engages engage surrounds extends extend moves rotates opens "
    "transmits generates produces determines detects performs executes writes compares either neither both "
    "instead namely first-mentioned therebetween thereof therein thereto thereon therefrom etc and/or begins "
    "starts proceeds returns goes continues reaches enters leaves becomes remains".split()
)
"""Words that cannot stand in the name of a part."""

NEVER_HEADS: Final = frozenset(
    "fig figs figure figures drawing drawings claim claims example examples equation equations eq eqs formula "
    "formulas formulae expression expressions no nos number numbers patent patents pat pats ser serial "
    "application applications publication publications chapter chapters article appendix embodiment "
    "embodiments day days week weeks month months year years age version release rfc ieee iso din astm "
    "january february march april may june july august september october november december least most than "
    "approximately about roughly nearly almost exactly only equals equal ratio times power exponent "
    "cos sin tan arccos arcsin arctan exp sqrt "
    "probability percent u.s.c usc cfr u.s ep wo jp de fr gb kr cn ref refs reference references bit bits "
    "byte bytes same hei sho heisei showa p".split()
)
"""Words behind which a number is never a reference numeral."""

SELDOM_HEADS: Final = frozenset(
    "table tables section sections page pages paragraph paragraphs rule column columns col scheme case cases "
    "type types group groups class grade category generation seq id lot batch trial experiment run sample "
    "samples value values factor order temperature pressure aspect aspects title titles note item items "
    "compound compounds".split()
)
"""Words that number things of other kinds when they stand alone: `section 112`, but `control section 112` is a part."""

COUNTERS: Final = frozenset("operation option level mode state stage phase user channel query player".split())
"""Words that count with one-digit numbers, `level 2`, and are parts with longer ones, `operation 310`."""

UNITS: Final = frozenset(
    "mm cm m km µm μm um nm pm å angstrom angstroms inch inches ft feet foot yard yards mil mils mile miles % "
    "percent ° ℃ ℉ º degree degrees deg c f k kg g mg µg μg ng lb lbs pound pounds oz ounce ounces ton tons "
    "tonnes n kn pa kpa mpa gpa psi psig psia bar bars mbar torr atm v volt volts mv kv vdc vac a amp amps "
    "ampere amperes ma w watt watts kw mw kwh hz khz mhz ghz thz db dbm ms µs μs ns ps s sec secs second "
    "seconds min mins minute minutes h hr hrs hour hours days weeks months years rpm ml l liter liters litre "
    "litres µl μl cc bits bytes kb mb gb tb kbps mbps gbps pixels times ohm ohms ω kω mol mole moles "
    "mmol mm2 cm2 cm3 m2 m3 ppm ppb wt wt% vol vol% parts part-by-weight cp cps mpas kcal cal j kj ev kev mev "
    "lux lumens decibels gallons gallon pints quarts rad radians sccm slm mesh x-ray users people persons "
    "patients mice rats carbon carbons dpi fps lines/mm µ".split()
)
"""Words behind a number that make it a measure."""

ORDINALS: Final = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth upper lower left right inner outer "
    "front rear top bottom left-hand right-hand frontward rearward forward backward inward outward radial "
    "longitudinal lateral vertical horizontal male female proximal distal".split()
)
"""Adjectives that share the noun behind a list: `first 20 and second 22 legs`."""

NUMBER_WORDS: Final = frozenset("two three four five six seven eight nine ten eleven twelve".split())

GERUNDS: Final = frozenset(
    "engaging connecting attaching receiving supporting holding securing mounting providing forming using "
    "moving rotating driving controlling coupling inserting removing placing pressing pushing pulling turning "
    "opening closing covering surrounding joining sending transmitting generating producing storing reading "
    "writing operating actuating activating releasing positioning having making aligning contacting facing "
    "defining leaving entering passing carrying feeding supplying heating cooling lifting".split()
)
"""Verb forms that open a clause before a name: `for engaging teeth 14`."""

NUMERAL_NOUNS: Final = frozenset("numeral numerals character characters sign signs".split())
"""Heads of phrases that announce a numeral and name nothing: `indicated by reference numeral 12`."""
