# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import CyberCommon


@tagged("post_install", "-at_install")
class TestDeclared(CyberCommon):
    def declare(self, **values):
        return (
            self.env["sme.cyber.measure"]
            .with_user(self.officer)
            .create(
                {"kind": "restore", "company_id": self.company.id, "evidence": "Restored on the spare server", **values}
            )
        )

    def test_it_holds_only_for_a_while(self):
        with freeze_time("2026-01-10"):
            measure = self.declare()
            self.assertEqual(measure.valid_until, date(2026, 7, 10))
            self.assertEqual(measure.state, "valid")
        for day, state in (("2026-06-20", "soon"), ("2026-07-10", "soon"), ("2026-07-11", "expired")):
            with freeze_time(day):
                measure.invalidate_recordset(["state"])
                self.assertEqual(measure.state, state, day)

    def test_a_yes_needs_evidence(self):
        with self.assertRaises(ValidationError):
            self.declare(evidence=False)
        self.assertEqual(self.declare(answer="no", evidence=False).state, "no")

    def test_nobody_makes_it_hold_for_ever(self):
        with self.assertRaises(ValidationError):
            self.declare(valid_until="2099-01-01")

    def test_the_form_fills_in_the_term(self):
        with freeze_time("2026-01-10"), Form(self.env["sme.cyber.measure"].with_user(self.officer)) as form:
            form.kind = "logs"
            form.evidence = "No strange log-in in December"
            self.assertEqual(str(form.valid_until), "2026-02-10")

    def test_the_page_shows_the_last_one_and_what_is_missing(self):
        with freeze_time("2026-03-01"):
            self.declare(answer="no", evidence=False, declared_on="2026-01-01")
            self.declare(declared_on="2026-02-01")
            page = self.env["sme.cyber.page"].with_user(self.officer).get_page()
        states = {one["kind"]: one["state"] for one in page["declared"]}
        self.assertEqual((states["restore"], states["antivirus"]), ("valid", "missing"))
