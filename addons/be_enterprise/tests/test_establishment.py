# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine import number
from .common import ONE, EnterpriseCase

UNIT = "20000123" + number.check_digits(20_000_123)


@tagged("post_install", "-at_install")
class TestEstablishment(EnterpriseCase):
    def establishment(self, **values):
        values.setdefault("partner_id", self.company_contact().id)
        return self.env["be.establishment"].create({"name": "Workshop", **values})

    def test_number_is_normalised_and_checked(self):
        place = self.establishment(number=number.format_establishment(UNIT))
        self.assertEqual(place.number, UNIT)
        with self.assertRaisesRegex(ValidationError, "2 to 8"):
            place.number = ONE
        with self.assertRaisesRegex(ValidationError, "last two digits"):
            place.number = UNIT[:-1] + ("0" if UNIT[-1] != "0" else "1")
        with self.assertRaisesRegex(ValidationError, "ten digits"):
            place.number = "2"

    @mute_logger("odoo.sql_db")
    def test_number_is_unique(self):
        self.establishment(number=UNIT)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.establishment(number=UNIT)

    def test_region_comes_from_the_postal_code(self):
        place = self.establishment(zip="1640")
        self.assertEqual((place.region, place.language_area), ("flanders", "nl"))
        place.zip = "1000"
        self.assertEqual((place.region, place.language_area), ("brussels", "bilingual"))

    def test_an_unknown_code_leaves_what_the_user_chose(self):
        place = self.establishment(zip="1001")
        self.assertFalse(place.region)
        place.region = "brussels"
        place.zip = "1002"
        self.assertEqual(place.region, "brussels")
        place.country_id = self.env.ref("base.nl")
        self.assertFalse(place.region)

    def test_one_principal_seat(self):
        first = self.establishment(zip="4000")
        second = self.establishment(partner_id=first.partner_id.id, zip="9000", is_principal=True)
        partner = first.partner_id
        self.assertEqual((partner.be_principal_seat_id, partner.be_seat_region), (second, "flanders"))
        first.is_principal = True
        self.assertEqual((partner.be_principal_seat_id, partner.be_seat_region), (first, "wallonia"))
        self.assertFalse(second.is_principal)
        first.is_principal = False
        self.assertFalse(partner.be_principal_seat_id)

    def test_the_seat_is_ones_own(self):
        with self.assertRaisesRegex(ValidationError, "own establishments"):
            self.company_contact().be_principal_seat_id = self.establishment()

    def test_no_staff_is_not_known_unless_said(self):
        place = self.establishment()
        self.assertFalse(place.staff_known)
        place.staff = 2.5
        self.assertTrue(place.staff_known)
        place.staff = 0
        self.assertTrue(place.staff_known)

    def test_own_company_shows_its_contacts_facts(self):
        company = self.env["res.company"].create({"name": "Ours", "country_id": self.belgium.id})
        company.be_establishment_ids = [(0, 0, {"name": "Shop", "zip": "5000", "is_principal": True})]
        self.assertEqual(company.be_establishment_ids.partner_id, company.partner_id)
        self.assertEqual(company.be_seat_region, "wallonia")

    def test_region_where_it_works(self):
        partner = self.company_contact(zip="1000")
        self.assertEqual(partner.be_operating_region, "brussels")
        first = self.establishment(partner_id=partner.id, zip="4000")
        self.assertEqual(partner.be_operating_region, "wallonia")
        second = self.establishment(partner_id=partner.id, zip="9000")
        self.assertFalse(partner.be_operating_region, "two regions, and nothing tells which one counts")
        second.is_principal = True
        self.assertEqual(partner.be_operating_region, "flanders")
        (first | second).unlink()
        self.assertEqual(partner.be_operating_region, "brussels")
