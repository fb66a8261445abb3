# shellcheck shell=bash
# Debian packages of another release, downloaded and verified by apt and unpacked into the state directory: a private
# apt state with the machine's mirror and keyring. The machine's own sources and packages stay as they are.

unpack_debs() {
    local deb
    for deb in "$1"/*.deb; do
        dpkg -x "$deb" "$2" || return 1
    done
}

in_folder() (
    cd "$1" || exit 1
    shift
    "$@"
)

# private_sources SUITE...: the mirror is the one that the machine's own apt uses for Debian's main archive.
private_sources() {
    local mirror keyring
    # what an interrupted run downloaded for the same releases is kept
    grep -qs "^Suites: $*\$" "$STATE/apt/debian.sources" || rm -rf "$STATE/apt"
    mkdir -p "$STATE/apt/lists/partial" "$STATE/apt/cache/archives/partial"
    # shellcheck disable=SC2016 # the placeholders are apt's
    mirror=$(apt-get indextargets --format '$(REPO_URI) $(COMPONENT)' 'Created-By: Packages' |
        awk '$2 == "main" && $1 !~ /security/ && $1 ~ /debian\/?$/ {print $1; exit}')
    [ -n "$mirror" ] || die 6 "No Debian mirror found in this machine's apt configuration (apt-get indextargets)."
    for keyring in /usr/share/keyrings/debian-archive-keyring.gpg /usr/share/keyrings/debian-archive-keyring.pgp; do
        [ -f "$keyring" ] && break
    done
    [ -f "$keyring" ] || die 6 "Debian's archive keyring is missing: apt-get install debian-archive-keyring"
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
        "$mirror" "$*" "$keyring" >"$STATE/apt/debian.sources"
}

# private_apt COMMAND ARGS...: apt with lists, cache and sources of its own, and the machine's settings (proxy…).
private_apt() {
    local command=$1
    shift
    "$command" -o Dir::State="$STATE/apt" -o Dir::State::lists="$STATE/apt/lists" -o Dir::State::status=/dev/null \
        -o Dir::Cache="$STATE/apt/cache" -o Dir::Etc::SourceList="$STATE/apt/debian.sources" \
        -o Dir::Etc::SourceParts=/dev/null -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null \
        -o Acquire::Languages=none -o Acquire::Retries=3 -o APT::Sandbox::User="$(id -un)" "$@"
}
