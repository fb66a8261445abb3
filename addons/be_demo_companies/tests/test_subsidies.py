# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from ..tables.subsidies import DOSSIERS
from .common import DemoCase


@tagged("post_install", "-at_install")
class TestSubsidies(DemoCase):
    def test_dossiers_in_several_stages(self):
        records = self.records("digital.cheque.dossier")
        self.assertEqual(len(records), len(DOSSIERS))
        self.assertGreaterEqual(len(set(records.mapped("state"))), 6)
        booked = records.filtered("entry_ids")
        self.assertEqual(len(booked), sum(row.booked for row in DOSSIERS))
        for dossier in booked:
            self.assertEqual(dossier.booked_aid, dossier.granted_amount)
