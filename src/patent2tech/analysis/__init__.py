"""Analysis: what a patent teaches, with proof for every sentence."""

from patent2tech.analysis.analyst import Analyst, Listener
from patent2tech.analysis.model import (
    Analysis,
    Answer,
    ChartRow,
    ChartVerdict,
    ClaimChart,
    Comparison,
    Coverage,
    Difference,
    Engine,
    Evidence,
    Kind,
    Standing,
    Statement,
    Topic,
    Turn,
)
from patent2tech.analysis.wire import AnalysisRead, ClaimChartRead, ComparisonRead, StatementRead

__all__ = [
    "Analysis",
    "AnalysisRead",
    "Analyst",
    "Answer",
    "ChartRow",
    "ChartVerdict",
    "ClaimChart",
    "ClaimChartRead",
    "Comparison",
    "ComparisonRead",
    "Coverage",
    "Difference",
    "Engine",
    "Evidence",
    "Kind",
    "Listener",
    "Standing",
    "Statement",
    "StatementRead",
    "Topic",
    "Turn",
]
