"""Touching other processes."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal

from .means import HARNESS_PARENT, LIBC, X86, attack, call, quietly


@attack
def signal_to_a_host_process(host):
    os.kill(host["victim"], signal.SIGTERM)
    return False  # the host knows whether its process still lives


@attack
def signal_by_descriptor(host):
    descriptor = os.pidfd_open(host["victim"])
    signal.pidfd_send_signal(descriptor, signal.SIGTERM)
    return False  # as above


@attack
def ptrace_of_the_parent(host):
    del host
    return call(101, 117, 16, HARNESS_PARENT, 0, 0)


@attack
def ptrace_of_a_host_process(host):
    return call(101, 117, 0x4206, host["victim"], 0, 0)


@attack
def memory_read_across(host):
    del host
    buffer = ctypes.create_string_buffer(8)
    vector = (ctypes.c_uint64 * 2)(ctypes.addressof(buffer), 8)
    at = ctypes.addressof(vector)
    return call(310, 270, HARNESS_PARENT, at, 1, at, 1, 0)


@attack
def descriptor_taken_from_the_parent(host):
    del host
    try:
        descriptor = os.pidfd_open(HARNESS_PARENT)
    except OSError:
        return False
    return call(438, 438, descriptor, 1, 0)


@attack
def limits_of_a_host_process(host):
    resource.prlimit(host["victim"], resource.RLIMIT_CPU, (1, 1))
    return False  # as above


@attack
def limits_of_a_host_process_by_its_own_call(host):
    limit = (ctypes.c_uint64 * 2)(1, 1)
    LIBC.syscall(ctypes.c_long(302 if X86 else 261), host["victim"], 0, ctypes.byref(limit), None)
    return False  # as above


@attack
def priority_of_a_host_process(host):
    for act in (
        lambda: os.setpriority(os.PRIO_PROCESS, host["victim"], 19),
        lambda: os.setpriority(os.PRIO_USER, 0, 19),
        lambda: os.sched_setaffinity(host["victim"], {0}),
        lambda: os.sched_setscheduler(host["victim"], os.SCHED_IDLE, os.sched_param(0)),
    ):
        with contextlib.suppress(OSError):
            act()
    return False  # as above


@attack
def own_limits_raised(host):
    del host
    for kind in (resource.RLIMIT_NPROC, resource.RLIMIT_DATA, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY and quietly(resource.setrlimit, kind, (hard + 1, hard + 1)) is not False:
            return resource.getrlimit(kind)[1] > hard
    return False


@attack
def priority_raised(host):
    del host
    return any(
        quietly(act)
        for act in (
            lambda: os.setpriority(0, 0, -10) is None,
            lambda: os.sched_setscheduler(0, 1, os.sched_param(50)) is None,
        )
    )
