"""Models by script: they read the prompt that they get over HTTP, and answer it honestly, wrongly or obediently."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from patent2tech.text.sentences import sentences

Passages = list[tuple[str, str]]
_DATA = re.compile(r"<passages (\w+)>\n(.*?)\n</passages \1>", re.DOTALL)
_PASSAGE = re.compile(r"^(claim \d+|\[[\w-]+\]|title|abstract)\| ", re.MULTILINE)
_NOTE = re.compile(r"^(\d+)\. (\w+), (\w+): (.*)$", re.MULTILINE)
TOPICS = ("concepts", "feasibility", "fields", "commercial", "summary")


def prompt_of(body: dict[str, Any]) -> str:
    return str(body["messages"][-1]["content"])


def instructions_of(body: dict[str, Any]) -> str:
    return str(body["messages"][0]["content"])


def passages_in(prompt: str) -> Passages:
    found: Passages = []
    for _, text in _DATA.findall(prompt):
        marks = list(_PASSAGE.finditer(text))
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        found += [(mark[1], text[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True)]
    return found


def a_statement(topic: str, text: str, locator: str, quote: str, kind: str = "disclosed") -> dict[str, Any]:
    evidence = [{"locator": locator, "quote": quote}] if locator else []
    return {"topic": topic, "kind": kind, "text": text, "evidence": evidence, "sought": []}


def honest(body: dict[str, Any]) -> str:
    """Repeats sentences of the passages, chooses among notes, and corrects nothing."""
    prompt, instructions = prompt_of(body), instructions_of(body)
    if instructions.startswith("Notes were taken"):
        notes = _NOTE.findall(prompt)
        chosen = [
            {"topic": topic, "kind": kind, "text": text, "notes": [int(number)], "sought": []}
            for number, topic, kind, text in notes[:: max(1, len(notes) // 25)]
        ]
        return json.dumps({"statements": chosen})
    if instructions.startswith("A program refused"):
        return json.dumps({"statements": []})
    topics = ("answer",) if instructions.startswith("Answer the question") else TOPICS
    asked = prompt.rpartition("Question: ")[2] if topics == ("answer",) else ""
    return json.dumps({"statements": list(_repeated(passages_in(prompt), topics, asked))}, ensure_ascii=False)


def _repeated(passages: Passages, topics: tuple[str, ...], asked: str) -> Iterator[dict[str, Any]]:
    wanted = set(re.findall(r"\w{4,}", asked.lower()))

    def shared(sentence: str) -> int:
        return len(wanted & set(re.findall(r"\w{4,}", sentence.lower())))

    told = [
        (locator, max(found, key=shared))
        for locator, text in passages
        if (found := [each for each in sentences(text) if len(each.split()) >= 6 and len(each) <= 400])
    ]
    told = [each for each in told if not wanted or shared(each[1])]
    told.sort(key=lambda each: -shared(each[1]))
    for number, (locator, sentence) in enumerate(told[:12]):
        yield a_statement(topics[number % len(topics)], sentence, locator, sentence)


def saying(*statements: dict[str, Any]) -> Callable[[dict[str, Any]], str]:
    """A model that always says the same."""

    def say(body: dict[str, Any]) -> str:
        if instructions_of(body).startswith("A program refused"):
            return json.dumps({"statements": []})
        return json.dumps({"statements": list(statements)}, ensure_ascii=False)

    return say
