"""Looking for secrets in the environment and below `/proc`."""

from __future__ import annotations

import contextlib
import fcntl
import glob
import os
from pathlib import Path

from .means import HARNESS_PARENT, REPORT, attack, confinement, every, is_open, put, quietly, readable, writable_text


@attack
def own_environment_holds_a_secret(host):
    return host["canary"] in str(dict(os.environ))


@attack
def environment_of_another_process(host):
    return any(host["canary"].encode() in Path(path).read_bytes() for path in every("/proc/[0-9]*/environ"))


@attack
def environment_of_process_one(host):
    return host["canary"].encode() in Path("/proc/1/environ").read_bytes()


@attack
def environment_of_the_parent(host):
    return host["canary"].encode() in Path(f"/proc/{HARNESS_PARENT}/environ").read_bytes()


@attack
def command_line_of_the_host(host):
    return any(host["marker"].encode() in Path(path).read_bytes() for path in every("/proc/[0-9]*/cmdline"))


@attack
def memory_of_the_parent(host):
    """It must be closed, or hold no secret and belong to a process that is confined just as we are."""
    with open(f"/proc/{HARNESS_PARENT}/mem", "rb", buffering=0) as memory:
        for line in Path(f"/proc/{HARNESS_PARENT}/maps").read_text().splitlines():
            start, end = (int(number, 16) for number in line.split()[0].split("-"))
            with contextlib.suppress(OSError, OverflowError):
                memory.seek(start)
                if host["canary"].encode() in memory.read(end - start):
                    return True
    return confinement(HARNESS_PARENT) != confinement(os.getpid())


@attack
def memory_of_a_host_process(host):
    with open(f"/proc/{host['victim']}/mem", "rb"):
        return True


@attack
def root_of_process_one(host):
    return readable(f"/proc/1/root{host['secret_file']}")


@attack
def working_folder_of_the_parent(host):
    return readable(f"/proc/{HARNESS_PARENT}/cwd{host['secret_file']}")


@attack
def open_files_of_the_parent(host):
    del host
    return any(
        os.readlink(path).startswith(("socket:", "/")) and "/dev/null" not in os.readlink(path)
        for path in every(f"/proc/{HARNESS_PARENT}/fd/*")
    )


@attack
def inherited_descriptors(host):
    del host
    return any(is_open(number) for number in range(3, 256) if number != REPORT[0])


@attack
def kernel_symbols_or_memory(host):
    del host
    return any(quietly(readable, path) for path in ("/proc/kcore", "/dev/mem", "/dev/kmem", "/dev/kmsg"))


@attack
def kernel_settings_written(host):
    del host
    return any(
        quietly(put, path)
        for path in (
            "/proc/sys/kernel/core_pattern",
            "/proc/sys/kernel/hostname",
            "/proc/sys/vm/overcommit_memory",
            "/proc/sysrq-trigger",
        )
    )


@attack
def own_oom_score_lowered(host):
    del host
    return writable_text("/proc/self/oom_score_adj", "-1000")


@attack
def control_groups_written(host):
    del host
    return any(
        quietly(os.mkdir, os.path.join(folder, "p2t-run-made-this"))
        for folder in ("/sys/fs/cgroup", *glob.glob("/sys/fs/cgroup/*"))
    )


@attack
def devices_of_the_machine(host):
    del host
    return any(quietly(readable, path) for path in ("/dev/sda", "/dev/vda", "/dev/nvme0n1", "/dev/kvm", "/dev/fuse"))


@attack
def device_node_made(host):
    del host
    os.mknod("disk", 0o600 | 0o060000, os.makedev(8, 0))
    return readable("disk")


@attack
def terminal_input_pushed(host):
    del host
    with open("/dev/tty", "rb") as terminal:
        fcntl.ioctl(terminal, 0x5412, b"x")
    return True
