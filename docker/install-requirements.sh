#!/bin/sh
# Installs Python packages: what the add-ons need into the Docker image, the locked sets into the environments of ./dev.
# Usage: install-requirements.sh PYTHON PIP-OPTIONS...
set -eu
python=$1
shift
exec "$python" -m pip install --disable-pip-version-check --no-input --use-pep517 "$@"
