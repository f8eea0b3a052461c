"""What a run printed is cut and cleaned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patent2tech.sandbox.output import Capture, clean


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"plain\ttext\n", "plain\ttext\n"),
        (b"\x1b[31mred\x1b[0m", "red"),
        (b"\x1b]0;title\x07after", "after"),
        (b"\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        (b"\x1bPq data \x1b\\after", "after"),
        (b"nul\x00bell\x07back\x08", "nulbellback"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
        (b"\xff\xfe", "\ufffd\ufffd"),
        ("한국어 \u202e".encode(), "한국어 "),
        (b"end\x1b", "end"),
    ],
)
def test_control_sequences_go_and_text_stays(raw: bytes, text: str) -> None:
    assert clean(raw) == text


@given(st.binary(max_size=200))
def test_no_bytes_give_a_control_sign(raw: bytes) -> None:
    assert all(sign in "\n\t" or (sign >= " " and not "\x7f" <= sign <= "\x9f") for sign in clean(raw))


@given(st.lists(st.binary(max_size=30)), st.integers(min_value=0, max_value=60))
def test_a_stream_is_kept_up_to_its_limit(pieces: list[bytes], limit: int) -> None:
    capture = Capture(limit)
    for piece in pieces:
        capture.add(piece)
    whole = b"".join(pieces)
    assert capture.text() == clean(whole[:limit])
    assert capture.cut == (len(whole) > limit)
