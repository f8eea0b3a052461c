"""The algorithm of the software sample, run here so that the numbers printed in its text are true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Parameters:
    """The preferred values that the text states."""

    warm_up: int = 4
    clip: float = 6.0
    slack: float = 0.5
    threshold: float = 4.0
    quiet: float = 2.0
    level_rate: float = 0.125
    spread_rate: float = 0.0625
    least_spread: float = 0.05
    jump: float = 0.5
    hold_s: float = 8.0
    change: float = 5.0
    refill_per_s: float = 0.125
    bucket: float = 2.0
    records: int = 256


@dataclass(slots=True)
class Record:
    """What is kept for one source."""

    opened: list[float] = field(default_factory=list)
    level: float = 0.0
    spread: float = 0.0
    upper: float = 0.0
    lower: float = 0.0
    tokens: float = 0.0
    time: float = 0.0
    direction: int = 0
    reported_time: float = 0.0
    reported_value: float = 0.0
    pending: tuple[float, int] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the worked example; the sums are those compared with the threshold, the rest is the state after."""

    time: float
    value: float
    deviation: float
    upper: float
    lower: float
    level: float
    spread: float
    tokens: float
    outcome: str


def step(record: Record, time: float, value: float, p: Parameters) -> Row:
    """Process one sample of one source, as steps S103 to S125 say."""
    if len(record.opened) < p.warm_up:
        record.opened.append(value)
        if len(record.opened) == p.warm_up:
            record.level = sum(record.opened) / p.warm_up
            mean = sum(abs(each - record.level) for each in record.opened) / p.warm_up
            record.spread = max(p.least_spread, mean)
            record.tokens = p.bucket
        record.time = time
        return _row(record, time, value, 0.0, (0.0, 0.0), "warm-up")
    record.tokens = min(p.bucket, record.tokens + p.refill_per_s * (time - record.time))
    record.time = time
    deviation = max(-p.clip, min(p.clip, (value - record.level) / record.spread))
    record.upper = max(0.0, record.upper + deviation - p.slack)
    record.lower = max(0.0, record.lower - deviation - p.slack)
    sums = record.upper, record.lower
    outcome = "none"
    if record.upper > p.threshold or record.lower > p.threshold:
        direction = 1 if record.upper > p.threshold else -1
        record.upper = record.lower = 0.0
        outcome = _candidate(record, time, value, direction, p)
        record.level += p.jump * (value - record.level)
    elif abs(deviation) <= p.quiet:
        error = value - record.level
        record.level += p.level_rate * error
        record.spread = max(p.least_spread, (1 - p.spread_rate) * record.spread + p.spread_rate * abs(error))
    if outcome != "reported" and record.pending is not None and record.tokens >= 1.0:
        pending, direction = record.pending
        _report(record, time, pending, direction)
        outcome = "released"
    return _row(record, time, value, deviation, sums, outcome)


def _candidate(record: Record, time: float, value: float, direction: int, p: Parameters) -> str:
    repeated = direction == record.direction and time - record.reported_time < p.hold_s
    if repeated and abs(value - record.reported_value) <= p.change * record.spread:
        return "duplicate"
    if record.tokens < 1.0:
        record.pending = (value, direction)
        return "deferred"
    _report(record, time, value, direction)
    return "reported"


def _report(record: Record, time: float, value: float, direction: int) -> None:
    record.tokens -= 1.0
    record.direction, record.reported_time, record.reported_value = direction, time, value
    record.pending = None


def _row(record: Record, time: float, value: float, deviation: float, sums: tuple[float, float], outcome: str) -> Row:
    return Row(time, value, deviation, *sums, record.level, record.spread, record.tokens, outcome)


EXAMPLE: tuple[tuple[float, float], ...] = (
    (0, 20.0), (1, 20.2), (2, 19.8), (3, 20.0), (4, 20.1), (5, 20.2), (6, 20.2), (7, 20.3), (8, 20.3), (9, 20.4),
    (10, 20.6), (11, 20.8), (12, 23.0), (13, 23.1), (14, 21.0), (15, 21.7), (26, 21.0), (27, 21.0),
)  # fmt: skip


def worked_example(samples: Sequence[tuple[float, float]] = EXAMPLE) -> list[Row]:
    """The rows of the worked example with the preferred parameter values."""
    record, p = Record(), Parameters()
    return [step(record, time, value, p) for time, value in samples]
