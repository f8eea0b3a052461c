"""What a route gets besides its request: the services, the publication number, the language."""

from typing import Annotated, cast

from fastapi import Depends, Path, Query
from starlette.requests import Request

from patent2tech.api.languages import preferred
from patent2tech.app import App
from patent2tech.errors import BadInput
from patent2tech.patents import NotAPublicationNumber, PublicationNumber
from patent2tech.text import Lang

_SHOWN_CHARACTERS = 80


def parse_number(text: str) -> PublicationNumber:
    """The publication number that a request names.

    Raises:
        BadInput: when the text is none.
    """
    try:
        return PublicationNumber.parse(text)
    except NotAPublicationNumber:
        raise BadInput(f"{text[:_SHOWN_CHARACTERS]!r} is no publication number such as US8418361B2") from None


# Not plain functions, which would each cost a turn in the thread pool.
async def _services(request: Request) -> App:
    return cast("App", request.app.state.services)


async def _number(
    number: Annotated[str, Path(description="A publication number in any printed form, with or without kind code.")],
) -> PublicationNumber:
    return parse_number(number)


async def _page_language(request: Request) -> Lang:
    return preferred(request.query_params.get("lang"), request.headers.get("accept-language"))


Services = Annotated[App, Depends(_services)]
Number = Annotated[PublicationNumber, Depends(_number)]
PageLanguage = Annotated[Lang, Depends(_page_language)]
Language = Annotated[Lang, Query(description="The language of messages.")]
