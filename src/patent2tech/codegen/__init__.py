"""Code from a patent: specification, scaffold or plan, files, tests, run, repair, trace, package."""

from patent2tech.codegen.building import CodeBuilder, CodeOrder, PlannedCode
from patent2tech.codegen.generating import Effort
from patent2tech.codegen.packaging import package, package_name, write_package, zip_bytes
from patent2tech.codegen.plan import Plan, read_plan
from patent2tech.codegen.result import CodeResult, CodeStatus, Ending
from patent2tech.codegen.wire import CodeRead

__all__ = [
    "CodeBuilder",
    "CodeOrder",
    "CodeRead",
    "CodeResult",
    "CodeStatus",
    "Effort",
    "Ending",
    "Plan",
    "PlannedCode",
    "package",
    "package_name",
    "read_plan",
    "write_package",
    "zip_bytes",
]
