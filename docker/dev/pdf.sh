# shellcheck shell=bash
# wkhtmltopdf, which Odoo makes PDFs with: the machine's own or Debian's package. Releases after bookworm have it no
# more; there bookworm's is unpacked into the state directory and runs with bookworm's own libraries.

PDF_SUITE=bookworm

need_wkhtmltopdf() {
    command -v wkhtmltopdf >/dev/null && return 0
    if [ -n "$(apt-cache policy wkhtmltopdf 2>/dev/null | awk '$1 == "Candidate:" && $2 != "(none)"')" ]; then
        need_packages "wkhtmltopdf=wkhtmltopdf"
    elif ! done_before wkhtmltopdf "$PDF_SUITE-1"; then
        unpack_wkhtmltopdf
    fi
}

unpack_wkhtmltopdf() {
    local prefix=$STATE/wkhtmltopdf loader
    say "  This Debian has no wkhtmltopdf; bookworm's is unpacked into ${prefix#"$ROOT"/}."
    private_sources "$PDF_SUITE"
    step "Package lists of $PDF_SUITE" private_apt apt-get update
    mkdir -p "$STATE/apt/debs"
    step "Download of wkhtmltopdf and its libraries (60 MB), verified by apt" in_folder "$STATE/apt/debs" download_wkhtmltopdf
    rm -rf "$prefix"
    step "Unpacking wkhtmltopdf" unpack_debs "$STATE/apt/debs" "$prefix"
    rm -rf "$STATE/apt"
    loader=$(find "$prefix/lib" -name 'ld-linux*' -type f | head -n 1)
    printf '%s\n' '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">' \
        "<fontconfig><dir>$prefix/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir>$STATE/cache/fonts</cachedir></fontconfig>" \
        >"$prefix/fonts.conf"
    mkdir -p "$STATE/bin"
    # bookworm's libraries need bookworm's loader
    printf '%s\n' '#!/bin/sh' \
        "export FONTCONFIG_FILE='$prefix/fonts.conf' QT_QPA_PLATFORM=offscreen QT_PLUGIN_PATH='$(dirname "$loader" | sed "s#^$prefix/lib#$prefix/usr/lib#")/qt5/plugins'" \
        "exec '$loader' --library-path '$(dirname "$loader"):$(dirname "$loader" | sed "s#^$prefix/lib#$prefix/usr/lib#")' '$prefix/usr/bin/wkhtmltopdf' \"\$@\"" \
        >"$STATE/bin/wkhtmltopdf"
    chmod +x "$STATE/bin/wkhtmltopdf"
    "$STATE/bin/wkhtmltopdf" --version >/dev/null || die 6 "bookworm's wkhtmltopdf does not run on this machine."
    finished wkhtmltopdf "$PDF_SUITE-1"
}

# Its libraries, without those that only a screen with 3D needs.
download_wkhtmltopdf() {
    local packages
    mapfile -t packages < <(private_apt apt-get --simulate --no-install-recommends --yes --quiet=2 install wkhtmltopdf |
        awk '/^Inst/ && $2 ~ /^(lib|wkhtmltopdf$|fonts-dejavu)/ && $2 !~ /llvm|mesa-dri|libz3|perl|systemd/ {print $2}')
    [ ${#packages[@]} -gt 0 ] && private_apt apt-get download "${packages[@]}"
}
