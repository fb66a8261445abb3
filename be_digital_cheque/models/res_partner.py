# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.fields import Domain

from ..engine import period as periods


class ResPartner(models.Model):
    _inherit = "res.partner"

    digital_cheque_label_ids = fields.One2many(
        "digital.cheque.provider.label", "partner_id", string="Labels and Registrations"
    )

    def _digital_cheque_label(self, programme, on):
        """Tell whether this provider may be paid under a programme on a day.

        :param programme: one `digital.cheque.programme`
        :param on: date
        :return: True: yes, or the programme asks for no label; False: what is known of the provider excludes it (no
            label, or not valid on that day); None: nothing is known of it, or of what the programme asks
        """
        self.ensure_one()
        requirement = programme._version_on(on).provider_requirement
        if requirement == "none":
            return True
        # sudo: the registers are public; which of them a user may edit does not change what they say
        labels = (
            self.sudo()
            .env["digital.cheque.provider.label"]
            .search(
                Domain("partner_id", "in", (self | self.commercial_partner_id).ids)
                & Domain("authority_id", "=", programme.authority_id.id)
            )
        )
        labels = labels.filtered(lambda label: not label.programme_ids or programme in label.programme_ids)
        if not labels:
            return None
        return any(
            label.kind != "none" and periods.phase(label.valid_from, label.valid_to, on) == periods.CURRENT
            for label in labels
        )
