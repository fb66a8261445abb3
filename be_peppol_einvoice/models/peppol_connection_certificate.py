# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..providers.errors import ProviderError

# A new certificate of OpenPeppol takes days, and its renewal weeks where nobody was ready for it
EARLY = timedelta(days=30)


class PeppolConnection(models.Model):
    """The end of the access point's own certificate: from then on it can neither send nor receive."""

    _inherit = "peppol.connection"

    certificate_until = fields.Datetime(
        string="Certificate valid until",
        readonly=True,
        copy=False,
        help="The access point's own certificate in the Peppol network, where it tells.",
    )
    certificate_warned = fields.Datetime(readonly=True, copy=False, help="The end of which was warned already.")
    certificate_state = fields.Selection(
        [("ok", "Valid"), ("soon", "Ends soon"), ("expired", "Expired")], compute="_compute_certificate_state"
    )

    @api.depends("certificate_until")
    def _compute_certificate_state(self):
        now = fields.Datetime.now()
        for connection in self:
            until = connection.certificate_until
            connection.certificate_state = until and (
                "expired" if until <= now else "soon" if until <= now + EARLY else "ok"
            )

    def action_connect(self):
        result = super().action_connect()
        self._watch_certificate()
        return result

    @api.model
    def _cron_certificates(self):
        """Ask each access point in use how long its certificate is valid."""
        for connection in self.search([("state", "!=", "draft")]):
            connection._watch_certificate()
            # the next access point may take its time
            self.env["peppol.exchange"]._end_transaction(1)

    def _watch_certificate(self):
        """Note the certificate's end, and warn once of each end that comes near; no answer changes nothing."""
        try:
            until = self._provider().certificate_until()
        except (ProviderError, UserError):
            # also where the add-on of the access point is gone: the others are asked all the same
            return
        if until:
            self.certificate_until = until.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        if self.certificate_state not in ("soon", "expired") or self.certificate_warned == self.certificate_until:
            return
        self.certificate_warned = self.certificate_until
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=fields.Date.to_date(self.certificate_until),
            summary=self.env._("The access point's certificate must be renewed"),
            note=self.env._(
                "It is valid until %s. From then on the access point can neither send nor receive: whoever runs it has "
                "to install a new one before.",
                fields.Date.to_string(self.certificate_until),
            ),
            user_id=self.create_uid.id,
        )
