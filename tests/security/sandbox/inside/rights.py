"""Gaining rights, namespaces and mounts."""

from __future__ import annotations

import contextlib
import ctypes
import os

from .means import HARNESS_PARENT, LIBC, X86, attack, call, cloned, in_child, quietly, writable


@attack
def user_root(host):
    del host
    return any(
        quietly(act)
        for act in (
            lambda: os.setuid(0) is None and os.getuid() == 0,
            lambda: os.setresuid(0, 0, 0) is None,
            lambda: os.setgid(0) is None,
            lambda: os.setgroups([0]) is None,
        )
    )


@attack
def runs_as_root(host):
    return os.getuid() == 0 or (host["root"] and os.getuid() == 65534)


@attack
def capabilities_held(host):
    del host
    header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    return LIBC.capget(ctypes.byref(header), ctypes.byref(data)) == 0 and any((data[0], data[1], data[3], data[4]))


@attack
def set_user_id_programs_work(host):
    del host
    return LIBC.prctl(39, 0, 0, 0, 0) != 1  # no_new_privs is not set


@attack
def set_user_id_file_made(host):
    del host
    os.mkdir("suid")
    writable("suid/program")
    os.chown("suid/program", 0, 0)
    os.chmod("suid/program", 0o4755)
    return os.stat("suid/program").st_uid == 0


@attack
def root_changed(host):
    del host
    return call(161, 51, ctypes.addressof(ctypes.create_string_buffer(b"/")))


@attack
def file_system_mounted(host):
    del host
    text = ctypes.create_string_buffer(b"tmpfs")
    where = ctypes.create_string_buffer(os.fsencode(os.getcwd()))
    return call(165, 40, ctypes.addressof(text), ctypes.addressof(where), ctypes.addressof(text), 0, 0) or call(
        430, 430, ctypes.addressof(text), 0
    )


@attack
def file_system_unmounted(host):
    del host
    return any(
        call(166, 39, ctypes.addressof(ctypes.create_string_buffer(path)), 2) for path in (b"/", b"/proc", b"/work")
    )


@attack
def namespaces_made(host):
    del host
    return any(
        in_child(lambda flag=flag: LIBC.unshare(flag) == 0)
        for flag in (0x10000000, 0x20000, 0x40000000, 0x8000000, 0x20000000, 0x4000000, 0x2000000)
    )


@attack
def namespaces_made_by_clone(host):
    del host
    return any(cloned(flags) for flags in (0x10000000 | 17, 0x20000 | 17, 0x50000000 | 17))


@attack
def namespaces_made_by_clone3(host):
    del host
    arguments = (ctypes.c_uint64 * 11)(0x10000000, 0, 0, 0, 17)
    LIBC.syscall.restype = ctypes.c_long
    child = LIBC.syscall(ctypes.c_long(435), ctypes.byref(arguments), ctypes.c_long(88))
    if child == 0:
        os._exit(0)
    return child > 0


@attack
def namespace_of_the_host_entered(host):
    for kind in ("mnt", "net", "pid", "user"):
        for process in (1, host["victim"], HARNESS_PARENT):
            with contextlib.suppress(OSError), open(f"/proc/{process}/ns/{kind}", "rb") as file:
                if LIBC.setns(file.fileno(), 0) == 0:
                    return True
    return False


@attack
def program_of_another_architecture(host):
    del host
    if not X86:
        return False
    return in_child(lambda: LIBC.syscall(ctypes.c_long(0x40000000 + 39)) > 0)  # getpid in the x32 numbering
