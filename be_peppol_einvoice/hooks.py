# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tools import SQL

from odoo.addons.be_enterprise.leftovers import forget_names_of_others


def post_init_hook(env):
    """Mark the vendor bills that came in as e-invoices before this module was there.

    From now on the import itself marks them. Of older ones that did not come over Peppol, the XML file is the only
    trace: core links it to the bill (upload) or only to the message (e-mail). One statement, because a database may
    hold very many bills.
    """
    env.cr.execute(
        SQL(
            """
            UPDATE account_move AS move
               SET imported_from_einvoice = TRUE
             WHERE move.move_type IN ('in_invoice', 'in_refund')
               AND (
                    (move.peppol_message_uuid IS NOT NULL AND move.peppol_move_state IS NOT NULL)
                    OR EXISTS (
                        SELECT 1
                          FROM ir_attachment AS file
                         WHERE file.res_model = 'account.move'
                           AND file.res_id = move.id
                           AND file.res_field IS NULL
                           AND file.name ILIKE %(pattern)s
                    )
                    OR EXISTS (
                        SELECT 1
                          FROM mail_message AS message
                          JOIN message_attachment_rel AS rel ON rel.message_id = message.id
                          JOIN ir_attachment AS file ON file.id = rel.attachment_id
                         WHERE message.model = 'account.move'
                           AND message.res_id = move.id
                           AND file.res_field IS NULL
                           AND file.name ILIKE %(pattern)s
                    )
               )
            """,
            pattern="%.xml",
        )
    )
    env["account.move"].invalidate_model(["imported_from_einvoice"])


def uninstall_hook(env):
    forget_names_of_others(env, "be_peppol_einvoice", "peppol_connection")
