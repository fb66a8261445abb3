"""What an add-on may leave in a database, as comparable sets."""

FIELDS_OF_OTHERS = ("__message_has_sms_error", "__website_message_ids")

# Each query gives one line per thing that an add-on creates and its uninstallation must take away again.
QUERIES = {
    "tables": "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
    "columns": "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'",
    "functions": """
        SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'""",
    "models": "SELECT model FROM ir_model",
    "fields": "SELECT model || '.' || name FROM ir_model_fields",
    "selections": """
        SELECT f.model || '.' || f.name || '=' || s.value
        FROM ir_model_fields_selection s JOIN ir_model_fields f ON f.id = s.field_id""",
    "menus": "SELECT id || ' ' || (name->>'en_US') FROM ir_ui_menu",
    "actions": "SELECT type || ' ' || (name->>'en_US') FROM ir_actions",
    "views": "SELECT COALESCE(model, '') || ' ' || name FROM ir_ui_view",
    "crons": "SELECT cron_name FROM ir_cron",
    "parameters": "SELECT key FROM ir_config_parameter",
    "defaults": "SELECT field_id || ' ' || json_value FROM ir_default",
    "groups": "SELECT id || ' ' || (name->>'en_US') FROM res_groups",
    "privileges": "SELECT id || ' ' || (name->>'en_US') FROM res_groups_privilege",
    "access rights": "SELECT name FROM ir_model_access",
    "record rules": "SELECT id || ' ' || name FROM ir_rule",
    "sequences": "SELECT id || ' ' || name FROM ir_sequence",
    "mail templates": "SELECT id || ' ' || (name->>'en_US') FROM mail_template",
    "mail subtypes": "SELECT id || ' ' || (name->>'en_US') FROM mail_message_subtype",
    "activity types": "SELECT id || ' ' || (name->>'en_US') FROM mail_activity_type",
    "attachments": """
        SELECT COALESCE(res_model, '') || ' ' || COALESCE(res_field, '') || ' ' || name FROM ir_attachment
        WHERE COALESCE(url, '') NOT LIKE '/web/assets/%'""",
    "external ids": "SELECT module || '.' || name FROM ir_model_data",
    "users": "SELECT login FROM res_users",
    "partners": "SELECT id || ' ' || COALESCE(name, '') FROM res_partner",
    "companies": "SELECT id || ' ' || name FROM res_company",
}
# Odoo's own doing: a module's record stays when it is uninstalled, and the fields that other add-ons of Odoo put on
# every mail thread get an external id of ours at installation and lose it at the next update.
KEPT = {"external ids": lambda line: line.startswith("base.module_") or line.endswith(FIELDS_OF_OTHERS)}


def take(workshop, database):
    """``{kind: {line, …}}`` of a database."""
    found = {}
    for kind, query in QUERIES.items():
        keep = KEPT.get(kind)
        found[kind] = {row[0] for row in workshop.sql(database, query) if not (keep and keep(row[0]))}
    return found


def differences(before, after):
    """``{kind: {"left behind": […], "taken away": […]}}``, empty where all is as before."""
    result = {}
    for kind in QUERIES:
        new, gone = sorted(after[kind] - before[kind]), sorted(before[kind] - after[kind])
        if new or gone:
            result[kind] = {"left behind": new, "taken away": gone}
    return result
