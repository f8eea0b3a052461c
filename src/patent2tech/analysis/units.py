"""Units of measure in English and Korean, with what makes them comparable: `1 cm` is `10 mm`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as a multiple of the base unit that carries its name."""

    name: str
    factor: Decimal


_ROWS: Final = (
    ("m", "1e-3", "mm millimeter millimeters millimetre millimetres 밀리미터 ㎜"),
    ("m", "1e-2", "cm centimeter centimeters centimetre centimetres 센티미터 ㎝"),
    ("m", "1", "m meter meters metre metres 미터"),
    ("m", "1e3", "km kilometer kilometers kilometre kilometres 킬로미터 ㎞"),
    ("m", "1e-6", "μm um micron microns micrometer micrometers 마이크로미터 ㎛"),
    ("m", "1e-9", "nm nanometer nanometers nanometre nanometres 나노미터 ㎚"),
    ("m", "0.0254", "in inch inches 인치"),
    ("m", "0.3048", "ft foot feet 피트"),
    ("m", "1e-10", "angstrom angstroms Å"),
    ("m2", "1e-6", "mm2 mm² ㎟"),
    ("m2", "1e-4", "cm2 cm² ㎠"),
    ("m2", "1", "m2 m² ㎡"),
    ("m3", "1e-9", "mm3 mm³ ㎣"),
    ("m3", "1e-6", "cm3 cm³ ㎤"),
    ("m3", "1", "m3 m³ ㎥"),
    ("kg", "1e-6", "mg milligram milligrams 밀리그램"),
    ("kg", "1e-3", "g gram grams 그램"),
    ("kg", "1", "kg kilogram kilograms 킬로그램 ㎏"),
    ("s", "1e-9", "ns nanosecond nanoseconds"),
    ("s", "1e-6", "μs us microsecond microseconds"),
    ("s", "1e-3", "ms msec millisecond milliseconds 밀리초"),
    ("s", "1", "s sec secs second seconds 초"),
    ("s", "60", "min mins minute minutes 분"),
    ("s", "3600", "h hr hrs hour hours 시간"),
    ("s", "86400", "day days 일"),
    ("s", "604800", "week weeks 주"),
    ("month", "1", "month months 개월"),
    ("year", "1", "year years 년"),
    ("Hz", "1", "Hz hertz 헤르츠"),
    ("Hz", "1e3", "kHz kilohertz"),
    ("Hz", "1e6", "MHz megahertz"),
    ("Hz", "1e9", "GHz gigahertz"),
    ("V", "1", "V volt volts 볼트"),
    ("V", "1e-3", "mV millivolt millivolts"),
    ("V", "1e3", "kV kilovolt kilovolts"),
    ("A", "1", "A amp amps ampere amperes 암페어"),
    ("A", "1e-3", "mA milliampere milliamperes"),
    ("W", "1", "W watt watts 와트"),
    ("W", "1e-3", "mW milliwatt milliwatts"),
    ("W", "1e3", "kW kilowatt kilowatts"),
    ("W", "1e6", "MW megawatt megawatts"),
    ("N", "1", "N newton newtons 뉴턴"),
    ("N", "1e3", "kN kilonewton kilonewtons"),
    ("N", "1e6", "MN meganewton meganewtons"),
    ("Nm", "1", "Nm N·m"),
    ("J", "1", "J joule joules"),
    ("Pa", "1", "Pa pascal pascals 파스칼"),
    ("Pa", "1e3", "kPa kilopascal kilopascals"),
    ("Pa", "1e6", "MPa megapascal megapascals"),
    ("Pa", "1e5", "bar bars"),
    ("psi", "1", "psi"),
    ("l", "1", "l L liter liters litre litres 리터"),
    ("l", "1e-3", "ml mL milliliter milliliters millilitre millilitres cc"),
    ("byte", "1", "byte bytes B 바이트"),
    ("byte", "1024", "KB kB kilobyte kilobytes"),
    ("byte", "1048576", "MB megabyte megabytes"),
    ("byte", "1073741824", "GB gigabyte gigabytes"),
    ("bit", "1", "bit bits 비트"),
    ("%", "1", "% percent 퍼센트 프로 wt% vol%"),
    ("degC", "1", "°C ℃ degC celsius"),
    ("degF", "1", "°F ℉ degF fahrenheit"),
    ("K", "1", "K kelvin kelvins"),
    ("deg", "1", "° º degree degrees deg 도"),
    ("rpm", "1", "rpm"),
    ("ohm", "1", "Ω ohm ohms 옴"),
    ("dB", "1", "dB decibel decibels 데시벨"),
    ("mol", "1", "mol mole moles"),
    ("ppm", "1", "ppm"),
    ("ppm", "1e-3", "ppb"),
    ("mol/l", "1", "M molar"),
    ("mol/l", "1e-3", "mM millimolar"),
    ("mol/l", "1e-6", "μM uM micromolar"),
    ("mol/l", "1e-9", "nM nanomolar"),
    ("mol", "1e-3", "mmol millimole millimoles"),
    ("Da", "1", "Da dalton daltons"),
    ("Da", "1e3", "kDa kilodalton kilodaltons"),
    ("Pa", "1e9", "GPa gigapascal gigapascals"),
    ("Pa", "1e2", "mbar millibar millibars hPa hectopascal hectopascals"),
    ("torr", "1", "torr Torr mmHg"),
    ("atm", "1", "atm atmosphere atmospheres"),
    ("kg", "1e3", "ton tons tonne tonnes 톤"),
    ("kg", "1e-9", "μg ug mcg microgram micrograms"),
    ("kg", "1e-12", "ng nanogram nanograms"),
    ("lb", "1", "lb lbs pound pounds 파운드"),
    ("oz", "1", "oz ounce ounces"),
    ("mile", "1", "mile miles"),
    ("yard", "1", "yard yards yd"),
    ("ha", "1", "ha hectare hectares"),
    ("acre", "1", "acre acres"),
    ("gallon", "1", "gal gallon gallons"),
    ("l", "1e-6", "μl uL μL microliter microliters"),
    ("lx", "1", "lux lx 럭스"),
    ("lm", "1", "lm lumen lumens"),
    ("T", "1", "tesla teslas"),
    ("F", "1e-6", "μF uF microfarad microfarads"),
    ("F", "1e-12", "pF picofarad picofarads"),
    ("H", "1e-3", "mH millihenry millihenries"),
    ("ohm", "1e3", "kΩ kilohm kilohms kiloohm kiloohms"),
    ("ohm", "1e6", "MΩ megohm megohms"),
    ("A", "1e-6", "μA uA microampere microamperes"),
    ("s", "1e-12", "ps picosecond picoseconds"),
    ("m", "1e-12", "pm picometer picometers"),
    ("bps", "1e3", "kbps"),
    ("bps", "1e6", "Mbps"),
    ("bps", "1e9", "Gbps"),
    ("cP", "1", "cP centipoise centipoises"),
    ("dpi", "1", "dpi"),
    ("fps", "1", "fps"),
    ("px", "1", "px pixel pixels 픽셀"),
)
"""Base unit, multiple of it, and every way to write the unit; case counts, since `mW` is no `MW`."""

