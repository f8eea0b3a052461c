"""The project of `scripted_code` in other languages: its plan, its files, one that is wrong, its tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Scripted:
    """One language: `files` are right, `wrong` stands for the last of them and fails two tests."""

    plan: dict[str, Any]
    files: dict[str, str]
    wrong: str
    tests: dict[str, str]

    @property
    def main(self) -> str:
        """The file that `wrong` stands for."""
        return list(self.files)[-1]

    @property
    def test(self) -> str:
        """The test file."""
        return next(iter(self.tests))


def _plan(files: dict[str, list[tuple[str, list[str]]]]) -> dict[str, Any]:
    paths = list(files)
    return {
        "files": [
            {
                "path": path,
                "purpose": "A part.",
                "depends_on": paths[: paths.index(path)],
                "functions": [
                    {"name": name, "signature": name, "summary": "As the claim says.", "requirements": requirements}
                    for name, requirements in functions
                ],
            }
            for path, functions in files.items()
        ],
        "assumptions": [{"text": "Positions count from 1.", "requirement": "R2"}],
        "example": "label([1, 2, 3]) is [2, 3, 1, 11]",
    }


def _script(suffix: str, numbers: str, number: str) -> Scripted:
    rotation = f"""// Rotation.
/** R1: rotates the list to the right. */
export function rotate(items{numbers}, shift{number} = 2){numbers} {{
  const at = items.length ? items.length - (shift % items.length) : 0;
  return [...items.slice(at), ...items.slice(0, at)];
}}
"""
    label = f"""// Checksum and label.
import {{ rotate }} from "./rotation{suffix}";

/** R2: sums the products of items and positions. */
export function checksum(items{numbers}){number} {{
  return items.reduce((sum, item, at) => sum + item * (at + 1), 0);
}}

/** R3: appends the checksum modulo 97. */
export function label(items{numbers}, shift{number} = 2){numbers} {{
  const rotated = rotate(items, shift);
  return [...rotated, checksum(rotated) % 97];
}}
"""
    tests = f"""import assert from "node:assert/strict";
import {{ test }} from "node:test";

import {{ checksum, label }} from "../src/label{suffix}";
import {{ rotate }} from "../src/rotation{suffix}";

test("rotates to the right", () => {{
  assert.deepEqual(rotate([1, 2, 3, 4], 1), [4, 1, 2, 3]);
}});

test("checksum multiplies by the position", () => {{
  assert.equal(checksum([2, 3, 1]), 2 * 1 + 3 * 2 + 1 * 3);
}});

test("label is modulo 97", () => {{
  assert.deepEqual(label([50, 50], 0), [50, 50, 150 - 97]);
}});

test("example from list to label", () => {{
  assert.deepEqual(label([1, 2, 3]), [2, 3, 1, 11]);
}});
"""
    files = {f"src/rotation{suffix}": rotation, f"src/label{suffix}": label}
    functions = [[("rotate", ["R1"])], [("checksum", ["R2"]), ("label", ["R3"])]]
    wrong = label.replace("(at + 1)", "at").replace("% 97", "% 98")
    return Scripted(_plan(dict(zip(files, functions, strict=True))), files, wrong, {f"test/label.test{suffix}": tests})


_C_HEADER = """/** A list with its label. */
#ifndef LABEL_H
#define LABEL_H

#include <stddef.h>

void rotate(const int *items, size_t count, size_t shift, int *found);
long checksum(const int *items, size_t count);
void label(const int *items, size_t count, size_t shift, int *found);

#endif
"""
_C_SOURCE = """/* A list with its label. */
#include "label.h"

/** R1: rotates the list to the right. */
void rotate(const int *items, size_t count, size_t shift, int *found)
{
    for (size_t at = 0; at < count; at++) found[(at + shift) % count] = items[at];
}

/** R2: sums the products of items and positions. */
long checksum(const int *items, size_t count)
{
    long sum = 0;
    for (size_t at = 0; at < count; at++) sum += items[at] * (long)(at + 1);
    return sum;
}

