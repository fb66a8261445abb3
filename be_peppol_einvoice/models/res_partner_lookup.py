# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.tools import groupby

from odoo.addons.account.models.company import PEPPOL_LIST

from ..transport import bulk, outcome
from ..transport.identifiers import (
    DocumentType,
    InvalidIdentifier,
    ParticipantId,
    belgian_alternatives,
)

#: Core's state for each outcome that is known.
STATES = {
    outcome.CAN_RECEIVE: "valid",
    outcome.OTHER_DOCUMENTS: "not_valid_format",
    outcome.NOT_REGISTERED: "not_valid",
}
#: How long a look-up without an answer is not repeated before an invoice is sent.
BACK_OFF = timedelta(minutes=10)
#: The reasons of ``transport.outcome.REASONS`` in the user's words.
REASONS = [
    ("not_in_sml", "Not in Peppol's register of participants"),
    ("no_participant", "Its access point does not know it"),
    ("government_fallback", "Only entered by the government; nothing sent there arrives"),
    ("no_document", "Receives other documents, but not this e-invoice"),
    ("no_process", "Receives this e-invoice only in another business process"),
    ("no_transport", "Receives this e-invoice only over a retired transport"),
    ("not_active", "Its registration has not begun yet"),
    ("expired", "Its registration has ended"),
    ("dns_timeout", "The name server did not answer in time"),
    ("dns_failed", "The name server could not answer"),
    ("dns_zone", "The Peppol network cannot be found from this server"),
    ("dns_invalid", "The entry in Peppol's register cannot be read"),
    ("smp_timeout", "Its access point's directory did not answer in time"),
    ("smp_unreachable", "Its access point's directory cannot be reached"),
    ("smp_refused", "Its access point's directory is at an address that may not be asked"),
    ("smp_error", "Its access point's directory answered with an error"),
    ("smp_invalid", "The directory's answer cannot be read"),
    ("smp_other", "The directory answered for somebody else"),
    ("smp_redirects", "The directory sends on more than once"),
    ("redirect_certificate", "The directory sends on to one with another certificate"),
    ("signature_missing", "The directory's answer is not signed"),
    ("signature_invalid", "The signature of the directory's answer is wrong"),
    ("signature_untrusted", "The directory's answer is not signed by a member of this network"),
    ("no_anchors", "The certificates of this network are not known"),
    ("no_resolver", "The server lacks the Python package dnspython"),
]
_INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice##{}::2.1"


def utc_now():
    return fields.Datetime.now().replace(tzinfo=UTC)