_UNITS: Final = {written: Unit(name, Decimal(factor)) for name, factor, ways in _ROWS for written in ways.split()}
_CELSIUS: Final = re.compile(r"[\s-]?(?:degrees?|deg\.?|°)\s*(?:C(?![A-Za-z])|Celsius\b|centigrade\b)", re.IGNORECASE)
_FAHRENHEIT: Final = re.compile(r"[\s-]?(?:degrees?|deg\.?|°)\s*(?:F(?![A-Za-z])|Fahrenheit\b)", re.IGNORECASE)
_LATIN: Final = re.compile(
    r"[\s-]?(N·m|[cm]?m\^?[23²³](?!\d)|[A-Za-zμΩÅ]+%?|[%°º℃℉㎜㎝㎞㎛㎚㎏㎟㎠㎡㎣㎤㎥])(?![A-Za-zμ])"
)
_HANGUL: Final = re.compile(
    r"\s?(" + "|".join(sorted((u for u in _UNITS if "가" <= u[0] <= "힣"), key=len, reverse=True)) + ")"
)
_COMPOUND: Final = re.compile(
    r"\s?([A-Za-zμΩ%]{1,5}(?:[/·⋅][A-Za-zμ]{1,5}\^?[23²³]?)+|[kMGTmμ]?[VAW]A?h|[kM]?eV|cal|kcal)(?![A-Za-z])"
)
"""Units made of others: compared as they are written, in whichever way."""
_RAISED: Final = str.maketrans("²³", "23", "^")
_SHORT: Final = 2
"""Letters; shorter units tell `m` from `M`."""
_NOT_UNITS: Final = frozenset({"in", "a", "A", "m", "K", "B", "h", "g", "s", "l", "L", "N", "J", "V", "W", "M"})
"""Letters and words that stand behind a number for other reasons too."""
_LETTER_UNITS: Final = re.compile(r"\s?(?:m|g|s|h|K|N|V|W|J|A|L|l|B|M)(?=[\s,.;)\]]|$|[가-힣])")


def is_unit(word: str) -> bool:
    """Whether a word names a unit."""
    return word in _UNITS or word.lower() in _UNITS


def unit_at(text: str, place: int) -> Unit | None:
    """The unit that is written at a place, right behind a number."""
    behind = text[place : place + 24]
    if temperature := _temperature(text, place, behind):
        return temperature
    if (match := _COMPOUND.match(behind)) and match[1] not in _UNITS:
        return Unit(match[1].translate(_RAISED), Decimal(1))
    if match := _LATIN.match(behind):
        written = match[1].replace("^", "")
        if written in _NOT_UNITS:
            return _UNITS[written] if _LETTER_UNITS.match(behind) and written not in {"in", "a"} else None
        return _UNITS.get(written) or (_UNITS.get(written.lower()) if len(written) > _SHORT else None)
    match = _HANGUL.match(behind)
    return _UNITS[match[1]] if match else None


def _temperature(text: str, place: int, behind: str) -> Unit | None:
    if text[max(0, place - 12) : place].lstrip().startswith("섭씨") and behind.startswith("도"):
        return _UNITS["°C"]
    if _CELSIUS.match(behind):
        return _UNITS["°C"]
    return _UNITS["°F"] if _FAHRENHEIT.match(behind) else None
