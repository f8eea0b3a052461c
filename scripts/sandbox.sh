#!/bin/sh
# The sandbox's tests run on every backend; bubblewrap comes from Debian. The program itself works without it.
set -eu

[ -x /usr/bin/bwrap ] && exit 0
install="apt-get install -y bubblewrap"
if [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $install >/dev/null
elif [ -n "${CI:-}" ]; then
    echo "the sandbox's tests need bubblewrap: sudo $install" >&2
    exit 1
else
    echo "the sandbox's tests skip bubblewrap without it: sudo $install" >&2
fi
