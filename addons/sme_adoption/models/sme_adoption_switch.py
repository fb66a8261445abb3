# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

LIMIT = 1000


class SmeAdoptionSwitch(models.Model):
    """E-invoices became the default for a customer for whom none was chosen: each can be taken back."""

    _name = "sme.adoption.switch"
    _description = "Switch to E-invoices"
    _order = "id DESC"
    _rec_name = "partner_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade", index=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, ondelete="cascade", index=True
    )
    undone_on = fields.Datetime(string="Taken back on", readonly=True)

    @api.model
    def _ready(self, company):
        """Business customers who can receive e-invoices and for whom nobody chose a way of sending.

        A way that is chosen is the customer's: the customer may choose it in the portal. One that was taken back is not
        switched again.

        :return: res.partner
        """
        partners = self.env["res.partner"].sudo().with_company(company)
        if "peppol_verification_state" not in partners._fields:
            return partners
        declined = (
            self.env["sme.adoption.customer"]
            .sudo()
            .search([("company_id", "=", company.id), ("tool_id.code", "=", "einvoice"), ("declined_on", "!=", False)])
        )
        undone = self.sudo().search([("company_id", "=", company.id), ("undone_on", "!=", False)])
        found = partners.search(
            [
                ("customer_rank", ">", 0),
                ("parent_id", "=", False),
                ("peppol_verification_state", "=", "valid"),
                ("invoice_sending_method", "=", False),
                ("company_id", "in", (False, company.id)),
                ("id", "not in", (declined.partner_id | undone.partner_id).ids),
            ],
            limit=LIMIT,
        )
        formats = set(partners._get_peppol_formats())
        return found.filtered(lambda one: (one.is_company or one.vat) and one.invoice_edi_format in formats)

    @api.model
    def _switch(self, company):
        """Make e-invoices the default where they can be received.

        :return: sme.adoption.switch, those made now
        """
        partners = self._ready(company)
        switches = self.sudo().create([{"company_id": company.id, "partner_id": partner.id} for partner in partners])
        partners.write({"invoice_sending_method": "peppol"})
        return switches

    @api.model
    def action_switch_all(self):
        """Switch all customers of the current company who are ready for it, and show them."""
        self.check_access("create")
        made = self._switch(self.env.company)
        if not made:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "type": "info",
                    "message": self.env._(
                        "No customer to switch: the business customers who can receive e-invoices get them already, or "
                        "have chosen otherwise."
                    ),
                },
            }
        action = self.env["ir.actions.act_window"]._for_xml_id("sme_adoption.action_sme_adoption_switch")
        action["domain"] = [("id", "in", made.ids)]
        return action

    def action_undo(self):
        """No way of sending is chosen again, where nobody has chosen another one since."""
        self.check_access("write")
        for switch in self.filtered(lambda one: not one.undone_on):
            # sudo: a manager takes back what the switch did, no more
            partner = switch.partner_id.sudo().with_company(switch.company_id)
            if partner.invoice_sending_method == "peppol":
                partner.invoice_sending_method = False
            switch.sudo().undone_on = fields.Datetime.now()
