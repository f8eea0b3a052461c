"""Results and output that harm who reads them."""

from __future__ import annotations

from tests.security.sandbox.host import (
    LIMITS,
    Attacker,
    attack,
    leaks,
)


@attack
def result_is_a_link(attacker: Attacker) -> object:
    return leaks(attacker, "import os\nos.symlink(SECRET, 'result.json')\n")


@attack
def result_is_a_link_to_a_link(attacker: Attacker) -> object:
    return leaks(attacker, "import os\nos.symlink(SECRET, 'a'); os.symlink('a', 'result.json')\n")


@attack
def result_is_a_hard_link(attacker: Attacker) -> object:
    return leaks(
        attacker,
        "import os\ntry: os.link(SECRET, 'result.json')\nexcept OSError: pass\n"
        "open('one', 'w').close(); os.link('one', 'two.json')\n",
        unwanted="two.json",
    )


@attack
def folder_of_a_result_is_a_link(attacker: Attacker) -> object:
    return leaks(attacker, "import os\nos.symlink(os.path.dirname(SECRET), 'out')\n")


@attack
def result_is_a_pipe(attacker: Attacker) -> object:
    return leaks(attacker, "import os\nos.mkfifo('result.json')\n", unwanted="result.json")


@attack
def result_is_a_socket(attacker: Attacker) -> object:
    return leaks(
        attacker, "import socket\ns = socket.socket(socket.AF_UNIX)\ns.bind('result.json')\n", unwanted="result.json"
    )


@attack
def result_is_a_hole(attacker: Attacker) -> object:
    run = attacker.run(
        "import os\nwith open('hole.json', 'wb') as f: os.truncate(f.fileno(), 1 << 40)\n", collect=("*",)
    )
    return any(len(content) > LIMITS.file_bytes for content in run.files.values())


@attack
def results_too_many_and_too_large(attacker: Attacker) -> object:
    run = attacker.run(
        "for n in range(350):\n    with open(f'{n}.json', 'wb') as f: f.write(bytes(100000))\n", collect=("*.json",)
    )
    return sum(map(len, run.files.values())) > LIMITS.workspace_bytes or len(run.files) > LIMITS.workspace_files


@attack
def results_with_strange_names(attacker: Attacker) -> object:
    run = attacker.run(
        "for name in ('a\\nb.json', '\\x1b[31m.json', '..json', '-rf.json', b'\\xff.json'):\n    open(name, 'w').close()\n",
        collect=("*.json",),
    )
    return any(".." in path.split("/") or path.startswith("/") for path in run.files) or "\x1b" in "".join(run.left_out)


@attack
def folders_locked(attacker: Attacker) -> object:
    attacker.run(
        "import os\nos.makedirs('a/b/c'); open('a/b/c/f', 'w').close()\n"
        "for path in ('a/b/c/f', 'a/b/c', 'a/b', 'a', os.environ['TMPDIR'], '.'): os.chmod(path, 0)\n"
    )
    return attacker.left_behind()


@attack
def control_sequences_printed(attacker: Attacker) -> object:
    run = attacker.run(
        "import os\nos.write(1, b'a\\x00b\\x1b[31mred\\x1b]0;title\\x07\\x1bPq\\x1b\\\\c\\x9b1m\\xff\\xfe\\r\\nok\\x08\\n')\n"
        "os.write(1, '\\u202eright to left\\n'.encode())\n"
    )
    text = run.output
    return any(
        (ord(sign) < 32 and sign not in "\n\t") or ord(sign) in {127, 0x202E} or 128 <= ord(sign) < 160 for sign in text
    )
