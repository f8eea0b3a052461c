"""Kept answers: what was paid for once is given again, also after a restart."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pydantic import BaseModel

    from patent2tech.llm.protocol import Ask
    from patent2tech.store import Database

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def key_of(ask: Ask[Any], model: str, server: str) -> str:
    """The hash of everything that an answer depends on; the job does not."""
    parts = (
        model,
        server,
        ask.purpose,
        ask.prompt_version,
        ask.instructions,
        ask.prompt,
        ask.output.model_json_schema(),
        ask.max_output_tokens,
        ask.attempt,
    )
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


class Answers:
    """Answers by key. Whoever asks the same while it is being asked waits, and gets the same answer."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = threading.Lock()
        self._asking: dict[str, tuple[threading.Lock, int]] = {}

    def get(self, key: str) -> dict[str, Any] | None:
        """The answer that was kept.

        Raises:
            OutsideFailure: when the database does not answer.
        """
        from sqlalchemy import select

        from patent2tech.llm.tables import AnswerRow

        with self._database.begin() as session:
            return session.scalar(select(AnswerRow.answer).where(AnswerRow.key == key))

    def get_all(self, keys: Collection[str]) -> dict[str, dict[str, Any]]:
        """Those of some answers that were kept; raises what `get` raises."""
        from sqlalchemy import select

        from patent2tech.llm.tables import AnswerRow

        with self._database.begin() as session:
            rows = session.execute(select(AnswerRow.key, AnswerRow.answer).where(AnswerRow.key.in_(keys)))
            return {row.key: row.answer for row in rows}

    def keep(self, key: str, purpose: str, model: str, answer: BaseModel) -> None:
        """Keep an answer; the first one stays. Raises what `get` raises."""
        self.keep_all({key: _storable(answer.model_dump(mode="json"))}, purpose, model)

    def keep_all(self, answers: Mapping[str, Mapping[str, Any]], purpose: str, model: str) -> None:
        """Keep some answers; the first of each key stays. Raises what `get` raises."""
        from sqlalchemy.dialects.postgresql import insert

        from patent2tech.llm.tables import AnswerRow
        from patent2tech.store.identity import new_id

        rows = [
            {"id": new_id(), "key": key, "purpose": purpose, "model": model, "answer": answer}
            for key, answer in answers.items()
        ]
        with self._database.begin() as session:
            session.execute(insert(AnswerRow).on_conflict_do_nothing(index_elements=["key"]), rows)

    @contextmanager
    def one_at_a_time(self, key: str) -> Iterator[None]:
        """Let one thread of this process ask, and the others wait for it."""
        with self._turn:
            lock, waiting = self._asking.get(key, (threading.Lock(), 0))
            self._asking[key] = (lock, waiting + 1)
        try:
            with lock:
                yield
        finally:
            with self._turn:
                _, waiting = self._asking[key]
                if waiting > 1:
                    self._asking[key] = (lock, waiting - 1)
                else:
                    del self._asking[key]


def _storable(value: Any) -> Any:
    """The value without NUL and halves of surrogate pairs, which PostgreSQL cannot hold and no text needs."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [_storable(each) for each in value]
    if isinstance(value, dict):
        return {name: _storable(each) for name, each in value.items()}
    return value
