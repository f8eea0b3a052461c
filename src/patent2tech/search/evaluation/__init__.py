"""How good the search is: folders of judged queries, ranked by the product's own index and path."""

from patent2tech.search.evaluation.folders import Judged, read_folder
from patent2tech.search.evaluation.measures import MEASURES, Estimate
from patent2tech.search.evaluation.running import Evaluation, Trial, evaluate

__all__ = ["MEASURES", "Estimate", "Evaluation", "Judged", "Trial", "evaluate", "read_folder"]
