# shellcheck shell=bash
# What every command shares: paths, messages, steps that are done once, the lock.

STATE=${DEV_STATE_DIR:-$ROOT/.dev}
LOGS=$STATE/log
STARTED=$SECONDS

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' GREEN=$'\e[32m' PLAIN=$'\e[0m'
else
    BOLD='' DIM='' RED='' GREEN='' PLAIN=''
fi

say() { printf '%s\n' "$*"; }
note() { printf '%s\n' "${DIM}$*${PLAIN}"; }

# die CODE MESSAGE...: the one way to give up; every message says what to do next.
die() {
    local code=$1
    shift
    printf '%s\n' "${RED}./dev stopped:${PLAIN} $*" >&2
    exit "$code"
}

# step TITLE COMMAND...: runs the command with its output in a log of its own. On a terminal its last line is shown
# while it runs; when it fails, the end of the log is printed, and the next ./dev goes on from there.
step() {
    local title=$1 log from=$SECONDS pid status=0 last
    shift
    log=$LOGS/$(printf '%s' "$title" | tr -cs '[:alnum:]' '-').log
    printf '%s' "  $title … "
    "$@" >"$log" 2>&1 &
    pid=$!
    if [ -t 1 ]; then
        while kill -0 "$pid" 2>/dev/null; do
            last=$(tail -n 1 "$log" 2>/dev/null | tr -d '\r' | cut -c1-90)
            printf '\r\e[K  %s … %s%ss %s%s' "$title" "$DIM" "$((SECONDS - from))" "$last" "$PLAIN"
            sleep 0.3
        done
        printf '\r\e[K  %s … ' "$title"
    fi
    wait "$pid" || status=$?
    if [ "$status" -ne 0 ]; then
        printf '%s\n' "${RED}failed${PLAIN} after $((SECONDS - from)) s"
        tail -n 25 "$log" | sed 's/^/    /' >&2
        die "$status" "“$title” failed (whole output: ${log#"$ROOT"/}). Mend the cause and run the same command again: what is finished is kept."
    fi
    printf '%s\n' "${GREEN}done${PLAIN} ${DIM}($((SECONDS - from)) s)${PLAIN}"
}

# done_before NAME KEY: true if the step NAME was finished with this KEY; finished NAME KEY records it.
done_before() { [ "$(cat "$STATE/stamps/$1" 2>/dev/null)" = "$2" ]; }
finished() {
    mkdir -p "$STATE/stamps"
    printf '%s\n' "$2" >"$STATE/stamps/$1.new"
    mv "$STATE/stamps/$1.new" "$STATE/stamps/$1"
}

hash_of() { sha256sum "$@" | sha256sum | cut -c1-16; }

# Two set-ups at once would write the same files: the second waits for the first.
take_lock() {
    mkdir -p "$STATE" "$LOGS"
    exec 9>"$STATE/lock"
    if ! flock --nonblock 9; then
        note "  Another ./dev is setting up; waiting for it."
        flock 9
    fi
}
release_lock() { flock --unlock 9; }

# addons_of DIR...: the names of the add-ons in these folders, sorted.
addons_of() {
    local manifest
    for manifest in $(printf '%s/*/__manifest__.py ' "$@"); do
        [ -f "$manifest" ] && basename "$(dirname "$manifest")"
    done | sort
}
our_addons() { addons_of "$ROOT" "$ROOT/addons"; }

# It needs an add-on that is neither ours nor Odoo's, and has a database of its own.
QUEUE_ADDON=be_peppol_einvoice_queue_job
# what the demo installs
demo_addons() { our_addons | grep -vx "$QUEUE_ADDON" | paste -sd,; }

# code_hash DIR...: changes with anything that a database made from these add-ons depends on.
code_hash() {
    find "$@" -type f ! -path '*/tests/*' ! -path '*/readme/*' ! -path '*/static/description/*' ! -name '*.pyc' \
        ! -path "$STATE/*" -print0 | sort -z | xargs -0 sha256sum | sed "s#$ROOT##" | sha256sum | cut -c1-16
}
