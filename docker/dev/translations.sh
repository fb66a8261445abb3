# shellcheck shell=bash
# ./dev i18n: exports the terms of each add-on into its i18n folder and reports what is untranslated.

command_i18n() {
    local database queue home exported=$STATE/data/i18n
    prepare_tests
    database=$(databases apps) || die 8 "No database to export from: see ${LOGS#"$ROOT"/}/prepare-apps.log"
    queue=$(databases queue) || die 8 "No database to export from: see ${LOGS#"$ROOT"/}/prepare-queue.log"
    as_user rm -rf "$exported"
    as_user mkdir -p "$exported"
    say "${BOLD}Terms${PLAIN}"
    # the demo companies have no term of their own
    our_addons | grep -v be_demo_companies | while read -r addon; do
        home=$database
        [ "$addon" != "$QUEUE_ADDON" ] || home=$queue
        odoo "$STATE/odoo-test.conf" i18n export --database "$home" --languages pot \
            --output "$exported/$addon.pot" "$addon" </dev/null >"$LOGS/i18n-$addon.log" 2>&1 || say "  $addon: no export, see the log"
    done
    leave_cluster test
    "$STATE/venv/bin/python" "$ROOT/docker/dev/translations.py" "$exported"
}
