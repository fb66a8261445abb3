# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import ImportCase

ARTICLES = """Code article;Désignation;Prix de vente;Prix d'achat;Taux TVA;Unité;Famille;Type;EAN
P1;Pain;2,50;1,1;6;pce;Boulangerie;;5410000000002
S1;Installation;"1.250,00";;21%;heure;Boulangerie;service;
P2;Gâteau;-3;;6;pce;;;
P1;Pain bis;2;;6;;;;
P3;Sel;1.234;;19;zak;;;5410000000001
"""


@tagged("post_install", "-at_install")
class TestImportProducts(ImportCase):
    def test_products(self):
        record = self.checked(ARTICLES, "products")
        self.assertEqual(record.row_ids.mapped("verdict"), ["fixed", "ready", "refused", "refused", "fixed"])
        self.assertIn("line 2", record.row_ids[3].remarks)
        for word in ("19", "zak", "5410000000001"):
            self.assertIn(word, record.row_ids[4].remarks)
        record.action_load()
        self.assertEqual((record.in_count, record.out_count), (3, 2))
        bread, work, salt = (
            self.env["product.template"].search([("default_code", "=", code)]) for code in ("P1", "S1", "P3")
        )
        self.assertEqual((bread.list_price, bread.standard_price, bread.barcode), (2.5, 1.1, "5410000000002"))
        self.assertEqual(
            (bread.type, bread.uom_id, bread.categ_id.name),
            ("consu", self.env.ref("uom.product_uom_unit"), "Boulangerie"),
        )
        self.assertEqual(bread.taxes_id.amount, 6)
        self.assertIn(bread.supplier_taxes_id.amount, (0, 6), "never the usual 21%: of this rate, or none")
        self.assertEqual(
            (work.type, work.list_price, work.uom_id), ("service", 1250, self.env.ref("uom.product_uom_hour"))
        )
        self.assertEqual(salt.list_price, 1234, "the other prices of the column say that the comma is decimal")
        again = self.checked(ARTICLES, "products", existing="skip")
        self.assertEqual(again.row_ids.mapped("action"), ["skip", "skip", "skip", "skip", "skip"])
        record.action_undo()
        self.assertEqual(record.state, "undone", record.problem)
        self.assertFalse((bread | work | salt).exists())
        self.assertFalse(self.env["product.category"].search([("name", "=", "Boulangerie")]))

    def test_a_price_that_reads_two_ways(self):
        text = "Artikelcode;Omschrijving;Verkoopprijs\nA;Hout;1.234\n"
        record = self.checked(text, "products")
        self.assertEqual(record.row_ids.verdict, "refused")
        self.assertIn("two ways", record.row_ids.remarks)
        record.decimal_sign = "point"
        record.action_check()
        self.assertEqual(record.row_ids.values["price"], "1.234")

    def test_a_product_that_was_sold_stays(self):
        record = self.checked("Artikelcode;Omschrijving\nA;Hout\nB;Steen\n", "products")
        record.action_load()
        wood = self.env["product.template"].search([("default_code", "=", "A")])
        self.init_invoice("out_invoice", partner=self.partner_a, products=wood.product_variant_id)
        record.action_undo()
        self.assertEqual(record.state, "done")
        self.assertTrue(wood.exists())
        self.assertIn("Journal Item", record.row_ids[0].error)
