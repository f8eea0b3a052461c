"""The code of a pack: written by the builder for the order's language, or the scaffold where there is no model."""

from __future__ import annotations

from dataclasses import dataclass

from patent2tech.codegen import CodeBuilder, CodeOrder, CodeRead, package, package_name, zip_bytes
from patent2tech.codegen.prompts import PROMPT_VERSION
from patent2tech.patents import PatentType
from patent2tech.techpack.code_section import code_section
from patent2tech.techpack.contributions import Contribution, PartName
from patent2tech.techpack.makers import Order

_NOTHING_TO_WRITE = frozenset({PatentType.DESIGN, PatentType.PLANT})


@dataclass(frozen=True, slots=True)
class CodeMaker:
    """Adds the part `code`: the project's files, its ZIP, and a section with code, tests and trace."""

    builder: CodeBuilder

    @property
    def part(self) -> PartName:
        """The part that it adds."""
        return PartName.CODE

    @property
    def fingerprint(self) -> str:
        """Changes with the model, the prompts and the scaffold's version."""
        return self.builder.fingerprint(CodeOrder())

    def contribute(self, order: Order) -> Contribution | None:
        """The code of this patent; a design or a plant has none, and neither has a document without claims."""
        live = [claim for claim in order.reading.claims if not claim.cancelled]
        if not live or order.reading.patent.type in _NOTHING_TO_WRITE:
            return None
        wishes = order.wishes
        result = self.builder.build(order.reading, CodeOrder(wishes.language, wishes.framework), order.progress)
        files = package(result, wishes.lang)
        name = package_name(result)
        archive = zip_bytes(name, files)
        document = CodeRead.of(result, files, wishes.lang)
        cost = None if result.usage.cost_usd is None else float(result.usage.cost_usd)
        return Contribution(
            PartName.CODE,
            {**{f"code/{path}": content for path, content in files.items()}, f"code/{name}.zip": archive},
            engine="llm" if result.model else "rules",
            account={
                "status": result.status,
                "model": result.model,
                "prompt_version": PROMPT_VERSION if result.model else None,
                "cost_usd": cost,
                "rounds": len(result.rounds),
                "seconds": round(sum(each.report.seconds for each in result.rounds if each.report), 3),
                "assumptions": [each.text for each in document.assumptions],
            },
            section=code_section(result, files, name, archive, wishes.lang),
        )
