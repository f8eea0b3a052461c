"""Attacks from outside in: what a run could do to this machine, tried on one backend.

Run as a program, `python outside.py BACKEND`, this file tries every attack and prints what came of each as JSON:
`{"name": [succeeded, seconds, detail]}`. It is also where the names of the attacks are read from.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from patent2tech.errors import BadInput
from patent2tech.sandbox import Limits, Outcome, Run, Sandbox
from patent2tech.sandbox.staged import StagedSandbox

MEBIBYTE = 1024 * 1024
INSIDE = Path(__file__).parent / "inside.py"
LIMITS = Limits(
    wall_seconds=15,
    cpu_seconds=10,
    memory_bytes=256 * MEBIBYTE,
    processes=32,
    output_bytes=20_000,
    workspace_bytes=16 * MEBIBYTE,
    workspace_files=400,
    file_bytes=8 * MEBIBYTE,
)
SHORT = Limits(**{**{name: getattr(LIMITS, name) for name in LIMITS.__slots__}, "wall_seconds": 1.5})
OVER_THE_LIMIT_SECONDS = 8  # a loaded machine of two cores needs some for start and end
BACKENDS: dict[str, Callable[[], Sandbox]] = {
    "sandlock": lambda: StagedSandbox("sandlock"),
    "sandlock-without-namespaces": lambda: StagedSandbox("sandlock", namespaces=False),
    "bubblewrap": lambda: StagedSandbox("bubblewrap"),
}

Attack = Callable[["Attacker"], object]
ATTACKS: dict[str, Attack] = {}


def attack(function: Attack) -> Attack:
    ATTACKS[function.__name__] = function
    return function


class Attacker:
    """One backend under attack, and a host with things worth reaching."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox = sandbox
        self.folder = folder
        self.marker = f"marker{secrets.token_hex(12)}"
        self.secret = folder / "secret.txt"
        self.secret.write_text(self.marker)
        self.secret.chmod(0o644)

    def run(self, code: str, limits: Limits = LIMITS, collect: tuple[str, ...] = (), **files: str) -> Run:
        """Run some Python in the sandbox; the marker is on its command line."""
        given = {name.replace("__", "."): text.encode() for name, text in files.items()}
        return self.sandbox.run(
            {**given, "main.py": code.encode()}, ["python", "main.py", self.marker], limits, collect
        )

    def left_behind(self, program: int | None = None) -> list[str]:
        """Processes that still bear the marker, and folders of the runs of a program, of this one at first."""
        found = [str(path) for path in Path("/tmp").glob(f"p2t-run-{program or os.getpid()}-*")]
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if self.marker.encode() in path.read_bytes() and path.parent.name != str(os.getpid()):
                    found.append(path.parent.name)
        return found


# --- using up the machine


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
        "        if child == 0:\n            time.sleep(1)\n            os._exit(0)\n        made += child > 0\n"
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
        "        time.sleep(4)\n        os._exit(0)\nfor _ in range(12): os.wait()\nprint('all lived')\n"
    )
    return "all lived" in run.output and run.outcome is Outcome.EXITED


@attack
def memory_that_is_shared(attacker: Attacker) -> object:
    run = attacker.run(
        "import mmap, time\nheld = []\nfor _ in range(12):\n    m = mmap.mmap(-1, 64 << 20)\n"
        "    for at in range(0, 64 << 20, 4096): m[at] = 1\n    held.append(m)\ntime.sleep(1)\nprint('held')\n"
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
        "time.sleep(1)\nprint('done')\n"
    )
    return "done" in run.output and run.outcome is Outcome.EXITED


@attack
def large_files_in_the_temporary_folder(attacker: Attacker) -> object:
    run = attacker.run(
        "import os, time\nfor folder in (os.environ['TMPDIR'], '/dev/shm'):\n    if os.access(folder, os.W_OK):\n"
        "        for n in range(20):\n            with open(f'{folder}/f{n}', 'wb') as f: f.write(bytes(1 << 20))\n"
        "time.sleep(1)\nprint('done')\n"
    )
    return "done" in run.output and run.outcome is Outcome.EXITED


