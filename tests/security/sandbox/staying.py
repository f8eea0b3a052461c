"""Not ending, or leaving something behind."""

from __future__ import annotations

from patent2tech.sandbox import Outcome
from tests.security.sandbox.host import (
    SHORT,
    Attacker,
    attack,
    bystander,
)


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
    run = attacker.run(
        "import os, time\nif not os.fork():\n    os.setsid(); time.sleep(60); os._exit(0)\nprint('gone', flush=True)\n"
    )
    return run.outcome is not Outcome.EXITED


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
