#!/bin/sh
# Makes the database on the first start, with the three apps, and gives the administrator the password of the secret
# file, so that Odoo's well-known first password never works. Nothing happens where the database is there already.
# Environment: DATABASE (odoo), ADMIN_PASSWORD_FILE, APPS, DB_HOST, DB_PORT, DB_USER, PASSWORD_FILE, ODOO (odoo).
set -eu
: "${DATABASE:=odoo}" "${APPS:=be_peppol_einvoice,sme_onboarding,be_digital_cheque}" "${ODOO:=odoo}"
: "${ADMIN_PASSWORD_FILE:?names the file with the administrator’s password}"

if [ "$(wc -c <"$ADMIN_PASSWORD_FILE")" -lt 12 ]; then
    echo "The administrator’s password in $ADMIN_PASSWORD_FILE is shorter than 12 characters." >&2
    exit 1
fi
PGHOST=${DB_HOST:-db} PGPORT=${DB_PORT:-5432} PGUSER=${DB_USER:-odoo}
PGPASSWORD=$([ -z "${PASSWORD_FILE:-}" ] || cat "$PASSWORD_FILE")
export PGHOST PGPORT PGUSER PGPASSWORD ADMIN_PASSWORD_FILE

ready() { [ "$(psql -qAtX -d "$DATABASE" -c "SELECT value FROM ir_config_parameter WHERE key = 'be_addons.ready'" 2>/dev/null)" = 1 ]; }

if ready; then
    echo "The database $DATABASE is there."
    exit 0
fi
set -- --database="$DATABASE" --db_host="$PGHOST" --db_port="$PGPORT" --db_user="$PGUSER" --db_password="$PGPASSWORD"
psql -qAtX -d "$DATABASE" -c 'SELECT 1' >/dev/null 2>&1 || createdb "$DATABASE"
# shellcheck disable=SC2086 # ODOO may hold a command with arguments
$ODOO "$@" --init="$APPS" --stop-after-init --no-http
# shellcheck disable=SC2086
$ODOO shell "$@" --no-http <<'PYTHON'
import os
from pathlib import Path

password = Path(os.environ["ADMIN_PASSWORD_FILE"]).read_text().strip()
env.ref("base.user_admin").password = password
env["ir.config_parameter"].set_param("be_addons.ready", "1")
env.cr.commit()
PYTHON
ready || { echo "The database $DATABASE could not be made; see above." >&2; exit 1; }
echo "The database $DATABASE is ready; log in as admin with the password of $ADMIN_PASSWORD_FILE."
