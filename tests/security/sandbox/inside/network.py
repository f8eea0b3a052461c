"""Reaching anything over a socket."""

from __future__ import annotations

import contextlib
import socket
import struct

from .means import attack, connects, opens, quietly


@attack
def port_of_the_host(host):
    return connects(socket.AF_INET, ("127.0.0.1", host["tcp"]))


@attack
def port_of_the_host_by_version_six(host):
    return connects(socket.AF_INET6, ("::1", host["tcp6"])) if host["tcp6"] else False


@attack
def port_of_the_host_by_mapped_address(host):
    return connects(socket.AF_INET6, ("::ffff:127.0.0.1", host["tcp"]))


@attack
def datagram_to_the_host(host):
    with contextlib.suppress(OSError):
        connects(socket.AF_INET, ("127.0.0.1", host["udp"]), socket.SOCK_DGRAM)
    return False  # the host knows whether it came


@attack
def the_internet(host):
    del host
    return connects(socket.AF_INET, ("1.1.1.1", 53))


@attack
def metadata_address(host):
    del host
    return connects(socket.AF_INET, ("169.254.169.254", 80))


@attack
def names_resolved(host):
    del host
    return bool(socket.getaddrinfo("example.com", 80))


@attack
def unix_socket_of_the_host(host):
    return connects(socket.AF_UNIX, host["unix"])


@attack
def abstract_socket_of_the_host(host):
    return connects(socket.AF_UNIX, "\0" + host["abstract"])


@attack
def raw_sockets(host):
    del host
    return any(
        quietly(opens, *kind)
        for kind in ((socket.AF_INET, socket.SOCK_RAW, 1), (socket.AF_PACKET, socket.SOCK_RAW, 768))
    )


@attack
def netlink_socket(host):
    del host
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as s:
        s.bind((0, 0))
        s.send(struct.pack("=IHHIIBBHiII", 32, 18, 0x301, 1, 0, 0, 0, 0, 0, 0, 0))
        return b"eth" in s.recv(65536)


@attack
def hypervisor_socket(host):
    del host
    return opens(socket.AF_VSOCK, socket.SOCK_STREAM, 0)


@attack
def kernel_crypto_socket(host):
    del host
    return opens(socket.AF_ALG, socket.SOCK_SEQPACKET, 0)
