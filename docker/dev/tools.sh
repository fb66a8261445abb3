# shellcheck shell=bash
# ./dev validate, lookup, register-sample, bench, fuzz: the add-ons' plain-Python parts from the command line, and the figures.

# The plain-Python commands run as the caller, on the caller's files; they need only the Python environment.
plain_python() {
    if [ ! -x "$STATE/venv/bin/python" ]; then
        take_lock >&2
        need_packages "py:ensurepip=python3-venv" >&2
        make_venv venv odoo dev >&2
        release_lock
    fi
    exec env PYTHONPATH="$1" "$STATE/venv/bin/python" "${@:2}"
}

command_validate() { plain_python "$ROOT/be_peppol_einvoice" -m en16931 "$@"; }

command_lookup() { plain_python "$ROOT/be_peppol_einvoice" -m transport "$@"; }

command_register_sample() { plain_python "$ROOT/addons/be_enterprise" -m register.sample "$@"; }

command_fuzz() {
    local target=${1:-validate}
    [ -f "$ROOT/tests/fuzz/$target.py" ] || die 2 "there is nothing to fuzz called “$target”: $(names_of tests/fuzz)"
    [ "$target" = invoices ] || plain_python "$ROOT/be_peppol_einvoice" "$ROOT/tests/fuzz/$target.py" "${@:2}"
    with_database "$ROOT/tests/fuzz/$target.py" "${@:2}"
}

# with_database SCRIPT ARG...: a script that makes databases of its own.
with_database() {
    prepare_tests
    in_odoo_env "$STATE/venv/bin/python" "$1" --config "$STATE/odoo-test.conf" "${@:2}"
    local status=$?
    leave_cluster test
    return "$status"
}

# bench NAME: figures, never a verdict; those that need a database get Odoo's configuration.
command_bench() {
    local target=${1:-}
    [ -f "$ROOT/tests/bench/$target.py" ] || die 2 "choose a benchmark: $(names_of tests/bench)"
    if [ "$target" = validate ] || [ "$target" = lookup ]; then
        plain_python "$ROOT/be_peppol_einvoice" "$ROOT/tests/bench/$target.py" "${@:2}"
    elif [ "$target" = network ]; then
        take_lock
        make_user
        make_venv venv-gateway gateway gateway-dev
        mkdir -p "$STATE/cache/pyc"
        [ "$(id -u)" -ne 0 ] || chown "$RUN_USER:" "$STATE/cache" "$STATE/cache/pyc"
        release_lock
        in_gateway_env "$STATE/venv-gateway/bin/python" "$ROOT/tests/bench/$target.py" "${@:2}"
        return
    elif [ "$target" = customers ]; then
        set -- "$@" --network-python "$STATE/venv-gateway/bin/python"
    fi
    with_database "$ROOT/tests/bench/$target.py" "${@:2}" || return
    # what the checks add to sending and the list of problems, and the pages of the subsidies, at their usual sizes
    [ "$target" != invoices ] || with_database "$ROOT/tests/bench/invoice_checks.py"
    [ "$target" != subsidies ] || with_database "$ROOT/tests/bench/subsidies_pages.py"
}

names_of() { find "$ROOT/$1" -name '[a-z]*.py' -printf '%f\n' | sed 's/\.py$//' | sort | paste -sd' '; }
