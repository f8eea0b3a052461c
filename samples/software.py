"""The software sample: a US utility grant for an algorithm that can be coded from its text and tested on its table."""

from __future__ import annotations

from samples.chart import Chart
from samples.grant import Cited, Company, Grant, Person, Symbol
from samples.software_charts import block_diagram, candidate_flow, graph, main_flow
from samples.software_text import ABSTRACT, CLAIMS, DESCRIPTION, TITLE


def software_charts() -> list[Chart]:
    """The four figures in order."""
    return [block_diagram(), main_flow(), candidate_flow(), graph()]


def software() -> Grant:
    """The complete grant."""
    labels = ((1275, 2560), (1100, 3090), (1000, 2190), (1275, 2560))
    charts = software_charts()
    sheets = tuple(
        chart.sheet(f"FIG. {number}", at) for number, (chart, at) in enumerate(zip(charts, labels, strict=True), 1)
    )
    return Grant(
        number="99900002",
        kind="B2",
        type="utility",
        dtd="v4.7 2022-02-17",
        published="20230808",
        produced="20230726",
        application="99200002",
        filed="20210322",
        title=TITLE,
        abstract=ABSTRACT,
        claims=CLAIMS,
        description=DESCRIPTION,
        sheets=sheets,
        front=sheets[1],
        figure_count=len(charts),
        extension_days=112,
        ipc=(Symbol("G06F 17/18", "20060101"), Symbol("H04L 43/04", "20220101"), Symbol("G01D 21/00", "20060101")),
        cpc=(
            Symbol("G06F 17/18"),
            Symbol("H04L 43/04"),
            Symbol("H04L 43/16"),
            Symbol("H04W 4/38", "20180201"),
            Symbol("G01D 21/00", value="A"),
        ),
        searched=("G06F 17/18", "H04L 43/04", "H04L 43/16", "H04W 4/38"),
        cited=(
            Cited("Eriksen", "98000031", "B2", "20120700", by="examiner", cpc="G06F 17/18"),
            Cited("Dandolo et al.", "98000032", "B2", "20190100"),
            Cited("Sato et al.", "2098/0000033", "A1", "20180800", by="examiner", cpc="H04L 43/16"),
            Cited("Eriksen et al., “Cumulative sums on small gateways”, 2016, 9 pages."),
        ),
        inventors=(Person("Kovalenko", "Mira", "Tarnfield", "CO"), Person("Addo", "Kwame", "Tarnfield", "CO")),
        company=Company("Tarnfield Telemetry Corporation", "Tarnfield", "CO"),
        agent="Osprey Patent Group, P.C.",
        examiner=Person("Delacroix", "Simone"),
        department="2456",
        publication=("20229990002", "20220922"),
    )
