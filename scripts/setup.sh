#!/bin/sh
# Makes the environment in $VENV, and names in one line what the system lacks.
set -eu

"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "patent2tech needs Python 3.11 or newer: sudo apt-get install python3 python3-venv (or: make PYTHON=python3.12)" >&2
    exit 1
}
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || {
    echo "patent2tech needs the venv module: sudo apt-get install python3-venv" >&2
    exit 1
}
[ -x "$VENV/bin/python" ] || "$PYTHON" -m venv "$VENV"
echo "installing into $VENV (one to two minutes) ..."
# The lock file is complete; without --no-deps pip would ask for the one package that is left out of it.
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
    -r requirements.lock
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
