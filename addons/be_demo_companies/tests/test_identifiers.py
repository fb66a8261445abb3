# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import doctest
import re
from pathlib import Path

from stdnum import be
from stdnum.be import vat as be_vat
from stdnum.de import vat as de_vat

from odoo.tests import BaseCase

from odoo.addons.base_iban.models.res_partner_bank import validate_iban

from .. import identifiers
from ..tables import partners


class TestIdentifiers(BaseCase):
    def test_examples(self):
        for module in (identifiers, partners):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0, module.__name__)
            self.assertEqual(result.failed, 0, module.__name__)

    def test_every_serial_passes_the_checksums(self):
        for serial in range(1000):
            self.assertTrue(be_vat.is_valid(identifiers.enterprise_number(serial)))
            self.assertTrue(be_vat.is_valid(identifiers.vat_number(serial)))
            validate_iban(identifiers.iban(serial))  # raises
            account = identifiers.iban(serial)[4:]
            self.assertEqual(int(account[-2:]), int(account[:-2]) % 97 or 97)
        for serial in range(100):
            self.assertTrue(de_vat.is_valid(identifiers.german_vat_number(serial)))

    def test_no_bank_has_the_bank_code(self):
        # python-stdnum carries the list of the National Bank: "001-049 bic=… bank=…"
        table = Path(be.__file__).with_name("banks.dat").read_text(encoding="utf-8")
        ranges = re.findall(r"^(\d{3})-(\d{3}) ", table, re.MULTILINE)
        self.assertGreater(len(ranges), 50)
        self.assertFalse([(low, high) for low, high in ranges if low <= identifiers.BANK_CODE <= high])

    def test_partner_serials_are_used_once(self):
        serials = [row.serial for row in partners.PARTNERS if row.serial]
        self.assertEqual(len(serials), len(set(serials)))
