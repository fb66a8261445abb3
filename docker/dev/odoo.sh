# shellcheck shell=bash
# Odoo 19 itself: ODOO_SOURCE, else the machine's own, else Debian's package from unstable in a private prefix.

ODOO_LINKED_PACKAGES=(fonts-font-awesome fonts-glyphicons-halflings fonts-inconsolata fonts-montserrat fonts-ocr-b
    fonts-roboto-unhinted libjs-jquery libjs-jquery-form libjs-underscore)

# find_odoo: sets ODOO_PATH (what goes on PYTHONPATH), ODOO_ADDONS (folders of core add-ons) and ODOO_VERSION.
find_odoo() {
    if [ -n "${ODOO_SOURCE:-}" ]; then
        ODOO_PATH=$(realpath "$ODOO_SOURCE")
        [ -f "$ODOO_PATH/odoo/release.py" ] || die 6 "ODOO_SOURCE=$ODOO_SOURCE is no checkout of Odoo (odoo/release.py is missing)."
    elif [ -f /usr/lib/python3/dist-packages/odoo/release.py ] && odoo_series /usr/lib/python3/dist-packages | grep -qx 19.0; then
        # only Odoo is taken from there: the other packages of that folder would hide the locked ones
        ODOO_PATH=$STATE/odoo-of-the-machine
        mkdir -p "$ODOO_PATH"
        ln -sfn /usr/lib/python3/dist-packages/odoo "$ODOO_PATH/odoo"
    else
        ODOO_PATH=$STATE/odoo/usr/lib/python3/dist-packages
        done_before odoo unpacked-2 || unpack_odoo
    fi
    ODOO_VERSION=$(odoo_series "$ODOO_PATH")
    [ "$ODOO_VERSION" = 19.0 ] || die 6 "$ODOO_PATH holds Odoo $ODOO_VERSION; these add-ons are for 19.0."
    ODOO_ADDONS=$ODOO_PATH/odoo/addons
    [ ! -d "$ODOO_PATH/addons" ] || [ ! -d "$ODOO_PATH/addons/account" ] || ODOO_ADDONS=$ODOO_ADDONS,$ODOO_PATH/addons
}

odoo_series() { sed -nE 's/^version_info = \(([0-9]+), ([0-9]+).*/\1.\2/p' "$1/odoo/release.py"; }

unpack_odoo() {
    local suite
    say "  Odoo 19 comes from Debian's package odoo-19 (unstable), unpacked into ${STATE#"$ROOT"/}/odoo; the machine's package sources stay as they are."
    suite=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-stable}")
    private_sources unstable "$suite"
    step "Package lists of Debian unstable" private_apt apt-get update
    mkdir -p "$STATE/apt/debs"
    rm -rf "$STATE/odoo.new"
    step "Download of odoo-19 (130 MB), verified by apt" in_folder "$STATE/apt/debs" private_apt apt-get download \
        odoo-19/unstable "${ODOO_LINKED_PACKAGES[@]/%//unstable}"
    step "Unpacking odoo-19" unpack_debs "$STATE/apt/debs" "$STATE/odoo.new"
    # where unstable's newest font package has renamed a file that odoo-19 links to, this Debian's own still has it
    if [ -n "$(find "$STATE/odoo.new" -xtype l)" ]; then
        mkdir -p "$STATE/apt/debs-$suite"
        step "Fonts that odoo-19 links to, from $suite" download_what_exists "$suite"
        step "Unpacking them" unpack_debs "$STATE/apt/debs-$suite" "$STATE/odoo.new"
    fi
    if [ -n "$(find "$STATE/odoo.new" -xtype l)" ]; then
        note "  Files that odoo-19 links to and no package holds: $(find "$STATE/odoo.new" -xtype l -printf '%f ')"
    fi
    # 780 of its 1,200 MB are translations into other languages
    find "$STATE/odoo.new" -path '*/i18n*/*.po' ! -name 'fr*.po' ! -name 'nl*.po' ! -name 'de*.po' -delete
    # a library of the video call that Debian leaves out: empty, it makes no error in every browser console
    local left_out=$STATE/odoo.new/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation
    [ -d "$left_out" ] || install -D --mode=644 /dev/null "$left_out/selfie_segmentation.js"
    rm -rf "$STATE/odoo"
    mv "$STATE/odoo.new" "$STATE/odoo"
    rm -rf "$STATE/apt"
    finished odoo unpacked-2
}

# Not every Debian has each of them; those that it lacks come from unstable.
download_what_exists() {
    local packages
    mapfile -t packages < <(private_apt apt-cache madison "${ODOO_LINKED_PACKAGES[@]}" |
        awk -F' *[|] *' -v suite=" $1/" 'index($3, suite) {gsub(/ /, "", $1); print $1}')
    [ ${#packages[@]} -gt 0 ] || return 0
    in_folder "$STATE/apt/debs-$1" private_apt apt-get download "${packages[@]/%//$1}"
}

# write_conf FILE DATABASE LOGFILE [OPTION=VALUE...]: an Odoo configuration; the database manager is always off.
write_conf() {
    local file=$1 database=$2 log=$3 option
    shift 3
    {
        say "[options]"
        # addons first: Odoo takes a file of the first folder that holds it for one of an add-on called “addons”, and
        # exports none of its terms
        say "addons_path = $ROOT/addons,$ROOT,$ODOO_ADDONS"
        say "data_dir = $STATE/data"
        say "db_host = $PG_SOCKET"
        say "db_user = odoo"
        say "db_name = $database"
        say "dbfilter = ^$database\$"
        say "list_db = False"
        say "http_interface = 127.0.0.1"
        say "logfile = $log"
        for option in "$@"; do say "${option%%=*} = ${option#*=}"; done
    } >"$file"
}

# odoo CONF ARGS...: Odoo's own command line.
odoo() {
    local conf=$1
    shift
    in_odoo_env "$STATE/venv/bin/python" -m odoo "$@" --config="$conf"
}

in_odoo_env() {
    as_user env PYTHONPATH="$ODOO_PATH:$ROOT/docker/dev" PYTHONPYCACHEPREFIX="$STATE/cache/pyc" PGHOST="$PG_SOCKET" PGUSER=odoo \
        BE_PEPPOL_LOCAL_NETWORK="${LOCAL_NETWORK:-}" \
        PATH="$STATE/venv/bin:$STATE/bin:$PG_BIN:$PATH" "$@"
}
