# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from ..register import vies

URL_PARAMETER = "be_enterprise.vies_url"
BATCH_PARAMETER = "be_enterprise.vies_batch"
#: Numbers asked about in one night unless the parameter says otherwise.
BATCH = 200
#: An answer older than this is asked again in the nightly batch.
MAX_AGE = timedelta(days=90)
#: So many numbers in a row without an answer: the service is down, not the numbers.
MAX_FAILURES = 5


class BeRegisterVies(models.Model):
    """What VIES last said about a VAT number, and since when.

    One record per number, for all companies: the answers are public. An attempt that gets no answer leaves the last
    answer and its date as they were.
    """

    _name = "be.register.vies"
    _description = "VIES Answer about a VAT Number"
    _rec_name = "vat"
    _order = "attempted_at desc, id desc"

    vat = fields.Char(string="VAT Number", required=True, readonly=True)
    state = fields.Selection(
        [("unknown", "No answer yet"), ("valid", "Valid"), ("invalid", "Not valid")],
        default="unknown",
        required=True,
        readonly=True,
    )
    answered_at = fields.Datetime(string="Last Answer", readonly=True)
    attempted_at = fields.Datetime(string="Last Attempt", readonly=True)
    failure = fields.Char(
        readonly=True, help="Why the last attempt got no answer (VIES's own code). It says nothing about the number."
    )
    name = fields.Char(string="Name in VIES", readonly=True)
    address = fields.Char(string="Address in VIES", readonly=True)

    _vat_unique = models.UniqueIndex("(vat)", "There is already an answer about this VAT number.")

    @api.model
    def _normalise(self, vat):
        """Return the number as it is kept, or False where VIES cannot be asked about it."""
        try:
            return "".join(vies.split(vat))
        except vies.NotAskable:
            return False

    @api.model
    def _known(self, vats):
        """Map those of the numbers (in any writing) that were asked about to their record."""
        kept = {vat: self._normalise(vat) for vat in vats if vat}
        records = {record.vat: record for record in self.search([("vat", "in", [v for v in kept.values() if v])])}
        return {vat: records[number] for vat, number in kept.items() if number in records}

    @api.model
    def _ask(self, vat):
        """Ask VIES about one number and return its record; an empty record where VIES cannot be asked about it."""
        number = self._normalise(vat)
        if not number:
            return self.browse()
        record = self.search([("vat", "=", number)]) or self.create({"vat": number})
        now = fields.Datetime.now()
        try:
            answer = vies.check(number, base_url=self._base_url())
        except vies.Unreachable as error:
            record.write({"attempted_at": now, "failure": str(error)})
            return record
        record.write(
            {
                "state": "valid" if answer.valid else "invalid",
                "answered_at": now,
                "attempted_at": now,
                "failure": False,
                "name": answer.name,
                "address": answer.address,
            }
        )
        return record

    @api.model
    def _base_url(self):
        return self.env["ir.config_parameter"].sudo().get_param(URL_PARAMETER) or vies.BASE_URL

    @api.model
    def _cron_check(self):
        """Ask about the numbers of customers and suppliers that were never answered, or longest ago; bounded."""
        batch = int(self.env["ir.config_parameter"].sudo().get_param(BATCH_PARAMETER) or BATCH)
        failures = 0
        due = self._due(batch)
        for rank, vat in enumerate(due, 1):
            record = self._ask(vat)
            failures = failures + 1 if record.failure else 0
            self.env["ir.cron"]._commit_progress(1, remaining=0 if failures >= MAX_FAILURES else len(due) - rank)
            if failures >= MAX_FAILURES:
                break

    @api.model
    def _due(self, limit):
        """Return up to ``limit`` VAT numbers to ask about, those never answered first."""
        partners = self.env["res.partner"].search(
            [("vat", "!=", False), ("parent_id", "=", False), "|", ("customer_rank", ">", 0), ("supplier_rank", ">", 0)]
        )
        numbers = dict.fromkeys(filter(None, (self._normalise(vat) for vat in partners.mapped("vat"))))
        known = {record.vat: record for record in self.search([("vat", "in", list(numbers))])}
        fresh = fields.Datetime.now() - MAX_AGE
        answered = {number: known[number].answered_at if number in known else False for number in numbers}
        due = [number for number, date in answered.items() if not date or date < fresh]
        attempted = {number: known[number].attempted_at if number in known else False for number in due}
        never = fields.Datetime.from_string("1970-01-01 00:00:00")
        return sorted(due, key=lambda number: (answered[number] or never, attempted[number] or never))[:limit]
