# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import doctest

from odoo.tests import BaseCase, tagged

from ..engine import maturity, outcome, progress


@tagged("post_install", "-at_install")
class TestEngine(BaseCase):
    def test_examples_of_the_engine(self):
        for module, examples in ((maturity, 17), (outcome, 10), (progress, 25)):
            with self.subTest(module.__name__):
                results = doctest.testmod(module)
                self.assertFalse(results.failed)
                self.assertGreaterEqual(results.attempted, examples)
