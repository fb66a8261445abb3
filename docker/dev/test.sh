# shellcheck shell=bash
# ./dev test: everything that tests need, then the tests in groups, then one verdict over all of them.

prepare_tests() {
    take_lock
    make_user
    need_packages \
        "py:ensurepip=python3-venv" \
        "/usr/lib/postgresql/*/bin/initdb=postgresql" \
        "chromium=chromium" \
        "lib:libmagic.so=libmagic1" \
        "git=git"
    need_wkhtmltopdf
    find_odoo
    make_venv venv odoo dev
    make_venv venv-gateway gateway gateway-dev
    make_node_modules
    mkdir -p "$STATE/run"
    use_cluster test
    mkdir -p "$STATE/data" "$STATE/cache/pyc"
    [ "$(id -u)" -ne 0 ] || chown "$RUN_USER:" "$STATE/data" "$STATE/cache" "$STATE/cache/pyc"
    write_conf "$STATE/odoo-test.conf" postgres "" "admin_passwd = $(random_word)" \
        "log_level = warn" "max_cron_threads = 0" "http_enable = True"
    release_lock
}

random_word() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

databases() {
    in_odoo_env "$STATE/venv/bin/python" "$ROOT/docker/dev/databases.py" --conf "$STATE/odoo-test.conf" --logs "$LOGS" "$@"
}

# run_group NAME PYTEST-ARGS...: one pytest run; its report goes to the verdict. The gateway's and the local network's
# tests run in the gateway's environment, which has no Odoo.
run_group() {
    local group=$1 environment=in_odoo_env python=$STATE/venv/bin/python settings=() name
    shift
    # the size and the seed of drills, which changing to the tests' user would drop
    for name in $(compgen -e | grep -E '^(GATEWAY|EXCHANGE)_DRILL_'); do settings+=("$name=${!name}"); done
    [ "$group" != network ] || environment=in_gateway_env python=$STATE/venv-gateway/bin/python
    RESULTS+=("$group")
    say "${BOLD}Tests: $group${PLAIN}"
    "$environment" env DEV_ODOO_CONF="$STATE/odoo-test.conf" DEV_LOGS="$LOGS" DEV_STATE="$STATE" DEV_TEST_GROUP="$group" \
        "${settings[@]}" "$python" -m pytest --rootdir "$ROOT" -p no:cacheprovider --junit-xml "$RESULT_FOLDER/$group.xml" \
        -n 2 --dist worksteal -q --no-header -rfEs "$@"
    local status=$?
    # 5: a path or -k that selects nothing in this group
    [ "$status" -eq 0 ] || [ "$status" -eq 5 ] || FAILED=1
}

# odoo_group NAME DATABASE-KIND PATH-OR-OPTION...: tests that run inside Odoo, with its web server and a browser.
odoo_group() {
    local group=$1 database
    database=$(databases "$2") || die 8 "No database for the tests: see ${LOGS#"$ROOT"/}/prepare-$2.log"
    shift 2
    write_conf "$STATE/odoo-$group.conf" "$database" "$RESULT_FOLDER/$group.log" "log_level = warn" "max_cron_threads = 0"
    # a class in one process: what it sets up, such as a chart of accounts, is then set up once
    run_group "$group" --dist loadscope -p odoo --odoo-database "$database" --odoo-config "$STATE/odoo-$group.conf" --odoo-log-level warn \
        --odoo-extra "logfile=$RESULT_FOLDER/$group.log" --odoo-http "$@"
}

command_test() {
    local paths=() options=() argument addon plain_tests=() network=() odoo=() demo=() queue=() whole=(--whole)
    for argument in "$@"; do
        whole=()
        if [ -e "${argument%%::*}" ]; then paths+=("$argument"); else options+=("$argument"); fi
    done
    prepare_tests
    RESULT_FOLDER=$LOGS/results
    RESULTS=() FAILED=0
    rm -rf "$RESULT_FOLDER"
    as_user mkdir -p "$RESULT_FOLDER" 2>/dev/null || { mkdir -p "$RESULT_FOLDER" && chown "$RUN_USER:" "$RESULT_FOLDER"; }
    if [ ${#paths[@]} -eq 0 ]; then
        plain_tests=("$ROOT/tests" "--ignore=$ROOT/tests/odoo" "--ignore=$ROOT/tests/bench" "--ignore=$ROOT/tests/fuzz"
            "--ignore=$ROOT/tests/network" "--ignore=$ROOT/tests/gateway")
        for argument in network gateway; do
            [ ! -d "$ROOT/tests/$argument" ] || network+=("$ROOT/tests/$argument")
        done
        odoo=("$ROOT/tests/odoo")
        for addon in $(our_addons); do
            argument=$(addon_folder "$addon")/tests
            [ -d "$argument" ] || continue
            case $addon in
                be_demo_companies) demo+=("$argument") ;;
                "$QUEUE_ADDON") queue+=("$argument" "$ROOT/tests/odoo/test_terms.py") ;;
                *) odoo+=("$argument") ;;
            esac
        done
        # the demo companies' database is the one with a web shop
        demo+=("$ROOT/addons/be_enterprise/tests/test_shop.py")
    else
        for argument in "${paths[@]}"; do
            # an add-on means its tests: its other modules are imported by Odoo only
            [ ! -f "$argument/__manifest__.py" ] || argument=${argument%/}/tests
            case $(realpath --relative-to "$ROOT" "${argument%%::*}") in
                addons/be_demo_companies*) demo+=("$argument") ;;
                addons/$QUEUE_ADDON*) queue+=("$argument") ;;
                tests/network* | tests/gateway*) network+=("$argument") ;;
                tests/odoo* | */tests*) odoo+=("$argument") ;;
                *) plain_tests+=("$argument") ;;
            esac
        done
    fi
    [ ${#plain_tests[@]} -eq 0 ] || run_group plain -p no:odoo "${plain_tests[@]}" "${options[@]}"
    [ ${#network[@]} -eq 0 ] || run_group network "${network[@]}" "${options[@]}"
    [ ${#odoo[@]} -eq 0 ] || odoo_group odoo apps "${odoo[@]}" "${options[@]}"
    [ ${#demo[@]} -eq 0 ] || odoo_group demo demo "${demo[@]}" "${options[@]}"
    [ ${#queue[@]} -eq 0 ] || odoo_group queue queue "${queue[@]}" "${options[@]}"
    leave_cluster test
    "$STATE/venv/bin/python" "$ROOT/docker/dev/verdict.py" --root "$ROOT" --results "$RESULT_FOLDER" \
        "${whole[@]}" "${RESULTS[@]}" || FAILED=1
    say "${DIM}./dev test took $((SECONDS - STARTED)) s.${PLAIN}"
    return "$FAILED"
}

addon_folder() { if [ -d "$ROOT/$1" ]; then echo "$ROOT/$1"; else echo "$ROOT/addons/$1"; fi; }
