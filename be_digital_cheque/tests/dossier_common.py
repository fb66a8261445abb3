# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

TODAY = "2026-11-24"
KNOW = {"digital_cheque_knowingly": "Agreed with the authority on the phone"}


class DossierCase(AccountTestInvoicingCommon):
    """Belgian books, a provider, and a dossier of the Brussels digitalisation grant (apply before the start)."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("be")
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env.user.group_ids |= cls.env.ref("be_digital_cheque.group_digital_cheque_manager")
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US", digital_cheque_date=TODAY))
        cls.company = cls.company_data["company"]
        cls.provider = cls.env["res.partner"].create({"name": "Webwerk", "is_company": True})
        cls.programme = cls.env.ref("be_digital_cheque.programme_bru_digital")
        cls.version = cls.env.ref("be_digital_cheque.version_bru_digital_2024")
        cls.user = new_test_user(
            cls.env,
            "dossier_user",
            "be_digital_cheque.group_digital_cheque_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def dossier(cls, **values):
        return cls.env["digital.cheque.dossier"].create(
            {
                "name": "Web shop",
                "company_id": cls.company.id,
                "programme_id": cls.programme.id,
                "cost_kind_id": cls.env.ref("be_digital_cheque.cost_eshop").id,
                "provider_id": cls.provider.id,
                "planned_cost": 12000,
                "expected_aid": 3000,
                "planned_start": "2027-01-11",
                **values,
            }
        )

    @classmethod
    def bill(cls, *amounts, date="2026-11-20", partner=None, **values):
        return cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": (partner or cls.provider).id,
                "invoice_date": date,
                "company_id": cls.company.id,
                "invoice_line_ids": [
                    Command.create({"name": f"Work {amount}", "quantity": 1, "price_unit": amount})
                    for amount in amounts
                ],
                **values,
            }
        )

    def move(self, dossier, *targets, **values):
        """Bring a dossier through stages, knowingly."""
        for target in targets:
            dossier.with_context(**KNOW).write({"state": target, **values})
