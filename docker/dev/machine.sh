# shellcheck shell=bash
# The machine: its Debian packages, and the unprivileged user that PostgreSQL and Odoo run as.

RUN_USER=odoo-be-dev

# as_user COMMAND...: Odoo, PostgreSQL and the tests never run as root.
as_user() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid="$RUN_USER" --regid="$RUN_USER" --init-groups --reset-env \
            env HOME="$STATE/home" PATH="$PATH" LANG=C.UTF-8 TMPDIR="${TMPDIR:-/tmp}" CI="${CI:-}" \
            ODOO_SOURCE="${ODOO_SOURCE:-}" "$@"
    else
        env HOME="$STATE/home" LANG=C.UTF-8 "$@"
    fi
}

make_user() {
    mkdir -p "$STATE/home"
    if [ "$(id -u)" -eq 0 ]; then
        if ! id "$RUN_USER" >/dev/null 2>&1; then
            say "  Making the unprivileged system user $RUN_USER for Odoo and PostgreSQL."
            useradd --system --user-group --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin "$RUN_USER"
        fi
        chown "$RUN_USER:" "$STATE" "$STATE/home" "$LOGS"
        as_user test -r "$ROOT/dev" || die 3 "The user $RUN_USER cannot read $ROOT. Move the checkout to a folder that others may enter, for example below /srv or /opt."
    fi
}

# A checkout below /root (or any folder that other users may not enter) is shown to the unprivileged user through a
# private mount namespace: nothing on the machine changes, and the mount is gone with the process.
enter_private_view() {
    [ "$(id -u)" -eq 0 ] && [ -z "${DEV_PRIVATE_VIEW:-}" ] || return 0
    local folder=$ROOT
    while [ "$folder" != / ]; do
        case $(stat -c %A "$folder") in
            *[xt]) folder=$(dirname "$folder") ;;
            *) break ;;
        esac
    done
    [ "$folder" = / ] && return 0
    local view=/mnt shared
    shared=$(dirname "$ROOT")/shared
    unshare --mount true 2>/dev/null || die 3 "Other users may not enter $folder, and this machine allows no private mounts. Move the checkout, for example below /srv or /opt."
    # shellcheck disable=SC2016 # expanded by the inner shell
    exec unshare --mount --propagation private bash -ec '
        mount -t tmpfs -o mode=755 tmpfs "$1"
        mkdir "$1/checkout" && mount --bind "$2" "$1/checkout"
        if [ -d "$3" ]; then mkdir "$1/shared" && mount --bind "$3" "$1/shared"; fi
        cd "$1/checkout" && shift 3 && DEV_PRIVATE_VIEW=1 exec ./dev "$@"
    ' dev "$view" "$ROOT" "$shared" "$@"
}

# need_packages COMMAND-OR-FILE=PACKAGE...: installs what is missing, as root; else prints the one line to run.
need_packages() {
    local pair missing=()
    for pair in "$@"; do
        present "${pair%%=*}" || missing+=("${pair#*=}")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        die 4 "Debian packages are missing. Run this line once, then the same command again:
    sudo apt-get install --no-install-recommends ${missing[*]}"
    fi
    command -v apt-get >/dev/null || die 4 "This machine has no apt-get; install yourself: ${missing[*]}"
    [ -n "${LISTS_ARE_NEW:-}" ] || step "Debian's package lists" apt-get update
    LISTS_ARE_NEW=1
    step "Debian packages: ${missing[*]}" install_packages "${missing[@]}"
}

# A run that was killed within dpkg leaves packages to be configured first.
install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    dpkg --configure -a && apt-get install --yes --no-install-recommends --fix-broken "$@"
}

# present THING: a command on the PATH, an absolute path or pattern, a Python 3 module (py:NAME) or a library (lib:NAME).
present() {
    case $1 in
        py:*) "$(any_python)" -c "import ${1#py:}" 2>/dev/null ;;
        lib:*) ldconfig -p | grep -q "${1#lib:}" ;;
        /*) compgen -G "$1" >/dev/null ;;
        *) command -v "$1" >/dev/null ;;
    esac
}
any_python() { find_python 2>/dev/null || echo false; }