@attack
def many_small_files(attacker: Attacker) -> object:
    run = attacker.run(
        "import time\nfor n in range(5000): open(f'f{n}', 'w').close()\ntime.sleep(1)\nprint('done')\n", collect=("*",)
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


# --- not ending


@attack
def sleeping_on(attacker: Attacker) -> object:
    return attacker.run("import time; time.sleep(60)\n", SHORT).outcome is not Outcome.TIMED_OUT


@attack
def signals_ignored(attacker: Attacker) -> object:
    code = (
        "import signal, time\nfor n in range(1, 64):\n    try: signal.signal(n, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\nwhile True: time.sleep(1)\n"
    )
    return attacker.run(code, SHORT).outcome is not Outcome.TIMED_OUT


@attack
def ending_never_done(attacker: Attacker) -> object:
    run = attacker.run("import atexit, time\natexit.register(time.sleep, 60)\nprint('end')\n", SHORT)
    return run.outcome is not Outcome.TIMED_OUT


@attack
def stopped_by_itself(attacker: Attacker) -> object:
    run = attacker.run("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n", SHORT)
    return run.outcome is Outcome.EXITED and run.exit_code == 0


@attack
def daemon_left_behind(attacker: Attacker) -> object:
    attacker.run(
        "import os, time, sys\nif not os.fork():\n    os.setsid()\n    if not os.fork():\n        time.sleep(60)\n"
        "    os._exit(0)\nprint('gone')\n"
    )
    return attacker.left_behind()


@attack
def output_held_open(attacker: Attacker) -> object:
    started = time.monotonic()
    run = attacker.run(
        "import os, time\nif not os.fork():\n    os.setsid(); time.sleep(60); os._exit(0)\nprint('gone', flush=True)\n"
    )
    return run.outcome is not Outcome.EXITED or time.monotonic() - started > OVER_THE_LIMIT_SECONDS


@attack
def supervisor_killed(attacker: Attacker) -> object:
    run = attacker.run(
        "import os, signal, time\nfor pid in (os.getppid(), 1, 2):\n    try: os.kill(pid, signal.SIGKILL)\n"
        "    except OSError: pass\ntime.sleep(0.3)\nprint('ran on')\n"
    )
    return attacker.left_behind() or (
        run.outcome is Outcome.EXITED and run.exit_code == 0 and "ran on" not in run.output
    )


@attack
def everybody_killed(attacker: Attacker) -> object:
    with bystander() as process:
        attacker.run("import os, signal\nos.kill(-1, signal.SIGKILL)\n")
        return process.poll() is not None


@attack
def programs_of_the_host_killed_by_the_hundred(attacker: Attacker) -> object:
    with bystander() as process:
        attacker.run(
            "import os, signal\nfor pid in range(1, 70000):\n    if pid != os.getpid():\n"
            "        try: os.kill(pid, signal.SIGKILL)\n        except OSError: pass\n"
        )
        return process.poll() is not None


# --- results


@attack
def result_is_a_link(attacker: Attacker) -> object:
    return _leaks(attacker, "import os\nos.symlink(SECRET, 'result.json')\n")


@attack
def result_is_a_link_to_a_link(attacker: Attacker) -> object:
    return _leaks(attacker, "import os\nos.symlink(SECRET, 'a'); os.symlink('a', 'result.json')\n")


@attack
def result_is_a_hard_link(attacker: Attacker) -> object:
    return _leaks(
        attacker,
        "import os\ntry: os.link(SECRET, 'result.json')\nexcept OSError: pass\n"
        "open('one', 'w').close(); os.link('one', 'two.json')\n",
        unwanted="two.json",
    )


@attack
def folder_of_a_result_is_a_link(attacker: Attacker) -> object:
    return _leaks(attacker, "import os\nos.symlink(os.path.dirname(SECRET), 'out')\n")


@attack
def result_is_a_pipe(attacker: Attacker) -> object:
    return _leaks(attacker, "import os\nos.mkfifo('result.json')\n", unwanted="result.json")


@attack
def result_is_a_socket(attacker: Attacker) -> object:
    return _leaks(
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


# --- what is printed


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


# --- two runs


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
    time.sleep(1.5)
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


# --- poisoned projects and names


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

    def call() -> None:
        for _ in range(40):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.1):
                came.append(True)
            time.sleep(0.05)

    thread = threading.Thread(target=call)
    thread.start()
    attacker.run(
        f"import socket\ns = socket.create_server(('0.0.0.0', {port}))\ns.settimeout(1.5)\ntry: s.accept()\nexcept OSError: pass\n"
    )
    thread.join()
    return bool(came)


@attack
def host_killed_in_the_middle(attacker: Attacker) -> object:
    """When the program itself is killed, the run and its folder go too."""
    backend = next(name for name, make in BACKENDS.items() if make() == attacker.sandbox)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import outside; "
        f"outside.BACKENDS[{backend!r}]().run({{}}, ['python', '-c', 'import time; time.sleep(50)', {attacker.marker!r}],"
        " outside.LIMITS)"
    )
    with subprocess.Popen([sys.executable, "-B", "-c", program, str(Path(__file__).parent)]) as process:
        for _ in range(100):
            time.sleep(0.1)
            if len(attacker.left_behind(process.pid)) > 1:
                break
        process.kill()
    for _ in range(60):
        time.sleep(0.1)
        if not attacker.left_behind(process.pid):
            return False
    return attacker.left_behind(process.pid)


