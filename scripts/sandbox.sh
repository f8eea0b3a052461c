#!/bin/sh
# The sandbox's tests run on every backend and in every language; bubblewrap and the compilers come from Debian. The
# program itself works without them: what they are missing for is then not offered, or skipped with a word.
set -eu

missing=""
[ -x /usr/bin/bwrap ] || missing="$missing bubblewrap"
[ -x /usr/bin/gcc ] || missing="$missing gcc libc6-dev"
[ -x /usr/bin/g++ ] || missing="$missing g++"
[ -z "$missing" ] && exit 0
install="apt-get install -y$missing"
if [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $install >/dev/null
elif [ -n "${CI:-}" ] && [ ! -x /usr/bin/bwrap ]; then
    echo "the sandbox's tests need$missing: sudo $install" >&2
    exit 1
else
    echo "the sandbox's tests skip what needs$missing: sudo $install" >&2
fi
