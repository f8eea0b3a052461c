"""Crossing into other runs, into the program, and back."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from patent2tech.errors import BadInput
from patent2tech.sandbox import Outcome, Run
from tests.security.sandbox.host import (
    LIMITS,
    Attacker,
    attack,
    until,
)


@attack
def files_of_an_earlier_run(attacker: Attacker) -> object:
    attacker.run(
        "import os, sys\nplaces = [os.environ['HOME'], os.environ['TMPDIR'], '/tmp', '/dev/shm', '/var/tmp']\n"
        "for place in places:\n    try:\n        with open(f'{place}/left-by-a-run', 'w') as f: f.write('x')\n"
        "        lib = f'{place}/.local/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages'\n"
        "        os.makedirs(lib)\n        for name in ('usercustomize.py', 'x.pth', 'sitecustomize.py'):\n"
        "            with open(f'{lib}/{name}', 'w') as f: f.write('import os; print(\"poisoned\")')\n"
        "    except OSError: pass\n"
    )
    run = attacker.run(
        "import os, glob\nfor place in (os.environ['HOME'], os.environ['TMPDIR'], '/tmp', '/dev/shm', '/var/tmp'):\n"
        "    print(glob.glob(f'{place}/**/left-by-a-run', recursive=True))\n"
    )
    return "left-by-a-run" in run.output or "poisoned" in run.output


@attack
def another_run_at_the_same_time(attacker: Attacker) -> object:
    name = f"p2t-{secrets.token_hex(6)}"
    first: list[Run] = []
    code = (
        "import socket, time, os\nopen('seen-by-none', 'w').write('SECRET OF THE FIRST')\n"
        "open(os.environ['TMPDIR'] + '/seen-by-none', 'w').write('SECRET OF THE FIRST')\n"
        f"s = socket.socket(socket.AF_UNIX)\ns.bind('\\0{name}')\ns.listen()\ns.settimeout(4)\n"
        "print(os.getpid(), flush=True)\n"
        "try:\n    s.accept(); print('another run came in')\nexcept OSError: pass\n"
    )
    thread = threading.Thread(target=lambda: first.append(attacker.run(code)))
    thread.start()
    until(attacker.running, 10)
    spy = attacker.run(
        "import glob, os, signal, socket, sys\n"
        "for path in glob.glob('/proc/[0-9]*'):\n    pid = int(path.split('/')[-1])\n"
        "    for what in ('cwd/seen-by-none', 'root/work/seen-by-none', 'environ', 'cmdline', 'mem'):\n"
        "        try:\n            if pid != os.getpid() and b'SECRET' in open(f'{path}/{what}', 'rb').read(100): print('read', what)\n"
        "        except OSError: pass\n"
        "for pattern in ('/tmp/**/seen-by-none', '/work/seen-by-none', '/proc/*/root/work/seen-by-none'):\n"
        "    for path in glob.glob(pattern, recursive=True): print('found', path)\n"
        f"s = socket.socket(socket.AF_UNIX)\ntry:\n    s.connect('\\0{name}'); print('connected')\nexcept OSError: pass\n"
    )
    thread.join()
    return spy.output.strip() or "another run came in" in first[0].output


@attack
def site_files_in_the_project(attacker: Attacker) -> object:
    poison = "import sys; sys.stdout.write('poisoned')\n"
    run = attacker.sandbox.run(
        {
            name: poison.encode()
            for name in ("sitecustomize.py", "usercustomize.py", "x.pth", "json.py", "site.py", "pyvenv.cfg")
        },
        ["python", "-c", "import json; print(json.dumps(1))"],
        LIMITS,
    )
    return "poisoned" in run.output


@attack
def files_outside_named_as_input(attacker: Attacker) -> object:
    wrong = ("../up", "/etc/up", "a/../../up", "a//b", "./a", "a/", "", "a\0b", "a\\b", "x" * 300, "/".join("d" * 40))
    for name in wrong:
        with contextlib.suppress(BadInput):
            attacker.sandbox.run({name: b""}, ["python", "-c", ""], LIMITS)
            return name
    with contextlib.suppress(BadInput):
        attacker.sandbox.run({"a": b"", "a/b": b""}, ["python", "-c", ""], LIMITS)
        return "a file as a folder"
    return False


@attack
def listening_to_the_host(attacker: Attacker) -> object:
    port = 20000 + secrets.randbelow(20000)
    came: list[bool] = []

    ended = threading.Event()

    def call() -> None:
        while not ended.wait(0.05):
            # Another program may have the port; only the run knows what it says.
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.1) as caller:
                came.append(caller.recv(100) == attacker.marker.encode())

    thread = threading.Thread(target=call)
    thread.start()
    attacker.run(
        f"import socket, sys\ns = socket.create_server(('0.0.0.0', {port}))\ns.settimeout(1.5)\n"
        "try: s.accept()[0].sendall(sys.argv[1].encode())\nexcept OSError: pass\n"
    )
    ended.set()
    thread.join()
    return any(came)


@attack
def host_killed_in_the_middle(attacker: Attacker) -> object:
    """When the program itself is killed, the run and its folder go too."""
    program = (
        "from patent2tech.sandbox import Limits; from patent2tech.sandbox.staged import StagedSandbox; "
        f"{attacker.sandbox!r}.run({{}}, ['python', '-c', 'import time; time.sleep(50)', {attacker.marker!r}], Limits())"
    )
    with subprocess.Popen([sys.executable, "-B", "-c", program]) as process:
        until(lambda: attacker.running(process.pid))
        process.kill()
    return not until(lambda: not attacker.left_behind(process.pid)) and attacker.left_behind(process.pid)


@attack
def stage_killed_in_the_middle(attacker: Attacker) -> object:
    """When the process that watches a run is killed, the run is no success, and it goes too."""
    runs: list[Run] = []
    thread = threading.Thread(target=lambda: runs.append(attacker.run("import time; time.sleep(50)")))
    thread.start()
    until(attacker.running)
    own = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    for stage in [child for path in own for child in path.read_text().split()]:
        os.kill(int(stage), signal.SIGKILL)
    thread.join()
    if not until(lambda: not attacker.left_behind()):
        return attacker.left_behind()
    return runs[0].outcome is not Outcome.KILLED
