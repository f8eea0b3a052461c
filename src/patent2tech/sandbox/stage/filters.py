"""A filter of system calls, assembled here since the system's library for it may be missing.

Everything is allowed but a list: what reaches into other processes, the kernel or its keys, makes namespaces or mounts,
or opens kinds of sockets that no network namespace holds back.
"""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Mapping

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data; low half, little endian
_KILL, _ERRNO, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_X32 = 0x40000000
_NEW_NAMESPACES = 0x7E020080  # every CLONE_NEW flag, with CLONE_NEWTIME
_AF_UNIX, _AF_INET, _AF_INET6 = 1, 2, 10
_CLONE3, _SECCOMP = 435, {"x86_64": 317, "aarch64": 277}

# audit number, then the numbers of clone and socket
_MACHINES = {"x86_64": (0xC000003E, 56, 41), "aarch64": (0xC00000B7, 220, 198)}

# Numbers on x86_64 and aarch64; what lies above 423 is the same on both.
_KERNEL = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "adjtimex": (159, 171),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "delete_module": (176, 106),
    "fanotify_init": (300, 262),
    "finit_module": (313, 273),
    "init_module": (175, 105),
    "inotify_add_watch": (254, 27),
    "io_setup": (206, 0),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "ioperm": (173, None),
    "iopl": (172, None),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "lookup_dcookie": (212, 18),
    "memfd_secret": (447, 447),
    "migrate_pages": (256, 238),
    "modify_ldt": (154, None),
    "move_pages": (279, 239),
    "mq_open": (240, 180),
    "msgget": (68, 186),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "semget": (64, 190),
    "setdomainname": (171, 162),
    "sethostname": (170, 161),
    "settimeofday": (164, 170),
    "shmget": (29, 194),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "userfaultfd": (323, 282),
    "vhangup": (153, 58),
}
_MOUNTS = {
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "pivot_root": (155, 41),
    "setns": (308, 268),
    "umount2": (166, 39),
    "unshare": (272, 97),
}
# Where a run is of our own user and on the same file system, what no other means holds back: the modes, times and
# attributes of our files, and the priorities and limits of our processes.
_OURS = {
    "chown": (92, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "file_setattr": (469, 469),
    "fremovexattr": (199, 16),
    "fsetxattr": (190, 7),
    "ioprio_set": (251, 30),
    "lchown": (94, None),
    "lremovexattr": (198, 15),
    "lsetxattr": (189, 6),
    "removexattr": (197, 14),
    "removexattrat": (466, 466),
    "sched_setattr": (314, 274),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "setpriority": (141, 140),
    "setxattr": (188, 5),
    "setxattrat": (463, 463),
}
# Programs expect these to work on their own files, and go on well when nothing happens.
_IDLE = {
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "futimesat": (261, None),
    "utime": (132, None),
    "utimensat": (280, 88),
    "utimes": (235, None),
}
_OWN_PROCESS_ONLY = {"prlimit64": (302, 261), "sched_setaffinity": (203, 122)}
# What a supervisor counts or needs for itself: the first is not counted, so the child goes without it.
_NOT_SUPERVISED = {"fork": (57, None)}
_SUPERVISING = {
    "kcmp": (312, 272),
    "memfd_create": (319, 279),
    "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
}


def filter_program(*, supervisor: bool, among_ours: bool = False) -> bytes:
    """The filter, as `seccomp` and `bwrap --seccomp` take it.

    A supervisor that notices system calls of its child looks into it and installs a filter of its own; for it the
    calls that reach other processes stay open, and it has to close them for the child. `among_ours` is for a run that
    is of our own user and sees our own files and processes.
    """
    machine = os.uname().machine
    audit, clone, socket = _MACHINES[machine]
    column = 0 if machine == "x86_64" else 1

    def numbers(*tables: Mapping[str, tuple[int, int | None]]) -> list[int]:
        return sorted({number for table in tables for pair in table.values() if (number := pair[column]) is not None})

    denied = numbers(_KERNEL, _MOUNTS, _NOT_SUPERVISED if supervisor else _SUPERVISING, _OURS if among_ours else {})
    if not supervisor:
        denied.append(_SECCOMP[machine])
    code = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_EQUAL, audit, 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER),
        _step(_AT_LEAST, _X32, 0, 1),
        _step(_RETURN, _KILL),
    ]
    for number in denied:
        code += [_step(_EQUAL, number, 0, 1), _refuse(errno.EPERM)]
    for number in numbers(_IDLE if among_ours else {}):
        code += [_step(_EQUAL, number, 0, 1), _refuse(0)]
    for number in numbers(_OWN_PROCESS_ONLY if among_ours else {}):
        code += [
            _step(_EQUAL, number, 0, 4),
            _step(_LOAD, _FIRST_ARGUMENT),
            _step(_EQUAL, 0, 1, 0),
            _refuse(errno.EPERM),
            _step(_RETURN, _ALLOW),
        ]
    # clone3 keeps its flags in memory, where a filter cannot look; without it the C library uses clone.
    code += [_step(_EQUAL, _CLONE3, 0, 1), _refuse(errno.ENOSYS)]
    code += [
        _step(_EQUAL, clone, 0, 4),
        _step(_LOAD, _FIRST_ARGUMENT),
        _step(_ANY_BIT, _NEW_NAMESPACES, 0, 1),
        _refuse(errno.EPERM),
        _step(_RETURN, _ALLOW),
        _step(_EQUAL, socket, 0, 5),
        _step(_LOAD, _FIRST_ARGUMENT),
        _step(_EQUAL, _AF_UNIX, 3, 0),
        _step(_EQUAL, _AF_INET, 2, 0),
        _step(_EQUAL, _AF_INET6, 1, 0),
        _refuse(errno.EAFNOSUPPORT),
        _step(_RETURN, _ALLOW),
    ]
    return b"".join(code)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, value)


def _refuse(number: int) -> bytes:
    return _step(_RETURN, _ERRNO | number)
