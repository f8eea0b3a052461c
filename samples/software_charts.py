"""The figures of the software sample: block diagram, two flow charts and a graph of the worked example."""

from __future__ import annotations

from samples.chart import Chart, Spot
from samples.detector import Parameters, worked_example
from samples.figure import NUMERAL
from samples.lettering import write

STEP = (880.0, 150.0)
BRANCH = (880.0, 250.0)


def block_diagram() -> Chart:
    """FIG. 1: sensors, gateway and server."""
    chart = Chart()
    for number, name in enumerate(("SENSOR 1", "SENSOR 2", "SENSOR n")):
        y = 700.0 + 330 * number
        chart.box((320, y), (330, 150), name, "102" if number == 0 else "")
        chart.arrow([(485, y), (620, y), (620, 1030), (795, 1030)] if number != 1 else [(485, y), (795, y)])
    chart.box((1322, 1250), (1245, 1660), "", "104")
    chart.words((1302, 480), "GATEWAY")
    chart.box((950, 1030), (310, 190), "RECEIVING\nINTERFACE", "110")
    chart.box((1500, 640), (420, 150), "PROCESSOR", "106")
    chart.box((1500, 900), (420, 170), "DRIFT\nDETECTOR", "112")
    chart.box((1500, 1150), (420, 170), "DUPLICATE\nFILTER", "114")
    chart.box((1500, 1400), (420, 170), "RATE\nLIMITER", "116")
    chart.box((1100, 1800), (430, 440), "", "108")
    chart.words((1100, 1630), "MEMORY")
    chart.box((1100, 1740), (350, 110), "RECORDS", "118", side="left")
    chart.box((1100, 1900), (350, 130), "PENDING\nSLOTS", "122", side="left")
    chart.box((1570, 1800), (340, 190), "UPLINK\nINTERFACE", "124")
    chart.arrow([(950, 935), (950, 860), (1290, 860)])
    chart.arrow([(1500, 985), (1500, 1065)])
    chart.arrow([(1500, 1235), (1500, 1315)])
    chart.arrow([(1570, 1485), (1570, 1705)])
    chart.arrow([(1290, 1400), (1100, 1400), (1100, 1580)], both=True)
    chart.box((1570, 2320), (420, 190), "SERVER", "126")
    chart.arrow([(1570, 1895), (1570, 2225)])
    write(chart.canvas, (1960, 300), "100", NUMERAL)
    chart.numerals.append("100")
    chart.arrow([(1930, 325), (1850, 395)])
    return chart


def main_flow() -> Chart:
    """FIG. 2: from a sample to a candidate."""
    chart = Chart()
    x = 1100.0
    chart.pill((x, 260), (340, 110), "START")
    chart.box((x, 470), STEP, "RECEIVE SAMPLE (t, x) OF SOURCE", "S101")
    chart.box((x, 720), STEP, "FIND OR CREATE RECORD,\nEVICT OLDEST IF FULL", "S102")
    chart.decision((x, 1010), BRANCH, "WARM-UP\nCOMPLETE?", "S103")
    chart.box((340, 1260), (420, 200), "STORE SAMPLE,\nSET LEVEL\nAND SPREAD", "S104")
    chart.box((x, 1310), STEP, "REFILL TOKENS, COMPUTE\nNORMALIZED DEVIATION z", "S105")
    chart.box((x, 1560), STEP, "UPDATE CUMULATIVE\nSUMS P AND N", "S106")
    chart.decision((x, 1850), BRANCH, "P > h OR N > h ?", "S107")
    chart.box((1880, 2090), (400, 170), "CANDIDATE\n(FIG. 3)", "S108")
    chart.decision((x, 2200), BRANCH, "|z| <= q ?", "S109", side="left")
    chart.box((x, 2500), STEP, "ADAPT LEVEL m AND SPREAD s", "S110")
    chart.box((x, 2750), STEP, "RELEASE PENDING REPORT\nIF A TOKEN IS AVAILABLE", "S111")
    chart.pill((x, 2950), (340, 110), "END")
    for top, bottom in ((315, 395), (545, 645), (795, 885), (1385, 1485), (1635, 1725), (2575, 2675), (2825, 2895)):
        chart.arrow([(x, top), (x, bottom)])
    chart.arrow([(x, 1135), (x, 1235)], "YES")
    chart.arrow([(x, 1975), (x, 2075)], "NO")
    chart.arrow([(x, 2325), (x, 2425)], "YES")
    chart.arrow([(x - 440, 1010), (340, 1010), (340, 1160)], "NO")
    chart.arrow([(x + 440, 1850), (1880, 1850), (1880, 2005)], "YES")
    chart.arrow([(1880, 2175), (1880, 2750), (x + 440, 2750)])
    chart.arrow([(x - 440, 2200), (520, 2200), (520, 2750), (x - 440, 2750)], "NO")
    chart.arrow([(340, 1360), (340, 2950), (x - 170, 2950)])
    return chart


