#!/bin/sh
# The browser tests drive Debian's Chromium; where it cannot be installed here, it is named and those tests skip.
set -eu

[ -x /usr/bin/chromium ] && exit 0
install="apt-get install -y chromium fonts-noto-cjk"
if [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $install >/dev/null
elif [ -n "${CI:-}" ]; then
    echo "the browser tests need Chromium: sudo $install" >&2
    exit 1
else
    echo "the browser tests are skipped without Chromium: sudo $install" >&2
fi
