"""Table, formula and figures of the software sample, computed from the algorithm and not typed."""

from __future__ import annotations

from collections.abc import Sequence

from samples.detector import EXAMPLE, Parameters, Row, worked_example
from samples.markup import marked

DEAD_BAND = 0.2


def _row(cells: Sequence[str]) -> str:
    return "<row>\n<entry/>\n" + "\n".join(f"<entry>{marked(cell)}</entry>" for cell in cells) + "\n</row>"


def _table(number: int, head: Sequence[str], body: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    columns = len(head)
    specs = ['<colspec colname="offset" colwidth="14pt" align="left"/>']
    specs += [
        f'<colspec colname="{n}" colwidth="{width}pt" align="{"left" if n == 1 else "center"}"/>'
        for n, width in enumerate(widths, 1)
    ]
    rule = f'<row>\n<entry/>\n<entry namest="offset" nameend="{columns}" align="center" rowsep="1"/>\n</row>'
    title = f'<row>\n<entry/>\n<entry namest="offset" nameend="{columns}" rowsep="1">TABLE {number}</entry>\n</row>'
    return "\n".join(
        [
            f'<tables id="TABLE-US-{number:05d}" num="{number:05d}">',
            '<table frame="none" colsep="0" rowsep="0">',
            f'<tgroup align="left" colsep="0" rowsep="0" cols="{columns + 1}">',
            *specs,
            "<thead>",
            title,
            rule,
            _row(head),
            rule,
            "</thead>",
            '<tbody valign="top">',
            *(_row(cells) for cells in body),
            rule,
            "</tbody>",
            "</tgroup>",
            "</table>",
            "</tables>",
        ]
    )


def _parameters() -> str:
    p = Parameters()
    body = (
        ("W", "number of warm-up samples", f"{p.warm_up}"),
        ("z_(max)", "clip value of the deviation", f"{p.clip:g}"),
        ("k", "slack", f"{p.slack:g}"),
        ("h", "threshold", f"{p.threshold:g}"),
        ("q", "quiet limit", f"{p.quiet:g}"),
        ("a", "level rate", f"{p.level_rate:g}"),
        ("c", "spread rate", f"{p.spread_rate:g}"),
        ("s_(min)", "least spread", f"{p.least_spread:g}"),
        ("j", "jump factor", f"{p.jump:g}"),
        ("T", "hold time", f"{p.hold_s:g} s"),
        ("g", "change factor", f"{p.change:g}"),
        ("r", "refill rate", f"{p.refill_per_s:g} per second"),
        ("B", "bucket size", f"{p.bucket:g}"),
        ("C", "maximum number of records", f"{p.records}"),
    )
    return _table(1, ("Symbol", "Meaning", "Value"), body, (42, 112, 70))


def _example(rows: Sequence[Row]) -> str:
    head = ("t [s]", "x", "z", "P", "N", "m", "s", "b", "result")
    body: list[tuple[str, ...]] = []
    for row in rows:
        known = row.spread > 0
        learned = row.outcome != "warm-up"
        body.append(
            (
                f"{row.time:g}",
                f"{row.value:.1f}",
                *(f"{value:.4f}" if learned else "—" for value in (row.deviation, row.upper, row.lower)),
                *(f"{value:.4f}" if known else "—" for value in (row.level, row.spread)),
                f"{row.tokens:.3f}" if known else "—",
                row.outcome,
            )
        )
    return _table(2, head, body, (21, 21, 32, 28, 28, 35, 28, 25, 42))


def _token(tag: str, text: str) -> str:
    return f"<{tag}>{text}</{tag}>"


def _sum(name: str, sign: str) -> str:
    row = [
        f"<msub><mi>{name}</mi><mi>i</mi></msub>",
        _token("mo", "="),
        _token("mi", "max"),
        _token("mo", "("),
        _token("mn", "0"),
        _token("mo", ","),
        f"<msub><mi>{name}</mi><mrow><mi>i</mi><mo>-</mo><mn>1</mn></mrow></msub>",
        _token("mo", sign),
        "<msub><mi>z</mi><mi>i</mi></msub>",
        _token("mo", "-"),
        _token("mi", "k"),
        _token("mo", ")"),
    ]
    return "<mtr><mtd><mrow>" + "".join(row) + "</mrow></mtd></mtr>"


def _equation() -> str:
    rows = f"<mtable>\n{_sum('P', '+')}\n{_sum('N', '-')}\n</mtable>"
    return f'<maths id="MATH-US-00001" num="00001">\n<math overflow="scroll">\n{rows}\n</math>\n</maths>'


def _story(rows: Sequence[Row]) -> str:
    by = {outcome: [row for row in rows if row.outcome == outcome] for outcome in {row.outcome for row in rows}}
    start = next(row for row in rows if row.spread > 0)
    first, step = by["reported"][0], by["reported"][1]
    duplicate, deferred, released = by["duplicate"][0], by["deferred"][0], by["released"][0]
    return marked(
        f"The warm-up ends at {start.time:g} s with a level of {start.level:.1f} and a spread of {start.spread:.1f}. "
        f"The values then rise slowly; at {first.time:g} s the upper sum reaches {first.upper:.4f} and a report with "
        f"the direction +1 is sent. The candidate report at {duplicate.time:g} s has the same direction, follows "
        f"within the hold time and is suppressed as a duplicate. The step at {step.time:g} s also lies within the hold "
        f"time but changes by more than five times the spread, and is therefore reported. The candidate report at "
        f"{deferred.time:g} s has the direction -1 and finds a token count of only {deferred.tokens:.3f}; it is "
        f"deferred and is released at {released.time:g} s, when the token count has reached one."
    )


def _dead_band_reports() -> int:
    last = EXAMPLE[0][1]
    count = 0
    for _, value in EXAMPLE[1:]:
        if abs(value - last) > DEAD_BAND + 1e-9:
            count, last = count + 1, value
    return count


def inserts() -> dict[str, str]:
    """Every computed piece of the description by its name in the text."""
    rows = worked_example()
    return {
        "equation": _equation(),
        "parameters": "\n" + _parameters() + "\n",
        "example": "\n" + _example(rows) + "\n",
        "story": _story(rows),
        "deadband": str(_dead_band_reports()),
        "sent": str(sum(row.outcome in ("reported", "released") for row in rows)),
    }
