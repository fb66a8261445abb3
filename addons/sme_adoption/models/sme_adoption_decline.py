# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from urllib.parse import urlencode

from odoo import api, models, tools
from odoo.tools import consteq

SCOPE = "sme_adoption.decline"


class SmeAdoptionDecline(models.AbstractModel):
    """The link in each mail by which a customer says no, without an account."""

    _name = "sme.adoption.decline"
    _description = "Link to Decline a Tool"

    @api.model
    def _link(self, row):
        parameters = urlencode({"row": row.id, "token": self._token(row.id)})
        return f"{row.company_id.get_base_url()}/sme_adoption/decline?{parameters}"

    @api.model
    def _token(self, row_id):
        return tools.hmac(self.env(su=True), SCOPE, row_id)

    @api.model
    def _row_of_link(self, row_id, token):
        """
        :return: sme.adoption.customer whose link it is, or an empty one
        """
        rows = self.env["sme.adoption.customer"]
        if not row_id.isdecimal() or len(row_id) > 9 or not consteq(self._token(int(row_id)), token):
            return rows
        return rows.browse(int(row_id)).exists()
