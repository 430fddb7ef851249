#!/bin/sh
# Makes the Python environment of the image: install.sh LOCK VENV
set -eu
python3 -m venv "$2"
# --no-deps: what the lock does not name (with its hash) is not installed.
"$2/bin/python" -m pip install --quiet --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r "$1"
"$2/bin/python" -m pip check
