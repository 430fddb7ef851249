#!/bin/sh
# Makes the Python environment of the image: install.sh LOCK VENV
set -eu
python3 -m venv "$2"
# What the lock does not name with its hash is neither installed (--no-deps) nor fetched to build something with
# (--only-binary), so no compiler is needed either.
"$2/bin/python" -m pip install --quiet --no-cache-dir --disable-pip-version-check \
    --require-hashes --no-deps --only-binary :all: -r "$1"
"$2/bin/python" -m pip check
