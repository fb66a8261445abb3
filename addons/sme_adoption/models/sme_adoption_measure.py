# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import funnel

ARRIVED = ("delivered", "accepted", "rejected")


class SmeAdoptionMeasure(models.AbstractModel):
    """The registry of tools: what each is measured by. For a tool there are the methods, each ending in its code:

    - ``_absent_<code>()``: text, why it cannot be measured here (its app is missing, and which), or None
    - ``_obstacles_<code>(partners)``: dict of partner id → a code of ``OBSTACLES``, for those who cannot use it
    - ``_uses_<code>(partners)``: SQL of (customer id, count or NULL, first day, last day), from real records of the
      current company
    - ``_touched_<code>(since)``: SQL of ids of partners whose figures may have changed since then
    - ``_link_<code>(row)``: address that the mail points to, or ""
    """

    _name = "sme.adoption.measure"
    _description = "What Tools are Measured by"

    @api.model
    def _absent(self, tool):
        return getattr(self, f"_absent_{tool.code}")()

    @api.model
    def _tools(self):
        """:return: sme.adoption.tool, those that can be measured here"""
        return (
            self.env["sme.adoption.tool"]
            .sudo()
            .search(fields.Domain.TRUE)
            .filtered(lambda tool: not self._absent(tool))
        )

    @api.model
    def _link(self, row):
        path = getattr(self, f"_link_{row.tool_id.code}")(row)
        return path if not path or path.startswith("http") else row.company_id.get_base_url() + path

    @api.model
    def _uses(self, tool, partners):
        """:return: dict of partner id → engine.funnel.Use"""
        self.env.cr.execute(getattr(self, f"_uses_{tool.code}")(partners))
        return {partner: funnel.Use(count, first, last) for partner, count, first, last in self.env.cr.fetchall()}

    @api.model
    def _without_email(self, partners):
        """:return: dict of the ids of those of whom no contact has an e-mail address → "no_email" """
        self.env.cr.execute(
            "SELECT DISTINCT commercial_partner_id FROM res_partner"
            " WHERE commercial_partner_id = ANY(%s) AND active AND email LIKE %s",
            (partners.ids, "%@%"),
        )
        reached = {id_ for (id_,) in self.env.cr.fetchall()}
        return {id_: "no_email" for id_ in partners.ids if id_ not in reached}

    # -------------------------------------------------------------------------------------------------- e-invoice

    def _absent_einvoice(self):
        if "peppol_verification_state" not in self.env["res.partner"]._fields:
            return self.env._("Install Belgian Peppol E-invoicing to send e-invoices.")
        return None

    def _obstacles_einvoice(self, partners):
        obstacles = {}
        for partner in partners:
            state = partner.peppol_verification_state
            if state == "valid":
                continue
            if not partner.is_company and not partner.vat:
                obstacles[partner.id] = "private"
            elif not partner.peppol_endpoint:
                obstacles[partner.id] = "no_number"
            else:
                known = {"not_valid": "not_on_network", "not_valid_format": "other_format"}
                obstacles[partner.id] = known.get(state, "not_looked_up")
        return obstacles

    def _uses_einvoice(self, partners):
        arrived = SQL("peppol_move_state = 'done'")
        if "peppol.exchange" in self.env:
            arrived = SQL(
                "(%s OR EXISTS (SELECT FROM peppol_exchange AS exchange WHERE exchange.move_id = move.id"
                " AND exchange.direction = 'out' AND exchange.state IN %s))",
                arrived,
                ARRIVED,
            )
        return SQL(
            "SELECT commercial_partner_id, count(*), min(invoice_date), max(invoice_date) FROM account_move AS move"
            " WHERE company_id = %s AND commercial_partner_id IN %s AND state = 'posted'"
            " AND move_type IN ('out_invoice', 'out_refund') AND invoice_date IS NOT NULL AND %s GROUP BY 1",
            self.env.company.id,
            tuple(partners.ids),
            arrived,
        )

    def _touched_einvoice(self, since):
        moves = SQL(
            "SELECT commercial_partner_id FROM account_move WHERE write_date >= %s AND move_type IN ('out_invoice',"
            " 'out_refund')",
            since,
        )
        if "peppol.exchange" not in self.env:
            return moves
        return SQL(
            "%s UNION SELECT move.commercial_partner_id FROM peppol_exchange AS exchange"
            " JOIN account_move AS move ON move.id = exchange.move_id WHERE exchange.write_date >= %s",
            moves,
            since,
        )

    def _link_einvoice(self, _row):
        return ""

    # ----------------------------------------------------------------------------------------------------- portal

    def _absent_portal(self):
        return None

    def _obstacles_portal(self, partners):
        return self._without_email(partners)

    def _uses_portal(self, partners):
        # core keeps each user's last login only
        return SQL(
            "SELECT partner.commercial_partner_id, NULL::int, max(log.create_date)::date, max(log.create_date)::date"
            " FROM res_users_log AS log JOIN res_users AS portal_user ON portal_user.id = log.create_uid"
            " JOIN res_partner AS partner ON partner.id = portal_user.partner_id"
            " WHERE portal_user.share AND partner.commercial_partner_id IN %s GROUP BY 1",
            tuple(partners.ids),
        )

    def _touched_portal(self, since):
        return SQL(
            "SELECT portal_user.partner_id FROM res_users_log AS log JOIN res_users AS portal_user"
            " ON portal_user.id = log.create_uid WHERE portal_user.share AND log.create_date >= %s",
            since,
        )

    def _link_portal(self, row):
        partner = row.mail_partner_id
        if partner.user_ids or not partner:
            return "/my"
        partner.signup_prepare()
        return partner.with_context(signup_valid=True)._get_signup_url_for_action().get(partner.id) or "/my"

    # --------------------------------------------------------------------------------------------------- web shop

    def _absent_web_shop(self):
        if "sale.order" not in self.env or "website_id" not in self.env["sale.order"]._fields:
            return self.env._("Install eCommerce to have a web shop.")
        return None

    def _obstacles_web_shop(self, partners):
        return self._without_email(partners)

    def _uses_web_shop(self, partners):
        return SQL(
            "SELECT partner.commercial_partner_id, count(*), min(date_order)::date, max(date_order)::date"
            " FROM sale_order AS sale JOIN res_partner AS partner ON partner.id = sale.partner_id"
            " WHERE sale.company_id = %s AND partner.commercial_partner_id IN %s AND sale.state = 'sale'"
            " AND sale.website_id IS NOT NULL GROUP BY 1",
            self.env.company.id,
            tuple(partners.ids),
        )

    def _touched_web_shop(self, since):
        return SQL("SELECT partner_id FROM sale_order WHERE website_id IS NOT NULL AND write_date >= %s", since)

    def _link_web_shop(self, _row):
        return "/shop"

    # --------------------------------------------------------------------------------------------- online payment

    def _absent_online_payment(self):
        if "payment.transaction" not in self.env or "payment.provider" not in self.env:
            return self.env._("Install a payment provider to be paid online.")
        # sudo: whether somebody can pay online is no secret
        enabled = (
            self.env["payment.provider"]
            .sudo()
            .search_count([("state", "!=", "disabled"), ("company_id", "=", self.env.company.id)], limit=1)
        )
        return None if enabled else self.env._("Enable a payment provider to be paid online.")

    def _obstacles_online_payment(self, partners):
        return self._without_email(partners)

    def _uses_online_payment(self, partners):
        return SQL(
            "SELECT partner.commercial_partner_id, count(*),"
            " min(COALESCE(paid.last_state_change, paid.create_date))::date,"
            " max(COALESCE(paid.last_state_change, paid.create_date))::date FROM payment_transaction AS paid"
            " JOIN res_partner AS partner ON partner.id = paid.partner_id WHERE paid.company_id = %s"
            " AND partner.commercial_partner_id IN %s AND paid.state = 'done' AND paid.operation <> 'refund'"
            " GROUP BY 1",
            self.env.company.id,
            tuple(partners.ids),
        )

    def _touched_online_payment(self, since):
        return SQL("SELECT partner_id FROM payment_transaction WHERE write_date >= %s", since)

    def _link_online_payment(self, _row):
        return "/my/invoices"
