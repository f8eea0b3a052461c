#!/bin/sh
# Resolves pyproject.toml into requirements.lock: every version pinned by hash, no registry named.
set -eu

tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
python3 -m venv "$tool"
"$tool/bin/pip" install --quiet uv
"$tool/bin/uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-header --extra cluster --extra anthropic --extra google --group dev \
    --no-emit-package llm --no-emit-package llama-cpp-python pyproject.toml --output-file requirements.lock
