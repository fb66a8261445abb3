# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import doctest

from odoo.tests import BaseCase, tagged

from ..engine import install, maturity, outcome, plan, progress, site


@tagged("post_install", "-at_install")
class TestEngine(BaseCase):
    def test_examples_of_the_engine(self):
        counts = ((install, 4), (maturity, 17), (outcome, 10), (plan, 17), (progress, 30), (site, 12))
        for module, examples in counts:
            with self.subTest(module.__name__):
                results = doctest.testmod(module)
                self.assertFalse(results.failed)
                self.assertGreaterEqual(results.attempted, examples)
