"""Using up the machine."""

from __future__ import annotations

from patent2tech.sandbox import Outcome
from tests.security.sandbox.host import (
    LIMITS,
    SHORT,
    Attacker,
    attack,
)


@attack
def fork_bomb(attacker: Attacker) -> object:
    run = attacker.run("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass\n", SHORT)
    return run.outcome is Outcome.EXITED and run.exit_code == 0


@attack
def fork_counted_in_vain(attacker: Attacker) -> object:
    """By every call that makes a process: how many can live at once?"""
    run = attacker.run(
        "import ctypes, os, time\nlibc = ctypes.CDLL(None)\nlibc.syscall.restype = ctypes.c_long\nmade = 0\n"
        "def plain(): return libc.syscall(ctypes.c_long(57))\n"
        "def clone(): return libc.syscall(ctypes.c_long(56), ctypes.c_long(17), 0, 0, 0, 0)\n"
        "def clone3():\n    a = (ctypes.c_uint64 * 11)(0, 0, 0, 0, 17)\n"
        "    return libc.syscall(ctypes.c_long(435), ctypes.byref(a), ctypes.c_long(88))\n"
        "for way in (plain, clone, clone3):\n    for _ in range(60):\n        child = way()\n"
        "        if child == 0:\n            time.sleep(60)\n            os._exit(0)\n        made += child > 0\n"
        "print(made)\n"
    )
    return int(run.output or 0) >= LIMITS.processes


@attack
def thread_bomb(attacker: Attacker) -> object:
    run = attacker.run(
        "import threading, time\nmade = 0\ntry:\n    for _ in range(5000):\n"
        "        threading.Thread(target=time.sleep, args=(1,), daemon=True).start(); made += 1\n"
        "except RuntimeError: pass\nprint(made, flush=True)\nimport os; os._exit(0)\n"
    )
    return int(run.output or 0) > 100


@attack
def memory_of_one_process(attacker: Attacker) -> object:
    run = attacker.run("held = bytearray(b'x') * (600 << 20)\nprint(len(held))\n")
    return run.outcome is Outcome.EXITED and run.exit_code == 0


@attack
def memory_of_many_processes(attacker: Attacker) -> object:
    run = attacker.run(
        "import os, time\nfor _ in range(12):\n    if not os.fork():\n        held = bytearray(b'x') * (90 << 20)\n"
        "        time.sleep(12)\n        os._exit(0)\nfor _ in range(12): os.wait()\nprint('all lived')\n"
    )
    return "all lived" in run.output and run.outcome is Outcome.EXITED


@attack
def memory_that_is_shared(attacker: Attacker) -> object:
    run = attacker.run(
        "import mmap, time\nheld = []\nfor _ in range(12):\n    m = mmap.mmap(-1, 64 << 20)\n"
        "    for at in range(0, 64 << 20, 4096): m[at] = 1\n    held.append(m)\ntime.sleep(10)\nprint('held')\n"
    )
    return "held" in run.output and run.outcome is Outcome.EXITED


@attack
def one_huge_file(attacker: Attacker) -> object:
    run = attacker.run(
        "with open('big', 'wb') as f:\n    for _ in range(100): f.write(bytes(1 << 20))\nprint('done')\n"
    )
    return "done" in run.output


@attack
def many_large_files(attacker: Attacker) -> object:
    run = attacker.run(
        "import time\nfor n in range(40):\n    with open(f'f{n}', 'wb') as f: f.write(bytes(1 << 20))\n"
        "time.sleep(10)\nprint('done')\n"
    )
    return "done" in run.output and run.outcome is Outcome.EXITED


@attack
def large_files_in_the_temporary_folder(attacker: Attacker) -> object:
    run = attacker.run(
        "import os, time\nfor folder in (os.environ['TMPDIR'], '/dev/shm'):\n    if os.access(folder, os.W_OK):\n"
        "        for n in range(20):\n            with open(f'{folder}/f{n}', 'wb') as f: f.write(bytes(1 << 20))\n"
        "time.sleep(10)\nprint('done')\n"
    )
    return "done" in run.output and run.outcome is Outcome.EXITED


@attack
def many_small_files(attacker: Attacker) -> object:
    run = attacker.run(
        "import time\nfor n in range(5000): open(f'f{n}', 'w').close()\ntime.sleep(10)\nprint('done')\n", collect=("*",)
    )
    return ("done" in run.output and run.outcome is Outcome.EXITED) or len(run.files) > LIMITS.workspace_files


@attack
def folders_without_end(attacker: Attacker) -> object:
    run = attacker.run(
        "import os\ntry:\n    while True:\n        os.mkdir('d'); os.chdir('d')\nexcept OSError: pass\n"
        "open('deep.json', 'w').close()\n",
        SHORT,
        collect=("*.json",),
    )
    return bool(run.files)


@attack
def endless_output(attacker: Attacker) -> object:
    run = attacker.run("while True: print('x' * 1000)\n", SHORT)
    return not run.output_cut or len(run.output) > SHORT.output_bytes


@attack
def endless_errors(attacker: Attacker) -> object:
    run = attacker.run("import sys\nwhile True: sys.stderr.write('x' * 100000)\n", SHORT)
    return not run.output_cut or len(run.errors) > SHORT.output_bytes


@attack
def endless_computing(attacker: Attacker) -> object:
    return attacker.run("while True: pass\n", SHORT).outcome is Outcome.EXITED
