# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The register's tables: a PostgreSQL schema of their own, outside the ORM.

``<schema>`` holds the register in use, ``<schema>_next`` the one being built. A full edition is taken into use by
renaming the schemas, which is one transaction and takes no lock on a table, so look-ups go on. Every function takes a
cursor (``execute``, ``fetchone``, ``fetchall``, ``copy_expert``); none commits.
"""

# pylint: disable=sql-injection
# Names of schemas and tables cannot be query parameters: the former pass check_schema, the latter stand in this file.

import re

DEFAULT_SCHEMA = "be_register"

_TABLES = {
    "state": "key text PRIMARY KEY, value text",
    "code": "category text NOT NULL, code text NOT NULL, language text NOT NULL, description text NOT NULL",
    "enterprise": "number bigint NOT NULL, kind text NOT NULL, situation text, form text, form_deed text, started date,"
    " ended date",
    "establishment": "number bigint NOT NULL, enterprise bigint NOT NULL, started date",
    "branch": "number bigint NOT NULL, enterprise bigint NOT NULL, started date",
    "name": "entity bigint NOT NULL, kind text NOT NULL, language text NOT NULL, name text NOT NULL",
    "address": "entity bigint NOT NULL, kind text NOT NULL, country_nl text, country_fr text, zip text, city_nl text,"
    " city_fr text, street_nl text, street_fr text, house text, box text, extra text, struck date",
    "contact": "entity bigint NOT NULL, kind text NOT NULL, value text NOT NULL",
    "activity": "entity bigint NOT NULL, codes bigint[] NOT NULL",
    "name_key": 'entity bigint NOT NULL, key text COLLATE "C" NOT NULL, first boolean NOT NULL',
}
#: Only while a register is being built.
_BUILD_TABLES = {
    "part": "file text PRIMARY KEY, size bigint NOT NULL, bytes bigint NOT NULL DEFAULT 0, line bigint NOT NULL"
    " DEFAULT 0, rows bigint NOT NULL DEFAULT 0, done boolean NOT NULL DEFAULT false",
    "step": "name text PRIMARY KEY",
    "deleted": "file text NOT NULL, entity bigint NOT NULL",
}
#: Rows left out, of which the first ones are kept with their place (never with their content: it may be personal).
_REPORT_TABLES = {
    "reject": "file text NOT NULL, line bigint NOT NULL, reason text NOT NULL",
    "reject_count": "file text NOT NULL, reason text NOT NULL, count bigint NOT NULL, PRIMARY KEY (file, reason)",
}
#: Tables that an update replaces entity by entity, with the column that names the entity.
ENTITY_COLUMN = {
    "enterprise": "number",
    "establishment": "number",
    "branch": "number",
    "name": "entity",
    "name_key": "entity",
    "address": "entity",
    "contact": "entity",
    "activity": "entity",
}
#: Index steps of a full edition, in order: name → statements, ``{s}`` being the schema. Sorting the search keys into
#: their own order makes a prefix look-up read a few neighbouring pages instead of one page per hit.
INDEXES = {
    "enterprise": (
        "CREATE UNIQUE INDEX enterprise_number ON {s}.enterprise (number)",
        # For the quality page, which asks for all of them: few of millions.
        "CREATE INDEX IF NOT EXISTS enterprise_ended ON {s}.enterprise (number) WHERE ended IS NOT NULL",
    ),
    "establishment": (
        "CREATE UNIQUE INDEX establishment_number ON {s}.establishment (number)",
        "CREATE INDEX establishment_enterprise ON {s}.establishment (enterprise)",
    ),
    "branch": (
        "CREATE UNIQUE INDEX branch_number ON {s}.branch (number)",
        "CREATE INDEX branch_enterprise ON {s}.branch (enterprise)",
    ),
    "code": ("CREATE UNIQUE INDEX code_key ON {s}.code (category, code, language)",),
    "name": ("CREATE INDEX name_entity ON {s}.name (entity)",),
    "address": ("CREATE INDEX address_entity ON {s}.address (entity)",),
    "contact": ("CREATE INDEX contact_entity ON {s}.contact (entity)",),
    "activity": ("CREATE INDEX activity_entity ON {s}.activity (entity)",),
    "name_key": (
        "CREATE TABLE {s}.sorted (LIKE {s}.name_key)",
        "INSERT INTO {s}.sorted SELECT * FROM {s}.name_key ORDER BY key, entity",
        "DROP TABLE {s}.name_key",
        "ALTER TABLE {s}.sorted RENAME TO name_key",
        "CREATE INDEX name_key_key ON {s}.name_key (key)",
        "CREATE INDEX name_key_entity ON {s}.name_key (entity)",
    ),
}
#: Tables where the same number twice is an error in the file: the row that came first stays.
UNIQUE = {"enterprise": "number", "establishment": "number", "branch": "number", "code": "category, code, language"}
KEPT_REJECTS = 1000


def check_schema(schema):
    """Return ``schema`` if it may be put in a statement; ValueError otherwise.

    >>> check_schema("be_register")
    'be_register'
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,40}", schema):
        raise ValueError(f"not a schema name: {schema!r}")
    return schema


