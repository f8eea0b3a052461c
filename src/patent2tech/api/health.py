"""Whether the service lives, and whether it can do its work."""

from fastapi import APIRouter

from patent2tech.api.problems import declared
from patent2tech.api.schemas import Health
from patent2tech.api.services import Services

router = APIRouter(tags=["health"])


# Not a plain function: it has to answer while every thread is busy.
@router.get("/healthz", responses=declared())
async def is_alive(app: Services) -> Health:
    """Say that the process answers."""
    return Health(status="alive", version=app.version)


@router.get("/readyz", responses=declared(503))
def is_ready(app: Services) -> Health:
    """Say that the database answers and has its tables."""
    app.library.list(limit=1)
    return Health(status="ready", version=app.version)
