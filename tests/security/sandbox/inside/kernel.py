"""Reaching into the kernel, and using up what it hands out."""

from __future__ import annotations

import contextlib
import ctypes
import glob
import mmap
import os
import resource
import sys

from .means import LIBC, X86, attack, call


def _kernel(name, x86, arm, *arguments):
    def reaches(host):
        del host
        return x86 is not None and (X86 or arm is not None) and call(x86, arm, *arguments)

    reaches.__name__ = name
    attack(reaches)


_kernel("key_read", 250, 219, 0, -3, 0, 0, 0)
_kernel("key_added", 248, 217, 0, 0, 0, 0, -3)
_kernel("key_requested", 249, 218, 0, 0, 0, -3)
_kernel("kernel_program_loaded", 321, 280, 5, 0, 120)
_kernel("performance_counters", 298, 241, 0, 0, -1, -1, 0)
_kernel("page_faults_handled", 323, 282, 0)
_kernel("io_uring", 425, 425, 8, 0)
_kernel("asynchronous_io", 206, 0, 8, 0)
_kernel("kernel_module", 175, 105, 0, 0, 0)
_kernel("kernel_module_by_file", 313, 273, -1, 0, 0)
_kernel("another_kernel", 246, 104, 0, 0, 0, 0)
_kernel("kernel_log", 103, 116, 3, 0, 0)
_kernel("swap", 167, 224, 0, 0)
_kernel("reboot", 169, 142, 0, 0, 0, 0)
_kernel("time_set", 227, 112, 0, 0)
_kernel("host_name_set", 170, 161, 0, 0)
_kernel("accounting", 163, 89, 0)
_kernel("quota", 179, 60, 0, 0, 0, 0)
_kernel("ports_of_the_machine", 172, None, 3)
_kernel("file_watch_of_the_whole_system", 300, 262, 0, 0)
_kernel("mount_by_descriptor", 428, 428, -100, 0, 1)
_kernel("secret_memory", 447, 447, 0)
_kernel("anonymous_file_in_memory", 319, 279, 0, 0)
_kernel("shared_memory_of_system_five", 29, 194, 0, 4096, 0o1600)
_kernel("semaphores_of_system_five", 64, 190, 0, 1, 0o1600)
_kernel("messages_of_system_five", 68, 186, 0, 0o1600)


@attack
def posix_message_queue(host):
    del host
    name = ctypes.create_string_buffer(b"p2tqueue")
    return call(240, 180, ctypes.addressof(name), os.O_CREAT | os.O_RDWR, 0o600, 0)


@attack
def own_read_only_memory_written_to_a_file(host):
    """Writing through `/proc/self/mem` must not reach the file behind a private read-only map."""
    del host
    LIBC.mmap.restype = ctypes.c_void_p
    with open(os.path.realpath(sys.executable), "rb") as file:
        before = file.read(16)
        place = LIBC.mmap(
            None, ctypes.c_size_t(4096), mmap.PROT_READ, mmap.MAP_PRIVATE, file.fileno(), ctypes.c_long(0)
        )
        with contextlib.suppress(OSError), open("/proc/self/mem", "r+b", buffering=0) as own:
            own.seek(place)
            own.write(b"overwritten!")
        file.seek(0)
        return file.read(16) != before


@attack
def files_opened_without_end(host):
    del host
    held = []
    with contextlib.suppress(OSError):
        held.extend(os.open("/dev/null", os.O_RDONLY) for _ in range(5000))
    return len(held) > 1000


@attack
def memory_locked(host):
    del host
    return LIBC.mlockall(3) == 0


@attack
def core_dump(host):
    del host
    resource.setrlimit(resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE))
    child = os.fork()
    if child == 0:
        os.chdir(os.environ["TMPDIR"])
        os.abort()
    os.waitpid(child, 0)
    return bool(glob.glob(os.environ["TMPDIR"] + "/core*") or glob.glob("core*"))
