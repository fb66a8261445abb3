# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..engine import upload


class DossierPortal(CustomerPortal):
    """Dossiers shared with a provider or an outside adviser: their stage, deadlines and documents, and uploads.

    There are no links with a token: whoever wants to see a dossier logs in.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "digital_cheque_count" in counters:
            values["digital_cheque_count"] = len(self._dossiers())
        return values

    @staticmethod
    def _dossiers(dossier_id=None):
        return request.env["digital.cheque.dossier"]._shared_with(request.env.user, dossier_id)

    def _one(self, dossier_id):
        dossier = self._dossiers(dossier_id)
        if not dossier:
            # the same answer whether the dossier is of others or does not exist
            raise NotFound()
        return dossier

    @http.route("/my/dossiers", type="http", auth="user", website=True, readonly=True)
    def portal_dossiers(self):
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="digital_cheque",
            dossiers=[dossier._portal_values() for dossier in self._dossiers()],
        )
        return request.render("be_digital_cheque.portal_dossiers", values)

    @http.route("/my/dossiers/<int:dossier_id>", type="http", auth="user", website=True, readonly=True)
    def portal_dossier(self, dossier_id, done=None, **_others):
        return self._page(self._one(dossier_id), done=bool(done))

    @http.route("/my/dossiers/<int:dossier_id>/upload", type="http", auth="user", website=True, methods=["POST"])
    def portal_dossier_upload(self, dossier_id, document_id=None, **_others):
        dossier = self._one(dossier_id)
        file = request.httprequest.files.get("file")
        # one byte more than is accepted tells that a file is too large, without reading all of it
        content = file.read(upload.MAX_BYTES + 1) if file else b""
        try:
            dossier._portal_upload(
                request.env.user.partner_id,
                file.filename if file else "",
                content,
                int(document_id) if document_id and document_id.isdecimal() else None,
            )
        except UserError as error:
            return self._page(dossier, problem=str(error))
        return request.redirect(f"/my/dossiers/{dossier.id}?done=1")

    def _page(self, dossier, **values):
        return request.render(
            "be_digital_cheque.portal_dossier",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "digital_cheque",
                "dossier": dossier._portal_values(),
                "accepted": ",".join(upload.KINDS),
                "megabytes": upload.MAX_BYTES // upload.MEGABYTE,
                **values,
            },
        )
