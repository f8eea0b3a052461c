"""Google Cloud Vision as a reader of text: the same protocol as the offline one, asked only where the user chose it."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from patent2tech.errors import NotConfigured, OutsideFailure
from patent2tech.figures.ocr import UPRIGHT, TextLine

if TYPE_CHECKING:
    import httpx
    import numpy as np
    from numpy.typing import NDArray

    from patent2tech.figures.model import Box

DEFAULT_URL: Final = "https://vision.googleapis.com"
_TIMEOUT_S: Final = 60.0
_ATTEMPTS: Final = 3
_LARGEST_ANSWER: Final = 64 * 1024 * 1024
_LINE_ENDS: Final = frozenset({"LINE_BREAK", "EOL_SURE_SPACE", "HYPHEN"})
_SPACES: Final = frozenset({"SPACE", "SURE_SPACE"})
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
_REFUSED: Final = frozenset({401, 403})


class _Busy(Exception):
    """The service asks for patience."""


@dataclass(frozen=True, slots=True)
class GoogleVisionReader:
    """Sends a picture to the Vision API with the token of a service account, and gives its lines of text.

    Raises `NotConfigured` where the credentials are missing or refused, `OutsideFailure` where the service does not
    answer as documented (https://cloud.google.com/vision/docs/reference/rest/v1/images/annotate).
    """

    credentials: Path
    url: str = DEFAULT_URL

    @property
    def fingerprint(self) -> str:
        """The service; it does not tell which model answers."""
        return f"google-vision v1 {self.url}"

    def read(
        self, pixels: NDArray[np.uint8], turns: Sequence[int] = UPRIGHT, before: Sequence[TextLine] = ()
    ) -> tuple[TextLine, ...]:
        """The lines of a grey picture, from top to bottom; all of it is read anew, for one price."""
        del before
        answer = self._ask(_png(pixels))
        height, width = pixels.shape
        lines = (line for page in _pages(answer) for line in _lines(page, (width, height)))
        return tuple(sorted((line for line in lines if line.turn in turns), key=lambda one: (one.box[1], one.box[0])))

    def _ask(self, picture: bytes) -> dict[str, Any]:
        import httpx
        import stamina

        request = {
            "image": {"content": base64.b64encode(picture).decode("ascii")},
            "features": [{"type": "DOCUMENT_TEXT_DETECTION"}],
            "imageContext": {"languageHints": ["en", "ko"]},
        }
        headers = {"Authorization": f"Bearer {_token(self.credentials)}"}
        try:
            for attempt in stamina.retry_context(
                on=(_Busy, httpx.TransportError), attempts=_ATTEMPTS, timeout=_TIMEOUT_S
            ):
                with attempt, httpx.Client(timeout=_TIMEOUT_S, follow_redirects=False) as client:
                    response = client.post(
                        f"{self.url.rstrip('/')}/v1/images:annotate", json={"requests": [request]}, headers=headers
                    )
                    if response.status_code in _BUSY:
                        raise _Busy(str(response.status_code))
        except _Busy as reason:
            raise OutsideFailure(_failed(f"HTTP {reason}")) from None
        except httpx.TransportError as reason:
            raise OutsideFailure(_failed(type(reason).__name__)) from None
        return _answer(response)


def _token(credentials: Path) -> str:
    """A token that the service account signs itself; nothing is fetched for it."""
    try:
        from google.auth import exceptions, jwt
    except ImportError:
        raise NotConfigured(
            "reading with Google Cloud Vision needs `patent2tech[google]`; set P2T_OCR=offline to read on this machine"
        ) from None
    try:
        signer = jwt.Credentials.from_service_account_file(  # type: ignore[no-untyped-call]  # google-auth has none
            str(credentials), audience=f"{DEFAULT_URL}/"
        )
        signer.refresh(None)
    except (OSError, ValueError, exceptions.GoogleAuthError):
        raise NotConfigured(
            f"GOOGLE_APPLICATION_CREDENTIALS names {str(credentials)!r}, which is no service account file; "
            "download one from the Google Cloud console, or set P2T_OCR=offline to read on this machine"
        ) from None
    return signer.token.decode("ascii") if isinstance(signer.token, bytes) else str(signer.token)


def _answer(response: httpx.Response) -> dict[str, Any]:
    if response.status_code in _REFUSED:
        raise NotConfigured(
            f"Google Cloud Vision refused GOOGLE_APPLICATION_CREDENTIALS (HTTP {response.status_code}); "
            "enable the API for that account, or set P2T_OCR=offline to read on this machine"
        )
    if not response.is_success or len(response.content) > _LARGEST_ANSWER:
        raise OutsideFailure(_failed(f"HTTP {response.status_code}"))
    try:
        [answer] = response.json()["responses"]
        problem = answer.get("error")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise OutsideFailure(_failed("no valid answer")) from None
    if problem:
        code = problem.get("code") if isinstance(problem, dict) else problem
        raise OutsideFailure(_failed(f"error {code}"))
    return dict(answer)


def _failed(why: str) -> str:
    return f"Google Cloud Vision did not read the sheet ({why}); try again later, or set P2T_OCR=offline"


def _png(pixels: NDArray[np.uint8]) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()


def _pages(answer: dict[str, Any]) -> list[dict[str, Any]]:
    text = answer.get("fullTextAnnotation") or {}
    pages = text.get("pages") if isinstance(text, dict) else None
    return [page for page in pages or [] if isinstance(page, dict)]


def _lines(page: dict[str, Any], size: tuple[int, int]) -> Iterator[TextLine]:
    """The lines of a page: words up to a break at the end of a line."""
    for block in page.get("blocks", []):
        for paragraph in block.get("paragraphs", []):
            words: list[dict[str, Any]] = []
            for word in paragraph.get("words", []):
                words.append(word)
                if _break(word) in _LINE_ENDS:
                    yield from _line(words, size)
                    words = []
            yield from _line(words, size)


def _line(words: Sequence[dict[str, Any]], size: tuple[int, int]) -> Iterator[TextLine]:
    corners = [corner for word in words if (corner := _corners(word))]
    text = "".join(_spelled(word) for word in words).strip()
    if not text or not corners:
        return
    xs, ys = [x for four in corners for x, _ in four], [y for four in corners for _, y in four]
    box: Box = (max(0, min(xs)), max(0, min(ys)), min(size[0], max(xs) + 1), min(size[1], max(ys) + 1))
    if box[0] >= box[2] or box[1] >= box[3]:
        return
    sure = [float(word.get("confidence", 1.0)) for word in words]
    yield TextLine(text, box, round(sum(sure) / len(sure), 3), _turn(corners[0]))


def _corners(word: dict[str, Any]) -> list[tuple[int, int]]:
    """The corners of a word, the first at the upper left of the upright letters; a zero is left out of the answer."""
    vertices = (word.get("boundingBox") or {}).get("vertices") or []
    return [(int(one.get("x", 0)), int(one.get("y", 0))) for one in vertices] if len(vertices) == 4 else []  # noqa: PLR2004 - a box


def _turn(corners: Sequence[tuple[int, int]]) -> int:
    """By how many degrees counter-clockwise the picture is turned for the word to stand upright."""
    (x0, y0), (x1, y1) = corners[:2]
    return round(math.degrees(math.atan2(y1 - y0, x1 - x0)) / 90) * 90 % 360


def _spelled(word: dict[str, Any]) -> str:
    letters = "".join(str(symbol.get("text", "")) for symbol in word.get("symbols", []))
    return letters + (" " if _break(word) in _SPACES else "")


def _break(word: dict[str, Any]) -> str | None:
    symbols = word.get("symbols") or [{}]
    found = ((symbols[-1].get("property") or {}).get("detectedBreak") or {}).get("type")
    return str(found) if found else None