def following(schema):
    """Return the name of the schema in which the next register is built."""
    return f"{check_schema(schema)}_next"


def exists(cr, schema):
    """Tell whether the schema is there."""
    cr.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (schema,))
    return bool(cr.fetchone())


def read_state(cr, schema):
    """Return the register's state as a dict of strings; empty where there is no register.

    Keys: ``kind, number, snapshot, version, licence`` of the last edition, ``fingerprint``, ``rows`` and ``rejects``.
    """
    if not exists(cr, schema):
        return {}
    cr.execute(f"SELECT key, value FROM {check_schema(schema)}.state")
    return dict(cr.fetchall())


def write_state(cr, schema, values):
    """Set keys of the register's state."""
    for key, value in values.items():
        cr.execute(
            f"INSERT INTO {check_schema(schema)}.state VALUES (%s, %s)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, str(value)),
        )


def create_build(cr, schema, parts):
    """Create the tables of the next register, empty; ``parts`` maps each member of the zip to its size."""
    build = following(schema)
    drop(cr, build)
    cr.execute(f"CREATE SCHEMA {build}")
    for name, columns in {**_TABLES, **_BUILD_TABLES, **_REPORT_TABLES}.items():
        cr.execute(f"CREATE TABLE {build}.{name} ({columns})")
    for name, size in parts.items():
        cr.execute(f"INSERT INTO {build}.part (file, size) VALUES (%s, %s)", (name, size))


def copy(cr, schema, table, columns, payload):
    """Append ``payload`` (a binary file in COPY text format) to a table."""
    cr.copy_expert(f"COPY {check_schema(schema)}.{table} ({columns}) FROM STDIN", payload, 1 << 20)


def count_rejects(cr, schema, file, rejects):
    """Count left-out rows ``[(line, reason)]`` of a file, and keep the places of the first ones."""
    if not rejects:
        return
    counts = {}
    for _line, reason in rejects:
        counts[reason] = counts.get(reason, 0) + 1
    kept = 0
    for reason, more in counts.items():
        cr.execute(
            f"INSERT INTO {schema}.reject_count AS known VALUES (%s, %s, %s)"
            " ON CONFLICT (file, reason) DO UPDATE SET count = known.count + excluded.count RETURNING count",
            (file, reason, more),
        )
        kept = max(kept, cr.fetchone()[0] - more)
    if kept < KEPT_REJECTS:
        for line, reason in rejects[: KEPT_REJECTS - kept]:
            cr.execute(f"INSERT INTO {schema}.reject VALUES (%s, %s, %s)", (file, line, reason))


def read_rejects(cr, schema):
    """Return the report of the last import: ``{(file, reason): (count, [first lines])}``."""
    cr.execute(f"SELECT file, reason, count FROM {check_schema(schema)}.reject_count")
    report = {(file, reason): (count, []) for file, reason, count in cr.fetchall()}
    cr.execute(f"SELECT file, reason, line FROM {schema}.reject ORDER BY file, line")
    for file, reason, line in cr.fetchall():
        report[file, reason][1].append(line)
    return report


def count(cr, schema):
    """Return how many enterprises the register holds, how many of them are active, and its establishments."""
    cr.execute(
        f"""SELECT count(*), count(*) FILTER (WHERE ended IS NULL),
                   (SELECT count(*) FROM {check_schema(schema)}.establishment) FROM {schema}.enterprise"""
    )
    return cr.fetchone()


def remove_duplicates(cr, schema, table):
    """Remove the later rows of numbers that a file holds twice, and count them as left out."""
    key = UNIQUE[table]
    cr.execute(
        f"""WITH gone AS (
                SELECT unnest((array_agg(ctid ORDER BY ctid))[2:]) AS row
                  FROM {schema}.{table} GROUP BY {key} HAVING count(*) > 1)
            DELETE FROM {schema}.{table} WHERE ctid IN (SELECT row FROM gone)"""
    )
    if cr.rowcount:
        cr.execute(
            f"INSERT INTO {schema}.reject_count VALUES (%s, 'duplicate', %s)"
            f" ON CONFLICT (file, reason) DO UPDATE SET count = excluded.count",
            (table, cr.rowcount),
        )