/** R3: appends the checksum modulo 97. */
void label(const int *items, size_t count, size_t shift, int *found)
{
    rotate(items, count, shift, found);
    found[count] = (int)(checksum(found, count) % 97);
}
"""
_C_TESTS = """#include "check.h"
#include "../src/label.h"

TEST(rotates_to_the_right)
{
    const int items[] = {1, 2, 3, 4};
    int found[4] = {0, 0, 0, 0};
    rotate(items, 4, 1, found);
    CHECK_INTS(found, 4, 4, 1, 2, 3);
}

TEST(checksum_multiplies_by_the_position)
{
    const int items[] = {2, 3, 1};
    CHECK_INT(checksum(items, 3), 2 * 1 + 3 * 2 + 1 * 3);
}

TEST(label_is_modulo_97)
{
    const int items[] = {50, 50};
    int found[3] = {0, 0, 0};
    label(items, 2, 0, found);
    CHECK_INTS(found, 3, 50, 50, 150 - 97);
}

TEST(example_from_list_to_label)
{
    const int items[] = {1, 2, 3};
    int found[4] = {0, 0, 0, 0};
    label(items, 3, 2, found);
    CHECK_INTS(found, 4, 2, 3, 1, 11);
}
"""
_CPP_HEADER = """/** A list with its label. */
#pragma once

#include <cstddef>
#include <vector>

using List = std::vector<int>;

List rotate(const List &items, std::size_t shift = 2);
long checksum(const List &items);
List label(const List &items, std::size_t shift = 2);
"""
_CPP_SOURCE = """/* A list with its label. */
#include "label.hpp"

/** R1: rotates the list to the right. */
List rotate(const List &items, std::size_t shift)
{
    List found(items.size());
    for (std::size_t at = 0; at < items.size(); at++) found[(at + shift) % items.size()] = items[at];
    return found;
}

/** R2: sums the products of items and positions. */
long checksum(const List &items)
{
    long sum = 0, position = 1;
    for (const int item : items) sum += item * position++;
    return sum;
}

/** R3: appends the checksum modulo 97. */
List label(const List &items, std::size_t shift)
{
    List found = rotate(items, shift);
    found.push_back(static_cast<int>(checksum(found) % 97));
    return found;
}
"""
_CPP_TESTS = """#include "check.h"
#include "../src/label.hpp"

TEST(rotates_to_the_right)
{
    const List found = rotate({1, 2, 3, 4}, 1);
    CHECK_INTS(found, 4, 4, 1, 2, 3);
}

TEST(checksum_multiplies_by_the_position)
{
    CHECK_INT((checksum({2, 3, 1})), 2 * 1 + 3 * 2 + 1 * 3);
}

TEST(label_is_modulo_97)
{
    const List found = label({50, 50}, 0);
    CHECK_INTS(found, 3, 50, 50, 150 - 97);
}

TEST(example_from_list_to_label)
{
    const List found = label({1, 2, 3});
    CHECK_INTS(found, 4, 2, 3, 1, 11);
}
"""
_BEHIND = [("rotate", ["R1"]), ("checksum", ["R2"]), ("label", ["R3"])]
SCRIPTED = {
    "javascript": _script(".js", "", ""),
    "typescript": _script(".ts", ": number[]", ": number"),
    "c": Scripted(
        _plan({"src/label.h": [], "src/label.c": _BEHIND}),
        {"src/label.h": _C_HEADER, "src/label.c": _C_SOURCE},
        _C_SOURCE.replace("(at + 1)", "at").replace("% 97", "% 98"),
        {"tests/test_label.c": _C_TESTS},
    ),
    "cpp": Scripted(
        _plan({"src/label.hpp": [], "src/label.cpp": _BEHIND}),
        {"src/label.hpp": _CPP_HEADER, "src/label.cpp": _CPP_SOURCE},
        _CPP_SOURCE.replace("position = 1", "position = 0").replace("% 97", "% 98"),
        {"tests/test_label.cpp": _CPP_TESTS},
    ),
}