# --- the means


def _leaks(attacker: Attacker, code: str, unwanted: str = "") -> bool:
    run = attacker.run(f"SECRET = {str(attacker.secret)!r}\n{code}", collect=("*",))
    return unwanted in run.files or any(attacker.marker.encode() in content for content in run.files.values())


@contextlib.contextmanager
def bystander(name: str = "sleep") -> Iterator[subprocess.Popen[bytes]]:
    """A process of the same user that has nothing to do with a run."""
    with subprocess.Popen([name, "60"], executable="/bin/sleep") as process:
        try:
            yield process
        finally:
            process.kill()


def attack_from_inside(attacker: Attacker) -> dict[str, list[Any]]:
    """All attacks of `inside.py`, in one run."""
    os.environ["P2T_CANARY"] = attacker.marker
    unix = str(attacker.folder / "socket")
    with contextlib.ExitStack() as stack:
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        six = None
        with contextlib.suppress(OSError):
            six = stack.enter_context(socket.create_server(("::1", 0), family=socket.AF_INET6))
        udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        udp.settimeout(0.2)
        for address in (unix, f"\0{attacker.marker}"):
            server = stack.enter_context(socket.socket(socket.AF_UNIX))
            server.bind(address)
            server.listen()
        Path(unix).chmod(0o777)
        victim = stack.enter_context(bystander(attacker.marker))
        host = {
            "canary": attacker.marker,
            "marker": attacker.marker,
            "secret_file": str(attacker.secret),
            "folder": str(attacker.folder),
            "source": str(Path(sys.modules["patent2tech"].__file__ or "")),
            "tcp": tcp.getsockname()[1],
            "tcp6": six.getsockname()[1] if six else 0,
            "udp": udp.getsockname()[1],
            "unix": unix,
            "abstract": attacker.marker,
            "victim": victim.pid,
            "root": os.geteuid() == 0,
        }
        run = attacker.sandbox.run(
            {"inside.py": INSIDE.read_bytes(), "host.json": json.dumps(host).encode()},
            ["python", "inside.py"],
            Limits(wall_seconds=100, processes=32, memory_bytes=512 * MEBIBYTE),
            ["found.json"],
        )
        if "found.json" not in run.files:
            raise RuntimeError(f"the attacks did not run: {run}")
        found: dict[str, list[Any]] = json.loads(run.files["found.json"])
        if "signal_to_a_host_process" in found:
            found["signal_to_a_host_process"][0] |= victim.poll() is not None
        if "datagram_to_the_host" in found:
            with contextlib.suppress(TimeoutError):
                found["datagram_to_the_host"][0] = bool(udp.recv(100))
    return found


def attack_all(backend: str, only: str = "") -> dict[str, list[Any]]:
    """Every attack on one backend."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        attacker = Attacker(BACKENDS[backend](), Path(folder))
        found = {} if only else attack_from_inside(attacker)
        for name, function in ATTACKS.items():
            if only and only != name:
                continue
            started = time.monotonic()
            answer = function(attacker)
            left = attacker.left_behind()
            found[name] = [bool(answer or left), round(time.monotonic() - started, 2), f"{answer} {left}"]
    return found


if __name__ == "__main__":
    print(json.dumps(attack_all(*sys.argv[1:])))