def candidate_flow() -> Chart:
    """FIG. 3: from a candidate to a report."""
    chart = Chart()
    x = 1000.0
    chart.pill((x, 300), (420, 110), "CANDIDATE")
    chart.box((x, 520), STEP, "SET DIRECTION d,\nRESET P AND N TO ZERO", "S120")
    chart.decision((x, 830), (880, 290), "SAME d WITHIN HOLD TIME\nAND SMALL CHANGE?", "S121")
    chart.decision((x, 1210), BRANCH, "TOKEN AVAILABLE?", "S122")
    chart.box((x, 1520), STEP, "SEND REPORT, TAKE ONE TOKEN,\nCLEAR PENDING SLOT", "S123")
    chart.box((1900, 1520), (440, 170), "OVERWRITE\nPENDING SLOT", "S124")
    chart.box((x, 1790), STEP, "MOVE LEVEL m TOWARD x", "S125")
    chart.pill((x, 2010), (340, 110), "RETURN")
    for top, bottom in ((355, 445), (595, 685), (1595, 1715), (1865, 1955)):
        chart.arrow([(x, top), (x, bottom)])
    chart.arrow([(x, 975), (x, 1085)], "NO")
    chart.arrow([(x, 1335), (x, 1445)], "YES")
    chart.arrow([(x + 440, 1210), (1900, 1210), (1900, 1435)], "NO")
    chart.arrow([(1900, 1605), (1900, 1790), (x + 440, 1790)])
    chart.arrow([(x - 440, 830), (330, 830), (330, 1790), (x - 440, 1790)], "YES")
    return chart


def graph() -> Chart:
    """FIG. 4: values and cumulative sums of the worked example over time."""
    chart = Chart()
    rows, p = worked_example(), Parameters()
    left, right = 450.0, 2150.0

    def place(time: float, value: float, low: float, high: float, bottom: float, height: float) -> Spot:
        return left + (right - left) * time / 28, bottom - height * (value - low) / (high - low)

    for bottom, height, low, high, name, numeral in ((1300, 700, 19, 24, "x", "130"), (2350, 700, 0, 9, "P, N", "132")):
        chart.arrow([(left, bottom), (left, bottom - height - 90)])
        chart.arrow([(left, bottom), (right + 60, bottom)])
        write(chart.canvas, (left - 70, bottom - height - 90), name, NUMERAL)
        write(chart.canvas, (right + 100, bottom), "t", NUMERAL)
        for tick in range(low, high + 1):
            at = place(0, tick, low, high, bottom, height)
            chart.lines([(at[0] - 14, at[1]), at], 3)
            write(chart.canvas, (at[0] - 60, at[1]), str(tick), 40)
        for tick in range(0, 29, 4):
            at = place(tick, low, low, high, bottom, height)
            chart.lines([at, (at[0], at[1] + 14)], 3)
            write(chart.canvas, (at[0], at[1] + 50), str(tick), 40)
        chart.numerals.append(numeral)
    values = [place(row.time, row.value, 19, 24, 1300, 700) for row in rows]
    chart.lines(values)
    for x, y in values:
        chart.pen.ellipse((x - 9, y - 9, x + 9, y + 9), fill=0)
    upper: list[Spot] = []
    lower: list[Spot] = []
    for row in rows:
        reset = max(row.upper, row.lower) > p.threshold
        for curve, value in ((upper, row.upper), (lower, row.lower)):
            curve.append(place(row.time, value, 0, 9, 2350, 700))
            curve += [place(row.time, 0, 0, 9, 2350, 700)] if reset else []
    chart.lines(upper)
    chart.lines(lower, 3)
    peak = max(upper, key=lambda spot: -spot[1])
    for numeral, tip in (("130", values[13]), ("132", peak)):
        write(chart.canvas, (tip[0] + 260, tip[1] - 60), numeral, NUMERAL)
        chart.lines([(tip[0] + 205, tip[1] - 48), (tip[0] + 12, tip[1])], 3)
    edge = place(0, p.threshold, 0, 9, 2350, 700)[1]
    for start in range(round(left), round(right), 60):
        chart.lines([(start, edge), (start + 34, edge)], 3)
    write(chart.canvas, (right + 40, edge), "h", NUMERAL)
    return chart