class ResPartner(models.Model):
    """What the Peppol network says of a partner, as each company last heard it.

    Only what is known is kept as the outcome. A look-up without an answer leaves it as it is and is noted beside it.
    """

    _inherit = "res.partner"

    peppol_lookup_outcome = fields.Selection(
        [
            (outcome.CAN_RECEIVE, "Can receive"),
            (outcome.OTHER_DOCUMENTS, "Registered, but not for this document"),
            (outcome.NOT_REGISTERED, "Not registered"),
        ],
        string="Outcome in the Peppol network",
        company_dependent=True,
        copy=False,
    )
    peppol_lookup_date = fields.Datetime(string="Looked up on", company_dependent=True, copy=False)
    peppol_lookup_participant = fields.Char(string="Looked up as", company_dependent=True, copy=False)
    peppol_lookup_documents = fields.Text(string="Documents it can receive", company_dependent=True, copy=False)
    peppol_lookup_reason = fields.Selection(REASONS, string="Why it cannot receive", company_dependent=True, copy=False)
    peppol_lookup_failure = fields.Selection(REASONS, string="Why nobody knows", company_dependent=True, copy=False)
    peppol_lookup_failure_date = fields.Datetime(
        string="Last look-up without an answer", company_dependent=True, copy=False
    )

    @api.model
    def _peppol_lookup_reasons(self):
        """dict from each reason to its text in the user's language."""
        return dict(self._fields["peppol_lookup_reason"]._description_selection(self.env))

    # ------------------------------------------------------------------------------------------------------------------
    # One partner
    # ------------------------------------------------------------------------------------------------------------------

    def button_account_peppol_check_partner_endpoint(self, company=None):
        """Ask the network; core asks its own server only where the network has no answer and none is known.

        Core names the company when it checks on its own, before an invoice is sent: then an answer that is still
        fresh is used again. Without one, a user has pressed the button and wants to know.
        """
        self.ensure_one()
        company_checked = company or self.env.company
        if self._peppol_look_up(company_checked, again=company is None):
            return False
        return super().button_account_peppol_check_partner_endpoint(company=company)

    def _update_peppol_state_per_company(self, vals=None):
        """New partners are not looked up while they are made: an import of thousands would wait for the network.

        They are looked up when they are invoiced, and as customers every night.
        """
        if vals is None and self.env.company._peppol_lookup_network() is not None:
            return
        super()._update_peppol_state_per_company(vals=vals)

    def _peppol_look_up(self, company, again=False):
        """Look the partner up for a company; return whether that settles it (False: core may try)."""
        partner = self.with_company(company)
        network = company._peppol_lookup_network()
        question = network and partner._peppol_lookup_question()
        if not question:
            return False
        if not again and partner._peppol_lookup_is_fresh():
            return True
        if not again and partner._peppol_lookup_just_failed():
            return partner.peppol_verification_state not in ("not_verified", False)
        found = bulk.look_up_first(question, network, now=utc_now())
        if found.kind == outcome.UNKNOWN:
            found = partner._peppol_provider_outcome(question, found)
        partner._peppol_keep_outcome(found)
        return found.kind != outcome.UNKNOWN or partner.peppol_verification_state not in ("not_verified", False)

    def _peppol_provider_outcome(self, question, unknown):
        """Where the network has no answer, that of the access point; ``unknown`` where it has none either."""
        for participant in question.participants:
            answer = self.env.company._peppol_provider_lookup(str(participant), question.document_type.value)
            if answer is not None and answer.kind != outcome.UNKNOWN:
                kinds = map(DocumentType.addressed, answer.document_types)
                documents = tuple(outcome.Document(kind.scheme, kind.value) for kind in kinds)
                reason = answer.reason if answer.reason in outcome.REASONS else ""
                return outcome.Outcome(participant, answer.kind, reason, documents=documents)
        return unknown

    def _peppol_lookup_question(self, key=None):
        """What to ask the network about the partner; None where there is nothing to ask."""
        self.ensure_one()
        edi_format = self._get_peppol_edi_format()
        if not (self.peppol_eas and self.peppol_endpoint) or edi_format not in self._get_peppol_formats():
            return None
        if self.peppol_eas == "odemo":
            return None
        try:
            participant = ParticipantId.parse(f"{self.peppol_eas}:{self.peppol_endpoint}")
        except InvalidIdentifier:
            return None
        customization = self._get_edi_builder(edi_format)._get_customization_id()
        document_type = DocumentType.addressed(_INVOICE.format(customization))
        return bulk.Question(key, tuple(belgian_alternatives(participant)), document_type)

    def _peppol_lookup_is_fresh(self):
        """Whether what is known is of the partner's present number, and not older than it may be."""
        self.ensure_one()
        return bool(
            self.peppol_lookup_outcome
            and self.peppol_lookup_participant == f"{self.peppol_eas}:{self.peppol_endpoint}".lower()
            and self.peppol_verification_state == STATES[self.peppol_lookup_outcome]
            and self.peppol_lookup_date
            and self.peppol_lookup_date
            > fields.Datetime.now() - timedelta(hours=self.env.company._peppol_lookup_hours())
        )

    def _peppol_lookup_just_failed(self):
        """Whether nobody answered a moment ago: whoever sends an invoice need not wait for that again."""
        self.ensure_one()
        failed = self.peppol_lookup_failure_date
        return bool(failed and failed > fields.Datetime.now() - BACK_OFF)

    # ------------------------------------------------------------------------------------------------------------------
    # Keeping what has been found
    # ------------------------------------------------------------------------------------------------------------------

    def _peppol_keep_outcome(self, found, log=True):
        """Write what a look-up found for ``self.env.company``, and core's state with it.

        sudo: what the network says is no opinion of the user's; whoever may send an invoice may learn it
        """
        self.ensure_one()
        partner = self.sudo()
        now = fields.Datetime.now()
        if found.kind == outcome.UNKNOWN:
            partner.write({"peppol_lookup_failure": found.reason, "peppol_lookup_failure_date": now})
            return
        before = partner.peppol_verification_state
        eas, endpoint = found.participant.scheme, found.participant.value
        values = {
            "peppol_lookup_outcome": found.kind,
            "peppol_lookup_date": now,
            "peppol_lookup_documents": "\n".join(dict.fromkeys(one.name for one in found.documents)) or False,
            "peppol_lookup_reason": found.reason or False,
            "peppol_lookup_failure": False,
            "peppol_lookup_failure_date": False,
            "peppol_verification_state": STATES[found.kind],
        }
        if found.kind == outcome.CAN_RECEIVE and eas != partner.peppol_eas:
            # as core does: the number under which the partner is reached
            values |= {"peppol_eas": eas, "peppol_endpoint": endpoint.upper() if eas == "9925" else endpoint}
        values["peppol_lookup_participant"] = (
            f"{values.get('peppol_eas', partner.peppol_eas)}:{values.get('peppol_endpoint', partner.peppol_endpoint)}"
        ).lower()
        partner.write(values)
        if log and before not in (False, STATES[found.kind]) and isinstance(partner.id, int):
            partner._log_verification_state_update(self.env.company, before, STATES[found.kind])

    # ------------------------------------------------------------------------------------------------------------------
    # Many partners
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _peppol_lookup_domain(self, company):
        """The company's customers whose number can be looked up, one record for each business."""
        customers = self.env["be.peppol.overview"].with_company(company)._customer_domains()["customers"]
        return customers & fields.Domain(
            [("peppol_endpoint", "!=", False), ("peppol_eas", "!=", False), ("country_code", "in", PEPPOL_LIST)]
        )

    def _peppol_look_up_many(self, company, workers=bulk.WORKERS):
        """Look the partners up for a company, several at a time.

        :return: dict from kind of outcome to the number of partners; "skipped": those about whom there is no question
        """
        network = company._peppol_lookup_network()
        counts = dict.fromkeys((*outcome.KINDS, "skipped"), 0)
        partners = {partner.id: partner for partner in self.with_company(company)}
        questions = [partner._peppol_lookup_question(partner.id) for partner in partners.values()]
        asked = [question for question in questions if question]
        counts["skipped"] = len(questions) - len(asked)
        if network is None or not asked:
            return counts
        for question, found in bulk.look_up_many(asked, network, utc_now, workers):
            partner = partners[question.key]
            # a first check changes every partner: only what changes later is worth a line in the history
            partner._peppol_keep_outcome(found, log=partner.peppol_verification_state != "not_verified")
            counts[found.kind] += 1
        return counts

    @api.model
    def _peppol_refresh(self, partners_by_company):
        """Look up again, before invoices leave, the partners of whom the answer is too old.

        :param partners_by_company: ``(company, partner)`` pairs
        """
        for company, pairs in groupby(partners_by_company, key=lambda pair: pair[0]):
            partners = self.browse().union(*(partner for _company, partner in pairs)).with_company(company)
            stale = partners.filtered(
                lambda one: not one._peppol_lookup_is_fresh() and not one._peppol_lookup_just_failed()
            )
            if stale and company._peppol_lookup_network() is not None:
                stale._peppol_look_up_many(company)
