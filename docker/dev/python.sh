# shellcheck shell=bash
# Python environments with locked versions: one for Odoo and its tests, one for the Peppol gateway and
# the local network, one for the linters.

LOCKS=$ROOT/docker/requirements

# find_python: the machine's first Python that Odoo 19 supports and that can make environments.
find_python() {
    local python
    for python in ${PYTHON:-} /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
            2>/dev/null; then
            command -v "$python"
            return 0
        fi
    done
    return 1
}

# make_venv NAME LOCK...: an environment with exactly what the locks list; nothing is done where nothing changed.
make_venv() {
    local name=$1 python locks=() lock
    shift
    venv_is_ready "$name" "$@" && return 0
    python=$(find_python) || die 5 "No Python 3.11 to 3.13 with venv found. Set PYTHON to one."
    for lock in "$@"; do locks+=("$LOCKS/$lock.txt"); done
    step "Python packages for ${name#venv-}" fill_venv "$python" "$STATE/$name" "${locks[@]}"
    finished "venv-$name" "$(venv_key "$@")"
}

venv_is_ready() { done_before "venv-$1" "$(venv_key "${@:2}")" && [ -x "$STATE/$1/bin/python" ]; }
venv_key() {
    local python lock locks=()
    python=$(find_python) || return 1
    for lock in "$@"; do locks+=("$LOCKS/$lock.txt"); done
    "$python" -c 'import sys; print(sys.version)' | cat - "${locks[@]}" | sha256sum | cut -c1-16
}

fill_venv() {
    local python=$1 venv=$2 lock args=()
    shift 2
    for lock in "$@"; do args+=(--requirement "$lock"); done
    # a lock names all that is needed; an add-on of OCA asks for Odoo itself besides, which no index has
    # pip's downloads are kept in the state directory until they are installed, so that a dropped network costs little
    "$python" -m venv --clear "$venv" &&
        PIP_CACHE_DIR=$STATE/cache/pip "$ROOT/docker/install-requirements.sh" "$venv/bin/python" --no-deps --require-hashes "${args[@]}" &&
        rm -rf "$STATE/cache/pip"
}