def forget_contacts_of_persons(cr, schema, among=None):
    """Remove e-mail addresses and telephone numbers of natural persons: the look-up does not need them.

    ``among``: only those of entities in this schema's ``contact`` table.
    """
    limit = f"AND c.entity IN (SELECT entity FROM {check_schema(among)}.contact)" if among else ""
    cr.execute(
        f"""DELETE FROM {schema}.contact c USING {schema}.enterprise e
             WHERE e.kind = '1' {limit}
               AND e.number = CASE WHEN c.entity < 2000000000 THEN c.entity
                                   ELSE (SELECT s.enterprise FROM {schema}.establishment s WHERE s.number = c.entity)
                              END"""
    )


def swap(cr, schema):
    """Take the built register into use; the caller commits. The register before it is dropped."""
    build, old = following(schema), f"{schema}_old"
    drop(cr, old)
    for name in _BUILD_TABLES:
        cr.execute(f"DROP TABLE {build}.{name}")
    if exists(cr, schema):
        cr.execute(f"ALTER SCHEMA {schema} RENAME TO {old}")
    cr.execute(f"ALTER SCHEMA {build} RENAME TO {schema}")
    drop(cr, old)


def apply_update(cr, schema, snapshot):
    """Bring the register in use up to date from the loaded update; the caller commits.

    An enterprise that the update takes out without putting it back is no longer active. A legal person stays, marked
    with the date, with its last known name, address and activities, so that a user is warned; a natural person goes,
    with everything about them.
    """
    build = following(schema)
    cr.execute(
        f"""CREATE TEMP TABLE ended AS
            SELECT e.number, e.kind FROM {schema}.enterprise e
              JOIN {build}.deleted d ON d.file = 'enterprise' AND d.entity = e.number
             WHERE NOT EXISTS (SELECT 1 FROM {build}.enterprise n WHERE n.number = e.number)"""
    )
    cr.execute("CREATE INDEX ON ended (number)")
    cr.execute(f"UPDATE {schema}.enterprise e SET ended = %s FROM ended x WHERE x.number = e.number", (snapshot,))
    files = {"name": "denomination", "name_key": "denomination"}
    for table, column in ENTITY_COLUMN.items():
        cr.execute(
            f"""DELETE FROM {schema}.{table} t
                 USING (SELECT entity FROM {build}.deleted WHERE file = %s
                         UNION SELECT {column} FROM {build}.{table}) d
                 WHERE t.{column} = d.entity
                   AND NOT EXISTS (SELECT 1 FROM ended x WHERE x.number = t.{column} AND x.kind <> '1')""",
            (files.get(table, table),),
        )
        columns = ", ".join(column.strip().split()[0] for column in _columns(table))
        cr.execute(f"INSERT INTO {schema}.{table} ({columns}) SELECT {columns} FROM {build}.{table}")
    # What is left of natural persons who ended, and of establishments that are gone.
    cr.execute(f"DELETE FROM {schema}.enterprise e USING ended x WHERE x.number = e.number AND x.kind = '1'")
    cr.execute(f"DELETE FROM {schema}.contact c USING ended x WHERE x.number = c.entity")
    forget_contacts_of_persons(cr, schema, among=build)
    cr.execute(f"SELECT count(*) FROM {build}.code")
    if cr.fetchone()[0]:
        cr.execute(f"DELETE FROM {schema}.code")
        cr.execute(f"INSERT INTO {schema}.code SELECT * FROM {build}.code")
    cr.execute("DROP TABLE ended")
    for name in _REPORT_TABLES:
        cr.execute(f"DELETE FROM {schema}.{name}")
        cr.execute(f"INSERT INTO {schema}.{name} SELECT * FROM {build}.{name}")
    drop(cr, build)


def _columns(table):
    # COLLATE "C" and the like follow the name and never hold a comma.
    return _TABLES[table].split(",")


def drop(cr, schema):
    """Remove a schema with everything in it."""
    cr.execute(f"DROP SCHEMA IF EXISTS {check_schema(schema)} CASCADE")


def remove(cr, schema):
    """Remove the register in use, the one being built, and what an interrupted swap may have left."""
    for name in (schema, following(schema), f"{schema}_old"):
        drop(cr, name)
