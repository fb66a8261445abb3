# shellcheck shell=bash
# A private PostgreSQL cluster on a Unix socket below the state directory; never the machine's own.

PG_BIN=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)

# start_cluster demo|test: sets PG_SOCKET. The demo's is durable; the tests' gives durability up for speed.
start_cluster() {
    local kind=$1 data version
    data=$STATE/postgres-$kind
    PG_SOCKET=$STATE/run/$kind
    # the kernel's limit for a socket's path is 107 bytes; .s.PGSQL.5432.lock needs 20 of them
    [ ${#PG_SOCKET} -le 87 ] || die 7 "The path of this checkout is too long for a Unix socket ($PG_SOCKET). Move it to a shorter one, or set DEV_STATE_DIR."
    PG_BIN=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1)
    if [ -f "$data/PG_VERSION" ]; then
        version=$(cat "$data/PG_VERSION")
        if [ -x "/usr/lib/postgresql/$version/bin/postgres" ]; then
            PG_BIN=/usr/lib/postgresql/$version/bin
        elif [ "$kind" = test ]; then
            rm -rf "$data"
        else
            die 7 "The demo's database was made by PostgreSQL $version, which is gone from this machine. Install postgresql-$version, or start anew with ./dev reset."
        fi
    fi
    # nothing of the tests' is synced: after a crash its databases may contradict themselves
    if [ "$kind" = test ] && [ -f "$data/postmaster.pid" ] && ! cluster_runs test; then rm -rf "$data"; fi
    mkdir -p "$PG_SOCKET"
    chmod 700 "$PG_SOCKET"
    [ "$(id -u)" -ne 0 ] || chown "$RUN_USER:" "$STATE/run" "$PG_SOCKET"
    [ -f "$data/PG_VERSION" ] || step "Private PostgreSQL cluster ($kind)" make_cluster "$kind" "$data"
    cluster_runs "$kind" && return 0
    as_user "$PG_BIN/pg_ctl" --pgdata "$data" --log "$LOGS/postgres-$kind.log" --wait --silent start 8>&- 9>&- ||
        die 7 "PostgreSQL did not start; see ${LOGS#"$ROOT"/}/postgres-$kind.log."
}

# use_cluster KIND, leave_cluster KIND: several commands may use a cluster at once; the last one stops it.
use_cluster() {
    exec 8>"$STATE/run/$1.used"
    flock --shared 8
    start_cluster "$1"
}
leave_cluster() {
    if flock --exclusive --nonblock 8; then stop_cluster "$1"; fi
    exec 8>&-
}

# stop_unused_cluster KIND: where a command uses it, that one stops it at its end.
stop_unused_cluster() {
    [ -d "$STATE/run" ] || return 0
    exec 8>"$STATE/run/$1.used"
    if flock --exclusive --nonblock 8; then stop_cluster "$1"; else note "The $1 database goes on: another ./dev uses it."; fi
    exec 8>&-
}

cluster_runs() { as_user "$PG_BIN/pg_ctl" --pgdata "$STATE/postgres-$1" status >/dev/null 2>&1; }

stop_cluster() {
    [ -n "$PG_BIN" ] && [ -d "$STATE/postgres-$1" ] && cluster_runs "$1" || return 0
    as_user "$PG_BIN/pg_ctl" --pgdata "$STATE/postgres-$1" --mode fast --wait --silent stop
}

make_cluster() {
    local kind=$1 data=$2
    rm -rf "$data" "$data.new"
    mkdir -p "$data.new"
    [ "$(id -u)" -ne 0 ] || chown "$RUN_USER:" "$data.new"
    chmod 700 "$data.new"
    # only this user may enter the socket's folder, and there is no TCP: that is the authentication
    as_user "$PG_BIN/initdb" --pgdata "$data.new" --username odoo --auth trust --encoding UTF8 --locale C.UTF-8 &&
        {
            say "listen_addresses = ''"
            say "unix_socket_directories = '$STATE/run/$kind'"
            say "unix_socket_permissions = 0700"
            say "max_connections = 120"
            say "shared_buffers = 256MB"
            say "max_locks_per_transaction = 256"
            if [ "$kind" = test ]; then
                say "fsync = off"
                say "synchronous_commit = off"
                say "full_page_writes = off"
                say "autovacuum_naptime = 5min"
                say "max_wal_size = 2GB"
                say "wal_level = minimal"
                say "max_wal_senders = 0"
            fi
        } >>"$data.new/postgresql.conf" && mv "$data.new" "$data"
}
