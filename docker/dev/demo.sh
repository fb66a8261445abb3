# shellcheck shell=bash
# ./dev demo, shell, stop, reset: a served Odoo with the demo companies.

DEMO_DATABASE=demo

command_demo() {
    local key port
    take_lock
    say "${BOLD}Setting up the demo${PLAIN} (the first time takes some minutes)"
    make_user
    need_packages \
        "py:ensurepip=python3-venv" \
        "/usr/lib/postgresql/*/bin/initdb=postgresql" \
        "lib:libmagic.so=libmagic1"
    need_wkhtmltopdf
    find_odoo
    make_venv venv odoo dev
    make_gateway_venv
    start_cluster demo
    prepare_demo_files
    start_network
    LOCAL_NETWORK=$NETWORK
    local folders=() addon
    for addon in $(our_addons); do folders+=("$(addon_folder "$addon")"); done
    key=$(code_hash "${folders[@]}")
    if done_before demo-database "$key" && server_runs; then
        release_lock
        demo_message "$(cat "$STATE/demo.port")"
        return 0
    fi
    stop_server
    if ! database_exists "$DEMO_DATABASE"; then
        step "Demo database: Odoo, our add-ons and four companies" make_demo_database
    elif ! done_before demo-database "$key"; then
        step "Updating the demo database to the present code" \
            odoo "$STATE/odoo-demo.conf" --update="$(demo_addons)" --init="$(demo_addons)" --stop-after-init --no-http
    fi
    finished demo-database "$key"
    step "The demo companies join the local Peppol network" join_network
    port=$(free_port "${DEV_PORT:-8069}") || die 9 "No free port from ${DEV_PORT:-8069} on. Set DEV_PORT."
    serve_demo "$port"
    release_lock
    demo_message "$port"
}

prepare_demo_files() {
    mkdir -p "$STATE/data" "$STATE/cache/pyc"
    [ "$(id -u)" -ne 0 ] || chown "$RUN_USER:" "$STATE/data" "$STATE/cache" "$STATE/cache/pyc"
    [ -f "$STATE/admin-password" ] || (umask 077 && random_word >"$STATE/admin-password")
    (
        umask 027
        write_conf "$STATE/odoo-demo.conf" "$DEMO_DATABASE" "" "admin_passwd = $(cat "$STATE/admin-password")"
    )
    [ "$(id -u)" -ne 0 ] || chgrp "$RUN_USER" "$STATE/odoo-demo.conf"
}

database_exists() { in_odoo_env "$PG_BIN/psql" -d "$1" -qAtc "SELECT 1" >/dev/null 2>&1; }

# Made under another name and renamed when complete: an interrupted run leaves no half database behind.
make_demo_database() {
    local making=${DEMO_DATABASE}_making
    in_odoo_env dropdb --if-exists --force "$making" || return 1
    rm -rf "$STATE/data/filestore/$making"
    odoo "$STATE/odoo-demo.conf" --database="$making" --init="$(demo_addons)" \
        --load-language=en_US,fr_BE,nl_BE,de_DE --stop-after-init --no-http || return 1
    in_odoo_env psql -q -d postgres -c "ALTER DATABASE \"$making\" RENAME TO \"$DEMO_DATABASE\"" || return 1
    [ ! -d "$STATE/data/filestore/$making" ] || mv "$STATE/data/filestore/$making" "$STATE/data/filestore/$DEMO_DATABASE"
}

# Odoo does it by itself too, but some minutes after it has started: the first page would show no network.
join_network() {
    say 'env["peppol.local.network"]._join(); env.cr.commit()' | odoo "$STATE/odoo-demo.conf" shell --no-http
}

free_port() {
    local port
    for port in $(seq "$1" $(($1 + 50))); do
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return 0
        fi
    done
    return 1
}

# The server writes its process number itself; a number that another program has meanwhile is not taken for it.
DEMO_PID=$STATE/data/demo.pid
server_runs() { grep -qs "$STATE/odoo-demo.conf" "/proc/$(cat "$DEMO_PID" 2>/dev/null)/cmdline"; }

stop_server() {
    server_runs || return 0
    local pid
    pid=$(cat "$DEMO_PID")
    kill "$pid" 2>/dev/null
    for _ in $(seq 50); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.2
    done
    ! kill -0 "$pid" 2>/dev/null || kill -9 "$pid"
    rm -f "$DEMO_PID"
}

serve_demo() {
    local port=$1 pid
    : >"$LOGS/demo-server.log"
    # in a session of its own, without the lock: it goes on when this command ends
    in_odoo_env setsid "$STATE/venv/bin/python" -m odoo --config="$STATE/odoo-demo.conf" --http-port="$port" --pidfile="$DEMO_PID" \
        </dev/null >>"$LOGS/demo-server.log" 2>&1 9>&- &
    pid=$!
    printf '%s\n' "$port" >"$STATE/demo.port"
    step "Starting Odoo on port $port" wait_for_server "$port" "$pid"
}

wait_for_server() {
    for _ in $(seq 300); do
        kill -0 "$2" 2>/dev/null || {
            tail -n 20 "$LOGS/demo-server.log"
            return 1
        }
        if "$STATE/venv/bin/python" -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$1/web/login', timeout=60).read()" 2>/dev/null; then
            return 0
        fi
        sleep 0.3
    done
    return 1
}

demo_message() {
    say ""
    say "${GREEN}${BOLD}The demo is ready: http://127.0.0.1:$1${PLAIN}"
    cat "$(addon_folder be_demo_companies)/readme/LOGINS.txt"
    say "${DIM}Stop it with ./dev stop; start anew with ./dev reset. Log: ${LOGS#"$ROOT"/}/demo-server.log ($((SECONDS - STARTED)) s)${PLAIN}"
}

command_shell() {
    [ -f "$STATE/odoo-demo.conf" ] || die 2 "There is no demo database yet: run ./dev demo first."
    find_odoo
    start_cluster demo
    LOCAL_NETWORK=$NETWORK
    odoo "$STATE/odoo-demo.conf" shell --no-http "$@"
}

command_stop() {
    stop_server
    stop_network
    stop_cluster demo
    stop_unused_cluster test
    say "Stopped."
}

command_reset() {
    case ${1:-} in
        --yes) ;;
        "")
            [ -t 0 ] || die 2 "nobody can be asked here: ./dev reset --yes. Nothing was removed."
            read -rp "Remove ${STATE#"$ROOT"/} with the demo's data? [y/N] " answer
            [ "$answer" = y ] || die 1 "nothing was removed."
            ;;
        *) die 2 "reset knows --yes only. Nothing was removed." ;;
    esac
    [ -d "$STATE" ] || die 2 "there is nothing to remove."
    if [ -e "$STATE/run/test.used" ] && ! flock --exclusive --nonblock "$STATE/run/test.used" true; then
        die 8 "A test run uses its database: nothing was removed. End it, then run ./dev reset again."
    fi
    stop_server
    stop_network
    stop_cluster demo
    stop_cluster test
    rm -rf "$STATE"
    say "Removed."
}
