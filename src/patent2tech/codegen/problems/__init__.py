"""Reference problems: fictional patents with a hidden judge, and answers of a model recorded for each."""

from patent2tech.codegen.problems.problem import Problem, problem_names, read_problem
from patent2tech.codegen.problems.recorded import RecordedModel

__all__ = ["Problem", "RecordedModel", "problem_names", "read_problem"]
