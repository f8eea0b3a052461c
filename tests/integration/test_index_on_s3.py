"""The same index on object storage: a real S3 server on this machine, one writer, several readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
import pytest
from moto.server import ThreadedMotoServer

from patent2tech.errors import OutsideFailure
from patent2tech.search import Ask, parse_query
from patent2tech.search.lance import open_index
from tests.unit.search.building import a_document, a_search, embedder, put

if TYPE_CHECKING:
    from collections.abc import Iterator

BUCKET = "patents"


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT": address,
        "AWS_ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(name, value)
    boto3.client("s3", endpoint_url=address).create_bucket(Bucket=BUCKET)
    yield f"s3://{BUCKET}/index"
    server.stop()


def test_what_one_process_writes_to_a_bucket_others_find(place: str) -> None:
    writer = open_index(place, embedder().name, embedder().dimension)
    latch = a_document("1000001", "Door latch", "A latch with a spring that closes a bolt.", "1. A latch.")
    put(writer, latch, a_document("1000002", "Battery", "A controller measures the voltage of battery cells."))
    readers = [open_index(place, embedder().name, embedder().dimension) for _ in range(2)]
    for reader in readers:
        found = a_search(reader).search(parse_query("spring latch"), Ask())
        assert found.hits[0].card.number == latch.number
    page = a_search(readers[0]).search(parse_query("latch battery"), Ask(limit=1))
    writer.remove([latch.key])
    writer.tidy()
    rest = a_search(readers[0]).search(parse_query("latch battery"), Ask(limit=1, cursor=page.next_cursor))
    assert {page.hits[0].card.key, rest.hits[0].card.key} == {"1000001", "1000002"}
    assert set(open_index(place, embedder().name, embedder().dimension).digests()) == {"1000002"}


def test_a_bucket_that_is_not_there_is_told_in_words(place: str) -> None:
    with pytest.raises(OutsideFailure, match="correct P2T_INDEX_URI"):
        open_index(place.replace(BUCKET, "elsewhere"), embedder().name, embedder().dimension)
