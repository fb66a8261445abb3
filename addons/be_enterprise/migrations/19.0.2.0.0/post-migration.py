# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from hashlib import sha256
from pathlib import Path

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from odoo.addons.be_enterprise.register import store

NEW_POSTAL_CODES = ("1804", "5352")


def migrate(cr, version):
    """Replace the fifty activity codes that came as data by the official lists; what users changed stays.

    Run again, it finds nothing more to do.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    _mark_untouched(cr)
    env.invalidate_all()
    if env["be.register"].is_filled():
        cr.execute(store.INDEXES["enterprise"][-1].format(s=env["be.register"]._schema()))
    # The codes that a look-up added with the register's own title are that list's too.
    if env["be.register"].is_filled():
        titles = {
            (version_, code): set(texts.values()) | {code}
            for version_, code, texts in env["be.register"]._nace_titles()
        }
        for record in env["be.nace.code"].with_context(active_test=False).search([("is_official", "=", False)]):
            if record.name in titles.get((record.version, record.code), ()) and not record.successor_ids:
                cr.execute(SQL("UPDATE be_nace_code SET is_official = true WHERE id = %s", record.id))
        env.invalidate_all()
    cr.execute(SQL("DELETE FROM ir_model_data WHERE module = 'be_enterprise' AND model = 'be.nace.code'"))
    env["be.nace.code"]._load_official()
    _fill_places(env)


def _mark_untouched(cr):
    """Mark the codes that came as data and that nobody changed.

    A changed title or successor names its user. A changed translation does not: the title is then none of those that
    came with the add-on, in any language.
    """
    shipped = set((Path(__file__).parent / "shipped_titles.txt").read_text(encoding="utf-8").split())
    cr.execute(
        SQL(
            """
            SELECT c.id, c.version, c.code, c.name
              FROM be_nace_code c JOIN ir_model_data d ON d.model = 'be.nace.code' AND d.res_id = c.id
             WHERE d.module = 'be_enterprise' AND c.write_uid = %s
            """,
            SUPERUSER_ID,
        )
    )
    untouched = [
        code_id
        for code_id, version, code, names in cr.fetchall()
        if all(sha256(f"{version} {code} {name}".encode()).hexdigest()[:12] in shipped for name in names.values())
    ]
    cr.execute(SQL("UPDATE be_nace_code SET is_official = true WHERE id = ANY(%s)", untouched))


def _fill_places(env):
    """Places whose postal code was not known yet; a region that a user chose there stays."""
    for model, region in (("res.partner", "be_region"), ("be.establishment", "region")):
        places = env[model].with_context(active_test=False)
        unknown = places.search([("zip", "in", NEW_POSTAL_CODES), ("country_id.code", "=", "BE"), (region, "=", False)])
        env.add_to_compute(env[model]._fields[region], unknown)
    env.flush_all()
